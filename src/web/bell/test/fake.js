// A client that only pretends, for looking at the element: its snapshot is what it is told, and marks work.

const MINUTE = 60_000;

const EVENTS = [
  ['ticket_created', 'New High priority ticket created: '],
  ['ticket_opened', 'Your ticket has been opened: '],
  ['ticket_assigned', 'You have been assigned to ticket: '],
  ['work_started', 'Work has started on your ticket: '],
  ['work_finished', 'Work has been finished on ticket: '],
  ['ticket_approved', 'Ticket approved: '],
  ['ticket_rejected', 'Ticket rejected: '],
];

const TITLES = [
  'Homepage not loading',
  'Invoices of March are sent twice to customers in Austria and Switzerland',
  'Password reset mail is in the wrong language',
  'Export to CSV loses umlauts',
  'Search finds nothing after midnight',
];

/** Somebody typed these. */
export const HOSTILE = [
  '<img src=x onerror="document.title=\'owned\'"> & <script>document.title="owned"</script>',
  '\u202Eevil \u202Dtitle\u202C turned around ]x[',
  'https://example.org/' + 'very-long-word-without-a-break-'.repeat(8),
  'تعذر تحميل الصفحة الرئيسية (v2.1)',
  '"><svg/onload=alert(1)>{{constructor}}${7*7}',
];

export function itemsOf(count, { unread = 3, now = Date.now(), titles = TITLES, perTicket = 4 } = {}) {
  const ages = [0.2, 4, 26, 70, 190, 1_500, 2_900, 11_000, 45_000];
  return Array.from({ length: count }, (_, at) => {
    const ticket = Math.floor(at / perTicket) + 5;
    const title = titles[ticket % titles.length];
    const [eventType, text] = EVENTS[at % EVENTS.length];
    const age = ages[at] ?? 45_000 + (at - ages.length) * 7;
    return {
      id: 1_000_000 - at,
      eventId: `e${at}`,
      eventType,
      ticket,
      ticketTitle: title,
      message: text + title,
      subject: null,
      priority: ['HIGH', 'LOW', 'CRITICAL'][at] ?? null,
      createdAt: new Date(now - age * MINUTE).toISOString().replace('Z', '000Z'),
      read: at >= unread,
      readAt: null,
    };
  });
}

export function createFake(snapshot = {}) {
  let now = { status: 'live', problem: null, unread: 0, items: [], hasMore: false, loading: false, leader: true, ...snapshot };
  const subscribers = new Set();
  const hearers = new Set();
  const add = (set, one) => (set.add(one), () => set.delete(one));
  const fake = {
    calls: [],
    /** What the next mark is refused with. */
    refuse: null,
    /** Pages for `loadMore`, each a list of items. */
    pages: [],
    getSnapshot: () => now,
    subscribe: (changed) => add(subscribers, changed),
    onNotification: (heard) => add(hearers, heard),
    set(changes) {
      now = { ...now, ...changes };
      subscribers.forEach((changed) => changed());
    },
    arrive(item) {
      fake.set({ items: [item, ...now.items], unread: (now.unread ?? 0) + 1 });
      hearers.forEach((heard) => heard(item));
    },
    async mark(which) {
      if (fake.refuse) {
        throw Object.assign(new Error(fake.refuse), { code: fake.refuse });
      }
      const items = now.items.map((item) => (which(item) && !item.read ? { ...item, read: true } : item));
      const marked = items.filter((item, at) => item !== now.items[at]).length;
      fake.set({ items, unread: Math.max(0, now.unread - marked) });
    },
    markRead(id) {
      fake.calls.push(`read ${id}`);
      return fake.mark((item) => item.id === id);
    },
    markAllRead({ ticket } = {}) {
      fake.calls.push(`all ${ticket ?? ''}`);
      return fake.mark((item) => ticket === undefined || item.ticket === ticket);
    },
    async loadMore() {
      fake.calls.push('more');
      const page = fake.pages.shift();
      if (page) {
        fake.set({ items: [...now.items, ...page], hasMore: fake.pages.length > 0 });
      }
    },
    retry() {
      fake.calls.push('retry');
    },
    start() {},
    stop() {
      fake.set({ status: 'stopped', problem: null, unread: null, items: [], hasMore: true, loading: false });
    },
    list: async () => ({ items: [], cursor: null }),
  };
  return fake;
}
