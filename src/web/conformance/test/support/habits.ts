import { WebSocket } from 'ws';
import type { Bell } from '../../../client/src/index.ts';
import type { Hub } from '../../src/hub.ts';
import type { RuleId } from '../../src/rules.ts';
import { lineWith, type Line } from './lines.ts';
import { every, type Fetch, type Habit } from './ours.ts';

/** Bad habits, each with the scenario that finds it and the rules that it breaks: those, and no other. */
export interface Case {
  readonly what: string;
  readonly scenario: string;
  readonly breaks: readonly RuleId[];
  readonly habit: Habit;
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const EMPTY = { results: [], next: null, count: 0, by_type: { EMAIL: 0, WHATSAPP: 0, SYSTEM: 0 } };
const isGet = (init: RequestInit) => (init.method ?? 'GET') === 'GET';

/** Says nothing of what it shows, so that nothing is judged by that. */
const quiet = (habit: Habit): Habit => ({ state: null, ...habit });

const asks = async (hub: Hub, path: string) => {
  await fetch(`${hub.url}/api/notifications/${path}`, { headers: { Authorization: `Bearer ${hub.token}` } }).catch(() => {});
};

const without = (name: string) => (ours: Fetch): Fetch => (url, init) => {
  const changed = new URL(url);
  changed.searchParams.delete(name);
  return ours(changed.href, init);
};

/** After these codes it comes back as if nothing had been. */
function forgetsAfter(codes: readonly number[], ...breaks: RuleId[]): Case {
  let last = 0;
  const socket = () =>
    lineWith({
      closes: (closed) => (last = closed),
      address: (url) => codes.includes(last) && url.searchParams.delete('since'),
      // Nor does it compare the badge with its list.
      comes: (frame: any) => ({ ...frame, unread_by_type: null }),
    });
  return { what: `asks for nothing after ${codes.join(', ')}`, scenario: 'closes', breaks, habit: quiet({ socket }) };
}

/** Takes a code for one that means nothing. */
const hurried = (code: number, id: RuleId): Case => ({
  what: `comes again every few seconds after ${code}`,
  scenario: 'limits',
  breaks: [id],
  habit: quiet({
    options: { timing: { firstRetry: 5_000 } },
    socket: () => lineWith({ closes: (closed) => (closed === code ? 1012 : closed) }),
  }),
});

export const CASES: readonly Case[] = [
  { what: 'has no WebSocket', scenario: 'hello', breaks: ['connects'], habit: quiet({ socket: () => undefined }) },
  {
    what: 'loads nothing',
    scenario: 'hello',
    breaks: ['loads-first'],
    habit: quiet({ fetch: (ours) => async (url, init) => (isGet(init) ? json(EMPTY) : ours(url, init)) }),
  },
  {
    what: 'opens a second socket',
    scenario: 'hello',
    breaks: ['one-socket'],
    habit: quiet({
      socket: (hub) =>
        lineWith({
          opened: (_, url) => new WebSocket(`${url.origin}${url.pathname}`, { headers: { Authorization: `Bearer ${hub.token}` } }),
        }),
    }),
  },
  {
    what: 'puts the token into the address',
    scenario: 'hello',
    breaks: ['token-not-in-address'],
    habit: quiet({
      socket: (hub) =>
        lineWith({
          address(url) {
            url.searchParams.delete('ticket');
            url.searchParams.set('token', hub.token);
          },
        }),
    }),
  },
  {
    what: 'uses a ticket again',
    scenario: 'hello',
    breaks: ['ticket-once'],
    habit: quiet({ socket: () => lineWith({ opened: (_, url) => (new WebSocket(url).onerror = () => {}) }) }),
  },
  {
    what: 'says hello',
    scenario: 'hello',
    breaks: ['frames-valid'],
    habit: quiet({ socket: () => lineWith({ opened: ({ ws }) => ws.send('{"type":"hello"}') }) }),
  },
  {
    what: 'sends sixty pings at once',
    scenario: 'hello',
    breaks: ['few-frames'],
    habit: quiet({ socket: () => lineWith({ opened: ({ ws }) => Array.from({ length: 60 }, () => ws.send('{"type":"ping"}')) }) }),
  },
  {
    what: 'answers no ping',
    scenario: 'hello',
    breaks: ['answers-pings'],
    habit: quiet({ socket: () => lineWith({ wsOptions: { autoPong: false } }) }),
  },
  {
    what: 'polls beside the socket',
    scenario: 'hello',
    breaks: ['quiet-when-live'],
    habit: quiet({ started: (_, hub) => every(hub, 5, () => asks(hub, 'unread_count/')) }),
  },
  {
    what: 'asks for the count with each notification',
    scenario: 'hello',
    breaks: ['burst-not-asked'],
    habit: quiet({ started: (bell, hub) => bell.onNotification(() => void asks(hub, 'unread_count/')) }),
  },
  {
    what: 'counts by itself',
    scenario: 'hello',
    breaks: ['badge'],
    habit: { state: (state) => ({ ...state, unread: state.unread! + 1 }) },
  },
  {
    what: 'counts rows',
    scenario: 'hello',
    breaks: ['badge-counts-events'],
    habit: { state: (state) => ({ ...state, unread: state.unread! * 3 }) },
  },
  {
    what: 'shows nothing new',
    scenario: 'hello',
    breaks: ['list-complete'],
    habit: { state: (state) => ({ ...state, ids: [] }) },
  },
  {
    what: 'leaves at a type that it does not know',
    scenario: 'frames',
    breaks: ['ignores-unknown'],
    habit: quiet({ socket: () => lineWith({ comes: leavesWhen((frame) => frame.type === 'from_the_future') }) }),
  },
  {
    what: 'leaves at what is no JSON',
    scenario: 'frames',
    breaks: ['survives-garbage'],
    habit: quiet({ socket: () => lineWith({ comes: leavesWhen((frame) => typeof frame === 'string') }) }),
  },
  {
    what: 'takes 50 KB at most',
    scenario: 'frames',
    breaks: ['takes-large'],
    habit: quiet({ socket: () => lineWith({ wsOptions: { maxPayload: 50_000 } }) }),
  },
  {
    what: 'lists what comes as often as it comes',
    scenario: 'order',
    breaks: ['each-once'],
    habit: { state: (state) => ({ ...state, ids: [...state.ids, ...state.ids] }) },
  },
  {
    what: 'sees no gap',
    scenario: 'order',
    breaks: ['asks-after-gap'],
    habit: quiet({ socket: () => lineWith({ comes: ({ seq, unread_by_type, ...frame }: any) => (frame.type ? { seq, unread_by_type, ...frame } : frame) }) }),
  },
  {
    what: 'comes back with the newest seq',
    scenario: 'order',
    breaks: ['place-behind-gap'],
    habit: quiet(newest()),
  },
  {
    what: 'leaves when seq goes back',
    scenario: 'order',
    breaks: ['out-of-order'],
    habit: quiet(strict()),
  },
  {
    what: 'takes resync for nothing',
    scenario: 'order',
    breaks: ['resync-loads'],
    habit: quiet({ socket: () => lineWith({ comes: (frame: any) => (frame.type === 'resync' ? null : frame) }) }),
  },
  {
    what: 'loads all anew instead of since',
    scenario: 'closes',
    breaks: ['since'],
    habit: quiet({
      socket: (hub) =>
        lineWith({
          address: (url) => url.searchParams.delete('since'),
          opened: () => void asks(hub, ''),
        }),
    }),
  },
  forgetsAfter([1001, 1006, 4408], 'close-1001', 'close-1006', 'close-4408'),
  forgetsAfter([1011, 1012, 4999], 'close-1011', 'close-1012', 'close-unknown'),
  { what: 'waits the same each time', scenario: 'closes', breaks: ['spread'], habit: quiet({ random: () => 0.7 }) },
  { what: 'waits as long as all others', scenario: 'crowd', breaks: ['crowd-spread'], habit: quiet({ random: () => 0.7 }) },
  {
    what: 'has no heartbeat',
    scenario: 'heartbeat',
    breaks: ['sends-heartbeat'],
    habit: quiet({ socket: () => lineWith({ goes: alive(() => null) }) }),
  },
  { what: 'sets a timer for each connection', scenario: 'heartbeat', breaks: ['one-heartbeat'], habit: quiet(piling()) },
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
  {
    what: 'takes a failure for an empty list',
    scenario: 'failing',
    breaks: ['rest-retried'],
    habit: quiet({
      fetch: (ours) => async (url, init) => {
        const answer = isGet(init) ? await ours(url, init).catch(() => json({}, 500)) : await ours(url, init);
        return isGet(init) && !(answer.ok && answer.headers.get('Content-Type') === 'application/json') ? json(EMPTY) : answer;
      },
    }),
  },
  {
    what: 'waits three seconds for a greeting',
    scenario: 'failing',
    breaks: ['patient'],
    habit: quiet({ options: { timing: { connect: 3_000, firstRetry: 1_000 } } }),
  },
  {
    what: 'marks another one',
    scenario: 'marks',
    breaks: ['marks-one'],
    habit: { marks: (id, bell) => bell.getSnapshot().items.find((item) => item.id !== id && !item.read)!.id },
  },
  { what: 'marks one row only', scenario: 'marks', breaks: ['marks-event'], habit: { fetch: without('event') } },
  { what: 'marks what nobody has seen', scenario: 'marks', breaks: ['marks-up-to'], habit: { fetch: without('up_to') } },
  {
    what: 'shows as read what was refused',
    scenario: 'marks',
    breaks: ['mark-taken-back'],
    habit: {
      fetch: (ours) => async (url, init) => {
        const answer = await ours(url, init);
        const id = Number(/(\d+)\/mark_as_read/.exec(url)?.[1]);
        return id && !answer.ok ? json({ message: '', notification: { id, notification_type: 'SYSTEM', is_read: true } }) : answer;
      },
    },
  },
  hurried(4409, 'close-4409'),
  hurried(4429, 'close-4429'),
  {
    what: 'does not read Retry-After',
    scenario: 'limits',
    breaks: ['retry-after'],
    habit: quiet({
      fetch: (ours) => async (url, init) => {
        const answer = await ours(url, init);
        return new Response(answer.body, { status: answer.status });
      },
    }),
  },
  {
    what: 'has one token for ever',
    scenario: 'tokens',
    breaks: ['close-4401', 'comes-back'],
    habit: quiet(oneToken()),
  },
  {
    what: 'takes 401 for a wrong address',
    scenario: 'tokens',
    breaks: ['rest-401'],
    habit: quiet({
      fetch: (ours) => async (url, init) => {
        const answer = await ours(url, init);
        return answer.status === 401 && isGet(init) ? json({}, 404) : answer;
      },
    }),
  },
  {
    what: 'lets the token end',
    scenario: 'tokens',
    breaks: ['refresh-in-band'],
    habit: quiet({ socket: () => lineWith({ goes: (frame) => (frame.type === 'refresh' ? null : frame) }) }),
  },
  {
    what: 'asks again and again',
    scenario: 'refused',
    breaks: ['refused-not-circled'],
    habit: quiet({ started: (bell, hub) => every(hub, 2, () => bell.retry()) }),
  },
];

function leavesWhen(is: (frame: any) => boolean) {
  return (frame: unknown, line: Line) => {
    if (is(frame)) {
      line.ws.close();
    }
    return frame;
  };
}

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

function newest(): Habit {
  let seq = -1;
  return {
    socket: () =>
      lineWith({
        comes(frame: any) {
          seq = Math.max(seq, frame.seq ?? -1);
          // Nor does it compare the badge with its list.
          return frame.type ? frame : { ...frame, unread_by_type: null };
        },
        address: (url) => url.searchParams.has('since') && url.searchParams.set('since', String(seq)),
      }),
  };
}

function strict(): Habit {
  return {
    socket: () => {
      let seq = -1;
      return lineWith({
        comes: (frame: any, line) => {
          if (frame.notification_type && frame.seq < seq - 1) {
            line.ws.close();
          }
          seq = Math.max(seq, frame.seq ?? -1);
          return frame;
        },
      });
    },
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

function oneToken(): Habit {
  let first: string | undefined;
  return {
    fetch: (ours, hub) => (url, init) => {
      first ??= hub.token;
      return ours(url, { ...init, headers: { ...(init.headers as object), Authorization: `Bearer ${first}` } });
    },
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
