import { readFileSync } from 'node:fs';
import type { Hub } from '../../src/hub.ts';
import { every } from '../support/ours.ts';
import { classIn } from './surroundings.ts';

const CODE = /```javascript\n(class NotificationService \{.*?\n\}\n)```/s;

interface Mended {
  readonly items: Map<number, { is_read: boolean }>;
  readonly unread: number | null;
  start(): void;
  stop(): void;
  markAsRead(id: number): Promise<void>;
  markAllAsRead(): Promise<void>;
}

/** The mended class, as the page on building a client shows it. */
export function startMended(hub: Hub, page: string): void {
  const found = CODE.exec(readFileSync(page, 'utf8'));
  if (!found) {
    throw new Error(`${page} shows no class NotificationService`);
  }
  const Mended = classIn<new (hub: string, token: (fresh: boolean) => Promise<string>) => Mended>(
    hub,
    found[1]!,
    'NotificationService',
  );
  const service = new Mended(hub.url, async (fresh) => {
    const answer = await fetch(`${hub.url}/conformance/token${fresh ? '?fresh=1' : ''}`);
    return ((await answer.json()) as { access: string }).access;
  });
  service.start();
  hub.onClose(() => service.stop());
  every(hub, 2, async () => {
    const ids = [...service.items.keys()];
    const read_ids = ids.filter((id) => service.items.get(id)!.is_read);
    const body = JSON.stringify({ unread: service.unread, ids, read_ids });
    const answer = await fetch(`${hub.url}/conformance/state`, { method: 'POST', body }).catch(() => undefined);
    const { wish } = ((await answer?.json()) ?? {}) as { wish?: { do: string; id: number } | null };
    if (wish?.do === 'mark_one') {
      await service.markAsRead(wish.id).catch(() => {});
    } else if (wish?.do === 'mark_all') {
      await service.markAllAsRead();
    }
  });
}
