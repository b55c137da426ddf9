import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeAgo, timeInFull } from '../src/times.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const ago = (seconds: number, lang = 'en') => timeAgo(new Date(NOW - seconds * 1000).toISOString(), NOW, lang);

test('times are told in the largest unit that is full', () => {
  assert.deepEqual(
    [0, 59, 60, 3_599, 3_600, 86_399, 86_400, 3 * 86_400, 7 * 86_400, 40 * 86_400, 400 * 86_400].map((seconds) => ago(seconds)),
    ['now', 'now', '1 min. ago', '59 min. ago', '1 hr. ago', '23 hr. ago', 'yesterday', '3 days ago', 'last wk.', 'last mo.', 'last yr.'],
  );
});

test('times are told in the language of the words', () => {
  assert.equal(ago(120, 'de'), 'vor 2 Min.');
  assert.equal(ago(86_400, 'de'), 'gestern');
});

test('what lies ahead is now: the clock of the hub is ahead of this one', () => {
  assert.equal(ago(-300), 'now');
});

test('microseconds are read, and what is no time is not told', () => {
  assert.equal(timeAgo('2026-03-10T11:58:00.123456Z', NOW, 'en'), '1 min. ago');
  assert.equal(timeAgo('', NOW, 'en'), '');
  assert.equal(timeInFull('soon', 'en'), '');
  assert.match(timeInFull('2026-03-10T11:58:00Z', 'en'), /March 10, 2026/);
});
