import de from '../words/de.json';
import en from '../words/en.json';

/** All that the bell says, one language a file: see `words/en.json`. Texts may hold `{n}` and `{text}`. */
export type Words = Omit<typeof en, 'kinds'> & { readonly kinds: Readonly<Record<string, string>> };

/** Other words in place of some of them, as deep as they stand in the file. */
export type WordsGiven = Readonly<Record<string, unknown>>;

const FILES: Readonly<Record<string, Words>> = { en, de };

/** The file for a language tag such as `de-AT`; English for those that have none. */
export function wordsOf(tag: string): Words {
  return FILES[tag.toLowerCase().split('-')[0]!] ?? en;
}

/** What a file of other words holds. @throws when it is no JSON object, or its `lang` is no language */
export function wordsIn(text: string): WordsGiven {
  const given = JSON.parse(text);
  new Intl.PluralRules(given.lang);
  return given;
}

/** The words with those that are given in their place; what is of another kind than in the file is left out. */
export function wordsWith(words: Words, given: WordsGiven): Words {
  const mixed: Record<string, unknown> = { ...words };
  for (const [key, text] of Object.entries(given)) {
    const old = mixed[key];
    if (typeof text === 'string' && typeof old !== 'object') {
      mixed[key] = text;
    } else if (text && typeof text === 'object' && typeof old === 'object') {
      mixed[key] = { ...old, ...Object.fromEntries(Object.entries(text).filter(([, one]) => typeof one === 'string')) };
    }
  }
  return mixed as unknown as Words;
}

/** A text with a number in it, in the plural form that the language has for it. */
export function counted(words: Words, key: 'arrived', n: number): string {
  const forms: Readonly<Record<string, string>> = words[key];
  const form = forms[new Intl.PluralRules(words.lang).select(n)] ?? forms.other!;
  return form.replace('{n}', () => new Intl.NumberFormat(words.lang).format(n));
}

/** What people call a kind of event; one that has no words of its own is told by its name. */
export function kindOf(words: Words, eventType: string): string {
  const name = eventType.replaceAll('_', ' ');
  return Object.hasOwn(words.kinds, eventType) ? words.kinds[eventType]! : name.charAt(0).toUpperCase() + name.slice(1);
}

/** How many are unread, as the badge says it: a name that begins otherwise than what is seen confuses who speaks to it. */
export function unreadOf(words: Words, unread: number): string {
  return words.unread.replace('{n}', badgeOf(unread));
}

/** What stands on the badge. */
export function badgeOf(unread: number): string {
  return unread > 99 ? '99+' : String(unread);
}

/**
 * Somebody's text within a sentence: isolated, so that no mark of direction in it turns the rest around. Only for places
 * that take no element; elsewhere `<bdi>` does it.
 */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
