import assert from 'node:assert/strict';
import { scene } from './support/setting.ts';
import type { Hub, HubSocket } from './support/hub.ts';
import type { Page } from './support/page.ts';
import { failedAgain, until } from './support/until.ts';

async function live(hub: Hub, page: Page, events: number): Promise<HubSocket> {
  for (let more = 0; more < events; more++) {
    hub.record();
  }
  page.with(hub).start();
  const socket = await hub.sockets.take();
  await until(page.bell, ({ items, loading, unread }) => items.length === hub.rows.length && unread !== null && !loading);
  return socket;
}

const reads = ({ bell }: Page) => bell.getSnapshot().items.map(({ read }) => read);

scene('a mark is seen at once, and the badge waits for the hub', async (hub, page) => {
  const socket = await live(hub, page, 2);
  const marked = page.bell.markRead(106);
  assert.deepEqual(reads(page), [true, false]);
  assert.equal(page.bell.getSnapshot().unread, 2);
  await marked;
  assert.equal(page.bell.getSnapshot().items[0]!.readAt, '2026-01-01T12:00:00Z');
  assert.equal(hub.calls.at(-1), 'POST /api/notifications/106/mark_as_read/?event=1');
  socket.send(hub.unread());
  await until(page.bell, ({ unread }) => unread === 1);
  const calls = hub.calls.length;
  page.clock.advance(1_000);
  assert.equal(hub.calls.length, calls, 'the hub counts what was marked here: nothing to ask');
});

for (const [status, code] of [
  [403, 'forbidden'],
  [429, 'throttled'],
  [503, 'unavailable'],
] as const) {
  scene(`a mark that is refused with ${status} is taken back, and the caller hears why`, async (hub, page) => {
    await live(hub, page, 2);
    hub.script('mark_as_read', status);
    const marked = page.bell.markRead(106);
    assert.deepEqual(reads(page), [true, false]);
    await assert.rejects(marked, { name: 'BellError', code });
    assert.deepEqual(reads(page), [false, false]);
    assert.equal(page.bell.getSnapshot().problem, null, 'the bell itself is well');
  });
}

scene('a mark of what is not there is not-found', async (hub, page) => {
  await live(hub, page, 1);
  await assert.rejects(page.bell.markRead(1), { code: 'not-found' });
});

scene('a mark without a network is taken back', async (hub, page) => {
  await live(hub, page, 1);
  hub.close();
  await assert.rejects(page.bell.markRead(103), { code: 'unreachable' });
  assert.deepEqual(reads(page), [false]);
});

scene('a mark that is refused stays when the hub has meanwhile said that it was read elsewhere', async (hub, page) => {
  const socket = await live(hub, page, 1);
  hub.script('mark_as_read', 503);
  const marked = page.bell.markRead(103);
  hub.read(1);
  socket.send(hub.unread());
  const badge = until(page.bell, ({ unread }) => unread === 0);
  await Promise.allSettled([marked, badge]);
  await until(page.bell, ({ items }) => items[0]!.read);
});

scene('what is read already is not asked again', async (hub, page) => {
  await live(hub, page, 1);
  await page.bell.markRead(103);
  const calls = hub.calls.length;
  await page.bell.markRead(103);
  assert.equal(hub.calls.length, calls);
});

scene('mark all means what is listed, so that what comes meanwhile stays unread', async (hub, page) => {
  const socket = await live(hub, page, 3);
  const marked = page.bell.markAllRead();
  assert.deepEqual(reads(page), [true, true, true]);
  socket.send(hub.record());
  await Promise.all([marked, until(page.bell, ({ items }) => items.length === 4)]);
  assert.deepEqual(reads(page), [false, true, true, true]);
  assert.equal(hub.calls.filter((call) => call.includes('mark_all')).join(), 'POST /api/notifications/mark_all_as_read/?up_to=109');
  socket.send(hub.unread());
  await until(page.bell, ({ unread }) => unread === 1);
});

