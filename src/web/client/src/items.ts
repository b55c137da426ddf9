import type { BellItem } from './types.js';

type Items = readonly BellItem[];

/** Times are compared as text, to the microsecond; without its Z a whole second comes before its fractions. */
const timeOf = (item: BellItem) => item.createdAt.slice(0, -1);

/** The order of the lists: newest first, among equals the higher id. */
export function isNewer(a: BellItem, b: BellItem): boolean {
  const [one, other] = [timeOf(a), timeOf(b)];
  return one > other || (one === other && a.id > b.id);
}

/** What is known of one item together. Read stays read: an older answer may arrive after a newer one. */
function together(old: BellItem, now: BellItem): BellItem {
  const both: BellItem = {
    ...now,
    subject: now.subject ?? old.subject,
    priority: now.priority ?? old.priority,
    read: old.read || now.read,
    readAt: old.readAt ?? now.readAt,
  };
  // The same object when nothing differs, so that views need not draw it again.
  return (Object.keys(both) as (keyof BellItem)[]).every((key) => both[key] === old[key]) ? old : both;
}

/** No sorting: a long list gets many of these in a row. */
function withOne(items: Items, item: BellItem): Items {
  const old = items.find(({ id }) => id === item.id);
  if (old) {
    const both = together(old, item);
    return both === old ? items : items.map((other) => (other === old ? both : other));
  }
  const at = items.findIndex((other) => isNewer(item, other));
  return at < 0 ? [...items, item] : [...items.slice(0, at), item, ...items.slice(at)];
}

/** Both, each id once, in order; the same array when nothing differs. */
export function union(items: Items, more: Items): Items {
  return more.reduce(withOne, items);
}

/** The items with those of these ids read, or unread again; the same array when nothing differs. */
export function withRead(items: Items, ids: readonly number[], read: boolean): Items {
  const wanted = new Set(ids);
  const differs = (item: BellItem) => item.read !== read && wanted.has(item.id);
  return items.some(differs) ? items.map((item) => (differs(item) ? { ...item, read } : item)) : items;
}

export function unreadIds(items: Items): number[] {
  return items.filter((item) => !item.read).map(({ id }) => id);
}
