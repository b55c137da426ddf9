import assert from 'node:assert/strict';
import { scene } from './support/setting.ts';
import { until } from './support/until.ts';

const ids = (items: readonly { id: number }[]) => items.map(({ id }) => id);

scene('a duplicate is shown and told once', async (hub, page) => {
  const bell = page.with(hub);
  const told: number[] = [];
  bell.onNotification(({ id }) => told.push(id));
  bell.start();
  const socket = await hub.sockets.take();
  const frame = hub.record();
  socket.send(frame);
  socket.send(frame);
  socket.send(hub.record());
  socket.send(frame);
  socket.send({ type: 'unread_count', by_type: { SYSTEM: 2 } });
  const { items } = await until(bell, ({ items, loading }) => items.length === 2 && !loading);
  assert.deepEqual(ids(items), [106, 103]);
  assert.deepEqual([...new Set(told)], told);
});

scene('the list is in the order of the hub, whatever the order of arrival', async (hub, page) => {
  const bell = page.with(hub);
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ loading, unread }) => !loading && unread !== null);
  const at = (time: string) => hub.record({ created_at: `2026-01-01T00:00:${time}Z` });
  const frames = [at('01'), at('01.000001'), at('01'), at('00.999999')];
  frames.forEach((frame) => socket.send(frame));
  const { items } = await until(bell, ({ items }) => items.length === 4);
  assert.deepEqual(ids(items), [106, 109, 103, 112]);
});

scene('a gap asks for what is missing, and until that has come the place to come back with is before it', async (hub, page) => {
  const bell = page.with(hub);
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ loading, unread }) => !loading && unread !== null);
  const [first, second, third, fourth] = [hub.record(), hub.record(), hub.record(), hub.record()];
  socket.send(first);
  socket.send(fourth);
  assert.deepEqual(await socket.frame('resume'), { type: 'resume', seq: 1 });
  socket.send(third);
  await until(bell, ({ items }) => items.length === 3);
  socket.cut();
  await until(bell, ({ status }) => status === 'connecting');
  page.clock.advance(1_000);
  const again = await hub.sockets.take();
  assert.equal(again.query.get('since'), '1');
  again.send(second);
  const { items } = await until(bell, ({ items }) => items.length === 4);
  assert.deepEqual(ids(items), [112, 109, 106, 103]);
  again.cut();
  await until(bell, ({ status }) => status === 'connecting');
  page.clock.advance(2_000);
  assert.equal((await hub.sockets.take()).query.get('since'), '4', 'what came early counts once the gap is closed');
});

scene('a gap that nothing fills is loaded', async (hub, page) => {
  const bell = page.with(hub);
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ loading, unread }) => !loading && unread !== null);
  socket.send(hub.record());
  hub.record();
  socket.send(hub.record());
  await socket.frame('resume');
  page.clock.advance(5_000);
  const { items } = await until(bell, ({ items }) => items.length === 3);
  assert.deepEqual(ids(items), [109, 106, 103]);
});

scene('resync loads what is new, and what comes after it goes on from the greeting', async (hub, page) => {
  hub.record();
  const bell = page.with(hub);
  const told: number[] = [];
  bell.onNotification(({ id }) => told.push(id));
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ items }) => items.length === 1);
  socket.cut();
  await until(bell, ({ status }) => status === 'connecting');
  hub.record();
  hub.record();
  page.clock.advance(1_000);
  const again = await hub.sockets.take();
  again.send({ type: 'resync' });
  await until(bell, ({ items }) => items.length === 3);
  assert.deepEqual(told, [106, 109]);
  again.send(hub.record());
  await until(bell, ({ items }) => items.length === 4);
  again.close(1012);
  await until(bell, ({ status }) => status === 'connecting');
  page.clock.advance(2_000);
  assert.equal((await hub.sockets.take()).query.get('since'), '4');
});

scene('after an absence longer than a page the list begins anew, without a hole and without a flood of news', async (hub, page) => {
  hub.record();
  const bell = page.with(hub, { pageSize: 10 });
  const told: number[] = [];
  bell.onNotification(({ id }) => told.push(id));
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ items }) => items.length === 1);
  socket.cut();
  await until(bell, ({ status }) => status === 'connecting');
  for (let more = 0; more < 400; more++) {
    hub.record();
  }
  page.clock.advance(1_000);
  const again = await hub.sockets.take();
  again.send({ type: 'resync' });
  const { hasMore } = await until(bell, ({ items, loading }) => items.length === 10 && !loading);
  assert.equal(hasMore, true);
  assert.deepEqual(told, []);
  await bell.loadMore();
  assert.deepEqual(
    bell.getSnapshot().items.map(({ message }) => message),
    Array.from({ length: 20 }, (_, more) => `Event ${401 - more}`),
  );
});

