const STEPS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const formats = new Map<string, Intl.RelativeTimeFormat>();

/** Making one takes longer than using it, and a list uses it for every row. */
function formatOf(lang: string): Intl.RelativeTimeFormat {
  let format = formats.get(lang);
  if (!format) {
    formats.set(lang, (format = new Intl.RelativeTimeFormat(lang, { numeric: 'auto', style: 'short' })));
  }
  return format;
}

/**
 * How long ago, in words: "now", "5 min. ago", "yesterday". What lies ahead is now: the hub's clock is ahead of this one.
 * @param createdAt ISO 8601
 * @param now milliseconds since 1970
 */
export function timeAgo(createdAt: string, now: number, lang: string): string {
  const seconds = Math.max(0, (now - Date.parse(createdAt)) / 1000);
  const [unit, size] = STEPS.find(([, length]) => seconds >= length) ?? ['second', Infinity];
  return seconds >= 0 ? formatOf(lang).format(-Math.floor(seconds / size), unit) : '';
}

/** The full date and time, to be shown beside the one in words. */
export function timeInFull(createdAt: string, lang: string): string {
  const at = new Date(createdAt);
  return isNaN(+at) ? '' : at.toLocaleString(lang, { dateStyle: 'full', timeStyle: 'short' });
}
