import { createHeights } from './heights.js';
import type { Group } from './order.js';
import { keyOfItem, piecesOf, rowsOf, type Piece, type Rows } from './rows.js';

/** Guesses of rows that nobody has seen: a part's heading, a ticket's, an item. */
const GUESS: Readonly<Record<string, number>> = { s: 36, g: 44, i: 66 };

/** How far beyond the visible part rows are drawn, so that scrolling does not show a gap. */
const AHEAD = 500;

export interface Window {
  readonly pieces: readonly Piece[];
  readonly above: number;
  readonly inside: number;
  readonly below: number;
}

/** Draws a part of a long list, and keeps what is being read where it is while rows above it come, go or are measured. */
export interface Scroller {
  set(groups: readonly Group[]): void;
  window(): Window;
  /** After drawing: measures. True when it has to be drawn again. */
  settle(): boolean;
  /** Whether what is drawn no longer covers what is visible. */
  isShort(): boolean;
  /** Whether the end is near. */
  isNearEnd(): boolean;
  /** Ids of the items that can be seen whole. */
  seen(): number[];
  /** The item before or after another one; the first or last for Infinity. */
  step(id: number, by: number): number;
  /** Scrolls just so far that it can be seen; false when it can. */
  reveal(id: number): boolean;
  toTop(): void;
  isAtTop(): boolean;
}

/** @param find the element that scrolls, when it is there */
export function createScroller(find: () => HTMLElement | null): Scroller {
  const heights = createHeights();
  let groups: readonly Group[] = [];
  let rows: Rows = { keys: [], starts: [] };
  let items: number[] = [];
  let drawn: readonly [number, number] = [0, -1];
  let width = 0;

  const top = () => find()?.scrollTop ?? 0;
  const room = () => find()?.clientHeight || 600;
  const isItem = (key: string | undefined) => key?.[0] === 'i';

  /** Does what moves rows, and moves the view with the topmost one that is read. */
  function holding(change: () => void): void {
    const from = pending < 0 ? top() : pending;
    // Headings come and go with what is below them; an item is what somebody looks at.
    let at = heights.at(from);
    while (at < rows.keys.length - 1 && !isItem(rows.keys[at])) {
      at++;
    }
    const key = rows.keys[at];
    const was = heights.offset(at);
    change();
    const now = key === undefined ? -1 : heights.indexOf(key);
    if (from > 0 && now >= 0) {
      pending = from + heights.offset(now) - was;
    }
  }

  /** Where the view has to be once the rows are drawn: before, there is no room for it. */
  let pending = -1;

  function range(): readonly [number, number] {
    const from = pending < 0 ? top() : pending;
    return [heights.at(from - AHEAD), heights.at(from + room() + AHEAD)];
  }

  return {
    set(now) {
      holding(() => {
        groups = now;
        rows = rowsOf(groups);
        items = groups.flatMap((group) => group.items.map(({ id }) => id));
        heights.rows(rows.keys, (at) => GUESS[rows.keys[at]![0]!]!);
      });
    },
    window() {
      const [first, last] = (drawn = range());
      const pieces = piecesOf(groups, rows, first, last);
      const [start] = pieces;
      const end = pieces.at(-1);
      const begin = start ? start.top - (start.leads ? 2 : 1) : 0;
      return {
        pieces,
        above: heights.offset(begin),
        inside: start ? heights.offset(start.top + start.from) - heights.offset(start.top) : 0,
        below: end ? heights.offset(Infinity) - heights.offset(end.top + end.to) : 0,
      };
    },
    settle() {
      const list = find();
      if (!list) {
        return false;
      }
      let differs = false;
      holding(() => {
        if (width !== list.clientWidth) {
          width = list.clientWidth;
          heights.forget();
        }
        for (const row of list.querySelectorAll<HTMLElement>('[data-row]')) {
          differs = heights.measured(row.dataset.row!, row.getBoundingClientRect().height) || differs;
        }
      });
      if (pending >= 0) {
        const to = Math.round(pending);
        pending = -1;
        if (Math.abs(to - list.scrollTop) >= 1) {
          list.scrollTop = to;
        }
      }
      return differs || this.isShort();
    },
    isShort() {
      const from = top();
      const [first, last] = drawn;
      return heights.at(from) < first || heights.at(from + room()) > last;
    },
    isNearEnd: () => top() + room() + AHEAD >= heights.offset(Infinity),
    seen() {
      const [from, to] = [top(), top() + room()];
      const ids: number[] = [];
      for (let at = heights.at(from); at < rows.keys.length && heights.offset(at + 1) <= to + 1; at++) {
        if (isItem(rows.keys[at]) && heights.offset(at) >= from - 1) {
          ids.push(Number(rows.keys[at]!.slice(1)));
        }
      }
      return ids;
    },
    step(id, by) {
      const at = items.indexOf(id);
      const to = Number.isFinite(by) ? (at < 0 ? 0 : at + by) : by < 0 ? 0 : items.length - 1;
      return items[Math.max(0, Math.min(items.length - 1, to))] ?? 0;
    },
    reveal(id) {
      const list = find();
      const at = heights.indexOf(keyOfItem(id));
      if (!list || at < 0) {
        return false;
      }
      // The ticket's heading sticks to the top.
      const [from, to] = [heights.offset(at) - GUESS.g!, heights.offset(at + 1)];
      const was = top();
      list.scrollTop = from < was ? from : Math.max(was, to - room());
      return top() !== was;
    },
    toTop() {
      const list = find();
      pending = -1;
      if (list) {
        list.scrollTop = 0;
      }
    },
    isAtTop: () => top() <= 0,
  };
}