scene('mark all of a ticket leaves the others', async (hub, page) => {
  hub.record({ ticket: 6 });
  await live(hub, page, 1);
  await page.bell.markAllRead({ ticket: 6 });
  assert.deepEqual(reads(page), [false, true]);
  assert.equal(hub.calls.at(-1), 'POST /api/notifications/mark_all_as_read/?up_to=106&ticket=6');
  assert.equal(hub.rows[1]!.is_read, false);
});

scene('mark all that is refused is taken back, but for what was read before', async (hub, page) => {
  await live(hub, page, 2);
  await page.bell.markRead(103);
  hub.script('mark_all', 503);
  await assert.rejects(page.bell.markAllRead(), { code: 'unavailable' });
  assert.deepEqual(reads(page), [false, true]);
});

scene('mark all of an empty list asks nothing', async (hub, page) => {
  await live(hub, page, 0);
  const calls = hub.calls.length;
  await page.bell.markAllRead();
  assert.equal(hub.calls.length, calls);
});

scene('what another device has read is asked when the badge says that there is something', async (hub, page) => {
  const socket = await live(hub, page, 3);
  hub.read(2);
  socket.send(hub.unread());
  await until(page.bell, ({ unread }) => unread === 2);
  page.clock.advance(1_000);
  await until(page.bell, ({ items }) => items[1]!.read);
  assert.deepEqual(reads(page), [false, true, false]);
});

scene('a count that comes before the answer to a mark is no reason to ask', async (hub, page) => {
  const socket = await live(hub, page, 3);
  const answer = hub.hold('mark_as_read');
  const marked = page.bell.markRead(103);
  const asked = () => hub.calls.filter((call) => call.includes('is_read=false')).length;
  socket.send({ type: 'unread_count', by_type: { SYSTEM: 1 } });
  await until(page.bell, ({ unread }) => unread === 1);
  page.clock.advance(1_000);
  await page.bell.list();
  assert.equal(asked(), 0);
  answer();
  await marked;
});

scene('a count by REST that is older than one by the socket is not shown', async (hub, page) => {
  hub.record();
  const answer = hub.hold('unread_count');
  page.with(hub).start();
  const socket = await hub.sockets.take();
  await until(page.bell, ({ loading, unread }) => loading && unread === 1);
  socket.send({ type: 'unread_count', by_type: { SYSTEM: 7 } });
  await until(page.bell, ({ unread }) => unread === 7);
  const shown: (number | null)[] = [];
  page.bell.subscribe(() => shown.push(page.bell.getSnapshot().unread));
  answer();
  await until(page.bell, ({ items, loading }) => items.length === 1 && !loading);
  assert.deepEqual([...new Set(shown)], [7]);
});

scene('when the badge says 0 all are read, without asking', async (hub, page) => {
  const socket = await live(hub, page, 3);
  const calls = hub.calls.length;
  hub.read(1, 2, 3);
  socket.send(hub.unread());
  await until(page.bell, ({ items }) => items.every(({ read }) => read));
  assert.equal(hub.calls.length, calls);
});

scene('a burst whose first frame counts them all asks nothing', async (hub, page) => {
  const socket = await live(hub, page, 1);
  const calls = hub.calls.length;
  [hub.record(), hub.record(), hub.record()].forEach((frame) => socket.send({ ...frame, ...hub.counts() }));
  await until(page.bell, ({ items }) => items.length === 4);
  page.clock.advance(1_000);
  assert.equal(hub.calls.length, calls);
});

scene('while it polls, a mark fetches the badge', async (hub, page) => {
  hub.refusal = 503;
  hub.record();
  page.with(hub).start();
  await until(page.bell, ({ status, unread }) => status === 'polling' && unread === 1);
  await page.bell.markRead(103);
  assert.equal(page.bell.getSnapshot().unread, 0);
});

scene('an old answer never makes unread what was read', async (hub, page) => {
  hub.refusal = 503;
  hub.record();
  page.with(hub).start();
  await until(page.bell, ({ status, unread }) => status === 'polling' && unread === 1);
  await page.bell.markRead(103);
  Object.assign(hub.rows[0]!, { is_read: false, read_at: null });
  page.clock.advance(page.clock.waits[0]!);
  await failedAgain(page.bell);
  assert.deepEqual(reads(page), [true]);
});
