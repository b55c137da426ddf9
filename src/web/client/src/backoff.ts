import type { Timing } from './timing.js';

/** The least that is waited, so that a hub which closes at once is not asked in a circle. */
const FLOOR = 500;

/**
 * Milliseconds until the next try: somewhere in a window that doubles with each failure. Anywhere in it ("full jitter"),
 * or all clients of a node that has gone would come back in waves.
 * @param failures how many tries have failed in a row; a large number gives the largest window
 * @param atLeast what the hub asked to wait; the window then begins there
 */
export function backoff(timing: Timing, random: () => number, failures: number, atLeast = 0): number {
  const window = Math.min(timing.lastRetry, timing.firstRetry * 2 ** Math.min(failures, 20));
  return Math.max(Math.min(FLOOR, window), atLeast + random() * window);
}
