import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { scene } from './support/setting.ts';
import { failedAgain, until } from './support/until.ts';

async function problemOf(bell: ReturnType<typeof import('../src/index.ts').createBell>) {
  bell.start();
  const { status, problem } = await until(bell, ({ problem }) => problem !== null);
  return { status, code: problem!.code, message: problem!.message };
}

scene('nothing at the address is unreachable, and it is tried again', async (hub, page) => {
  hub.close();
  const { status, code, message } = await problemOf(page.with(hub));
  assert.equal(status, 'offline');
  assert.equal(code, 'unreachable');
  assert.ok(message.includes(hub.url));
  assert.deepEqual(page.clock.waits, [1_000]);
});

scene('a page at the address, and not a hub, is a wrong address', async (hub, page) => {
  hub.script('', 200, '<!doctype html><title>Log in</title>');
  const { status, code, message } = await problemOf(page.with(hub));
  assert.equal(status, 'offline');
  assert.equal(code, 'wrong-address');
  assert.ok(message.includes('/api/notifications/ws_ticket/'));
});

for (const status of [404, 405, 501]) {
  scene(`${status} at the address is a wrong address`, async (hub, page) => {
    hub.script('', status, '<h1>No</h1>');
    assert.equal((await problemOf(page.with(hub))).code, 'wrong-address');
  });
}

scene('another path of a hub is a wrong address', async (hub, page) => {
  assert.equal((await problemOf(page.with(hub, { hub: `${hub.url}/api` }))).code, 'wrong-address');
});

for (const address of ['localhost:8000', '/hub', '', 'http://', 'file:///hub']) {
  scene(`"${address}" where there is no page to be relative to is a wrong address`, async (hub, page) => {
    const { code, message } = await problemOf(page.with(hub, { hub: address }));
    assert.equal(code, 'wrong-address');
    assert.ok(message.includes(`"${address}"`));
  });
}

scene('a path is the hub of the page itself', async (hub, page) => {
  const bell = page.with(hub, { hub: '/', environment: { base: `${hub.url}/app/page.html?x#y` } });
  bell.start();
  await until(bell, ({ status }) => status === 'live');
});

scene('a hub that answers, but not to this page, is told from one that is away', async (hub, page) => {
  // What a browser does for a page whose origin is not allowed.
  const fetch = (url: string, init: RequestInit) =>
    init.mode === 'no-cors' ? globalThis.fetch(url, init) : Promise.reject(new TypeError('Failed to fetch'));
  assert.equal((await problemOf(page.with(hub, { environment: { fetch } }))).code, 'origin-refused');
});

scene('429 and 503 before the upgrade wait as long as the hub asks', async (hub, page) => {
  hub.script('ws_ticket', 429, { detail: 'Throttled.', code: 'throttled' }, 1, { 'Retry-After': '7' });
  hub.script('ws_ticket', 503, { detail: 'Full.', code: 'full' }, 1, { 'Retry-After': '9' });
  const bell = page.with(hub);
  assert.equal((await problemOf(bell)).code, 'throttled');
  assert.deepEqual(page.clock.waits, [8_000]);
  page.clock.advance(6_999);
  bell.retry();
  assert.deepEqual(page.clock.waits, [1_001], 'nobody can ask earlier');
  page.clock.advance(1_001);
  assert.equal((await failedAgain(bell)).problem?.code, 'unavailable');
  assert.deepEqual(page.clock.waits, [11_000]);
  page.clock.advance(11_000);
  await until(bell, ({ status }) => status === 'live');
});

scene('a hub that is away for long is asked in windows that double up to a minute', async (hub, page) => {
  hub.script('ws_ticket', 502, 'Bad gateway');
  const bell = page.with(hub);
  bell.start();
  const waits: number[] = [];
  for (let times = 0; times < 8; times++) {
    await failedAgain(bell);
    waits.push(page.clock.waits[0]!);
    page.clock.advance(page.clock.waits[0]!);
  }
  assert.deepEqual(waits, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

scene('a hub that takes a call and never answers is given up', async (hub, page) => {
  const silent = createServer(() => page.clock.advance(15_000));
  await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
  try {
    const { code } = await problemOf(page.with(hub, { hub: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` }));
    assert.equal(code, 'unreachable');
  } finally {
    silent.closeAllConnections();
    silent.close();
  }
});

scene('no token is in any problem', async (hub, page) => {
  hub.script('', 401, { detail: 'Given token not valid for any token type' });
  const { message } = await problemOf(page.with(hub, { token: () => 'secret.token.here' }));
  assert.equal(message.includes('secret'), false);
});

scene('a listener that throws keeps nobody from hearing, and the bell goes on', async (hub, page) => {
  const uncaught: unknown[] = [];
  const { queueMicrotask } = globalThis;
  globalThis.queueMicrotask = (run) =>
    queueMicrotask(() => {
      try {
        run();
      } catch (error) {
        uncaught.push(error);
      }
    });
  try {
    const bell = page.with(hub);
    const fault = new Error('of the page');
    bell.subscribe(() => {
      throw fault;
    });
    bell.start();
    await until(bell, ({ status, loading }) => status === 'live' && !loading);
    bell.stop();
    assert.ok(uncaught.length > 0);
    assert.ok(uncaught.every((error) => error === fault));
  } finally {
    globalThis.queueMicrotask = queueMicrotask;
  }
});

void test('an error of the client says its code first', async () => {
  const { BellError } = await import('../src/index.ts');
  const error = new BellError('wrong-address', '404 http://x/');
  assert.equal(String(error), 'BellError: wrong-address: 404 http://x/');
});
