import { createAlarm } from './alarm.js';
import type { Environment } from './environment.js';
import { isNewer, unreadIds, union, withRead } from './items.js';
import type { Rest } from './rest.js';
import type { Store } from './store.js';
import type { Timing } from './timing.js';
import type { BellItem, BellSnapshot, Page } from './types.js';

/** The list and the badge in the snapshot, as frames and REST bring them. */
export interface List {
  /** Loads the newest page. Where that does not reach what is listed, the list begins anew with it. One after the other. */
  load(): Promise<void>;
  more(): Promise<void>;
  /** One that came over the socket. */
  arrived(item: BellItem): void;
  /** The badge, as the hub says it. */
  counted(unread: number): void;
  /** Marked here and not confirmed yet; those of them that were unread. */
  promise(ids: readonly number[]): number[];
  /** The hub has said no, or nothing: unread again, unless it is known from elsewhere that they were read. */
  takeBack(ids: readonly number[]): void;
  /** Known to be read; as these rows say, where the hub has answered with them. */
  confirm(ids: readonly number[], rows?: readonly BellItem[]): void;
  /** Looks whether marks and badge agree; to be called when something may have been put off. */
  compare(): void;
  clear(): void;
}

export function createList(
  env: Environment,
  timing: Timing,
  rest: Rest,
  store: Store<BellSnapshot>,
  size: number,
  news: (item: BellItem) => void,
): List {
  const alarm = createAlarm(env);
  const promised = new Set<number>();
  let cursor: string | null = '';
  let loaded = false;
  /** Unread ones that the hub counts and the list does not have; what this cannot explain was read elsewhere. */
  let beyond = 0;
  let counts = 0;
  let life = 0;
  let loading: Promise<void> = Promise.resolve();

  const items = () => store.get().items;
  const difference = () => (store.get().unread ?? 0) - unreadIds(items()).length;

  const knows = (id: number) => items().some((item) => item.id === id);

  async function loadNew(): Promise<void> {
    const mine = life;
    const before = new Set(items().map(({ id }) => id));
    const version = counts;
    const unread = await rest.unread();
    const { items: found, cursor: older } = await rest.page({ size });
    const met = found.some(({ id }) => before.has(id));
    if (mine !== life) {
      return;
    }
    const anew = !met || !loaded;
    if (anew) {
      cursor = older;
    }
    const fresh = loaded && (met || !before.size) ? found.filter(({ id }) => !knows(id)) : [];
    found.forEach(({ id, read }) => read && promised.delete(id));
    store.set({
      items: union(met ? items() : items().filter(({ id }) => !before.has(id)), found),
      hasMore: cursor !== null,
    });
    loaded = true;
    if (version === counts) {
      store.set({ unread });
    }
    if (anew) {
      beyond = difference();
    }
    // Oldest first, as they came.
    fresh.reverse().forEach(news);
    compare();
  }

  /** Which of those shown as unread were read elsewhere? The frames say only how many are left. */
  async function askWhich(): Promise<void> {
    const mine = life;
    const doubtful = items().filter(({ id, read }) => !read && !promised.has(id));
    const last = doubtful.at(-1);
    const unread = new Set<number>();
    for (let older: string | null = ''; last && older !== null; ) {
      const page: Page = await rest.page({ unread: true, cursor: older, size: 100 });
      page.items.forEach(({ id }) => unread.add(id));
      // As far down as the list goes.
      older = page.items.some((item) => isNewer(last, item)) ? null : page.cursor;
    }
    if (mine === life) {
      confirm(doubtful.map(({ id }) => id).filter((id) => !unread.has(id)));
      beyond = difference();
    }
  }

  function compare(): void {
    const { unread, items } = store.get();
    if (unread === 0) {
      confirm(unreadIds(items));
      beyond = 0;
    } else if (loaded && !env.isHidden() && difference() !== beyond) {
      // Not at once: of a burst the first frame counts what the others bring, and of a mark one of two comes first.
      alarm.set(timing.doubt, () => {
        if (!promised.size && difference() !== beyond) {
          // When it fails, the next count asks again.
          askWhich().catch(() => {});
        }
      });
    }
  }

  function confirm(ids: readonly number[], rows: readonly BellItem[] = []): void {
    ids.forEach((id) => promised.delete(id));
    store.set({ items: union(withRead(items(), ids, true), rows.filter(({ id }) => knows(id))) });
  }

  return {
    load() {
      const mine = life;
      store.set({ loading: true });
      const now = loading
        .catch(() => {})
        .then(() => (mine === life ? loadNew() : undefined))
        .finally(() => {
          if (now === loading) {
            store.set({ loading: false });
          }
        });
      return (loading = now);
    },
    async more() {
      if (store.get().loading || cursor === null || !loaded) {
        return;
      }
      const mine = life;
      const from = cursor;
      store.set({ loading: true });
      try {
        const page = await rest.page({ cursor, size });
        // A list that began anew meanwhile ends elsewhere.
        if (mine === life && cursor === from) {
          cursor = page.cursor;
          const known = new Set(items().map(({ id }) => id));
          beyond -= unreadIds(page.items).filter((id) => !known.has(id)).length;
          store.set({ items: union(items(), page.items), hasMore: cursor !== null });
        }
      } finally {
        if (mine === life) {
          store.set({ loading: false });
        }
      }
    },
    arrived(item) {
      const isNew = !knows(item.id);
      store.set({ items: union(items(), [item]) });
      if (isNew) {
        news(item);
      }
    },
    counted(unread) {
      if (store.get().status !== 'stopped') {
        counts++;
        store.set({ unread });
        compare();
      }
    },
    promise(ids) {
      const wanted = new Set(ids);
      const unread = unreadIds(items()).filter((id) => wanted.has(id));
      unread.forEach((id) => promised.add(id));
      store.set({ items: withRead(items(), unread, true) });
      return unread;
    },
    takeBack(ids) {
      const still = ids.filter((id) => promised.delete(id));
      store.set({ items: withRead(items(), still, false) });
      compare();
    },
    confirm(ids, rows) {
      confirm(ids, rows);
      compare();
    },
    compare,
    clear() {
      life++;
      alarm.clear();
      promised.clear();
      cursor = '';
      loaded = false;
      loading = Promise.resolve();
    },
  };
}
