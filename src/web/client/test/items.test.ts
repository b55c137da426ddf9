import assert from 'node:assert/strict';
import { test } from 'node:test';
import { union } from '../src/items.ts';
import type { BellItem } from '../src/index.ts';

let looks = 0;

/** The newest is 0; each is a second older than the one before. Counts how often somebody looks at its time. */
function item(age: number, more: Partial<BellItem> = {}): BellItem {
  const createdAt = new Date(Date.parse('2026-01-01T00:00:00Z') - age * 1000).toISOString();
  const made: BellItem = {
    id: 1_000_000 - age,
    eventId: `e${age}`,
    eventType: 'ticket_created',
    ticket: 5,
    ticketTitle: 'Homepage not loading',
    message: '',
    subject: null,
    priority: null,
    createdAt,
    read: false,
    readAt: null,
    ...more,
  };
  return Object.defineProperty(made, 'createdAt', { enumerable: true, get: () => (looks++, createdAt) });
}

const many = (from: number, count: number) => Array.from({ length: count }, (_, at) => item(from + at));

test('a page more does not look through the ten thousand that are there', () => {
  const items = many(0, 10_000);
  looks = 0;
  assert.equal(union(items, many(10_000, 30)).length, 10_030);
  assert.ok(looks < 2_000, `${looks} times`);
});

test('what is added comes in order, wherever it belongs', () => {
  const items = [item(1), item(3), item(5)];
  const ages = union(items, [item(6), item(0), item(4), item(2)]).map(({ id }) => 1_000_000 - id);
  assert.deepEqual(ages, [0, 1, 2, 3, 4, 5, 6]);
});

test('what is known is replaced where it stands, and nothing else', () => {
  const items = many(0, 3);
  const now = union(items, [item(1, { read: true })]);
  assert.deepEqual(now.map(({ read }) => read), [false, true, false]);
  assert.equal(now[0], items[0]);
  assert.equal(union(items, [item(1)]), items, 'the same array when nothing differs');
  assert.equal(union(items, []), items);
});
