import type { Hub } from '../../src/hub.ts';
import { every } from '../support/ours.ts';

/** What both classes of the guide have. */
export interface Service {
  getUnreadCount(): Promise<{ count: number }>;
  markAsRead(id: number): Promise<unknown>;
  markAllAsRead(): Promise<unknown>;
}

/** The guide's typical flow around one of its classes: counts what arrives, fetches the count at login and after a mark. */
export function page(hub: Hub, service: Service): { arrived: () => void; login: () => void } {
  let badge = 0;
  const load = async () => {
    badge = (await service.getUnreadCount()).count;
  };
  every(hub, 2, async () => {
    const body = JSON.stringify({ unread: badge });
    const answer = await fetch(`${hub.url}/conformance/state`, { method: 'POST', body }).catch(() => undefined);
    const { wish } = ((await answer?.json()) ?? {}) as { wish?: { do: string; id: number } | null };
    if (wish?.do === 'mark_one') {
      await service.markAsRead(wish.id);
      await load();
    } else if (wish?.do === 'mark_all') {
      await service.markAllAsRead();
      badge = 0;
    }
  });
  return {
    arrived: () => void badge++,
    login: () => void load().catch(() => {}),
  };
}
