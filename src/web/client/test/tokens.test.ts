import assert from 'node:assert/strict';
import { scene } from './support/setting.ts';
import { tokenOf, type Page } from './support/page.ts';
import type { Hub } from './support/hub.ts';
import { failedAgain, until } from './support/until.ts';

/** A token callback that counts: what it was asked, and a new token for each fresh one. */
function source(page: Page, life = Infinity) {
  const asked: boolean[] = [];
  return {
    asked,
    token(fresh: boolean) {
      asked.push(fresh);
      return tokenOf(1, { jti: asked.length, ...(life < Infinity && { exp: page.clock.now() / 1000 + life }) });
    },
  };
}

/** The hub takes a token only when its jti is one of these. */
function accept(hub: Hub, ...good: number[]): void {
  hub.scripts.push((_, authorization) => {
    const { jti } = JSON.parse(Buffer.from(authorization.split('.')[1]!, 'base64url').toString());
    return good.includes(jti) ? undefined : { status: 401, body: { detail: 'Given token not valid', code: 'token_not_valid' } };
  });
}

scene('a token is asked for once and kept', async (hub, page) => {
  const { token, asked } = source(page);
  const bell = page.with(hub, { token });
  bell.start();
  await until(bell, ({ status, loading }) => status === 'live' && !loading);
  await bell.list();
  assert.deepEqual(asked, [false]);
});

scene('401 fetches a fresh token, once for all calls that wait for it, and repeats them', async (hub, page) => {
  const { token, asked } = source(page);
  const bell = page.with(hub, { token });
  await bell.list();
  accept(hub, 2);
  await Promise.all([bell.list(), bell.list(), bell.list()]);
  assert.deepEqual(asked, [false, true]);
});

scene('401 before the upgrade is answered with a fresh token', async (hub, page) => {
  accept(hub, 2);
  const { token, asked } = source(page);
  const bell = page.with(hub, { token });
  bell.start();
  await until(bell, ({ status, loading }) => status === 'live' && !loading);
  assert.deepEqual(asked, [false, true]);
});

scene('401 with the fresh token too is the end of trying, until somebody asks', async (hub, page) => {
  accept(hub, 3);
  const { token, asked } = source(page);
  const bell = page.with(hub, { token });
  bell.start();
  const { problem } = await until(bell, ({ status }) => status === 'refused');
  assert.equal(problem?.code, 'refused');
  assert.match(problem.message, /401 Given token not valid/);
  assert.deepEqual(page.clock.waits, []);
  page.clock.advance(1_000);
  bell.retry();
  await until(bell, ({ status }) => status === 'live');
  assert.deepEqual(asked, [false, true, true]);
});

scene('403 is the end of trying, without another token', async (hub, page) => {
  hub.script('ws_ticket', 403);
  const { token, asked } = source(page);
  const bell = page.with(hub, { token });
  bell.start();
  const { problem } = await until(bell, ({ status }) => status === 'refused');
  assert.equal(problem?.code, 'forbidden');
  assert.deepEqual(asked, [false]);
  assert.deepEqual(page.clock.waits, []);
});

scene('before a token ends a fresh one goes to the open socket in band', async (hub, page) => {
  const { token, asked } = source(page, 300);
  const bell = page.with(hub, { token });
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ status, loading, unread }) => status === 'live' && !loading && unread === 0);
  for (let left = 300 - 25; left >= 50; left -= 25) {
    page.clock.advance(25_000);
    assert.deepEqual(asked, [false], `${left} seconds before`);
    socket.send({ type: 'pong', timestamp: (await socket.frame('ping')).timestamp });
    socket.send(hub.record());
    await until(bell, ({ items }) => items.length === hub.rows.length);
  }
  page.clock.advance(25_000);
  assert.deepEqual(asked, [false, true]);
  const refresh = await socket.frame('refresh');
  assert.match(refresh.token, /^ey/);
  assert.equal(bell.getSnapshot().status, 'live');
});

scene('4401 fetches a fresh token and reconnects at once, with since', async (hub, page) => {
  hub.record();
  const { token, asked } = source(page);
  const bell = page.with(hub, { token });
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ items, loading }) => items.length === 1 && !loading);
  socket.close(4401);
  await until(bell, ({ status }) => status === 'connecting');
  page.clock.advance(0);
  assert.equal((await hub.sockets.take()).query.get('since'), '1');
  await until(bell, ({ status }) => status === 'live');
  assert.deepEqual(asked, [false, true]);
});

