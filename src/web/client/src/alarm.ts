import type { Environment } from './environment.js';

/** One timer that can be set for one thing at a time. Setting it again ends what it was set for, so timers cannot pile up. */
export interface Alarm {
  set(ms: number, ring: () => void): void;
  clear(): void;
}

export function createAlarm(env: Environment): Alarm {
  let handle: unknown;
  const clear = () => env.clearTimeout(handle);
  return {
    set(ms, ring) {
      clear();
      handle = env.setTimeout(ring, ms);
    },
    clear,
  };
}
