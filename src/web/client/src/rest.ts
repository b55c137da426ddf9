import type { Environment } from './environment.js';
import { BellError, type ProblemCode } from './problem.js';
import type { Timing } from './timing.js';
import type { Tokens } from './tokens.js';
import type { BellItem, Page, PageQuery } from './types.js';
import { itemOfRow, objectOf, pageOf, textOf, unreadOf } from './wire.js';

/** The hub's REST API, as far as a bell needs it. All calls throw {@link BellError}. */
export interface Rest {
  /** A one-time ticket for the WebSocket, so that no token stands in an address, which logs keep. */
  ticket(): Promise<string>;
  page(query: PageQuery): Promise<Page>;
  /** Unread events. */
  unread(): Promise<number>;
  /** With the rows of the same event over other channels, where the hub knows `event`. */
  markOne(id: number): Promise<BellItem>;
  /** All up to and with this one, which arrived before anybody saw the rest. */
  markAll(upTo: number, ticket: number | undefined): Promise<void>;
  /** The WebSocket's address. */
  socketAddress(ticket: string | undefined, since: number): string;
}

const BY_STATUS: Record<number, ProblemCode> = { 400: 'rejected', 401: 'refused', 403: 'forbidden', 429: 'throttled' };

type Query = Record<string, string | number | boolean | undefined>;

export function createRest(env: Environment, timing: Timing, hub: string | URL, tokens: Tokens): Rest {
  function address(path: string, query: Query): URL {
    let url: URL | undefined;
    try {
      url = new URL(hub, env.base);
    } catch {}
    // "localhost:8000" is a URL, too: of the scheme "localhost".
    if (!url?.protocol.startsWith('http')) {
      throw new BellError('wrong-address', `"${hub}" is no http(s) URL`);
    }
    url.pathname = url.pathname.replace(/\/*$/, path);
    url.search = '';
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) {
        url.searchParams.set(name, String(value));
      }
    }
    return url;
  }

  /** The fetch and its body, neither longer than the hub's patience with others. */
  async function fetched(url: URL, init: RequestInit): Promise<{ response: Response; body: unknown }> {
    const abort = new AbortController();
    const timer = env.setTimeout(() => abort.abort(), timing.request);
    try {
      const response = await env.fetch(url.href, { ...init, cache: 'no-store', signal: abort.signal });
      return { response, body: await response.json().catch(() => undefined) };
    } finally {
      env.clearTimeout(timer);
    }
  }

  /**
   * A page may not see why a fetch failed. Without asking for the answer it may see whether there is one: then it is not
   * the network, it is the hub (or whatever is there) that does not answer pages from here.
   */
  async function unanswered(url: URL): Promise<BellError> {
    try {
      await fetched(url, { mode: 'no-cors' });
    } catch {
      return new BellError('unreachable', url.origin);
    }
    return new BellError('origin-refused', url.origin);
  }

  function failure(url: URL, { status, headers }: Response, body: unknown): BellError {
    const { detail, code } = objectOf(body);
    return new BellError(
      BY_STATUS[status] ??
        // Hubs give a code beside all errors but those of their reference: it is the notification that is not there.
        (status === 404 && detail && !code
          ? 'not-found'
          : status >= 500 && status !== 501
            ? 'unavailable'
            : 'wrong-address'),
      `${status} ${detail ?? ''} ${url.origin}${url.pathname}`,
      (Number(headers.get('Retry-After')) || 0) * 1000,
    );
  }

  /** @param read what is wanted of the body; null when it is not there, which no hub would do */
  async function call<T>(method: string, path: string, query: Query, read: (body: unknown) => T | null): Promise<T> {
    const url = address(`/api/notifications/${path}`, query);
    const ask = async (token: string) => {
      try {
        return await fetched(url, { method, headers: { Accept: 'application/json', Authorization: `Bearer ${token}` } });
      } catch {
        throw await unanswered(url);
      }
    };
    const token = await tokens.get();
    let answer = await ask(token);
    if (answer.response.status === 401) {
      answer = await ask(await tokens.get(token));
    }
    const { response, body } = answer;
    const wanted = response.ok ? read(body) : null;
    if (wanted === null) {
      throw failure(url, response, body);
    }
    return wanted;
  }

  return {
    ticket: () => call('POST', 'ws_ticket/', {}, (body) => textOf(objectOf(body).ticket) || null),
    page: ({ ticket, unread, cursor = '', size }) =>
      call('GET', '', { notification_type: 'SYSTEM', is_read: unread ? false : undefined, ticket, cursor, page_size: size }, pageOf),
    unread: () => call('GET', 'unread_count/', {}, (body) => unreadOf(objectOf(body).by_type)),
    markOne: (id) => call('POST', `${id}/mark_as_read/`, { event: 1 }, (body) => itemOfRow(objectOf(body).notification)),
    markAll: (up_to, ticket) => call('POST', 'mark_all_as_read/', { up_to, ticket }, () => undefined),
    socketAddress(ticket, since) {
      const url = address('/ws/notifications/', { ticket, since: since < 0 ? undefined : since });
      url.protocol = url.protocol.replace('http', 'ws');
      return url.href;
    },
  };
}
