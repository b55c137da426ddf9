import { readFileSync } from 'node:fs';
import type { Hub } from '../../src/hub.ts';
import { page, type Service } from './page.ts';
import { classIn } from './surroundings.ts';

const CLASS = /```javascript\n(class NotificationService \{.*?\n\})\n/s;

interface Guides extends Service {
  connect(): void;
  subscribe(call: (notification: unknown) => void): void;
}

/** The JavaScript class of the guide, word for word, in a page that does what the guide's typical flow says. */
export function startJavaScript(hub: Hub, guide: string): void {
  const found = CLASS.exec(readFileSync(guide, 'utf8'));
  if (!found) {
    throw new Error(`${guide} shows no class NotificationService`);
  }
  const Guides = classIn<new (apiUrl: string, wsUrl: string, accessToken: string) => Guides>(
    hub,
    found[1]!,
    'NotificationService',
  );
  const service = new Guides(`${hub.url}/api`, `${hub.url.replace('http', 'ws')}/ws/notifications/`, hub.token);
  service.connect();
  const { arrived, login } = page(hub, service);
  service.subscribe(arrived);
  login();
}
