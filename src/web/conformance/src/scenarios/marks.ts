import type { Scenario, Stage } from '../stage.ts';
import type { Call } from '../tape.ts';

const ONE = /^(\d+)\/mark_as_read\/$/;
const isMark = ({ method, path }: Call) => method === 'POST' && (ONE.test(path) || path === 'mark_all_as_read/');

/** A person reads: the client's driver is wished to, or the person at the screen does it. */
export const marks: Scenario = {
  name: 'marks',
  title: 'the newest is marked, then another one, which is refused, then all; by hand where the client takes no wishes',
  seconds: 30,
  rules: ['marks-one', 'marks-event', 'mark-taken-back', 'marks-up-to', 'badge'],
  async play(stage) {
    const { hub, tape, judge } = stage;
    await stage.connected();
    const frame = hub.happen();
    await stage.sleep(2);
    const one = await marked(stage, { do: 'mark_one', id: frame.id });
    if (!one) {
      for (const id of ['marks-one', 'marks-event', 'mark-taken-back', 'marks-up-to'] as const) {
        judge.unseen(
          id,
          'nothing was marked; mark one while this scenario waits, or answer the wishes of /conformance/state',
        );
      }
      return;
    }
    const id = Number(ONE.exec(one.path)?.[1]);
    judge.say(
      'marks-one',
      one.status === 200 && id === frame.id,
      `marked ${id || 'all'}, meant was ${frame.id}: ${one.status}`,
    );
    judge.say(
      'marks-event',
      one.query.get('event') === '1',
      one.query.get('event') === '1' ? '?event=1' : 'without ?event=1: two rows of the event stay unread',
    );
    await stage.showsBadge('after a mark');

    const refused = hub.happen();
    await stage.sleep(2);
    hub.onCall = (asked) =>
      isMark(asked as Call) ? { status: 503, body: { detail: 'Not now.', code: 'unavailable' } } : undefined;
    const second = await marked(stage, { do: 'mark_one', id: refused.id });
    if (!second) {
      judge.unseen('mark-taken-back', 'no second one was marked');
    } else if (!tape.events.some((event) => event.kind === 'state' && event.readIds)) {
      judge.unseen('mark-taken-back', 'the client does not say what it shows as read (read_ids)');
    } else {
      await stage.shows(
        'mark-taken-back',
        'unread again',
        ({ readIds }) => !!readIds && !readIds.includes(refused.id as number),
      );
    }
    hub.onCall = undefined;

    const all = await marked(stage, { do: 'mark_all' });
    if (!all || ONE.test(all.path)) {
      judge.unseen('marks-up-to', 'all were not marked at once');
      return;
    }
    judge.say(
      'marks-up-to',
      all.query.has('up_to'),
      all.query.has('up_to') ? 'up_to' : 'without up_to: what came meanwhile is marked unseen',
    );
    await stage.showsBadge('after all were marked');
  },
};

/** The next mark, wished for and waited for. */
async function marked(stage: Stage, wish: Record<string, unknown>): Promise<Call | undefined> {
  const place = stage.tape.end;
  await stage.wish(wish);
  return stage.tape.untilKind(place, 15, 'call', isMark);
}
