import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSeen, LOOK } from '../src/seen.ts';
import { createToasts } from '../src/toasts.ts';

/** One timer that rings when it is told to. */
function clock() {
  let run: (() => void) | undefined;
  return {
    set: (ring: () => void, _ms: number) => (run = ring),
    clear: () => (run = undefined),
    ring: () => run?.(),
    get isSet() {
      return !!run;
    },
  };
}

const item = (id: number) => ({ id }) as never;
const shape = ({ all }: ReturnType<typeof createToasts>) => all.map((one) => one.item?.id ?? `${one.count} new`);

test('what stays in view a while is read', () => {
  const time = clock();
  const read: number[][] = [];
  const seen = createSeen((ids) => read.push(ids), () => true, time);
  seen.look([3, 2]);
  seen.look([3, 2]);
  time.ring();
  assert.deepEqual(read, [[3, 2]]);
  assert.equal(LOOK, 2_000);
});

test('who scrolls does not read, and nobody reads a page that is not in front', () => {
  const time = clock();
  const read: number[][] = [];
  let isInFront = false;
  const seen = createSeen((ids) => read.push(ids), () => isInFront, time);
  seen.look([3, 2]);
  seen.look([2, 1]);
  time.ring();
  assert.deepEqual(read, []);
  isInFront = true;
  time.ring();
  assert.deepEqual(read, [[2, 1]]);
  seen.look([1]);
  seen.clear();
  assert.equal(time.isSet, false);
});

test('toasts go one by one, the oldest first', () => {
  const time = clock();
  const toasts = createToasts(() => {}, () => true, time);
  toasts.add(item(1));
  toasts.add(item(2));
  time.ring();
  assert.deepEqual(shape(toasts), [2]);
  time.ring();
  assert.deepEqual(shape(toasts), []);
  assert.equal(time.isSet, false);
});

test('toasts stay while one is read, and while nobody can see the page', () => {
  const time = clock();
  let isSeen = true;
  const toasts = createToasts(() => {}, () => isSeen, time);
  toasts.add(item(1));
  toasts.hold(true);
  time.ring();
  toasts.hold(false);
  isSeen = false;
  time.ring();
  assert.deepEqual(shape(toasts), [1]);
  isSeen = true;
  time.ring();
  assert.deepEqual(shape(toasts), []);
});

test('many at once are one that says how many', () => {
  const toasts = createToasts(() => {}, () => true, clock());
  [1, 2, 3].forEach((id) => toasts.add(item(id)));
  assert.deepEqual(shape(toasts), [1, 2, 3]);
  toasts.add(item(4));
  toasts.add(item(5));
  assert.deepEqual(shape(toasts), ['5 new']);
  toasts.drop(toasts.all[0]!);
  assert.deepEqual(shape(toasts), []);
});
