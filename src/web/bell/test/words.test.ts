import assert from 'node:assert/strict';
import { test } from 'node:test';
import de from '../words/de.json';
import en from '../words/en.json';
import { badgeOf, counted, kindOf, wordsIn, wordsOf, wordsWith } from '../src/words.ts';

function keysOf(value: object, before = ''): string[] {
  return Object.entries(value).flatMap(([key, one]) => (typeof one === 'object' ? keysOf(one, `${before}${key}.`) : [before + key]));
}

test('every language has the same words', () => {
  assert.deepEqual(keysOf(de).sort(), keysOf(en).sort());
});

test('a language is found by the first part of its tag, and English stands in for what is missing', () => {
  assert.equal(wordsOf('de-AT').lang, 'de');
  assert.equal(wordsOf('DE').lang, 'de');
  assert.equal(wordsOf('ar').lang, 'en');
});

test('a word that is given replaces one, also deep down, and the rest stays', () => {
  const words = wordsWith(en, { title: 'Inbox', kinds: { sla_missed: 'Too late' }, problems: { refused: 'Log in.' } });
  assert.equal(words.title, 'Inbox');
  assert.equal(words.problems.refused, 'Log in.');
  assert.equal(words.problems.offline, en.problems.offline);
  assert.equal(kindOf(words, 'sla_missed'), 'Too late');
  assert.equal(kindOf(words, 'ticket_created'), 'New ticket');
});

test('what is of another shape than the words is left out', () => {
  assert.deepEqual(wordsWith(en, { title: { a: 'b' }, problems: 'x', unread: { other: 3 } }), en);
});

test('numbers are in the form and the digits of the language', () => {
  assert.equal(counted(en, 'arrived', 1), '1 new notification');
  assert.equal(counted(en, 'arrived', 1200), '1,200 new notifications');
  assert.equal(counted(de, 'arrived', 1200), '1.200 neue Benachrichtigungen');
  const forms = { lang: 'pl', arrived: { one: '{n} nowe', few: '{n} nowe..', many: '{n} nowych', other: '{n} nowego' } };
  assert.equal(counted(wordsWith(en, forms), 'arrived', 5), '5 nowych');
});

test('a kind without words is told by its name', () => {
  assert.equal(kindOf(en, 'sla_nearly_missed'), 'Sla nearly missed');
  assert.equal(kindOf(en, 'constructor'), 'Constructor');
  assert.equal(kindOf(en, ''), '');
});

test('the badge has room for two digits', () => {
  assert.deepEqual([1, 99, 100, 12_345].map(badgeOf), ['1', '99', '99+', '99+']);
});

for (const text of ['null', 'no JSON', '{"lang":"de_AT"}', '{"lang":""}']) {
  test(`no words are in ${text}, and it is said before anything is drawn with them`, () => {
    assert.throws(() => wordsIn(text));
  });
}

test('words are in an object, with or without their language', () => {
  assert.deepEqual(wordsIn('{"title":"Klokke"}'), { title: 'Klokke' });
  assert.deepEqual(wordsIn('{"lang":"nb","title":"Klokke"}'), { lang: 'nb', title: 'Klokke' });
});
