import '../dist/camelbell-bell.js';
import { createFake, HOSTILE, itemsOf } from './fake.js';

const wrong = (code, found = '') => ({ problem: { code, message: `${code}${found && ': '}${found}` } });
const nothing = { unread: null, items: [] };

/** What the client's snapshot is in each state; null: no client at all. */
const STATES = {
  live: () => ({ unread: 3, items: itemsOf(14) }),
  many: () => ({ unread: 128, items: itemsOf(60, { unread: 30 }), hasMore: true }),
  read: () => ({ unread: 0, items: itemsOf(14, { unread: 0 }) }),
  hostile: () => ({ unread: 6, items: itemsOf(15, { unread: 6, titles: HOSTILE, perTicket: 2 }) }),
  empty: () => ({ unread: 0 }),
  loading: () => ({ ...nothing, status: 'connecting', loading: true }),
  connecting: () => ({ status: 'connecting', unread: 3, items: itemsOf(14) }),
  polling: () => ({ status: 'polling', unread: 3, items: itemsOf(14), ...wrong('no-socket', 'closed with 1006') }),
  offline: () => ({ status: 'offline', unread: 3, items: itemsOf(14), ...wrong('offline') }),
  stopped: () => null,
  ...Object.fromEntries(
    [
      ['token-callback', 'offline', 'Error: 401 https://app.example.org/camelbell-token'],
      ['refused', 'refused', '401 Token is expired. https://hub.example.org/api/notifications/ws_ticket/'],
      ['other-user', 'refused'],
      ['forbidden', 'refused', '403  https://hub.example.org/api/notifications/ws_ticket/'],
      ['wrong-address', 'offline', '404 https://example.org/api/notifications/ws_ticket/'],
      ['origin-refused', 'offline', 'https://hub.example.org'],
      ['unreachable', 'offline', 'https://hub.example.org'],
      ['throttled', 'offline', '429 Request was throttled. https://hub.example.org/api/notifications/'],
      ['unavailable', 'offline', '503  https://hub.example.org/api/notifications/'],
      ['too-many-connections', 'polling', 'closed with 4409'],
      ['unexpected', 'offline', 'TypeError: x is not a function'],
    ].map(([code, status, found]) => [
      code,
      () => ({ status, ...(status === 'polling' ? { unread: 3, items: itemsOf(14) } : nothing), ...wrong(code, found) }),
    ]),
  ),
};

const query = new URLSearchParams(location.search);
const { documentElement } = document;
documentElement.lang = query.get('lang') ?? 'en';
documentElement.dir = query.has('rtl') ? 'rtl' : 'ltr';
documentElement.classList.toggle('dark', query.has('dark'));
documentElement.classList.toggle('light', query.has('light'));

const state = query.get('state');
const element = document.querySelector('camelbell-bell');
if (state) {
  const snapshot = query.has('count') ? { unread: 3, items: itemsOf(Number(query.get('count'))) } : STATES[state]();
  const fake = snapshot && createFake(snapshot);
  element.setAttribute('ticket-href', '#ticket-{ticket}');
  if (query.has('click')) {
    element.setAttribute('read-on', 'click');
  }
  element.bell = fake;
  Object.assign(globalThis, { fake, element, itemsOf, HOSTILE });
  if (query.has('toasts')) {
    const titles = query.get('toasts') === 'hostile' ? HOSTILE : undefined;
    itemsOf(3, titles && { titles, perTicket: 1 })
      .slice(0, Number(query.get('toasts')) || 3)
      .forEach((item) => fake.arrive({ ...item, id: item.id + 10_000_000 }));
  }
  if (query.has('filter')) {
    element.show();
    requestAnimationFrame(() => requestAnimationFrame(() => element.shadowRoot.querySelector('[data-key=unread]')?.click()));
  }
  if (query.has('open')) {
    element.show();
  }
} else {
  document.querySelector('main').innerHTML = Object.keys(STATES)
    .map((name) => `<p><a href="?state=${name}&amp;open=1">${name}</a></p>`)
    .join('');
}
