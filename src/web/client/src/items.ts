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

/** Where it belongs, by halves: a list may have ten thousand. */
function placeIn(items: Items, item: BellItem): number {
  let [from, to] = [0, items.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    isNewer(item, items[middle]!) ? (to = middle) : (from = middle + 1);
  }
  return from;
}

/** Both, each id once, in order; the same array when nothing differs. */
export function union(items: Items, more: Items): Items {
  const found = new Map(more.map((item) => [item.id, item]));
  const all = items.map((old) => {
    const item = found.get(old.id);
    found.delete(old.id);
    return item ? together(old, item) : old;
  });
  found.forEach((item) => all.splice(placeIn(all, item), 0, item));
  return all.length > items.length || all.some((item, at) => item !== items[at]) ? all : items;
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
