import { isList, type Scenario } from '../stage.ts';

/** The client has just come: it is greeted, told something, and left in peace. */
export const hello: Scenario = {
  name: 'hello',
  title: 'connects, is told, is left in peace',
  seconds: 40,
  rules: [
    'connects',
    'loads-first',
    'answers-pings',
    'badge',
    'badge-counts-events',
    'burst-not-asked',
    'quiet-when-live',
    'list-complete',
  ],
  async play(stage) {
    const { hub, tape, judge } = stage;
    const socket = await stage.connected();
    judge.say('connects', true, 'greeted');
    const loads = (from: number) =>
      tape.until(from, 10, (event) => isList(event) || (event.kind === 'call' && event.path === 'unread_count/'));
    const loaded = await loads(0);
    judge.say(
      'loads-first',
      !!loaded,
      loaded ? 'asked by REST' : 'nothing was asked by REST within ten seconds of the greeting',
    );
    const place = tape.end;
    socket.ping();
    const pong = await tape.untilKind(place, 20, 'pong');
    judge.say('answers-pings', !!pong, pong ? 'pong' : 'no pong within 20 s');

    await stage.sleep(3);
    hub.happen();
    await stage.showsAll('what a frame told', () => [hub.rows.ids()[0]]);
    await stage.showsBadge('as the frame says it');

    const before = tape.end;
    for (let i = 0; i < 30; i++) {
      hub.happen();
    }
    await stage.sleep(5);
    const calls = tape.from(before, 'call').length;
    judge.say('burst-not-asked', calls <= 6 * stage.clients, `${calls} REST calls after 30 notifications at once`);

    const quiet = tape.end;
    await stage.sleep(20);
    const polls = tape.from(quiet, 'call').length;
    judge.say('quiet-when-live', polls <= 1 * stage.clients, `${polls} REST calls in 20 quiet seconds`);
  },
};
