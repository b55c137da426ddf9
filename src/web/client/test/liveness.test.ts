import assert from 'node:assert/strict';
import { scene } from './support/setting.ts';
import { failedAgain, until } from './support/until.ts';

scene('one timer pings, and a socket that does not answer is dead', async (hub, page) => {
  const bell = page.with(hub);
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ loading, unread }) => !loading && unread === 0);
  assert.deepEqual(page.clock.waits, [25_000]);
  page.clock.advance(25_000);
  const ping = await socket.frame('ping');
  assert.equal(ping.timestamp, page.clock.now());
  assert.deepEqual(page.clock.waits, [25_000]);
  socket.send({ type: 'pong', timestamp: ping.timestamp });
  socket.send(hub.record());
  await until(bell, ({ items }) => items.length === 1);
  page.clock.advance(25_000);
  await socket.frame('ping');
  page.clock.advance(25_000);
  assert.equal(bell.getSnapshot().status, 'connecting', 'at once, without the goodbye of a dead line');
  assert.equal(await socket.closed, 1005);
});

scene('when the page is shown, the socket has to give a sign of life soon', async (hub, page) => {
  const bell = page.with(hub);
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ loading, unread }) => !loading && unread === 0);
  page.change({ hidden: true });
  page.change({ hidden: false });
  await socket.frame('ping');
  assert.deepEqual(page.clock.waits, [5_000]);
  page.clock.advance(5_000);
  assert.equal(bell.getSnapshot().status, 'connecting');
});

scene('when the network comes back it does not wait for its time', async (hub, page) => {
  page.online = false;
  const bell = page.with(hub);
  bell.start();
  const { problem } = await until(bell, ({ status }) => status === 'offline');
  assert.equal(problem?.code, 'offline');
  assert.deepEqual(hub.calls, []);
  page.clock.advance(1_000);
  assert.deepEqual(hub.calls, []);
  page.change({ online: true });
  await until(bell, ({ status }) => status === 'live');
});

scene('showing and hiding it quickly makes one try a second at most', async (hub, page) => {
  hub.script('ws_ticket', 503);
  const bell = page.with(hub);
  bell.start();
  await until(bell, ({ status }) => status === 'offline');
  page.change();
  page.change();
  assert.deepEqual(page.clock.waits, [1_000], 'it still waits');
  page.clock.advance(1_000);
  await failedAgain(bell);
  page.change();
  assert.deepEqual(page.clock.waits, [2_000]);
  page.clock.advance(1_000);
  page.change();
  page.change();
  await failedAgain(bell);
  assert.equal(hub.calls.length, 3);
});

scene('stop closes the socket and forgets everything, and start begins anew', async (hub, page) => {
  hub.record();
  const bell = page.with(hub);
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ items }) => items.length === 1);
  bell.stop();
  await socket.closed;
  assert.deepEqual(bell.getSnapshot(), {
    status: 'stopped',
    problem: null,
    unread: null,
    items: [],
    hasMore: true,
    loading: false,
    leader: false,
  });
  assert.deepEqual(page.clock.waits, []);
  bell.start();
  assert.equal((await hub.sockets.take()).query.has('since'), false);
  await until(bell, ({ status, items }) => status === 'live' && items.length === 1);
});

scene('stop while it connects leaves nothing behind', async (hub, page) => {
  const bell = page.with(hub);
  bell.start();
  bell.stop();
  bell.start();
  await hub.sockets.take();
  await until(bell, ({ status, loading }) => status === 'live' && !loading);
  assert.equal(hub.sockets.size, 0);
  assert.deepEqual(page.clock.waits, [25_000]);
});

scene('a page may stop the bell at the very news of its being live', async (hub, page) => {
  const bell = page.with(hub);
  const over = new Promise<void>((done) =>
    bell.subscribe(() => {
      if (bell.getSnapshot().status === 'live') {
        bell.stop();
        done();
      }
    }),
  );
  bell.start();
  const socket = await hub.sockets.take();
  await over;
  await socket.closed;
  assert.equal(bell.getSnapshot().loading, false);
  assert.deepEqual(page.clock.waits, []);
});
