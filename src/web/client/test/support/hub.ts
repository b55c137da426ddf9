import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { Queue } from './until.ts';

type Json = Record<string, any>;

/** What a call is answered with, instead of what a hub would. */
type Script = (path: string, token: string) => { status: number; body?: unknown; headers?: Record<string, string> } | undefined;

/** One connection as the hub sees it. */
export class HubSocket {
  readonly frames = new Queue<Json>();
  readonly closed: Promise<number>;

  constructor(
    readonly query: URLSearchParams,
    private readonly line: WebSocket,
    private readonly hub: Hub,
  ) {
    line.on('message', (data) => this.frames.add(JSON.parse(String(data))));
    this.closed = new Promise((done) => line.on('close', done));
  }

  /** The next frame of this type from the client; others are passed over. */
  async frame(type: string): Promise<Json> {
    for (;;) {
      const frame = await this.frames.take();
      if (frame.type === type) {
        return frame;
      }
    }
  }

  greet(more: Json = {}): void {
    this.send({
      type: 'connection_established',
      message: 'Connected successfully as ada',
      user_id: 1,
      seq: this.hub.rows.length,
      ...this.hub.counts(),
      ...more,
    });
  }

  send(frame: unknown): void {
    this.line.send(typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame));
  }

  close(code: number): void {
    this.line.close(code);
  }

  cut(): void {
    this.line.terminate();
  }
}

