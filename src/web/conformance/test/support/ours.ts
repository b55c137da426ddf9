import { WebSocket } from 'ws';
import { createBell, type Bell, type BellOptions, type Environment } from '../../../client/src/index.ts';
import type { Hub } from '../../src/hub.ts';

export type Fetch = Environment['fetch'];

/** A bad habit: our client, and what is changed about it. */
export interface Habit {
  readonly options?: Partial<BellOptions>;
  readonly socket?: (hub: Hub) => Environment['WebSocket'];
  readonly fetch?: (ours: Fetch, hub: Hub) => Fetch;
  readonly random?: () => number;
  /** What it says that it shows; null: it says nothing. */
  readonly state?: ((state: State) => State) | null;
  /** Which one it marks. */
  readonly marks?: (id: number, bell: Bell) => number;
  readonly started?: (bell: Bell, hub: Hub) => void;
}

interface State {
  unread: number | null;
  ids: number[];
  read_ids: number[];
}

/** Chance that is the same in each run. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** Repeats until the hub is closed. @param seconds of the script */
export function every(hub: Hub, seconds: number, run: () => unknown): void {
  const again = () => {
    if (!hub.isOver) {
      run();
      hub.clock.after(seconds, again);
    }
  };
  hub.clock.after(seconds, again);
}

/** Our client in time as fast as the script's, with a page around it that says what it shows, and does what a person is wished to. */
export function startOurs(hub: Hub, habit: Habit = {}, seed = 7): void {
  const { clock } = hub;
  const bell = createBell({
    hub: hub.url,
    token: async (fresh) => {
      const answer = await fetch(`${hub.url}/conformance/token${fresh ? '?fresh=1' : ''}`);
      return ((await answer.json()) as { access: string }).access;
    },
    shareTabs: false,
    ...habit.options,
    environment: {
      WebSocket: habit.socket ? habit.socket(hub) : (WebSocket as any),
      fetch: habit.fetch?.(fetch as Fetch, hub) ?? (fetch as Fetch),
      random: habit.random ?? chance(seed),
      now: () => clock.wall(),
      setTimeout: (run, ms) => clock.after(ms / 1000, run),
      clearTimeout: (handle?: () => void) => handle?.(),
    },
  });
  if (habit.state !== null) {
    every(hub, 2, () => void tell(hub, bell, habit).catch(() => {}));
  }
  bell.start();
  habit.started?.(bell, hub);
  hub.onClose(() => bell.stop());
}

async function tell(hub: Hub, bell: Bell, habit: Habit): Promise<void> {
  const { unread, items } = bell.getSnapshot();
  const ids = items.map(({ id }) => id);
  const read_ids = items.filter(({ read }) => read).map(({ id }) => id);
  const said = { unread, ids, read_ids };
  const body = JSON.stringify(habit.state?.(said) ?? said);
  const answer = await fetch(`${hub.url}/conformance/state`, { method: 'POST', body });
  const { wish } = (await answer.json()) as { wish: { do: string; id: number } | null };
  if (wish?.do === 'mark_one') {
    await bell.markRead(habit.marks?.(wish.id, bell) ?? wish.id);
  } else if (wish?.do === 'mark_all') {
    await bell.markAllRead();
  }
}
