import assert from 'node:assert/strict';
import type { Environment } from '../src/index.ts';
import { Browser, type Tab } from './support/browser.ts';
import { scene } from './support/setting.ts';
import { Page, tokenOf } from './support/page.ts';
import type { Hub } from './support/hub.ts';
import { until } from './support/until.ts';

interface Open {
  page: Page;
  bell: Page['bell'];
  tab: Tab;
}

/** Opens tabs of one browser, each with a started bell, and ends them. */
async function tabs(hub: Hub, run: (open: (user?: number) => Open, browser: Browser) => Promise<void>) {
  const browser = new Browser();
  const all: Open[] = [];
  try {
    await run((user = 1) => {
      const page = new Page();
      const tab = browser.tab();
      const bell = page.with(hub, { token: () => tokenOf(user), environment: tab });
      bell.start();
      all.push({ page, bell, tab });
      return all.at(-1)!;
    }, browser);
  } finally {
    all.forEach(({ bell }) => bell.stop());
  }
}

const ready = ({ bell }: Open, events: number) =>
  until(bell, ({ status, loading, items, unread }) => status === 'live' && !loading && items.length === events && unread !== null);

/** The tab that leads, with its socket, and one that listens; both show so many events. */
async function pair(hub: Hub, open: () => Open, events: number) {
  const first = open();
  const socket = await hub.sockets.take();
  await ready(first, events);
  const other = open();
  await ready(other, events);
  return { first, socket, other };
}

scene('two tabs share one socket, and both show what it brings', async (hub) => {
  hub.record();
  await tabs(hub, async (open, browser) => {
    const { first, socket, other } = await pair(hub, open, 1);
    assert.equal(first.bell.getSnapshot().leader, true);
    assert.equal(other.bell.getSnapshot().leader, false);
    const told: number[] = [];
    other.bell.onNotification(({ id }) => told.push(id));
    socket.send(hub.record());
    const [one, two] = await Promise.all([ready(first, 2), ready(other, 2)]);
    await until(other.bell, ({ unread }) => unread === 2);
    assert.deepEqual(one.items, two.items);
    assert.deepEqual(told, [106]);
    assert.equal(hub.calls.filter((call) => call.startsWith('UPGRADE')).length, 1);
    assert.equal(JSON.stringify(browser.said).includes(tokenOf(1)), false, 'tokens stay in their tab');
  });
});

scene('when the tab that leads is closed, the next one takes over where that one was', async (hub) => {
  await tabs(hub, async (open) => {
    const { first, socket, other } = await pair(hub, open, 0);
    socket.send(hub.record());
    await ready(other, 1);
    first.bell.stop();
    const next = await hub.sockets.take();
    assert.equal(next.query.get('since'), '1');
    await until(other.bell, ({ status, leader }) => status === 'live' && leader);
    next.send(hub.record());
    await ready(other, 2);
  });
});

scene('a mark in one tab is one in the others', async (hub) => {
  hub.record();
  hub.record();
  await tabs(hub, async (open) => {
    const { first, socket, other } = await pair(hub, open, 2);
    await other.bell.markRead(106);
    await until(first.bell, ({ items }) => items[0]!.read);
    socket.send(hub.unread());
    await Promise.all([first, other].map(({ bell }) => until(bell, ({ unread }) => unread === 1)));
    const calls = hub.calls.length;
    first.page.clock.advance(1_000);
    other.page.clock.advance(1_000);
    assert.equal(hub.calls.length, calls, 'nothing to ask');
  });
});

scene('the others show how the one that leads stands, and can ask it to try now', async (hub) => {
  hub.record();
  await tabs(hub, async (open) => {
    const { first, socket, other } = await pair(hub, open, 1);
    hub.refusal = 503;
    socket.cut();
    await until(other.bell, ({ status }) => status === 'connecting');
    first.page.clock.advance(1_000);
    const { problem } = await until(other.bell, ({ status }) => status === 'polling');
    assert.equal(problem?.code, 'no-socket');
    assert.equal(problem instanceof Error, false);
    hub.refusal = 0;
    first.page.clock.advance(1_000);
    other.bell.retry();
    await until(other.bell, ({ status, problem }) => status === 'live' && problem === null);
    assert.equal(other.bell.getSnapshot().leader, false);
  });
});