/** A hub of one person on loopback that does what a test says; the calls are answered as the real one does. */
export class Hub {
  /** SYSTEM rows, oldest first; the seq of each is its place, counted from 1. */
  readonly rows: Json[] = [];
  /** All requests so far, as `GET /api/…`. */
  readonly calls: string[] = [];
  readonly sockets = new Queue<HubSocket>();
  readonly scripts: Script[] = [];
  /** HTTP status that upgrades are refused with; 0: they are not. */
  refusal = 0;
  /** Whether sockets are greeted at once. */
  greets = true;
  private readonly held: [part: string, until: Promise<void>][] = [];
  private readonly tickets = new Set<string>();
  private readonly upgrades = new WebSocketServer({ noServer: true });

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Hub> {
    const server = createServer();
    const hub = new Hub(server);
    server.on('request', async (request, response) => {
      await hub.held.find(([part]) => request.url!.includes(part))?.[1];
      const { status, body, headers } = hub.answer(request);
      const isText = typeof body === 'string';
      response.writeHead(status, { 'Content-Type': isText ? 'text/html' : 'application/json', ...headers });
      response.end(isText ? body : JSON.stringify(body));
    });
    server.on('upgrade', (request, line, head) => {
      const { searchParams } = new URL(request.url!, 'http://hub');
      hub.calls.push(`UPGRADE ${request.url}`);
      const refusal = hub.refusal || (hub.tickets.delete(searchParams.get('ticket') ?? '') ? 0 : 401);
      if (refusal) {
        line.end(`HTTP/1.1 ${refusal} No\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      hub.upgrades.handleUpgrade(request, line, head, (socket) => {
        const made = new HubSocket(searchParams, socket, hub);
        if (hub.greets) {
          made.greet();
        }
        hub.sockets.add(made);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    hub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return hub;
  }

  url = '';

  close(): void {
    this.upgrades.clients.forEach((line) => line.terminate());
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Records one, and gives its frame. */
  record(more: Json = {}): Json {
    const seq = this.rows.length + 1;
    const row = {
      id: 100 + seq * 3,
      ticket: 5,
      ticket_title: 'Homepage not loading',
      notification_type: 'SYSTEM',
      subject: 'New Ticket Created',
      message: `Event ${seq}`,
      created_at: new Date(Date.parse('2026-01-01T00:00:00Z') + seq * 1000).toISOString(),
      is_read: false,
      read_at: null,
      event_id: `e${seq}`,
      event_type: 'ticket_created',
      ...more,
    };
    this.rows.push(row);
    return this.frameOf(seq);
  }

  frameOf(seq: number): Json {
    const row = this.rows[seq - 1]!;
    return {
      notification_type: row.event_type,
      message: row.message,
      ticket: { id: row.ticket, title: row.ticket_title, priority: 'HIGH' },
      timestamp: row.created_at,
      id: row.id,
      event_id: row.event_id,
      seq,
      ...this.counts(),
    };
  }

  counts(): Json {
    const unread = this.rows.filter((row) => !row.is_read).length;
    // Three rows an event: a client that shows the sum shows three times too many.
    return { unread_count: unread * 3, unread_by_type: { EMAIL: unread, WHATSAPP: unread, SYSTEM: unread } };
  }

  /** The frame that follows a mark on any device. */
  unread(): Json {
    const { unread_count, unread_by_type } = this.counts();
    return { type: 'unread_count', count: unread_count, by_type: unread_by_type };
  }

  /** As another device does. */
  read(...seqs: number[]): void {
    for (const seq of seqs) {
      Object.assign(this.rows[seq - 1]!, { is_read: true, read_at: '2026-01-01T12:00:00Z' });
    }
  }

  /** Answers no call whose path holds this until what is returned is called. */
  hold(part: string): () => void {
    let release = () => {};
    this.held.push([part, new Promise<void>((done) => (release = done))]);
    return release;
  }

  /** From now on, calls whose path holds this are answered so, so many times. */
  script(part: string, status: number, body: unknown = { detail: 'Scripted.' }, times = Infinity, headers = {}): void {
    this.scripts.push((path) => (path.includes(part) && times-- > 0 ? { status, body, headers } : undefined));
  }

  private answer(request: IncomingMessage): { status: number; body?: unknown; headers?: Record<string, string> } {
    const url = new URL(request.url!, 'http://hub');
    this.calls.push(`${request.method} ${request.url}`);
    for (const script of this.scripts) {
      const scripted = script(url.pathname, request.headers.authorization ?? '');
      if (scripted) {
        return scripted;
      }
    }
    const path = url.pathname.replace('/api/notifications/', '');
    if (path === 'ws_ticket/') {
      const ticket = `ticket-${this.calls.length}`;
      this.tickets.add(ticket);
      return { status: 200, body: { ticket, expires_in: 30 } };
    }
    if (path === 'unread_count/') {
      const { unread_count: count, unread_by_type: by_type } = this.counts();
      return { status: 200, body: { count, by_type } };
    }
    if (path === 'mark_all_as_read/') {
      const upTo = Number(url.searchParams.get('up_to'));
      const ticket = url.searchParams.get('ticket');
      const meant = this.rows.filter((row) => row.id <= upTo && (!ticket || String(row.ticket) === ticket) && !row.is_read);
      meant.forEach((row) => Object.assign(row, { is_read: true, read_at: '2026-01-01T12:00:00Z' }));
      return { status: 200, body: { message: 'marked', count: meant.length } };
    }
    const [, id] = /^(\d+)\/mark_as_read\/$/.exec(path) ?? [];
    if (id) {
      const seq = this.rows.findIndex((row) => String(row.id) === id) + 1;
      if (!seq) {
        return { status: 404, body: { detail: 'No Notification matches the given query.' } };
      }
      this.read(seq);
      return { status: 200, body: { message: 'Notification marked as read', notification: this.rows[seq - 1] } };
    }
    return path ? { status: 404, body: { detail: 'Not found.', code: 'unknown_path' } } : this.page(url);
  }

  private page({ searchParams }: URL): { status: number; body: unknown } {
    const size = Number(searchParams.get('page_size') ?? 20);
    const before = Number(searchParams.get('cursor') || Infinity);
    const ticket = searchParams.get('ticket');
    const all = this.rows
      .filter((row) => row.id < before && (!ticket || String(row.ticket) === ticket))
      .filter((row) => searchParams.get('is_read') !== 'false' || !row.is_read)
      .reverse();
    const results = all.slice(0, size);
    // Another host than the one that was called, as behind a proxy.
    const next = all.length > size ? `http://inner:1/api/notifications/?cursor=${results.at(-1)!.id}&x=y` : null;
    return { status: 200, body: { next, previous: null, results } };
  }
}
