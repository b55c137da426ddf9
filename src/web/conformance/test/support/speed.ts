import type { Scenario } from '../../src/stage.ts';
import { SteadyClock } from './clock.ts';

/** How much faster the script goes in tests. */
const SPEED = 30;

/** How many scripts are played beside each other. Above it, a busy process's own delays would look like those of a client. */
export const BESIDE = 16;

/** Slower where several clients are told apart by parts of a second. */
export function clockFor({ clients = 1 }: Scenario): SteadyClock {
  return new SteadyClock(clients > 1 ? SPEED / 3 : SPEED);
}
