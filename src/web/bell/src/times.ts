const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

interface Formats {
  readonly ago: Intl.RelativeTimeFormat;
  readonly full: Intl.DateTimeFormat;
}

const formats = new Map<string, Formats>();

/** Making them takes far longer than using them, and a list uses them for every row. */
function formatsOf(lang: string): Formats {
  let made = formats.get(lang);
  if (!made) {
    made = {
      ago: new Intl.RelativeTimeFormat(lang, { numeric: 'auto', style: 'short' }),
      full: new Intl.DateTimeFormat(lang, { dateStyle: 'full', timeStyle: 'short' }),
    };
    formats.set(lang, made);
  }
  return made;
}

/**
 * How long ago, in words: "now", "5 min. ago", "yesterday". What lies ahead is now: the hub's clock is ahead of this one.
 * @param createdAt ISO 8601
 * @param now milliseconds since 1970
 */
export function timeAgo(createdAt: string, now: number, lang: string): string {
  const seconds = Math.max(0, (now - Date.parse(createdAt)) / 1000);
  const [unit, size] = STEPS.find(([, length]) => seconds >= length) ?? ['second', Infinity];
  return seconds >= 0 ? formatsOf(lang).ago.format(-Math.floor(seconds / size), unit) : '';
}

/** The full date and time, to be shown beside the one in words. */
export function timeInFull(createdAt: string, lang: string): string {
  const at = new Date(createdAt);
  return isNaN(+at) ? '' : formatsOf(lang).full.format(at);
}
