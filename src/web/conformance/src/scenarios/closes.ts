import type { RuleId } from '../rules.ts';
import { s, type Scenario, type Stage } from '../stage.ts';

const CODES: readonly (readonly [number, RuleId])[] = [
  [1006, 'close-1006'],
  [1001, 'close-1001'],
  [1012, 'close-1012'],
  [1011, 'close-1011'],
  [4408, 'close-4408'],
  [4999, 'close-unknown'],
];
/** Samples below which chance is not told from a fixed wait, and how far apart those of chance are at least. */
const SAMPLES = 4;
const SHARE = 0.15;
const SECONDS = 0.3;

/** Each code after which a client comes back with what it had. */
export const closes: Scenario = {
  name: 'closes',
  title: 'the line is cut, and closed with each code',
  seconds: 90,
  rules: [...CODES.map(([, id]) => id), 'since', 'spread', 'list-complete', 'each-once'],
  async play(stage) {
    const waits: number[] = [];
    for (const [code, id] of CODES) {
      await stage.settled();
      const wait = await lose(stage, code, id);
      if (wait !== undefined) {
        waits.push(wait);
      }
    }
    const { judge, hub } = stage;
    if (waits.length < SAMPLES) {
      judge.unseen('spread', `came back ${waits.length} times only`);
    } else {
      const spread = Math.max(...waits) - Math.min(...waits);
      const isKept = spread >= Math.max(SECONDS, SHARE * Math.max(...waits));
      judge.say('spread', isKept, `after its first losses it waited ${waits.map(s).join(', ')}`);
    }
    await stage.showsAll('what was missed while away', () => hub.rows.ids().slice(0, CODES.length));
    await stage.shows('each-once', 'each id once', ({ ids }) => !ids || new Set(ids).size === ids.length);
  },
};

/** @returns seconds until the first try to come back */
async function lose(stage: Stage, code: number, id: RuleId): Promise<number | undefined> {
  const { hub, tape, judge, clock } = stage;
  const place = tape.end;
  const lost = clock.now();
  const had = hub.rows.seq;
  const { told } = hub;
  hub.live().forEach((socket) => (code === 1006 ? socket.cut() : socket.close(code)));
  // Nobody is there to hear it.
  hub.happen();
  const first = await stage.firstTry(place);
  const how = await stage.back(place);
  if (!how) {
    judge.say(id, false, `not back within ${s(clock.now() - lost)}`);
    return undefined;
  }
  const shake = tape.from(place, 'handshake', ({ status }) => status === 101)[0]!;
  judge.say(
    id,
    how !== 'nothing',
    how === 'nothing' ? 'came back and did not ask for what it missed' : `back by ${how}`,
  );
  if (how === 'since') {
    judge.say(
      'since',
      shake.since <= had && shake.since >= told,
      `since=${shake.since}, where it was told up to ${told}`,
    );
  } else if (how !== 'nothing') {
    judge.say('since', how === 'resume', how === 'resume' ? 'resume' : 'came back without since, and loaded all anew');
  }
  return first && first.at - lost;
}
