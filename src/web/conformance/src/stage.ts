import { sleep, type Clock } from './clock.ts';
import type { Hub } from './hub.ts';
import type { Judge } from './judge.ts';
import type { RuleId } from './rules.ts';
import type { HubSocket } from './socket.ts';
import type { Json, State, Tape, WireEvent } from './tape.ts';

/** Longer than the longest wait between two tries that is still sensible. */
export const PATIENCE = 90;
/** After this long a connection counts as a good one with clients that tell them apart. */
const SETTLED = 11;

/** What the scenario waits for does not come. */
export class ClientGone extends Error {}

export interface Scenario {
  readonly name: string;
  readonly title: string;
  /** About how long it takes. */
  readonly seconds: number;
  readonly rules: readonly RuleId[];
  /** How many clients it needs at least; one when left out. */
  readonly clients?: number;
  play(stage: Stage): Promise<void>;
}

/** What a scenario plays on. */
export class Stage {
  readonly tape: Tape;
  readonly clock: Clock;

  constructor(
    readonly hub: Hub,
    readonly judge: Judge,
    readonly clients: number,
  ) {
    this.tape = hub.tape;
    this.clock = hub.clock;
  }

  /** Seconds of the script. */
  sleep(seconds: number): Promise<void> {
    return sleep(this.clock, seconds);
  }

  /** The client's socket, once it has one. @throws ClientGone when it does not come */
  async connected(seconds = PATIENCE): Promise<HubSocket> {
    const live = () => this.hub.live().length >= this.clients;
    if (!live()) {
      const until = this.clock.now() + seconds;
      while (!live() && this.clock.now() < until) {
        await this.sleep(0.25);
      }
      if (!live()) {
        throw new ClientGone(`no socket within ${seconds} s`);
      }
    }
    return this.hub.live().at(-1)!;
  }

  /** As {@link connected}, and for so long that its next loss counts as the first one. */
  async settled(): Promise<HubSocket> {
    for (;;) {
      const socket = await this.connected();
      const left = socket.greetedAt + SETTLED - this.clock.now();
      if (left <= 0) {
        return socket;
      }
      await this.sleep(left);
    }
  }

  /** The first thing that the client does to come back. */
  firstTry(place: number, seconds = PATIENCE): Promise<WireEvent | undefined> {
    return this.tape.until(place, seconds, isTry);
  }

  /**
   * Waits until it is back: a handshake with what it missed, by since, by resume or by REST.
   * @returns how it asked; undefined when it did not come; `nothing`: it came and asked for nothing
   */
  async back(place: number): Promise<'since' | 'resume' | 'list' | 'nothing' | undefined> {
    const shake = await this.tape.untilKind(place, PATIENCE, 'handshake', ({ status }) => status === 101);
    if (!shake) {
      return undefined;
    }
    if (shake.kind === 'handshake' && shake.since >= 0) {
      return 'since';
    }
    const asked = await this.tape.until(place, 10, (event) => isResume(event) || isList(event));
    return !asked ? 'nothing' : asked.kind === 'frame' ? 'resume' : 'list';
  }

  /** Has the client's driver do what a person would, if there is one. @returns whether it took the wish */
  async wish(what: Json): Promise<boolean> {
    this.hub.wish = what;
    const until = this.clock.now() + 15;
    while (this.hub.wish && this.clock.now() < until) {
      await this.sleep(0.25);
    }
    const isTaken = !this.hub.wish;
    this.hub.wish = null;
    return isTaken;
  }

  /** Judges what the client says that it shows, once that is right or has had time to be. */
  async shows(id: RuleId, what: string, isRight: (state: State) => boolean): Promise<boolean | undefined> {
    if (!this.tape.events.some((event) => event.kind === 'state')) {
      this.judge.unseen(id, 'the client does not say what it shows (POST /conformance/state)');
      return undefined;
    }
    // Time to make a mistake, and to say it. Clients may say it only when it changes: the newest word counts, however old.
    await this.sleep(2);
    await this.tape.untilKind(this.tape.end, 5, 'state');
    const newest = this.tape.events.findLast((event) => event.kind === 'state');
    const right =
      newest?.kind === 'state' && isRight(newest)
        ? newest
        : await this.tape.untilKind(this.tape.end, 20, 'state', isRight);
    const last = this.tape.events.findLast((event) => event.kind === 'state');
    const found = last?.kind === 'state' ? `unread ${last.unread}, ${last.ids?.length ?? 'no'} ids` : '';
    this.judge.say(id, !!right, right ? what : `not so after 20 s: ${what}; the client shows ${found}`);
    return !!right;
  }

  /** Its badge is one of the two numbers that the hub says, and the better one of them. */
  async showsBadge(when: string): Promise<void> {
    const { rows } = this.hub;
    const events = () => rows.unread('SYSTEM');
    const isRight = await this.shows(
      'badge',
      `the badge ${when}`,
      ({ unread }) => unread === events() || unread === rows.unread(),
    );
    if (isRight) {
      await this.shows('badge-counts-events', `the badge ${when} counts events`, ({ unread }) => unread === events());
    } else {
      const why =
        isRight === false ? "the badge is none of the hub's numbers" : 'the client does not say what it shows';
      this.judge.unseen('badge-counts-events', why);
    }
  }

  /** What it lists has all of these. */
  async showsAll(what: string, ids: () => readonly (number | undefined)[]): Promise<void> {
    await this.shows('list-complete', what, (state) => !state.ids || ids().every((id) => state.ids!.includes(id!)));
  }
}

export function isTry(event: WireEvent): boolean {
  return (
    event.kind === 'handshake' || (event.kind === 'call' && event.path === 'ws_ticket/' && event.method === 'POST')
  );
}

/** Asks for notifications themselves. */
export function isList(event: WireEvent): boolean {
  return event.kind === 'call' && event.method === 'GET' && (event.path === '' || event.path === 'unread/');
}

export function isResume(event: WireEvent): boolean {
  return event.kind === 'frame' && event.frame?.type === 'resume';
}

/** Seconds with one digit, for people. */
export function s(seconds: number): string {
  return `${Math.round(seconds * 10) / 10} s`;
}
