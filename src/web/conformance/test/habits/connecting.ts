import { WebSocket } from 'ws';
import { lineWith, type Line } from '../support/lines.ts';
import { every } from '../support/ours.ts';
import { asks, EMPTY, isGet, json, quiet, type Case } from './case.ts';

/** Habits of the first minute: opening, loading, reading what comes. */
export const CONNECTING: readonly Case[] = [
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
          opened: (_, url) =>
            new WebSocket(`${url.origin}${url.pathname}`, { headers: { Authorization: `Bearer ${hub.token}` } }),
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
    habit: quiet({
      socket: () => lineWith({ opened: ({ ws }) => Array.from({ length: 60 }, () => ws.send('{"type":"ping"}')) }),
    }),
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
];

function leavesWhen(is: (frame: any) => boolean) {
  return (frame: unknown, line: Line) => {
    if (is(frame)) {
      line.ws.close();
    }
    return frame;
  };
}
