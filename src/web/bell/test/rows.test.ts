import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHeights } from '../src/heights.ts';
import type { Group } from '../src/order.ts';
import { piecesOf, rowsOf } from '../src/rows.ts';

const group = (isNew: boolean, ticket: number, ...ids: number[]): Group => ({
  key: `${isNew ? 'n' : 'e'}${ticket}`,
  isNew,
  ticket,
  title: '',
  items: ids.map((id) => ({ id }) as never),
});

const GROUPS = [group(true, 5, 9, 8), group(true, 6, 7), group(false, 5, 6, 5, 4)];

test('rows are the headings of parts and tickets, and the items', () => {
  assert.deepEqual(rowsOf(GROUPS).keys, ['sn', 'gn5', 'i9', 'i8', 'gn6', 'i7', 'se', 'ge5', 'i6', 'i5', 'i4']);
});

test('where nothing is new, the earlier ones have no heading', () => {
  assert.deepEqual(rowsOf(GROUPS.slice(2)).keys, ['ge5', 'i6', 'i5', 'i4']);
  assert.deepEqual(rowsOf([]).keys, []);
});

test('every range of rows has just the items that are in it', () => {
  const rows = rowsOf(GROUPS);
  for (let first = 0; first < rows.keys.length; first++) {
    for (let last = first; last < rows.keys.length; last++) {
      const drawn = piecesOf(GROUPS, rows, first, last).flatMap(({ group, from, to }) => group.items.slice(from, to).map(({ id }) => `i${id}`));
      assert.deepEqual(drawn, rows.keys.slice(first, last + 1).filter((key) => key.startsWith('i')), `${first} to ${last}`);
    }
  }
});

test('a row that was measured moves those below it', () => {
  const heights = createHeights();
  heights.rows(['a', 'b', 'c'], () => 10);
  assert.deepEqual([0, 1, 2, Infinity].map(heights.offset), [0, 10, 20, 30]);
  assert.equal(heights.measured('b', 25), true);
  assert.equal(heights.measured('b', 25.2), false, 'rounding is no change');
  assert.deepEqual([0, 1, 2, 3].map(heights.offset), [0, 10, 35, 45]);
  assert.deepEqual([-5, 0, 9, 10, 34, 35, 900].map(heights.at), [0, 0, 0, 1, 1, 2, 2]);
  heights.rows(['b', 'x'], () => 10);
  assert.deepEqual([0, 1, 2].map(heights.offset), [0, 25, 35], 'a height is kept with its key');
  assert.deepEqual(['b', 'x', 'a'].map(heights.indexOf), [0, 1, -1]);
  heights.forget();
  assert.equal(heights.offset(1), 10);
});

test('no rows take no room', () => {
  const heights = createHeights();
  heights.rows([], () => 10);
  assert.equal(heights.offset(Infinity), 0);
  assert.equal(heights.at(50), 0);
});
