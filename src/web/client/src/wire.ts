import type { BellItem, Page } from './types.js';

/** Anything that came over the wire: looked at before it is believed, since garbage must not end the page's bell. */
export type Json = Record<string, unknown>;

export function objectOf(value: unknown): Json {
  return value && typeof value === 'object' ? (value as Json) : {};
}

/** The object in a text frame; an empty one when there is none. */
export function parsed(text: unknown): Json {
  try {
    return objectOf(JSON.parse(text as string));
  } catch {
    return {};
  }
}

export function numberOf(value: unknown): number | null {
  return Number.isFinite(value) ? (value as number) : null;
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The unread events among the counts by type: one event is up to three rows, its SYSTEM row is the one that is shown. */
export function unreadOf(byType: unknown): number | null {
  return numberOf(objectOf(byType).SYSTEM);
}

/** What rows and frames have alike. */
function itemOf(from: Json, eventType: unknown, ticket: unknown, ticketTitle: unknown, createdAt: unknown, more: Partial<BellItem>): BellItem | null {
  const id = numberOf(from.id);
  return id === null
    ? null
    : {
        id,
        eventId: textOf(from.event_id),
        eventType: textOf(eventType),
        ticket: numberOf(ticket) ?? 0,
        ticketTitle: textOf(ticketTitle),
        message: textOf(from.message),
        createdAt: textOf(createdAt),
        subject: null,
        priority: null,
        read: false,
        readAt: null,
        ...more,
      };
}

/** A row of a list; null when it is none of an event. */
export function itemOfRow(value: unknown): BellItem | null {
  const row = objectOf(value);
  return row.notification_type === 'SYSTEM'
    ? itemOf(row, row.event_type, row.ticket, row.ticket_title, row.created_at, {
        subject: textOf(row.subject),
        read: row.is_read === true,
        readAt: textOf(row.read_at) || null,
      })
    : null;
}

/** A notification frame; null when it is none. It has no `type`: that is how the others are told from it. */
export function itemOfFrame(frame: Json): BellItem | null {
  const { id, title, priority } = objectOf(frame.ticket);
  return frame.notification_type && !('type' in frame)
    ? itemOf(frame, frame.notification_type, id, title, frame.timestamp, { priority: textOf(priority) || null })
    : null;
}

/** A page; null when it is none. */
export function pageOf(value: unknown): Page | null {
  const { results, next } = objectOf(value);
  return Array.isArray(results)
    ? {
        items: results.map(itemOfRow).filter((item) => item !== null),
        // Only the cursor of the link: its host is what the hub was called by, which behind a proxy may be another name.
        cursor: new URLSearchParams(textOf(next).split('?')[1]).get('cursor'),
      }
    : null;
}
