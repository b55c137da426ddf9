import type { Scenario, Stage } from '../stage.ts';
import type { RuleId } from '../rules.ts';

/** What no hub sends today, and one may send tomorrow; and what a broken middle may make of it. */
export const frames: Scenario = {
  name: 'frames',
  title: 'garbage, unknown and large frames',
  seconds: 35,
  rules: ['survives-garbage', 'ignores-unknown', 'takes-large'],
  async play(stage) {
    const { hub } = stage;
    await stage.connected();
    await stays(stage, 'ignores-unknown', 'unknown types and fields', () => {
      hub.say({ type: 'from_the_future', notification_types: ['a'], list: [1, { deep: null }] });
      hub.say({ type: 'error', code: 'from_the_future', message: 'Nothing that you know.' });
      hub.say({ type: 'pong', timestamp: null });
      hub.say({ ...hub.rows.record(), from_the_future: { deep: [null] } });
      hub.say({ ...hub.rows.unreadFrame(), from_the_future: true });
    });
    await stays(stage, 'takes-large', 'a notification of 100 KB', () => hub.happen('long '.repeat(20_000)));
    // Who cannot take it is not to meet it again when it is replayed.
    hub.rows.all.forEach((row) => (row.message = 'Ticket assigned to you'));
    await stays(stage, 'survives-garbage', 'frames that are no JSON object', () => {
      for (const garbage of [
        '',
        '{',
        'pong',
        'null',
        '[]',
        '"text"',
        '17',
        '{"type":null}',
        '{"notification_type":7}',
        '<html>',
      ]) {
        hub.say(garbage);
      }
      hub.say(new Uint8Array([0, 255, 1, 254]));
    });
  },
};

/** Sends something, then a good notification: the socket is to stay, and the good one to arrive. */
async function stays(stage: Stage, id: RuleId, what: string, send: () => void): Promise<void> {
  const { hub, tape, judge } = stage;
  await stage.connected();
  const place = tape.end;
  send();
  await stage.sleep(3);
  hub.happen();
  await stage.sleep(4);
  const closed = tape.from(place, 'closed');
  const isKept = !closed.length && hub.live().length >= stage.clients;
  judge.say(
    id,
    isKept,
    isKept ? `${what}: still connected` : `${what}: the client closed its socket (${closed.map(({ code }) => code)})`,
  );
  const [newest] = hub.rows.ids();
  if (isKept && tape.events.some((event) => event.kind === 'state')) {
    await stage.shows(id, `the good one after ${what} is shown`, ({ ids }) => !ids || ids.includes(newest!));
  }
}
