import type { IncomingMessage } from 'node:http';
import type { Hub } from './hub.ts';
import type { Json } from './tape.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

const API = '/api/notifications/';
const TYPES = ['EMAIL', 'WHATSAPP', 'SYSTEM'];
const UNKNOWN: Answer = { status: 404, body: { detail: 'Not found.', code: 'unknown_path', docs: '/api/docs/' } };

/** The API of the contract, and what belongs to the script alone. */
export class Rest {
  constructor(private readonly hub: Hub) {}

  answer(request: IncomingMessage, url: URL, body: string): Answer | 'cut' {
    const { hub } = this;
    // As the hub does: a missing last slash is served.
    const pathname = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
    const isApi = pathname.startsWith(API);
    const asked = {
      method: request.method!,
      path: isApi ? pathname.slice(API.length) : pathname,
      query: url.searchParams,
      token: /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '',
    };
    const answer = hub.onCall?.(asked) ?? (isApi ? this.api(asked.method, asked.path, url, asked.token) : UNKNOWN);
    hub.tape.add({ kind: 'call', ...asked, status: answer === 'cut' ? 0 : answer.status, body });
    return answer;
  }

  private api(method: string, path: string, url: URL, token: string): Answer {
    const { rows, tokens } = this.hub;
    if (!token) {
      return unauthorized({ detail: 'Authentication credentials were not provided.' });
    }
    if (!tokens.isGood(token)) {
      return unauthorized({
        detail: 'Given token not valid for any token type',
        code: 'token_not_valid',
        messages: [{ token_class: 'AccessToken', token_type: 'access', message: 'Token is expired' }],
      });
    }
    const [, id] = /^(\d+)\/mark_as_read\/$/.exec(path) ?? [];
    const wanted = id || path === 'ws_ticket/' || path === 'mark_all_as_read/' ? 'POST' : 'GET';
    if (!id && !['', 'unread/', 'unread_count/', 'ws_ticket/', 'mark_all_as_read/'].includes(path)) {
      return UNKNOWN;
    }
    if (method !== wanted) {
      return { status: 405, body: { detail: `Method "${method}" not allowed.` }, headers: { Allow: wanted } };
    }
    const type = url.searchParams.get('notification_type');
    if (type && !TYPES.includes(type)) {
      const said = `Select a valid choice. ${type} is not one of the available choices.`;
      return { status: 400, body: { notification_type: [said] } };
    }
    if (id) {
      return this.markOne(Number(id), url.searchParams.get('event') === '1');
    }
    const ok = (body: Json): Answer => ({ status: 200, body });
    switch (path) {
      case 'ws_ticket/':
        return ok({ ticket: tokens.ticket(token), expires_in: 30 });
      case 'unread_count/':
        return ok({ count: rows.unread(), by_type: rows.byType() });
      case 'mark_all_as_read/':
        return this.markAll(url.searchParams);
      default: {
        const query = new URLSearchParams(url.searchParams);
        path === 'unread/' && query.set('is_read', 'false');
        return rows.page(query, this.hub.url + url.pathname);
      }
    }
  }

  private markOne(id: number, withEvent: boolean): Answer {
    const { rows } = this.hub;
    const before = rows.unread();
    const notification = rows.markOne(id, withEvent);
    if (!notification) {
      return { status: 404, body: { detail: 'No NotificationLog matches the given query.' } };
    }
    if (before !== rows.unread()) {
      this.hub.say(rows.unreadFrame());
    }
    return { status: 200, body: { message: 'Notification marked as read', notification } };
  }

  private markAll(query: URLSearchParams): Answer {
    const { rows } = this.hub;
    const [type, ticket, upTo] = ['notification_type', 'ticket', 'up_to'].map((name) => query.get(name));
    const count = rows.read(
      (row) =>
        (!type || row.notification_type === type) &&
        (!ticket || String(row.ticket) === ticket) &&
        (!upTo || row.id <= Number(upTo)),
    );
    if (count) {
      this.hub.say(rows.unreadFrame());
    }
    return { status: 200, body: { message: `${count} notification(s) marked as read`, count } };
  }

  /** What no hub has: a place to get tokens from, and to say what the client shows. */
  control(method: string, url: URL, body: string): Answer {
    const { hub } = this;
    if (url.pathname === '/conformance/token') {
      if (url.searchParams.has('fresh') || !hub.tokens.isGood(hub.token)) {
        hub.token = hub.tokens.issue(1, hub.tokenLife);
      }
      return { status: 200, body: { access: hub.token } };
    }
    if (url.pathname === '/conformance/state' && method === 'POST') {
      let said: Json;
      try {
        said = Object(JSON.parse(body));
      } catch {
        return { status: 400, body: { detail: 'The state is a JSON object: {"unread": 3, "ids": [103, 106]}.' } };
      }
      const ids = (value: unknown) => (Array.isArray(value) ? value.map(Number) : undefined);
      const unread = typeof said.unread === 'number' ? said.unread : undefined;
      hub.tape.add({ kind: 'state', unread, ids: ids(said.ids), readIds: ids(said.read_ids) });
      const { wish } = hub;
      hub.wish = null;
      return { status: 200, body: { wish } };
    }
    return { status: 404, body: { detail: 'GET /conformance/token, POST /conformance/state.' } };
  }
}

function unauthorized(body: Json): Answer {
  return { status: 401, body, headers: { 'WWW-Authenticate': 'Bearer realm="api"' } };
}
