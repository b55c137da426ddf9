import { WebSocket } from 'ws';
import { createBell, type Bell, type BellOptions, type Environment } from '../../../client/src/index.ts';
import type { Hub } from '../../src/hub.ts';

/** Chance that is the same in each run. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** Another end of the client: what is done to it, and what it is given instead of the page's own. */
export interface Habit {
  readonly options?: Partial<BellOptions>;
  readonly environment?: (env: Partial<Environment>, hub: Hub) => Partial<Environment>;
  readonly state?: (state: Record<string, unknown>, bell: Bell) => Record<string, unknown>;
  readonly started?: (bell: Bell, hub: Hub) => void;
}

/** Our client, hurried, with a page around it that says what it shows and does what a person is wished to. */
export function startOurs(hub: Hub, { options, environment, state, started }: Habit = {}, seed = 7): () => void {
  const { clock } = hub;
  const env: Partial<Environment> = {
    WebSocket: WebSocket as any,
    BroadcastChannel: undefined,
    locks: undefined,
    random: chance(seed),
    now: () => clock.wall(),
    setTimeout: (run, ms) => setTimeout(run, clock.real(ms / 1000)),
    clearTimeout: (handle) => clearTimeout(handle),
  };
  const bell = createBell({
    hub: hub.url,
    token: async (fresh) => {
      const answer = await fetch(`${hub.url}/conformance/token${fresh ? '?fresh=1' : ''}`);
      return ((await answer.json()) as { access: string }).access;
    },
    ...options,
    environment: { ...env, ...environment?.(env, hub) },
  });
  const tell = async () => {
    const { unread, items } = bell.getSnapshot();
    const ids = items.map(({ id }) => id);
    const read_ids = items.filter(({ read }) => read).map(({ id }) => id);
    const said = { unread, ids, read_ids };
    const answer = await fetch(`${hub.url}/conformance/state`, {
      method: 'POST',
      body: JSON.stringify(state?.(said, bell) ?? said),
    });
    const { wish } = (await answer.json()) as { wish: { do: string; id?: number } | null };
    if (wish?.do === 'mark_one') {
      await bell.markRead(wish.id!).catch(() => {});
    } else if (wish?.do === 'mark_all') {
      await bell.markAllRead().catch(() => {});
    }
  };
  const timer = setInterval(() => void tell().catch(() => {}), clock.real(1));
  bell.start();
  started?.(bell, hub);
  return () => {
    clearInterval(timer);
    bell.stop();
  };
}
