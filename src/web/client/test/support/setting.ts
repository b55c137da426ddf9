import { test } from 'node:test';
import { Hub } from './hub.ts';
import { Page } from './page.ts';

/** A test with a hub and a page of its own, ended with it. The limit is no claim: it ends what would wait for ever. */
export function scene(name: string, run: (hub: Hub, page: Page) => Promise<void>): void {
  void test(name, { timeout: 10_000 }, async () => {
    const hub = await Hub.open();
    const page = new Page();
    try {
      await run(hub, page);
    } finally {
      page.bell?.stop();
      hub.close();
    }
  });
}
