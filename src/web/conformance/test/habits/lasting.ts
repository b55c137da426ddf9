import type { Bell } from '../../../client/src/index.ts';
import { lineWith, type Line } from '../support/lines.ts';
import { every, type Fetch, type Habit } from '../support/ours.ts';
import { asks, EMPTY, isGet, json, quiet, type Case } from './case.ts';

/** Habits that show when something lasts: an hour, an outage, a proxy without sockets. */
export const LASTING: readonly Case[] = [
  {
    what: 'has no heartbeat',
    scenario: 'heartbeat',
    breaks: ['sends-heartbeat'],
    habit: quiet({ socket: () => lineWith({ goes: alive(() => null) }) }),
  },
  {
    what: 'sets a timer for each connection',
    scenario: 'heartbeat',
    breaks: ['one-heartbeat'],
    habit: quiet(piling()),
  },
  {
    what: 'takes silence for peace',
    scenario: 'silence',
    breaks: ['notices-silence'],
    habit: quiet({ socket: () => lineWith({ goes: alive((frame) => frame) }) }),
  },
  {
    what: 'waits for a greeting for ever',
    scenario: 'silence',
    breaks: ['notices-no-greeting'],
    habit: quiet({ options: { timing: { connect: 600_000 } } }),
  },
  {
    what: 'tries every few seconds',
    scenario: 'outage',
    breaks: ['backs-off'],
    habit: quiet({ options: { timing: { lastRetry: 5_000 } } }),
  },
  {
    what: 'tries all the time',
    scenario: 'outage',
    breaks: ['no-storm', 'backs-off'],
    habit: quiet({ options: { timing: { firstRetry: 300, lastRetry: 300 } }, fetch: socketsOnly }),
  },
  {
    what: 'gives up',
    scenario: 'outage',
    breaks: ['comes-back'],
    habit: quiet({ started: (bell) => bell.subscribe(() => bell.getSnapshot().status === 'offline' && bell.stop()) }),
  },
  {
    what: 'does not poll',
    scenario: 'polling',
    breaks: ['polls'],
    habit: quiet(neverPolls()),
  },
  {
    what: 'polls every second',
    scenario: 'polling',
    breaks: ['polls-gently'],
    habit: quiet({ started: (_, hub) => every(hub, 1, () => asks(hub, 'unread_count/')) }),
  },
  {
    what: 'polls for ever',
    scenario: 'polling',
    breaks: ['back-to-socket'],
    habit: quiet({ started: (bell, hub) => void onceLost(bell, () => every(hub, 20, () => asks(hub, ''))) }),
  },
];

/** Has the client believe in a pong for each ping. */
function alive(goes: (frame: Record<string, any>) => Record<string, any> | null) {
  return (frame: Record<string, any>, line: Line) => {
    if (frame.type !== 'ping') {
      return frame;
    }
    queueMicrotask(() => line.onmessage?.({ data: '{"type":"pong","timestamp":1}' }));
    return goes(frame);
  };
}

function piling(): Habit {
  let newest: Line;
  return {
    socket: (hub) =>
      lineWith({
        opened(line) {
          newest = line;
          every(hub, 25, () => newest.send('{"type":"ping"}'));
        },
      }),
  };
}

/** Tickets are never refused, so that each try reaches the socket. */
function socketsOnly(ours: Fetch): Fetch {
  return (url, init) =>
    ours(url, init).catch((error) => {
      if (url.includes('ws_ticket')) {
        return json({ ticket: 'none' });
      }
      throw error;
    });
}

/** While no socket can be had it asks nothing. */
function neverPolls(): Habit {
  let isLost = false;
  return {
    socket: () =>
      lineWith({
        closes(code) {
          isLost = true;
          return code;
        },
      }),
    fetch: (ours) => async (url, init) => (isLost && isGet(init) ? json(EMPTY) : ours(url, init)),
  };
}

function onceLost(bell: Bell, then: () => void): void {
  const end = bell.subscribe(() => {
    if (bell.getSnapshot().status === 'polling') {
      end();
      bell.stop();
      then();
    }
  });
}
