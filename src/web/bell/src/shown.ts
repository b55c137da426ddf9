import type { BellItem, BellSnapshot } from '@camelbell/client';
import type { Filter } from './order.js';
import type { Piece } from './rows.js';
import type { Words } from './words.js';

/** Notifications of the device: empty where they are not to be had; to be asked for, forbidden, off or on. */
export type Desktop = '' | 'ask' | 'denied' | 'off' | 'on';

/** A note that appears for a while: one item, or, of many at once, how many. */
export interface Toast {
  readonly key: number;
  readonly item: BellItem | null;
  readonly count: number;
}

/** What is drawn, complete: the same of it gives the same picture. */
export interface Shown {
  readonly words: Words;
  readonly snapshot: BellSnapshot;
  /** Code of what is wrong, `no-token` included; empty when nothing is. */
  readonly problem: string;
  readonly isOpen: boolean;
  readonly filter: Filter;
  readonly choices: { readonly kinds: readonly string[]; readonly tickets: ReadonlyMap<number, string> };
  readonly pieces: readonly Piece[];
  /** Heights of what is not drawn, above and below. */
  readonly above: number;
  readonly below: number;
  /** Height of the items of the first group that are above and not drawn. */
  readonly inside: number;
  /** The item that the Tab key goes to. */
  readonly active: number;
  /** How many came while somebody was reading, and wait to be put in. */
  readonly held: number;
  /** Why the last mark was refused; empty when it was not. */
  readonly notMarked: string;
  /** Looking for older ones failed, or has gone far enough by itself. */
  readonly stopped: '' | 'failed' | 'enough';
  readonly isMuted: boolean;
  readonly desktop: Desktop;
  readonly toasts: readonly Toast[];
  readonly now: number;
  readonly href: (ticket: number) => string;
}

/** What people can do. */
export interface Act {
  toggle(): void;
  close(): void;
  filter(change: Partial<Filter>): void;
  /** Goes to the ticket, as a click on it did. */
  choose(item: BellItem, event: MouseEvent): void;
  markOne(item: BellItem): void;
  /** All that is listed; of a ticket, or what the filter lets through. */
  markAll(ticket?: number): void;
  showHeld(): void;
  older(): void;
  retry(): void;
  mute(): void;
  askDesktop(): void;
  dismiss(toast: Toast): void;
  /** Keeps toasts while somebody reads them. */
  hold(on: boolean): void;
  key(event: KeyboardEvent): void;
  scrolled(): void;
}