scene('a hub that has gone back to a backup is followed', async (hub, page) => {
  hub.record();
  const bell = page.with(hub);
  bell.start();
  hub.greets = false;
  const socket = await hub.sockets.take();
  socket.greet({ seq: 50 });
  await until(bell, ({ status, loading, items }) => status === 'live' && !loading && items.length === 1);
  socket.cut();
  await until(bell, ({ status }) => status === 'connecting');
  page.clock.advance(1_000);
  const again = await hub.sockets.take();
  assert.equal(again.query.get('since'), '50');
  again.greet();
  again.send({ type: 'resync' });
  again.send(hub.record());
  await until(bell, ({ items, loading }) => items.length === 2 && !loading);
  again.cut();
  await until(bell, ({ status }) => status === 'connecting');
  page.clock.advance(2_000);
  assert.equal((await hub.sockets.take()).query.get('since'), '2');
});

scene('a list that could not be loaded is loaded when its time comes, and the bell says so until then', async (hub, page) => {
  hub.record();
  hub.script('unread_count', 503, { detail: 'Temporarily unavailable.', code: 'unavailable' }, 1, { 'Retry-After': '5' });
  const bell = page.with(hub);
  bell.start();
  const { status, problem } = await until(bell, ({ problem }) => problem !== null);
  assert.equal(status, 'live');
  assert.equal(problem?.code, 'unavailable');
  assert.deepEqual(page.clock.waits, [6_000, 25_000], 'what the hub asks for and half of a window');
  page.clock.advance(6_000);
  const now = await until(bell, ({ items, problem }) => items.length === 1 && problem === null);
  assert.equal(now.unread, 1);
});

scene('the list goes on by cursor to its end, also when notifications come meanwhile', async (hub, page) => {
  for (let more = 0; more < 25; more++) {
    hub.record();
  }
  const bell = page.with(hub, { pageSize: 10 });
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ items }) => items.length === 10);
  socket.send(hub.record());
  await until(bell, ({ items }) => items.length === 11);
  await Promise.all([bell.loadMore(), bell.loadMore()]);
  assert.equal(bell.getSnapshot().items.length, 21, 'while one is on its way another has no effect');
  await bell.loadMore();
  const { items, hasMore } = bell.getSnapshot();
  assert.deepEqual(
    items.map(({ message }) => message),
    Array.from({ length: 26 }, (_, more) => `Event ${26 - more}`),
  );
  assert.equal(hasMore, false);
  const calls = hub.calls.length;
  await bell.loadMore();
  assert.equal(hub.calls.length, calls);
});

scene('what changes nothing makes no new snapshot, and unchanged items stay the same objects', async (hub, page) => {
  hub.record();
  const bell = page.with(hub);
  bell.start();
  const socket = await hub.sockets.take();
  const before = await until(bell, ({ items, loading }) => items.length === 1 && !loading);
  let changes = 0;
  bell.subscribe(() => changes++);
  socket.send(hub.unread());
  socket.send({ type: 'pong', timestamp: 1 });
  socket.send(hub.record());
  const after = await until(bell, ({ items, unread }) => items.length === 2 && unread === 2);
  assert.equal(changes, 2, 'the item, and the badge');
  assert.equal(after.items[1], before.items[0]);
});

scene('other lists are given beside the snapshot', async (hub, page) => {
  hub.record();
  hub.record({ ticket: 6 });
  hub.record({ ticket: 6, is_read: true });
  const bell = page.with(hub);
  assert.deepEqual(ids((await bell.list({ ticket: 6 })).items), [109, 106]);
  assert.deepEqual(ids((await bell.list({ ticket: 6, unread: true })).items), [106]);
  const first = await bell.list({ size: 2 });
  assert.deepEqual(ids((await bell.list({ size: 2, cursor: first.cursor! })).items), [103]);
  assert.equal(bell.getSnapshot().items.length, 0);
});