scene('4401 again and again is no circle', async (hub, page) => {
  const { token } = source(page);
  const bell = page.with(hub, { token });
  bell.start();
  const waits: number[] = [];
  for (let times = 0; times < 4; times++) {
    const socket = await hub.sockets.take();
    await until(bell, ({ status, loading }) => status === 'live' && !loading);
    socket.close(4401);
    await until(bell, ({ status }) => status === 'connecting');
    waits.push(page.clock.waits[0]!);
    page.clock.advance(page.clock.waits[0]!);
  }
  assert.deepEqual(waits, [0, 2_000, 4_000, 8_000]);
});

scene('4401 instead of a greeting, with a fresh token too, is the end of trying', async (hub, page) => {
  hub.greets = false;
  const { token, asked } = source(page);
  const bell = page.with(hub, { token });
  bell.start();
  const retry = page.clock.whenSet(0);
  (await hub.sockets.take()).close(4401);
  await retry;
  page.clock.advance(0);
  (await hub.sockets.take()).close(4401);
  const { problem } = await until(bell, ({ status }) => status === 'refused');
  assert.equal(problem?.code, 'refused');
  assert.deepEqual(asked, [false, true]);
});

scene('a token callback that fails is a problem that says so, and is asked again', async (hub, page) => {
  let failing = true;
  const bell = page.with(hub, {
    token: async () => {
      if (failing) {
        throw new Error('the session is over');
      }
      return tokenOf(1);
    },
  });
  bell.start();
  const { problem } = await until(bell, ({ status }) => status === 'offline');
  assert.equal(problem?.code, 'token-callback');
  assert.match(problem.message, /the session is over/);
  assert.equal(hub.calls.length, 0);
  assert.deepEqual(page.clock.waits, [1_000]);
  page.clock.advance(1_000);
  await failedAgain(bell);
  assert.deepEqual(page.clock.waits, [2_000]);
  failing = false;
  bell.retry();
  await until(bell, ({ status, problem }) => status === 'live' && problem === null);
  assert.equal(hub.sockets.size, 1);
  page.clock.advance(2_000);
  assert.equal(hub.calls.filter((call) => call.includes('ws_ticket')).length, 1);
});

for (const nothing of [undefined, null, '', 7]) {
  scene(`a token callback that gives ${JSON.stringify(nothing)} is a problem too`, async (hub, page) => {
    const bell = page.with(hub, { token: () => nothing as any });
    bell.start();
    const { problem } = await until(bell, ({ problem }) => problem !== null);
    assert.equal(problem?.code, 'token-callback');
  });
}

scene('a token callback that fails while live leaves the bell live, and is asked at the next beat', async (hub, page) => {
  let failing = false;
  const bell = page.with(hub, {
    token: () => {
      if (failing) {
        throw new Error('not now');
      }
      return tokenOf(1, { exp: page.clock.now() / 1000 + 60 });
    },
  });
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ status, loading, unread }) => status === 'live' && !loading && unread === 0);
  failing = true;
  page.clock.advance(25_000);
  const { status } = await until(bell, ({ problem }) => problem?.code === 'token-callback');
  assert.equal(status, 'live');
  await socket.frame('ping');
  socket.send(hub.record());
  await until(bell, ({ items }) => items.length === 1);
  failing = false;
  page.clock.advance(25_000);
  await socket.frame('refresh');
  await until(bell, ({ problem }) => problem === null);
});

scene('tokens of another person end the bell: one bell, one person', async (hub, page) => {
  let user = 1;
  const bell = page.with(hub, { token: () => tokenOf(user) });
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ status, loading }) => status === 'live' && !loading);
  user = 2;
  socket.close(4401);
  await until(bell, ({ status }) => status === 'connecting');
  page.clock.advance(0);
  const { problem } = await until(bell, ({ status }) => status === 'refused');
  assert.equal(problem?.code, 'other-user');
});

scene('a token that is over when it is handed out is tried: the clock of the device may be wrong', async (hub, page) => {
  const { token, asked } = source(page, -3_600);
  const bell = page.with(hub, { token });
  bell.start();
  await hub.sockets.take();
  await until(bell, ({ status, loading, unread }) => status === 'live' && !loading && unread === 0);
  page.clock.advance(25_000);
  assert.deepEqual(asked, [false]);
});

scene('an opaque token will do', async (hub, page) => {
  const bell = page.with(hub, { token: () => 'opaque' });
  bell.start();
  await until(bell, ({ status }) => status === 'live');
});
