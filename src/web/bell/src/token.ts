import type { TokenSource } from '@camelbell/client';

/** What a page may give as its token: how to get one, or the token itself. */
export type TokenGiven = TokenSource | string;

/**
 * Fetches tokens from an address of the page's own site, as whoever is signed in there. The answer may be
 * `{"access": …}`, `{"token": …}` or the bare token.
 */
export function tokenFrom(address: string, base: string, get = (url: string, init: RequestInit): Promise<Response> => fetch(url, init)): TokenSource {
  return async (fresh) => {
    const url = new URL(address, base);
    if (fresh) {
      url.searchParams.set('fresh', '1');
    }
    const response = await get(url.href, {
      headers: { Accept: 'application/json' },
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(15_000),
    });
    const where = `${response.status} ${url.origin}${url.pathname}`;
    if (!response.ok) {
      throw new Error(where);
    }
    const token = tokenIn(await response.text());
    if (!token) {
      // Such as a login page, to which a redirect led.
      throw new Error(`${where} has no token: {"access": …}, {"token": …} or the token alone`);
    }
    return token;
  };
}

function tokenIn(text: string): string {
  let token: unknown = text.trim();
  try {
    const body = JSON.parse(text);
    token = typeof body === 'object' ? (body?.access ?? body?.token) : body;
  } catch {
    // No JSON: the token alone.
  }
  return typeof token === 'string' && /^[\w.~+/=-]+$/.test(token) ? token : '';
}
