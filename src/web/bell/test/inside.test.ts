import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import en from '../words/en.json';

const here = process.cwd();
const read = (path: string) => readFileSync(join(here, path), 'utf8');
const namesIn = (text: string, form: RegExp) => [...text.matchAll(form)].map(([, name]) => name!);

/** Names that pages, words, tabs or the hub know: shortened, they would mean nothing to them. */
const known = new Set([
  ...Object.keys(en),
  ...['kinds', 'status', 'problems', 'arrived'].flatMap((key) => Object.keys(en[key as 'kinds'])),
  ...['types', 'environment', 'timing', 'problem', 'bell'].flatMap((file) => namesIn(read(`../client/dist/${file}.d.ts`), /(?:readonly |^    )(\w+)\??[(:]/gm)),
  // What goes over the wire and between tabs.
  ...namesIn(read('../client/src/bell.ts'), /readonly (\w+):/g),
  ...namesIn(read('../client/src/wire.ts'), /\.(\w+)/g),
  ...namesIn(read('../client/src/rest.ts'), /objectOf\(\w+\)\.(\w+)/g),
]);

test('no name is shortened that somebody outside knows', () => {
  const [, list] = /INSIDE =\s*\/\^\((.+)\)\$\//.exec(read('bundle.mjs'))!;
  const names = list!.split('|');
  assert.ok(names.length > 20 && known.has('unread') && known.has('loadMore') && known.has('notMarked') && known.has('ids'));
  assert.deepEqual(
    names.filter((name) => known.has(name)),
    [],
  );
  assert.deepEqual(
    names.filter((name) => name in Array.prototype || name in Map.prototype || name in Promise || name in Math),
    [],
  );
});
