import { RealClock, type Clock } from './clock.ts';
import { Hub } from './hub.ts';
import { Judge, type Finding, type Verdict } from './judge.ts';
import type { RuleId } from './rules.ts';
import { ClientGone, Stage, type Scenario } from './stage.ts';
import { watch } from './watch.ts';

/** What is judged all the time. */
export const ALWAYS: readonly RuleId[] = [
  'one-socket',
  'token-not-in-address',
  'ticket-once',
  'frames-valid',
  'few-frames',
  'no-storm',
];

export interface Options {
  readonly scenarios: readonly Scenario[];
  readonly port?: number;
  readonly host?: string;
  /** Goes as the machine's when left out. */
  readonly clock?: Clock;
  readonly clients?: number;
  /** Seconds to wait for the client to come at first. */
  readonly wait?: number;
  readonly opened?: (hub: Hub) => void;
  readonly begins?: (scenario: Scenario, skipped: string) => void;
  readonly found?: (id: RuleId, verdict: Verdict, seen: string) => void;
}

export interface Result {
  /** Whether a client came at all. */
  readonly came: boolean;
  readonly findings: ReadonlyMap<RuleId, Finding>;
}

/** Plays the scenarios on whatever client comes. */
export async function run(options: Options): Promise<Result> {
  const clock = options.clock ?? new RealClock();
  const hub = await Hub.open(clock, options.port, options.host);
  const judge = new Judge(options.found);
  const clients = options.clients ?? 1;
  const stage = new Stage(hub, judge, clients);
  watch(hub, judge, clients);
  try {
    // So that there is something to load.
    Array.from({ length: 3 }, () => hub.rows.record());
    options.opened?.(hub);
    const came = await hub.tape.until(0, options.wait ?? 120, () => true);
    for (const scenario of came ? options.scenarios : []) {
      await play(scenario, stage, options);
    }
    const wanted = new Set([...options.scenarios.flatMap(({ rules }) => rules), ...ALWAYS]);
    // Nothing can be said of nobody.
    [...(came ? wanted : [])]
      .filter((id) => !judge.has(id))
      .forEach((id) => judge.unseen(id, 'nothing happened that tells'));
    return { came: !!came, findings: judge.all() };
  } finally {
    hub.close();
  }
}

async function play(scenario: Scenario, stage: Stage, { begins }: Options): Promise<void> {
  const { hub, judge, clients } = stage;
  if ((scenario.clients ?? 1) > clients) {
    begins?.(scenario, `needs ${scenario.clients} clients at once, see --clients`);
    scenario.rules.forEach((id) => judge.has(id) || judge.unseen(id, `needs --clients ${scenario.clients}`));
    return;
  }
  begins?.(scenario, '');
  try {
    await scenario.play(stage);
  } catch (error) {
    if (!(error instanceof ClientGone)) {
      throw error;
    }
    // Of what it did not come for, it is the coming that is missed.
    judge.say(scenario.name === 'hello' ? 'connects' : 'comes-back', false, `${scenario.name}: ${error.message}`);
    scenario.rules.forEach((id) => judge.has(id) || judge.unseen(id, error.message));
  } finally {
    hub.behave();
  }
}
