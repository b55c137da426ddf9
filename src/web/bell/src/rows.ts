import type { Group } from './order.js';

/** The list as rows, one below the other: a heading where new or earlier ones begin, one for each ticket, and its items. */
export interface Rows {
  /** What each row is: `s…` a part's heading, `g…` a ticket's heading, `i…` the item with this id. */
  readonly keys: readonly string[];
  /** Where each group begins. */
  readonly starts: readonly number[];
}

/** A stretch of one group: what of it is near enough to be drawn. */
export interface Piece {
  readonly group: Group;
  /** Whether the heading of its part stands before it. */
  readonly leads: boolean;
  /** The row of the group's first item. */
  readonly top: number;
  /** Items from here, to below there. */
  readonly from: number;
  readonly to: number;
}

export const keyOfItem = (id: number) => `i${id}`;

/** Whether a part has a heading: earlier ones that stand alone need none. */
function leads(groups: readonly Group[], at: number): boolean {
  return groups[0]!.isNew && groups[at - 1]?.isNew !== groups[at]!.isNew;
}

export function rowsOf(groups: readonly Group[]): Rows {
  const keys: string[] = [];
  const starts: number[] = [];
  groups.forEach((group, at) => {
    starts.push(keys.length);
    if (leads(groups, at)) {
      keys.push(group.isNew ? 'sn' : 'se');
    }
    keys.push(`g${group.key}`);
    group.items.forEach(({ id }) => keys.push(keyOfItem(id)));
  });
  return { keys, starts };
}

/** The pieces with the rows from first to last; a group's heading is in its piece wherever that begins. */
export function piecesOf(groups: readonly Group[], { starts }: Rows, first: number, last: number): Piece[] {
  const pieces: Piece[] = [];
  for (let at = groupAt(starts, first); at < groups.length && starts[at]! <= last; at++) {
    const group = groups[at]!;
    const isLeading = leads(groups, at);
    const top = starts[at]! + (isLeading ? 2 : 1);
    pieces.push({
      group,
      leads: isLeading,
      top,
      from: Math.max(0, first - top),
      to: Math.max(0, Math.min(group.items.length, last - top + 1)),
    });
  }
  return pieces;
}

function groupAt(starts: readonly number[], row: number): number {
  let [low, high] = [0, Math.max(0, starts.length - 1)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    starts[middle]! <= row ? (low = middle) : (high = middle - 1);
  }
  return low;
}
