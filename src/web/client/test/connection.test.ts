import assert from 'node:assert/strict';
import { scene } from './support/setting.ts';
import { tokenOf } from './support/page.ts';
import { failedAgain, until } from './support/until.ts';

scene('it connects with a one-time ticket, and no token stands in any address', async (hub, page) => {
  const bell = page.with(hub);
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ status, loading, unread }) => status === 'live' && !loading && unread === 0);
  assert.match(socket.query.get('ticket')!, /^ticket-/);
  assert.equal(socket.query.has('since'), false);
  assert.equal(hub.calls[0], 'POST /api/notifications/ws_ticket/');
  assert.equal(hub.calls.some((call) => call.includes(tokenOf(1).slice(0, 10))), false);
});

scene('it loads what was there before, newest first, and the badge counts events and not rows', async (hub, page) => {
  hub.record();
  hub.record({ is_read: true });
  hub.record();
  const bell = page.with(hub);
  bell.start();
  const { unread, hasMore } = await until(bell, ({ items }) => items.length === 3);
  assert.deepEqual(bell.getSnapshot().items.map(({ message, read }) => [message, read]), [
    ['Event 3', false],
    ['Event 2', true],
    ['Event 1', false],
  ]);
  assert.equal(unread, 2);
  assert.equal(hasMore, false);
});

scene('a notification is shown and told once, with the badge that its frame says', async (hub, page) => {
  const bell = page.with(hub);
  const told: string[] = [];
  bell.onNotification(({ message, priority }) => told.push(`${message} ${priority}`));
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ loading, unread }) => !loading && unread !== null);
  socket.send({ ...hub.record(), unread_by_type: { EMAIL: 9, WHATSAPP: 9, SYSTEM: 7 } });
  const { items, unread } = await until(bell, ({ items }) => items.length > 0 && bell.getSnapshot().unread === 7);
  assert.equal(unread, 7, 'what the hub says, whatever is listed');
  assert.deepEqual({ ...items[0] }, {
    id: 103,
    eventId: 'e1',
    eventType: 'ticket_created',
    ticket: 5,
    ticketTitle: 'Homepage not loading',
    message: 'Event 1',
    createdAt: '2026-01-01T00:00:01.000Z',
    subject: null,
    priority: 'HIGH',
    read: false,
    readAt: null,
  });
  assert.deepEqual(told, ['Event 1 HIGH']);
});

scene('it comes back with the newest seq that it has, and what it missed is replayed', async (hub, page) => {
  const bell = page.with(hub);
  bell.start();
  const first = await hub.sockets.take();
  await until(bell, ({ loading, unread }) => !loading && unread !== null);
  first.send(hub.record());
  await until(bell, ({ items }) => items.length === 1);
  first.cut();
  await until(bell, ({ status }) => status === 'connecting');
  const calls = hub.calls.length;
  const missed = hub.record();
  page.clock.advance(2_000);
  const second = await hub.sockets.take();
  assert.equal(second.query.get('since'), '1');
  second.send(missed);
  const { items } = await until(bell, ({ items }) => items.length === 2);
  assert.equal(items[0]!.message, 'Event 2');
  assert.deepEqual(hub.calls.slice(calls).map((call) => call.split('?')[0]), [
    'POST /api/notifications/ws_ticket/',
    'UPGRADE /ws/notifications/',
  ]);
});

for (const [code, why] of [
  [1001, 'no answer to ping'],
  [1012, 'the node stops'],
  [4408, 'reading too slowly'],
] as const) {
  scene(`${code} (${why}) brings it back within the first window, with since`, async (hub, page) => {
    hub.record();
    const bell = page.with(hub);
    bell.start();
    const socket = await hub.sockets.take();
    await until(bell, ({ items }) => items.length === 1);
    socket.close(code);
    const { problem } = await until(bell, ({ status }) => status === 'connecting');
    assert.equal(problem, null);
    assert.deepEqual(page.clock.waits, [1_000], 'half of the window of two seconds, and no other timer');
    page.clock.advance(1_000);
    assert.equal((await hub.sockets.take()).query.get('since'), '1');
    await until(bell, ({ status }) => status === 'live');
  });
}

