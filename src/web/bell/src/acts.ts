import type { BellItem } from '@camelbell/client';
import { isEverything } from './order.js';
import type { Act } from './shown.js';
import type { Core } from './view.js';

export type Acts = Act & {
  /** Marks what somebody has looked at. */
  markSeen(ids: number[]): Promise<void>;
  more(): void;
};

/** How long a mark may keep one from going to the ticket. Unit: milliseconds. */
const PATIENCE = 400;

export function createActs({ host, view, scroller, toasts, device, own, bell, snapshot, groups, say, draw }: Core): Acts {
  const { update } = view;
  /** Were refused when they were marked by being looked at; not again, or it would go round in circles. */
  const refused = new Set<number>();

  async function marking(mark: () => Promise<void> | undefined): Promise<boolean> {
    const mine = own();
    mine.notMarked = '';
    update();
    try {
      await mark();
      return true;
    } catch (error) {
      const { problems } = host.words();
      mine.notMarked = problems[(error as { code?: keyof typeof problems }).code ?? 'unexpected'] ?? problems.unexpected;
      update();
      return false;
    }
  }

  const markOne = (item: BellItem) => marking(() => bell()?.markRead(item.id));

  function more(): void {
    const mine = own();
    bell()
      ?.loadMore()
      .catch(() => {
        mine.stopped = 'failed';
        update();
      });
  }

  /** One after the other: a list may show dozens, and the hub counts calls. */
  async function markEach(ids: readonly number[]): Promise<void> {
    for (const id of ids) {
      await bell()?.markRead(id);
    }
  }

  function move(to: number): void {
    own().active = to;
    // What was guessed is measured when it is drawn, and may then lie elsewhere.
    for (let tries = 5; tries-- && scroller.reveal(to); ) {
      draw();
    }
    draw();
    host.root.querySelector<HTMLElement>(`[data-key="${to}"]`)?.focus({ preventScroll: true });
  }

  const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8, Home: -Infinity, End: Infinity };

  return {
    toggle() {
      view.open(!host.element.hasAttribute('open'), true);
    },
    close: () => view.open(false, true),
    filter(change) {
      Object.assign(own(), { filter: { ...own().filter, ...change }, kept: new Set(), held: new Set(), stopped: '', pages: 0 });
      scroller.toTop();
      draw();
    },
    choose(item, event) {
      const marked = !item.read && markOne(item);
      own().active = item.id;
      toasts.all.filter((one) => one.item?.id === item.id).forEach(toasts.drop);
      const isHere = !(event.ctrlKey || event.metaKey || event.shiftKey);
      const isOurs = host.emit('camelbell-ticket', { ticket: item.ticket, item }, true);
      const address = host.href(item.ticket);
      if (!isOurs || (isHere && address)) {
        event.preventDefault();
        view.open(false, true);
        if (isOurs) {
          // A page that goes takes its calls with it: the mark first, if it does not take long.
          void Promise.race([marked, new Promise((late) => setTimeout(late, PATIENCE))]).then(() => location.assign(address));
        }
      }
    },
    markOne: (item) => void markOne(item),
    async markAll(ticket) {
      const { filter, held } = own();
      held.clear();
      const all = ticket === undefined && isEverything({ ...filter, unread: false });
      const unread = groups().flatMap(({ items }) => items.filter(({ read }) => !read).map(({ id }) => id));
      const done = await marking(() =>
        all
          ? bell()?.markAllRead()
          : filter.kind
            ? markEach(ticket === undefined ? unread : groups().flatMap(({ items }) => items.filter((item) => !item.read && item.ticket === ticket).map(({ id }) => id)))
            : bell()?.markAllRead({ ticket: ticket ?? filter.ticket }),
      );
      if (done) {
        say(host.words().marked);
      }
    },
    async markSeen(ids) {
      for (const id of ids.filter((one) => !refused.has(one))) {
        if (!(await marking(() => bell()?.markRead(id)))) {
          refused.add(id);
          return;
        }
      }
    },
    showHeld() {
      own().held.clear();
      draw();
      scroller.toTop();
    },
    older() {
      Object.assign(own(), { stopped: '', pages: 0 });
      more();
      update();
    },
    more,
    retry: () => bell()?.retry(),
    mute() {
      host.setMuted(!host.isMuted());
      update();
    },
    askDesktop: () => void device.toggle().then(update),
    dismiss: toasts.drop,
    hold: toasts.hold,
    key(event) {
      const by = steps[event.key];
      const target = event.target as HTMLElement;
      if (by !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey && snapshot().items.length) {
        event.preventDefault();
        const at = Number(target.dataset.key) || own().active;
        move(scroller.step(at, target.dataset.key ? by : Number.isFinite(by) ? 0 : by));
      }
    },
    scrolled() {
      own().pages = 0;
      update();
    },
  };
}
