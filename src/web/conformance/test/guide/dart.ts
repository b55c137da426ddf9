import { WebSocket } from 'ws';
import type { Hub } from '../../src/hub.ts';
import { page, type Service } from './page.ts';

/** Tries that wait at most; the class has no bound, and would have thousands within a minute. */
const TRIES = 40;

/**
 * The Dart class of the guide, call by call; it is not run as Dart. As its package documents it, a stream whose connection
 * fails gives an error and then ends, so `onError` and `onDone` are both called. What `listen` is given and throws goes to
 * the zone, and the stream goes on.
 */
export function startDart(hub: Hub): void {
  const { clock } = hub;
  const channels = new Set<WebSocket>();
  const apiUrl = `${hub.url}/api`;
  const wsUrl = `${hub.url.replace('http', 'ws')}/ws/notifications/`;
  const accessToken = hub.token;
  const headers = { Authorization: `Bearer ${accessToken}` };
  let waiting = 0;

  const service: Service = {
    getUnreadCount: async () =>
      (await fetch(`${apiUrl}/notifications/unread_count/`, { headers })).json() as Promise<{ count: number }>,
    markAsRead: (id) => fetch(`${apiUrl}/notifications/${id}/mark_as_read/`, { method: 'POST', headers }),
    markAllAsRead: () => fetch(`${apiUrl}/notifications/mark_all_as_read/`, { method: 'POST', headers }),
  };
  const { arrived, login } = page(hub, service);

  function connect(): void {
    const channel = new WebSocket(`${wsUrl}?token=${accessToken}`);
    channels.add(channel);
    channel.on('message', (message, isBinary) => {
      try {
        onData(isBinary ? null : JSON.parse(String(message)));
      } catch {}
    });
    channel.on('error', reconnect);
    channel.on('close', () => {
      channels.delete(channel);
      reconnect();
    });
  }

  function onData(data: any): void {
    if (data['type'] === 'connection_established') {
      return;
    }
    if (data['notification_type'] != null) {
      arrived();
    }
  }

  function reconnect(): void {
    if (!hub.isOver && waiting < TRIES) {
      waiting++;
      clock.after(5, () => {
        waiting--;
        connect();
      });
    }
  }

  // sendPing() is there, and nothing in the guide calls it.
  hub.onClose(() => channels.forEach((channel) => channel.terminate()));
  connect();
  login();
}
