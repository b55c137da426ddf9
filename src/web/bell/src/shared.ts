import { createBell, type Bell, type TokenSource } from '@camelbell/client';

/** A client in use by elements of this page. */
export interface Shared {
  readonly bell: Bell;
  /** Elements that show it, in the order in which they came: the first one speaks for all. */
  readonly users: Set<object>;
  /** Ends it with its last user; a client of the page's own stays as it is. */
  leave(user: object): void;
}

const byHub = new Map<string, Shared>();
const byBell = new WeakMap<Bell, Shared>();
const names = new WeakMap<TokenSource, string>();
let named = 0;

/** A name for a callback: the same function is the same person. */
export function nameOf(source: TokenSource): string {
  let name = names.get(source);
  if (!name) {
    names.set(source, (name = `callback ${++named}`));
  }
  return name;
}

/**
 * The client for a hub and a person, one for all elements that ask for the same.
 * @param person what tells apart whose it is: an address that gives tokens, or the name of a callback
 */
export function clientOf(hub: string, person: string, token: TokenSource, user: object, create = createBell): Shared {
  const key = `${hub} ${person}`;
  let shared = byHub.get(key);
  if (!shared) {
    const bell = create({ hub, token });
    shared = sharing(bell, () => {
      bell.stop();
      byHub.delete(key);
    });
    byHub.set(key, shared);
  }
  shared.users.add(user);
  shared.bell.start();
  return shared;
}

/** A client that the page has made, and starts and stops itself. */
export function clientGiven(bell: Bell, user: object): Shared {
  let shared = byBell.get(bell);
  if (!shared) {
    byBell.set(bell, (shared = sharing(bell, () => {})));
  }
  shared.users.add(user);
  return shared;
}

function sharing(bell: Bell, end: () => void): Shared {
  const users = new Set<object>();
  return {
    bell,
    users,
    leave(user) {
      if (users.delete(user) && !users.size) {
        end();
      }
    },
  };
}
