/** How long an item has to be looked at to count as read. Unit: milliseconds. */
export const LOOK = 2_000;

/** Tells which items somebody has looked at: the list was open, the page in front, and they stayed in view a while. */
export interface Seen {
  /** What can be seen now and is unread; nothing when the list is closed. */
  look(ids: readonly number[]): void;
  clear(): void;
}

/** @param isLookedAt whether the page is in front */
export function createSeen(
  read: (ids: number[]) => void,
  isLookedAt: () => boolean,
  clock: { set(run: () => void, ms: number): unknown; clear(handle: any): void },
): Seen {
  let inView: readonly number[] = [];
  let timer: unknown;

  function wait(): void {
    clock.clear(timer);
    if (inView.length) {
      timer = clock.set(() => {
        if (isLookedAt()) {
          read([...inView]);
        } else {
          wait();
        }
      }, LOOK);
    }
  }

  return {
    look(ids) {
      // Scrolling begins anew for all: who scrolls does not read.
      if (ids.join() !== inView.join()) {
        inView = ids;
        wait();
      }
    },
    clear() {
      inView = [];
      clock.clear(timer);
    },
  };
}
