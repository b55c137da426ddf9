import { readFileSync } from 'node:fs';
import type { Hub } from '../../src/hub.ts';
import { browserSocket } from './browser-socket.ts';
import { page, type Service } from './page.ts';

const CLASS = /```javascript\n(class NotificationService \{.*?\n\})\n/s;

/** The JavaScript class of the guide, word for word, in a page that does what the guide's typical flow says. */
export function startJavaScript(hub: Hub, guide: string): void {
  const found = CLASS.exec(readFileSync(guide, 'utf8'));
  if (!found) {
    throw new Error(`${guide} shows no class NotificationService`);
  }
  const { clock } = hub;
  const sockets = new Set<{ close(): void }>();
  const Socket = browserSocket(() => {});
  const surroundings = {
    WebSocket: class extends Socket {
      constructor(url: string) {
        super(url);
        sockets.add(this);
      }
    },
    // The script's clock; after its end nothing is set any more.
    setTimeout: (run: () => void, ms: number) => !hub.isOver && clock.after(ms / 1000, run),
    setInterval(run: () => void, ms: number) {
      const again = () => {
        if (!hub.isOver) {
          run();
          clock.after(ms / 1000, again);
        }
      };
      clock.after(ms / 1000, again);
    },
    window: {},
    console: { log() {}, error() {} },
  };
  const Service = new Function(...Object.keys(surroundings), `return ${found[1]}`)(...Object.values(surroundings)) as new (
    apiUrl: string,
    wsUrl: string,
    accessToken: string,
  ) => Service & { connect(): void; subscribe(call: (notification: unknown) => void): void };
  const service = new Service(`${hub.url}/api`, `${hub.url.replace('http', 'ws')}/ws/notifications/`, hub.token);
  hub.onClose(() => sockets.forEach((socket) => socket.close()));
  service.connect();
  const { arrived, login } = page(hub, service);
  service.subscribe(arrived);
  login();
}
