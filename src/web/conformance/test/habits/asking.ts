import { lineWith } from '../support/lines.ts';
import { every, type Fetch, type Habit } from '../support/ours.ts';
import { EMPTY, isGet, json, quiet, type Case } from './case.ts';

const without =
  (name: string) =>
  (ours: Fetch): Fetch =>
  (url, init) => {
    const changed = new URL(url);
    changed.searchParams.delete(name);
    return ours(changed.href, init);
  };

/** Habits about REST: failures, marks, tokens. */
export const ASKING: readonly Case[] = [
  {
    what: 'takes a failure for an empty list',
    scenario: 'failing',
    breaks: ['rest-retried'],
    habit: quiet({
      fetch: (ours) => async (url, init) => {
        const answer = isGet(init) ? await ours(url, init).catch(() => json({}, 500)) : await ours(url, init);
        return isGet(init) && !(answer.ok && answer.headers.get('Content-Type') === 'application/json')
          ? json(EMPTY)
          : answer;
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
  {
    what: 'marks what nobody has seen',
    scenario: 'marks',
    breaks: ['marks-up-to'],
    habit: { fetch: without('up_to') },
  },
  {
    what: 'shows as read what was refused',
    scenario: 'marks',
    breaks: ['mark-taken-back'],
    habit: {
      fetch: (ours) => async (url, init) => {
        const answer = await ours(url, init);
        const id = Number(/(\d+)\/mark_as_read/.exec(url)?.[1]);
        return id && !answer.ok
          ? json({ message: '', notification: { id, notification_type: 'SYSTEM', is_read: true } })
          : answer;
      },
    },
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

function oneToken(): Habit {
  let first: string | undefined;
  return {
    fetch: (ours, hub) => (url, init) => {
      first ??= hub.token;
      return ours(url, { ...init, headers: { ...(init.headers as object), Authorization: `Bearer ${first}` } });
    },
  };
}
