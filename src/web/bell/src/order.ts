import type { BellItem } from '@camelbell/client';

/** What is to be shown; empty and 0 mean all of them. */
export interface Filter {
  readonly unread: boolean;
  readonly kind: string;
  readonly ticket: number;
}

export const EVERYTHING: Filter = { unread: false, kind: '', ticket: 0 };

/** What belongs to one ticket, within the new or the earlier ones. */
export interface Group {
  readonly key: string;
  readonly isNew: boolean;
  readonly ticket: number;
  readonly title: string;
  /** Newest first. */
  readonly items: readonly BellItem[];
}

export function isEverything({ unread, kind, ticket }: Filter): boolean {
  return !unread && !kind && !ticket;
}

/**
 * New ones first, then those that were read; in both by ticket, the ticket with the newest event first.
 * @param items newest first
 * @param kept what counts as new although it was read: it was unread when the panel opened, and stays where it is
 */
export function groupsOf(items: readonly BellItem[], kept: ReadonlySet<number>, filter: Filter): Group[] {
  type Open = Group & { title: string; items: BellItem[] };
  const parts = [new Map<number, Open>(), new Map<number, Open>()] as const;
  for (const item of items) {
    const isNew = !item.read || kept.has(item.id);
    if (fits(item, isNew, filter)) {
      const { ticket } = item;
      const part = parts[isNew ? 0 : 1];
      let group = part.get(ticket);
      if (!group) {
        part.set(ticket, (group = { key: `${isNew ? 'n' : 'e'}${ticket}`, isNew, ticket, title: '', items: [] }));
      }
      // The newest title: tickets are renamed.
      group.title ||= item.ticketTitle;
      group.items.push(item);
    }
  }
  return parts.flatMap((part) => [...part.values()]);
}

function fits(item: BellItem, isNew: boolean, { unread, kind, ticket }: Filter): boolean {
  return (isNew || !unread) && (!kind || item.eventType === kind) && (!ticket || item.ticket === ticket);
}

/** So many tickets can be chosen: in a longer list nobody finds one, and browsers take their time with it. */
const MOST = 100;

/** What there is to choose from: kinds of event, and the newest tickets with their newest titles, as they come in the list. */
export function choicesOf(items: readonly BellItem[]): { kinds: string[]; tickets: Map<number, string> } {
  const kinds = new Set<string>();
  const tickets = new Map<number, string>();
  for (const { eventType, ticket, ticketTitle } of items) {
    if (eventType) {
      kinds.add(eventType);
    }
    if (ticket && !tickets.get(ticket) && (tickets.size < MOST || tickets.has(ticket))) {
      tickets.set(ticket, ticketTitle);
    }
  }
  return { kinds: [...kinds], tickets };
}
