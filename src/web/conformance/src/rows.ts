import type { Json } from './tape.ts';

const TYPES = ['EMAIL', 'WHATSAPP', 'SYSTEM'] as const;
const DISPLAY: Record<string, string> = { EMAIL: 'Email', WHATSAPP: 'WhatsApp', SYSTEM: 'System Alert' };
/** How far a place may be behind and is still replayed, as by default. */
const REPLAYED = 300;

export interface Row extends Json {
  id: number;
  ticket: number;
  notification_type: (typeof TYPES)[number];
  is_read: boolean;
  read_at: string | null;
  event_id: string;
}

/** The notifications of one person: three rows for an event, as the guide's table has it for most. */
export class Rows {
  /** Oldest first. */
  readonly all: Row[] = [];
  private readonly systems: Row[] = [];
  private nextId = 101;

  /** The newest position in the person's stream. */
  get seq(): number {
    return this.systems.length;
  }

  /** Records an event. @returns the frame that tells of it */
  record(message?: string): Json {
    const seq = this.seq + 1;
    const now = new Date().toISOString().replace('Z', '000Z');
    for (const type of TYPES) {
      const row: Row = {
        id: this.nextId++,
        ticket: 5 + (seq % 3),
        ticket_title: 'Homepage <b>not</b> loading',
        recipient: 1,
        recipient_name: 'Ada Developer',
        notification_type: type,
        notification_type_display: DISPLAY[type]!,
        subject: 'Ticket assigned',
        message: message ?? `Ticket assigned to you (${seq})`,
        status: 'SENT',
        status_display: 'Sent',
        sent_at: now,
        created_at: now,
        is_read: false,
        read_at: null,
        event_id: `event-${seq}`,
        event_type: 'ticket_assigned',
      };
      this.all.push(row);
      if (type === 'SYSTEM') {
        this.systems.push(row);
      }
    }
    return this.frame(seq);
  }

  frame(seq: number): Json {
    const row = this.systems[seq - 1]!;
    return {
      notification_type: row.event_type,
      message: row.message,
      ticket: {
        id: row.ticket,
        title: row.ticket_title,
        priority: 'HIGH',
        priority_display: 'High',
        category: 'BUG',
        status: 'OPEN',
        created_by: 'John Client',
        project_name: 'Main Website',
        created_at: '2025-12-24T10:30:00Z',
      },
      timestamp: row.created_at,
      id: row.id,
      event_id: row.event_id,
      seq,
      ...this.counts(),
    };
  }

  /** What is replayed after a place; null: too much, or such a place cannot be. */
  after(since: number): Json[] | null {
    const count = this.seq - since;
    return since < 0 || count < 0 || count > REPLAYED
      ? null
      : Array.from({ length: count }, (_, i) => this.frame(since + 1 + i));
  }

  unread(type?: string): number {
    return this.all.filter((row) => !row.is_read && (!type || row.notification_type === type)).length;
  }

  byType(): Record<string, number> {
    return Object.fromEntries(TYPES.map((type) => [type, this.unread(type)]));
  }

  counts(): Json {
    return { unread_count: this.unread(), unread_by_type: this.byType() };
  }

  unreadFrame(): Json {
    return { type: 'unread_count', count: this.unread(), by_type: this.byType() };
  }

  /** Ids of the SYSTEM rows, newest first. */
  ids(): number[] {
    return this.systems.map(({ id }) => id).reverse();
  }

  markOne(id: number, withEvent: boolean): Row | undefined {
    const row = this.all.find((other) => other.id === id);
    if (row) {
      this.read((other) => other === row || (withEvent && other.event_id === row.event_id));
    }
    return row;
  }

  /** @returns how many were unread */
  read(is: (row: Row) => boolean): number {
    const meant = this.all.filter((row) => !row.is_read && is(row));
    meant.forEach((row) => {
      row.is_read = true;
      row.read_at = new Date().toISOString();
    });
    return meant.length;
  }

  /** A page as the API gives it. */
  page(query: URLSearchParams, base: string): { status: number; body: Json } {
    const type = query.get('notification_type');
    const isRead = query.get('is_read')?.toLowerCase();
    const ticket = query.get('ticket');
    const wanted = this.all
      .filter((row) => !type || row.notification_type === type)
      .filter((row) => !ticket || String(row.ticket) === ticket)
      .filter((row) => !isRead || row.is_read === ['true', '1'].includes(isRead))
      .reverse();
    const asked = Number.parseInt(query.get('page_size') ?? '', 10);
    const size = asked > 0 ? Math.min(100, asked) : 20;
    const link = (changes: Record<string, string>) => {
      const params = new URLSearchParams(query);
      Object.entries(changes).forEach(([key, value]) => params.set(key, value));
      params.sort();
      return `${base}?${params}`;
    };
    if (query.has('cursor')) {
      const older = wanted.filter((row) => row.id < (Number(query.get('cursor')) || Infinity));
      const results = older.slice(0, size);
      const next = older.length > size ? link({ cursor: String(results.at(-1)!.id) }) : null;
      return { status: 200, body: { next, previous: null, results } };
    }
    const pages = Math.max(1, Math.ceil(wanted.length / size));
    const page = query.get('page') === 'last' ? pages : Number(query.get('page') ?? 1);
    if (!(page >= 1 && page <= pages)) {
      return { status: 404, body: { detail: 'Invalid page.' } };
    }
    return {
      status: 200,
      body: {
        count: wanted.length,
        next: page < pages ? link({ page: String(page + 1) }) : null,
        previous: page > 1 ? link({ page: String(page - 1) }) : null,
        results: wanted.slice((page - 1) * size, page * size),
      },
    };
  }
}