scene('a hidden tab that only listens puts loading off until it is shown', async (hub) => {
  await tabs(hub, async (open) => {
    const { first, socket, other } = await pair(hub, open, 0);
    other.page.change({ hidden: true });
    let loads = 0;
    other.bell.subscribe(() => (loads += Number(other.bell.getSnapshot().loading)));
    hub.record();
    hub.record();
    socket.send({ type: 'resync' });
    await ready(first, 2);
    assert.equal(loads, 0);
    other.page.change({ hidden: false });
    await ready(other, 2);
  });
});

scene('a tab that leads and does not answer is relieved, and listens when it wakes', async (hub) => {
  await tabs(hub, async (open) => {
    const { first, socket, other } = await pair(hub, open, 0);
    const thaw = first.tab.freeze();
    other.page.change();
    other.page.clock.advance(5_000);
    await hub.sockets.take();
    await until(other.bell, ({ leader, status }) => leader && status === 'live');
    thaw();
    await socket.closed;
    await until(first.bell, ({ leader, status }) => !leader && status === 'live');
  });
});

scene('two people in one browser have nothing in common', async (hub) => {
  hub.record();
  await tabs(hub, async (open) => {
    const first = open();
    const socket = await hub.sockets.take();
    await ready(first, 1);
    const other = open(2);
    await hub.sockets.take();
    await ready(other, 1);
    socket.send(hub.record());
    await ready(first, 2);
    assert.equal(other.bell.getSnapshot().items.length, 1);
    assert.equal(other.bell.getSnapshot().leader, true);
  });
});

for (const [what, missing] of [
  ['Web Locks', { locks: undefined }],
  ['BroadcastChannel', { BroadcastChannel: undefined }],
] as const) {
  scene(`without ${what} each tab has its own socket`, async (hub, page) => {
    const other = new Page();
    try {
      for (const one of [page, other]) {
        one.with(hub, { environment: { ...new Browser().tab(), ...missing } }).start();
        await hub.sockets.take();
        await until(one.bell, ({ status, leader }) => status === 'live' && leader);
      }
    } finally {
      other.bell.stop();
    }
  });
}

scene('a page that is put away for "back" holds neither socket nor lead, and comes back with what it had', async (hub) => {
  hub.record();
  await tabs(hub, async (open) => {
    const { first, socket, other } = await pair(hub, open, 1);
    first.page.putAway();
    await socket.closed;
    const heirs = await hub.sockets.take();
    assert.equal(heirs.query.get('since'), '1');
    await until(other.bell, ({ leader, status }) => leader && status === 'live');
    assert.equal(first.bell.getSnapshot().leader, false);
    assert.equal(first.bell.getSnapshot().items.length, 1, 'what is known stays');
    heirs.send(hub.record());
    await ready(other, 2);
    first.page.restore();
    await ready(first, 2);
    assert.equal(first.bell.getSnapshot().leader, false);
    assert.equal(hub.sockets.size, 0, 'no other socket');
  });
});

scene('alone, a page that was put away asks for what it missed', async (hub, page) => {
  hub.record();
  const bell = page.with(hub);
  bell.start();
  const first = await hub.sockets.take();
  await until(bell, ({ items, loading }) => items.length === 1 && !loading);
  page.putAway();
  await first.closed;
  assert.deepEqual(page.clock.waits, [], 'nothing is set while it is away');
  const missed = hub.record();
  page.restore();
  const second = await hub.sockets.take();
  assert.equal(second.query.get('since'), '1');
  second.send(missed);
  await until(bell, ({ items, status }) => items.length === 2 && status === 'live');
});

const denied = () => {
  throw new DOMException('denied', 'SecurityError');
};

for (const [what, environment] of Object.entries<Partial<Environment>>({
  channels: { BroadcastChannel: class { constructor() { denied(); } } as never },
  locks: { locks: { request: async () => denied() } },
})) {
  scene(`where the browser denies ${what}, as it may all storage, a tab has its own socket`, async (hub, page) => {
    hub.record();
    const bell = page.with(hub, { environment: { ...new Browser().tab(), ...environment } });
    bell.start();
    await hub.sockets.take();
    await until(bell, ({ status, leader, items }) => status === 'live' && leader && items.length === 1);
  });
}
