import type { RuleId } from '../rules.ts';
import { s, type Scenario, type Stage } from '../stage.ts';

const WATCHED = 30;
const MOST = 4;
const RETRY_AFTER = 20;

/** The hub says that it is too much. */
export const limits: Scenario = {
  name: 'limits',
  title: 'too many connections, too many frames, Retry-After',
  seconds: 150,
  rules: ['close-4409', 'close-4429', 'retry-after'],
  async play(stage) {
    await hammered(stage, 4409, 'close-4409');
    await hammered(stage, 4429, 'close-4429');

    const { hub, tape, judge } = stage;
    await stage.settled();
    const place = tape.end;
    hub.onCall = () => ({
      status: 429,
      body: { detail: 'Request was throttled.', code: 'throttled' },
      headers: { 'Retry-After': String(RETRY_AFTER) },
    });
    // A browser is not told why a handshake failed, so only REST says it.
    hub.onHandshake = () => 'cut';
    hub.live().forEach((socket) => socket.cut());
    const told = await tape.untilKind(place, 60, 'call');
    if (!told) {
      judge.unseen('retry-after', 'asked nothing by REST when its socket was lost');
      return;
    }
    // What was on its way already is not meant.
    await stage.sleep(1.5);
    const from = tape.end;
    await stage.sleep(RETRY_AFTER - 3);
    const early = tape.from(from, 'call').length;
    judge.say(
      'retry-after',
      early <= (stage.clients - 1) * 2,
      `${early} REST calls before Retry-After (${RETRY_AFTER} s) was over`,
    );
  },
};

/** Closes each connection with this code, and counts how often it comes again. */
async function hammered(stage: Stage, code: number, id: RuleId): Promise<void> {
  const { hub, tape, judge, clock } = stage;
  await stage.settled();
  const place = tape.end;
  const begin = clock.now();
  hub.closes = code;
  hub.live().forEach((socket) => socket.close(code));
  await stage.sleep(WATCHED);
  const tries = tape.from(place, 'handshake').map(({ at }) => at - begin);
  judge.say(
    id,
    tries.length <= MOST * stage.clients,
    `${tries.length} tries in ${WATCHED} s (${tries.slice(0, 12).map(s).join(', ')})`,
  );
  hub.closes = 0;
  const back = tape.end;
  const shake = hub.live().length || (await tape.untilKind(back, 90, 'handshake', ({ status }) => status === 101));
  judge.say(id, !!shake, shake ? 'back when there is room' : `not back within 90 s after the last ${code}`);
}
