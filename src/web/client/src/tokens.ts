import type { Environment } from './environment.js';
import { BellError } from './problem.js';
import type { TokenSource } from './types.js';
import { numberOf, objectOf, parsed, type Json } from './wire.js';

/** Keeps the token in memory, here alone: it is in no URL, no message to another tab and no error. */
export interface Tokens {
  /**
   * The token.
   * @param refused a token that the hub did not take, or one that ends soon: another one is fetched, once for all who ask
   * @throws {@link BellError} `token-callback`, `other-user`
   */
  get(refused?: string): Promise<string>;
  /** The one that is held; undefined before the first. */
  held(): string | undefined;
  /** Milliseconds until the one that is held ends, as far as can be seen. */
  remaining(): number;
  /** Whose it is; empty when that cannot be seen. */
  user(): string;
  clear(): void;
}

/** What the token says. Nothing is verified: that is the hub's part; an opaque token says nothing. */
function claimsOf(token: string): Json {
  try {
    return parsed(atob((token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')));
  } catch {
    return {};
  }
}

/** @param changed called with each new token */
export function createTokens(env: Environment, source: TokenSource, changed: (token: string) => void): Tokens {
  let held: string | undefined;
  let user = '';
  let end = Infinity;
  let life = 0;
  let asking: Promise<string> | undefined;

  async function ask(fresh: boolean): Promise<string> {
    const mine = life;
    let token;
    try {
      token = await source(fresh);
    } catch (cause) {
      throw new BellError('token-callback', cause);
    }
    if (typeof token !== 'string' || !token) {
      throw new BellError('token-callback');
    }
    return mine === life ? keep(token) : token;
  }

  function keep(token: string): string {
    const { exp, user_id, sub } = objectOf(claimsOf(token));
    const who = `${user_id ?? sub ?? user}`;
    if (user && who !== user) {
      throw new BellError('other-user');
    }
    user = who;
    end = (numberOf(exp) ?? Infinity) * 1000;
    if (end <= env.now()) {
      // Just handed out and already over: this device's clock is more likely wrong than the token. The hub will tell.
      end = Infinity;
    }
    held = token;
    changed(token);
    return token;
  }

  return {
    async get(refused) {
      return held && held !== refused && end > env.now()
        ? held
        : (asking ??= ask(!!held).finally(() => {
            asking = undefined;
          }));
    },
    held: () => held,
    remaining: () => end - env.now(),
    user: () => user,
    clear() {
      life++;
      held = asking = undefined;
      user = '';
      end = Infinity;
    },
  };
}
