import type { Bell } from '@camelbell/client';

/** A client in use by elements of this page. */
export interface Shared {
  readonly bell: Bell;
  /** Elements that show it, in the order in which they came. */
  readonly users: Set<object>;
  /** The one that speaks for all: the first that can be seen, or the first. */
  speaker(): object | undefined;
  /** Ends it with its last user; a client of the page's own stays as it is. */
  leave(user: object): void;
}

const all = new Map<unknown, Shared>();
const names = new WeakMap<object, string>();
let named = 0;

/** A name for a callback: the same function is the same person. */
export function nameOf(callback: object): string {
  names.has(callback) || names.set(callback, `callback ${++named}`);
  return names.get(callback)!;
}

/**
 * The client for a key, one for all elements that ask for the same.
 * @param isOurs whether it is started and stopped here, and not by the page
 */
export function share(key: unknown, user: object, isOurs: boolean, make: () => Bell): Shared {
  let shared = all.get(key);
  if (!shared) {
    const bell = make();
    const users = new Set<object>();
    shared = {
      bell,
      users,
      speaker: () => [...users].find((one) => (one as Element).getClientRects().length) ?? [...users][0],
      leave(one) {
        if (users.delete(one) && !users.size) {
          all.delete(key);
          isOurs && bell.stop();
        }
      },
    };
    all.set(key, shared);
  }
  shared.users.add(user);
  isOurs && shared.bell.start();
  return shared;
}
