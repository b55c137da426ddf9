import { createAlarm } from './alarm.js';
import { backoff } from './backoff.js';
import { closingOf } from './closing.js';
import type { Environment } from './environment.js';
import { BellError, isFinal, problemOf } from './problem.js';
import type { Rest } from './rest.js';
import { openSocket, type Socket } from './socket.js';
import type { Timing } from './timing.js';
import type { Tokens } from './tokens.js';
import type { BellStatus } from './types.js';
import type { Json } from './wire.js';

/** Keeps a socket open, and where none can be had, polls: every failed try ends in one load by REST. */
export interface Connection {
  start(): void;
  /** Something speaks for trying now: the page is shown, the network is back, somebody asked. */
  wake(): void;
  /** There is another token: the open socket is to live as long as that one. */
  renew(token: string): void;
  send(frame: Json): void;
  stop(): void;
}

interface Listener {
  /** The newest seq that is known without a gap, negative when none is. */
  place(): number;
  /** @param since what this connection was opened with, negative when with nothing */
  frame(frame: Json, since: number): void;
  status(status: BellStatus, problem: BellError | null): void;
  /** Loads by REST, in place of what a socket would have told. */
  poll(): Promise<void>;
}

/** Tries that come sooner after the last one than this are not made: a page may be shown and hidden quickly. Milliseconds. */
const BREATH = 1_000;

export function createConnection(
  env: Environment,
  timing: Timing,
  rest: Rest,
  tokens: Tokens,
  on: Listener,
): Connection {
  const alarm = createAlarm(env);
  let socket: Socket | undefined;
  /** What a call brings after another run has begun is nobody's. */
  let run = 0;
  let trying = false;
  let failures = 0;
  let denied = 0;
  let notBefore = -Infinity;

  async function attempt(fresh = false): Promise<void> {
    const mine = ++run;
    alarm.clear();
    trying = true;
    try {
      if (!env.isOnline()) {
        throw new BellError('offline');
      }
      notBefore = env.now() + BREATH;
      if (fresh) {
        await tokens.get(tokens.held());
      }
      const ticket = env.WebSocket && (await rest.ticket());
      if (mine === run) {
        open(mine, ticket);
      }
    } catch (error) {
      if (mine === run) {
        // What is no problem yet is the constructor's: no WebSocket here, or a policy of the page forbids it.
        await failed(error instanceof BellError ? error : new BellError('no-socket', error));
      }
    }
  }

  function open(mine: number, ticket: string | undefined): void {
    const since = on.place();
    let openedAt = Infinity;
    socket = openSocket(env, timing, rest.socketAddress(ticket, since), {
      frame(frame) {
        if (frame.type === 'connection_established') {
          openedAt = env.now();
          trying = false;
          denied = 0;
          on.status('live', null);
        }
        // Whoever heard of it may have stopped the bell.
        if (mine === run) {
          on.frame(frame, since);
        }
      },
      beat() {
        // Two beats ahead, so that one that fails leaves time for another.
        if (tokens.remaining() < 2 * timing.heartbeat) {
          tokens.get(tokens.held()).catch((error) => mine === run && on.status('live', problemOf(error)));
        }
      },
      closed: (code) => closed(code, env.now() - openedAt),
    });
  }

  /** @param lasted milliseconds since the greeting; negative when there was none */
  function closed(code: number, lasted: number): void {
    const { fresh, innocent, problem } = closingOf(code);
    const found = `closed with ${code}`;
    socket = undefined;
    trying = true;
    if (innocent || lasted >= timing.stable) {
      failures = 0;
    }
    if (problem) {
      void failed(new BellError(problem, found), true);
    } else if (lasted < 0 && fresh && denied++) {
      void failed(new BellError('refused', found));
    } else if (lasted < 0 && !fresh && !innocent) {
      void failed(new BellError('no-socket', found));
    } else {
      again(failures++, 0, fresh);
      on.status('connecting', null);
    }
  }

  /**
   * No socket this time.
   * @param slow coming back soon would only make it worse: the largest window
   */
  async function failed(problem: BellError, slow = false): Promise<void> {
    const mine = run;
    // Where it is only a socket that cannot be had, REST is asked, and what it says counts.
    let polled = slow || problem.code === 'no-socket';
    if (polled) {
      try {
        await on.poll();
      } catch (error) {
        polled = false;
        problem = problemOf(error);
      }
    }
    if (mine !== run) {
      return;
    }
    if (isFinal(problem.code)) {
      trying = false;
      on.status('refused', problem);
    } else {
      again(slow ? Infinity : failures++, problem.retryAfter);
      on.status(polled ? 'polling' : 'offline', problem);
    }
  }

  function again(failed: number, atLeast = 0, fresh = false): void {
    trying = false;
    notBefore = Math.max(notBefore, env.now() + atLeast);
    // With a fresh token at once, but not in a circle: where that did not help, it is a failure like others.
    alarm.set(fresh && !failed ? 0 : backoff(timing, env.random, failed, atLeast), () => void attempt(fresh));
  }

  return {
    start() {
      on.status('connecting', null);
      void attempt();
    },
    wake() {
      if (trying) {
        return;
      }
      if (socket) {
        socket.probe();
      } else if (env.now() >= notBefore) {
        void attempt();
      }
    },
    renew(token) {
      socket?.send({ type: 'refresh', token });
      if (socket && !trying) {
        on.status('live', null);
      }
    },
    send: (frame) => socket?.send(frame),
    stop() {
      run++;
      alarm.clear();
      socket?.close();
      socket = undefined;
      trying = false;
      failures = denied = 0;
      notBefore = -Infinity;
    },
  };
}
