import type { Clock } from './clock.ts';
import type { HubSocket } from './socket.ts';

export type Json = Record<string, unknown>;

/** A call over REST, with the status that it was answered with; 0: the line was cut instead. */
export interface Call {
  readonly kind: 'call';
  readonly at: number;
  readonly method: string;
  /** Without what all have in common: `ws_ticket/`, or empty for the list. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string;
  readonly status: number;
  readonly body: string;
}

/** A try to open a WebSocket: 101 when it was opened, 0 when the line was cut. */
export interface Handshake {
  readonly kind: 'handshake';
  readonly at: number;
  readonly by: 'ticket' | 'query' | 'header' | 'nothing';
  /** The token that stood in it, or that its ticket was had with. */
  readonly token: string;
  /** Negative: without since. */
  readonly since: number;
  readonly status: number;
  readonly isTicketUsed: boolean;
  readonly socket: HubSocket | undefined;
}

/** A frame of the client; null when it is no JSON object. */
export interface Frame {
  readonly kind: 'frame';
  readonly at: number;
  readonly socket: HubSocket;
  readonly frame: Json | null;
  readonly bytes: number;
}

/** A ping or pong of the protocol itself, from the client. */
export interface Beat {
  readonly kind: 'ping' | 'pong';
  readonly at: number;
  readonly socket: HubSocket;
}

export interface Closed {
  readonly kind: 'closed';
  readonly at: number;
  readonly socket: HubSocket;
  readonly code: number;
  /** Whether the script ended it. */
  readonly byHub: boolean;
}

/** What the client says that it shows; all of it is optional. */
export interface State {
  readonly kind: 'state';
  readonly at: number;
  readonly unread: number | undefined;
  readonly ids: readonly number[] | undefined;
  readonly readIds: readonly number[] | undefined;
}

export type WireEvent = Call | Handshake | Frame | Beat | Closed | State;
export type Unstamped<T> = T extends WireEvent ? Omit<T, 'at'> : never;
export type Kind<K extends WireEvent['kind']> = Extract<WireEvent, { kind: K }>;

/** All that could be seen of the client, in order. */
export class Tape {
  readonly events: WireEvent[] = [];
  private readonly listeners = new Set<(event: WireEvent) => void>();

  constructor(private readonly clock: Clock) {}

  add(event: Unstamped<WireEvent>): void {
    const stamped = { at: this.clock.now(), ...event } as WireEvent;
    this.events.push(stamped);
    [...this.listeners].forEach((tell) => tell(stamped));
  }

  listen(tell: (event: WireEvent) => void): void {
    this.listeners.add(tell);
  }

  /** A place on the tape, to look on from. */
  get end(): number {
    return this.events.length;
  }

  /** What is of this kind from a place on. */
  from<K extends WireEvent['kind']>(place: number, kind: K, is: (event: Kind<K>) => boolean = () => true): Kind<K>[] {
    return this.events.slice(place).filter((event): event is Kind<K> => event.kind === kind && is(event as Kind<K>));
  }

  /** The first event from a place on of which it is true; undefined when there is none within so many seconds. */
  until(place: number, seconds: number, is: (event: WireEvent) => boolean): Promise<WireEvent | undefined> {
    const there = this.events.slice(place).find(is);
    if (there) {
      return Promise.resolve(there);
    }
    return new Promise((done) => {
      const end = (event?: WireEvent) => {
        this.listeners.delete(look);
        forget();
        done(event);
      };
      const look = (event: WireEvent) => is(event) && end(event);
      const forget = this.clock.after(seconds, () => end());
      this.listeners.add(look);
    });
  }

  async untilKind<K extends WireEvent['kind']>(
    place: number,
    seconds: number,
    kind: K,
    is: (event: Kind<K>) => boolean = () => true,
  ): Promise<Kind<K> | undefined> {
    return (await this.until(place, seconds, (event) => event.kind === kind && is(event as Kind<K>))) as
      Kind<K> | undefined;
  }
}