scene('each 1012 counts as the first, and each loss that is not long after the one before as another', async (hub, page) => {
  const bell = page.with(hub);
  bell.start();
  const waits: number[] = [];
  for (const code of [1006, 1006, 1006, 1012, 1006]) {
    const socket = await hub.sockets.take();
    await until(bell, ({ status, loading }) => status === 'live' && !loading);
    code === 1006 ? socket.cut() : socket.close(code);
    await until(bell, ({ status }) => status === 'connecting');
    waits.push(page.clock.waits[0]!);
    page.clock.advance(page.clock.waits[0]!);
  }
  assert.deepEqual(waits, [1_000, 2_000, 4_000, 1_000, 2_000]);
});

scene('4409 (too many connections) is polled, tried again slowly, and over when a place is free', async (hub, page) => {
  hub.greets = false;
  const bell = page.with(hub);
  bell.start();
  hub.record();
  (await hub.sockets.take()).close(4409);
  const { problem, items } = await until(bell, ({ status }) => status === 'polling');
  assert.equal(problem?.code, 'too-many-connections');
  assert.equal(items.length, 1);
  assert.deepEqual(page.clock.waits, [30_000]);
  hub.greets = true;
  page.clock.advance(30_000);
  await until(bell, ({ status, problem }) => status === 'live' && problem === null);
});

scene('4429 (too many frames) is tried again slowly', async (hub, page) => {
  const bell = page.with(hub);
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ status, loading }) => status === 'live' && !loading);
  socket.close(4429);
  const { problem } = await until(bell, ({ status }) => status === 'polling');
  assert.equal(problem?.code, 'throttled');
  assert.deepEqual(page.clock.waits, [30_000]);
});

scene('an upgrade that is refused is polled, and each poll tries a socket again', async (hub, page) => {
  hub.refusal = 403;
  hub.record();
  const bell = page.with(hub);
  const told: number[] = [];
  bell.onNotification(({ id }) => told.push(id));
  bell.start();
  const { problem, items } = await until(bell, ({ status }) => status === 'polling');
  assert.equal(problem?.code, 'no-socket');
  assert.equal(items.length, 1);
  assert.deepEqual(told, [], 'what the list begins with is no news');

  hub.record();
  page.clock.advance(page.clock.waits[0]!);
  assert.equal((await failedAgain(bell)).unread, 2);
  assert.deepEqual(told, [106], 'what a poll finds is news');

  hub.refusal = 0;
  hub.record();
  page.clock.advance(page.clock.waits[0]!);
  const { items: all } = await until(bell, ({ status, items }) => status === 'live' && items.length === 3);
  assert.deepEqual(all.map(({ id }) => id), [109, 106, 103]);
  assert.deepEqual(told, [106, 109]);
});

scene('without a WebSocket it is polled without asking for tickets', async (hub, page) => {
  hub.record();
  const bell = page.with(hub, { environment: { WebSocket: undefined } });
  bell.start();
  const { problem } = await until(bell, ({ status, items }) => status === 'polling' && items.length === 1);
  assert.equal(problem?.code, 'no-socket');
  assert.equal(hub.calls.some((call) => call.includes('ws_ticket')), false);
});

scene('a socket that is never greeted is given up, and polled instead', async (hub, page) => {
  hub.greets = false;
  const bell = page.with(hub);
  bell.start();
  const socket = await hub.sockets.take();
  page.clock.advance(10_000);
  await until(bell, ({ status }) => status === 'polling');
  await socket.closed;
});

scene('garbage frames are passed over', async (hub, page) => {
  const bell = page.with(hub);
  bell.start();
  const socket = await hub.sockets.take();
  await until(bell, ({ loading, unread }) => !loading && unread === 0);
  const garbage = [
    '',
    '{',
    'null',
    '[]',
    '7',
    '"text"',
    '{}',
    '{"type":null}',
    '{"type":"from_the_future","id":1}',
    '{"notification_type":"x"}',
    '{"notification_type":"x","id":"1"}',
    '{"type":"notification","notification_type":"x","id":1}',
    '{"type":"unread_count"}',
    '{"type":"unread_count","by_type":{"SYSTEM":"many"}}',
    '{"type":"error","code":"invalid_frame","message":"A frame is one JSON object."}',
    new Uint8Array([0, 255]),
  ];
  garbage.forEach((frame) => socket.send(frame));
  socket.send('{"notification_type":"x","id":1,"ticket":null,"seq":"1"}');
  const { items, unread, status } = await until(bell, ({ items }) => items.length > 0);
  assert.deepEqual(items.map(({ id, ticket, ticketTitle }) => [id, ticket, ticketTitle]), [[1, 0, '']]);
  assert.equal(unread, 0);
  assert.equal(status, 'live');
});
