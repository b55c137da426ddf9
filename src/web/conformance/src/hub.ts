import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { sleep, type Clock } from './clock.ts';
import { Rest, type Answer } from './rest.ts';
import { Rows } from './rows.ts';
import { HubSocket } from './socket.ts';
import { Tape, type Handshake, type Json, type Unstamped } from './tape.ts';
import { Tokens } from './tokens.ts';

const SOCKETS = /^\/ws\/notifications\/?$/;
const CONTROL = '/conformance/';

/** What is asked over REST, before it is answered. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string;
}

/** A hub of one person that does what its script says, and what a hub does where the script says nothing. */
export class Hub {
  readonly tokens: Tokens;
  readonly rows = new Rows();
  readonly tape: Tape;
  readonly sockets: HubSocket[] = [];
  /** What the script answers instead; `cut`: it ends the line. */
  onCall: ((asked: Asked) => Answer | 'cut' | undefined) | undefined;
  onHandshake: (() => number | 'cut' | undefined) | undefined;
  /** Whether a new connection is greeted, and after how many seconds. */
  greets = true;
  greetsAfter = 0;
  /** The newest seq that the client was told: by its first greeting, and by notifications. */
  told = 0;
  /** The code that each new connection is closed with at once; 0: it is not. */
  closes = 0;
  /** Seconds until a call is answered. */
  answersAfter = 0;
  /** Whether what `resume` asks for is sent. */
  replays = true;
  /** Seconds that the next tokens last. */
  tokenLife = 3600;
  /** What a person would do now; handed out once. */
  wish: Json | null = null;
  /** The newest one that the client was given, or that is printed. */
  token: string;
  url = '';
  isOver = false;
  private readonly closing: (() => void)[] = [];
  private readonly rest: Rest;
  private readonly upgrades = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 1 << 20 });
  private readonly server: Server;

  private constructor(readonly clock: Clock) {
    this.tape = new Tape(clock);
    this.tokens = new Tokens(clock);
    this.rest = new Rest(this);
    this.token = this.tokens.issue(1, 24 * 3600);
    this.server = createServer(
      (request, response) => void this.call(request, response).catch(() => response.destroy()),
    );
    this.server.on('upgrade', (request, line, head) => this.handshake(request, line as Socket, head));
  }

  /** @param port 0: any that is free */
  static async open(clock: Clock, port = 0, host = '127.0.0.1'): Promise<Hub> {
    const hub = new Hub(clock);
    await new Promise<void>((done, failed) => {
      hub.server.once('error', failed);
      hub.server.listen(port, host, done);
    });
    const name = host === '0.0.0.0' ? 'localhost' : host;
    hub.url = `http://${name}:${(hub.server.address() as AddressInfo).port}`;
    return hub;
  }

  /** Calls back before it is closed. */
  onClose(run: () => void): void {
    this.closing.push(run);
  }

  close(): void {
    this.isOver = true;
    this.closing.forEach((run) => run());
    this.sockets.forEach((socket) => socket.isOpen && socket.cut());
    this.upgrades.clients.forEach((line) => line.terminate());
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Those that are greeted and neither ended nor frozen. */
  live(): HubSocket[] {
    return this.sockets.filter((socket) => socket.isLive);
  }

  /** Something happens to a ticket: recorded, and told on every live socket. */
  happen(message?: string): Json {
    const frame = this.rows.record(message);
    this.say(frame);
    return frame;
  }

  say(frame: unknown): void {
    this.live().forEach((socket) => socket.send(frame));
  }

  /** Does again what a hub does. */
  behave(): void {
    this.onCall = this.onHandshake = undefined;
    this.greets = this.replays = true;
    this.greetsAfter = this.answersAfter = this.closes = 0;
    this.tokenLife = 3600;
    this.wish = null;
  }

  private async call(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, this.url);
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) {
      body += chunk;
    }
    const cors = {
      'Access-Control-Allow-Origin': request.headers.origin ?? '*',
      'Access-Control-Allow-Headers': 'authorization, content-type, accept',
      'Access-Control-Allow-Methods': 'GET, POST',
      'Access-Control-Expose-Headers': 'Retry-After',
      Vary: 'Origin',
    };
    if (request.method === 'OPTIONS') {
      response.writeHead(204, cors).end();
      return;
    }
    let answer: Answer | 'cut';
    if (url.pathname.startsWith(CONTROL)) {
      answer = this.rest.control(request.method!, url, body);
    } else {
      answer = this.rest.answer(request, url, body);
      await sleep(this.clock, this.answersAfter);
    }
    if (answer === 'cut') {
      request.socket.destroy();
      return;
    }
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    response.writeHead(answer.status, {
      'Content-Type': typeof answer.body === 'string' ? 'text/html; charset=utf-8' : 'application/json',
      'Cache-Control': 'no-store',
      ...cors,
      ...answer.headers,
    });
    response.end(text);
  }

  private handshake(request: IncomingMessage, line: Socket, head: Buffer): void {
    line.on('error', () => {});
    const url = new URL(request.url!, this.url);
    const { searchParams: query, pathname } = url;
    const ticket = query.get('ticket');
    const bearer = request.headers.authorization?.replace(/^Bearer /, '');
    const by = ticket !== null ? 'ticket' : query.has('token') ? 'query' : bearer ? 'header' : 'nothing';
    const token = (ticket !== null ? this.tokens.ofTicket(ticket) : (query.get('token') ?? bearer)) ?? '';
    const isTicketUsed = ticket !== null && this.tokens.ofTicket(ticket) !== undefined && !this.tokens.use(ticket);
    const isKnown = this.tokens.knows(token) && !isTicketUsed;
    const status = !SOCKETS.test(pathname) ? 404 : (this.onHandshake?.() ?? (isKnown ? 101 : 401));
    const since = /^\d+$/.test(query.get('since') ?? '') ? Number(query.get('since')) : -1;
    const seen: Omit<Unstamped<Handshake>, 'status' | 'socket'> = { kind: 'handshake', by, token, since, isTicketUsed };
    if (status !== 101) {
      this.tape.add({ ...seen, status: status === 'cut' ? 0 : status, socket: undefined });
      status === 'cut' ? line.destroy() : line.end(refusal(status));
      return;
    }
    this.upgrades.handleUpgrade(request, line, head, (opened) => {
      const socket = new HubSocket(this, opened, line, token, since);
      this.sockets.push(socket);
      this.tape.add({ ...seen, status: 101, socket });
      if (this.closes || !this.tokens.isGood(token)) {
        socket.close(this.closes || 4401);
      } else if (this.greets) {
        this.clock.after(this.greetsAfter, () => socket.isOpen && socket.greet());
      }
    });
  }
}

function refusal(status: number): string {
  const body = JSON.stringify({ detail: 'As the script says.' });
  const length = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}`;
  return `HTTP/1.1 ${status} No\r\n${length}\r\nConnection: close\r\n\r\n${body}`;
}
