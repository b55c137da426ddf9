import type { List } from './list.js';
import type { Rest } from './rest.js';
import type { Store } from './store.js';
import type { BellItem, BellSnapshot } from './types.js';

/** Marks at once, and takes back what the hub refuses. */
export interface Marks {
  one(id: number): Promise<void>;
  all(ticket: number | undefined): Promise<void>;
}

/** @param done tells the person's other tabs, which no frame tells what was read */
export function createMarks(
  rest: Rest,
  list: List,
  store: Store<BellSnapshot>,
  done: (ids: readonly number[]) => void,
): Marks {
  async function mark(ids: readonly number[], ask: () => Promise<BellItem[]>): Promise<void> {
    const promised = list.promise(ids);
    try {
      list.confirm(ids, await ask());
    } catch (error) {
      list.takeBack(promised);
      throw error;
    }
    done(ids);
    if (store.get().status === 'polling') {
      // No frame will bring the badge; when this fails, the next poll does.
      await rest.unread().then(list.counted, () => {});
    }
  }

  return {
    async one(id) {
      if (!store.get().items.some((item) => item.id === id && item.read)) {
        await mark([id], async () => [await rest.markOne(id)]);
      }
    },
    async all(ticket) {
      const { items } = store.get();
      const newest = items[0];
      if (newest) {
        const meant = items.filter((item) => ticket === undefined || item.ticket === ticket);
        await mark(
          meant.map(({ id }) => id),
          async () => {
            await rest.markAll(newest.id, ticket);
            return [];
          },
        );
      }
    },
  };
}
