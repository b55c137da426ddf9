import type { BellItem } from '@camelbell/client';
import type { Toast } from './shown.js';

/** How long one stays. Unit: milliseconds. */
const STAYS = 7_000;

/** More than these at once become one that says how many. */
const MOST = 3;

/** The notes that are up. They go by themselves, but not while somebody reads one or nobody can see the page. */
export interface Toasts {
  readonly all: readonly Toast[];
  add(item: BellItem): void;
  drop(toast: Toast): void;
  hold(on: boolean): void;
  clear(): void;
}

interface Clock {
  set(run: () => void, ms: number): unknown;
  clear(handle: any): void;
}

/** @param isSeen false while nobody can see the page */
export function createToasts(changed: () => void, isSeen: () => boolean, clock: Clock): Toasts {
  let all: readonly Toast[] = [];
  let last = 0;
  let timer: unknown;
  let isHeld = false;

  function put(now: readonly Toast[]): void {
    all = now;
    clock.clear(timer);
    if (all.length) {
      timer = clock.set(pass, STAYS);
    }
    changed();
  }

  /** The oldest goes; each new one gives those before it as much time again. */
  function pass(): void {
    if (isHeld || !isSeen()) {
      timer = clock.set(pass, STAYS);
    } else {
      put(all.slice(1));
    }
  }

  return {
    get all() {
      return all;
    },
    add(item) {
      const several = all.reduce((sum, { count }) => sum + count, 1);
      put(
        several > MOST
          ? [{ key: all.find((one) => !one.item)?.key ?? ++last, item: null, count: several }]
          : [...all, { key: ++last, item, count: 1 }],
      );
    },
    drop: (toast) => put(all.filter((one) => one.key !== toast.key)),
    hold(on) {
      isHeld = on;
    },
    clear() {
      if (all.length) {
        put([]);
      }
      isHeld = false;
    },
  };
}
