import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BellItem } from '@camelbell/client';
import { choicesOf, EVERYTHING, groupsOf, type Filter } from '../src/order.ts';

const item = (id: number, ticket: number, more: Partial<BellItem> = {}): BellItem => ({
  id,
  eventId: `e${id}`,
  eventType: 'ticket_created',
  ticket,
  ticketTitle: `Ticket ${ticket}`,
  message: '',
  subject: null,
  priority: null,
  createdAt: '2026-01-01T00:00:00Z',
  read: true,
  readAt: null,
  ...more,
});

const shape = (items: BellItem[], kept: number[] = [], filter: Partial<Filter> = {}) =>
  groupsOf(items, new Set(kept), { ...EVERYTHING, ...filter }).map(({ key, items }) => `${key}: ${items.map(({ id }) => id)}`);

test('unread ones come first, by ticket, and the ticket with the newest event is first', () => {
  const items = [item(9, 5), item(8, 6, { read: false }), item(7, 5, { read: false }), item(6, 6), item(5, 6, { read: false })];
  assert.deepEqual(shape(items), ['n6: 8,5', 'n5: 7', 'e5: 9', 'e6: 6']);
});

test('what is read while it is looked at stays where it is', () => {
  const items = [item(9, 5), item(8, 6), item(7, 6, { read: false })];
  assert.deepEqual(shape(items, [9, 7]), ['n5: 9', 'n6: 7', 'e6: 8']);
});

test('filters narrow by kind, ticket and unread, together', () => {
  const items = [
    item(9, 5, { eventType: 'work_started', read: false }),
    item(8, 5, { read: false }),
    item(7, 6, { eventType: 'work_started' }),
  ];
  assert.deepEqual(shape(items, [], { kind: 'work_started' }), ['n5: 9', 'e6: 7']);
  assert.deepEqual(shape(items, [], { ticket: 5 }), ['n5: 9,8']);
  assert.deepEqual(shape(items, [], { kind: 'work_started', ticket: 5, unread: true }), ['n5: 9']);
  assert.deepEqual(shape(items, [7], { unread: true, ticket: 6 }), ['n6: 7'], 'read while it is looked at');
});

test('a ticket has its newest title', () => {
  const items = [item(9, 5, { ticketTitle: '' }), item(8, 5, { ticketTitle: 'New' }), item(7, 5, { ticketTitle: 'Old' })];
  assert.deepEqual(groupsOf(items, new Set(), EVERYTHING).map(({ title }) => title), ['New']);
  assert.deepEqual([...choicesOf(items).tickets], [[5, 'New']]);
});

test('one can choose what is there', () => {
  const items = [item(9, 5, { eventType: 'work_started' }), item(8, 0, { eventType: '' }), item(7, 6, { eventType: 'work_started' })];
  const { kinds, tickets } = choicesOf(items);
  assert.deepEqual(kinds, ['work_started']);
  assert.deepEqual([...tickets.keys()], [5, 6]);
});
