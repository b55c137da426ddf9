import type { RuleId } from '../../src/rules.ts';
import { lineWith } from '../support/lines.ts';
import { type Habit } from '../support/ours.ts';
import { asks, quiet, type Case } from './case.ts';

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

/** Habits about order, and about coming back. */
export const COMING_BACK: readonly Case[] = [
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
    habit: quiet({
      socket: () =>
        lineWith({
          comes: ({ seq, unread_by_type, ...frame }: any) => (frame.type ? { seq, unread_by_type, ...frame } : frame),
        }),
    }),
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
  {
    what: 'waits as long as all others',
    scenario: 'crowd',
    breaks: ['crowd-spread'],
    habit: quiet({ random: () => 0.7 }),
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
];

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
