import type { Bell, BellItem, BellSnapshot } from '@camelbell/client';
import { createActs } from './acts.js';
import { createDevice, type Device } from './device.js';
import { draw as drawInto, h } from './dom.js';
import { choicesOf, EVERYTHING, groupsOf, isEverything, type Filter, type Group } from './order.js';
import { followsDevice, showPanel, showToasts } from './overlay.js';
import { createScroller, type Scroller } from './scroller.js';
import { createSeen } from './seen.js';
import type { Settings } from './settings.js';
import type { Shown } from './shown.js';
import { createSound, type Sound } from './sound.js';
import { createToasts, type Toasts } from './toasts.js';
import { button, panel } from './views/panel.js';
import { toastList } from './views/toasts.js';
import { counted, isolated, kindOf, type Words } from './words.js';

/** What the element gives the view. */
export interface Host {
  readonly element: HTMLElement;
  readonly root: ShadowRoot;
  readonly settings: Settings;
  words(): Words;
  href(ticket: number): string;
  /** Whether looking at an item is reading it. */
  readsBySight(): boolean;
  isMuted(): boolean;
  setMuted(on: boolean): void;
  /** Whether this one makes sounds and notes for all elements that show the same. */
  speaks(): boolean;
  /** False when somebody has said that it is theirs. */
  emit(name: string, detail: unknown, isCancelable?: boolean): boolean;
  opened(on: boolean): void;
}

/** What is known beside the snapshot. Belongs to one person, and goes with them. */
export interface Own {
  filter: Filter;
  /** Read while the panel is open, and staying among the new ones until it is closed. */
  kept: Set<number>;
  /** Came while somebody was reading, and wait. */
  held: Set<number>;
  active: number;
  notMarked: string;
  stopped: Shown['stopped'];
  /** Pages looked through since somebody asked. */
  pages: number;
}

export interface View {
  /** Shows this one's; what was shown of another is gone. */
  attach(bell: Bell | undefined): void;
  /** @param moves whether the focus goes along: into the panel, back to the button */
  open(on: boolean, moves?: boolean): void;
  /** Draws, soon and once. */
  update(): void;
  disconnect(): void;
}

/** What the actions work with. */
export interface Core {
  readonly host: Host;
  readonly view: View;
  readonly scroller: Scroller;
  readonly toasts: Toasts;
  readonly device: Device;
  own(): Own;
  bell(): Bell | undefined;
  snapshot(): BellSnapshot;
  groups(): readonly Group[];
  say(text: string): void;
  draw(): void;
}

export const NOTHING: BellSnapshot = {
  status: 'stopped',
  problem: null,
  unread: null,
  items: [],
  hasMore: false,
  loading: false,
  leader: false,
};

/** How many pages are looked through by itself, for unread ones or for what a filter wants. */
const PAGES = 10;

/** Relative times are renewed this often while they can be seen. Unit: milliseconds. */
const MINUTE = 30_000;

let sound: Sound | undefined;

const nothingOwn = (): Own => ({
  filter: EVERYTHING,
  kept: new Set(),
  held: new Set(),
  active: 0,
  notMarked: '',
  stopped: '',
  pages: 0,
});

const clock = { set: (run: () => void, ms: number) => setTimeout(run, ms), clear: (handle: any) => clearTimeout(handle) };

export function createView(host: Host): View {
  const { root } = host;
  const find = (part: string) => root.querySelector<HTMLElement>(part);
  const scroller = createScroller(() => find('[part=list]'));
  const device = createDevice(host.settings);
  const isInFront = () => document.visibilityState === 'visible' && document.hasFocus();
  const toasts = createToasts(() => update(), () => document.visibilityState === 'visible', clock);
  const seen = createSeen((ids) => void acts.markSeen(ids), isInFront, clock);
  let bell: Bell | undefined;
  let snapshot = NOTHING;
  let own = nothingOwn();
  let isOpen = false;
  let isHovered = false;
  let said = '';
  let groups: readonly Group[] = [];
  let choices = choicesOf([]);
  /** What the groups were made of. */
  let made: readonly unknown[] = [];
  let isDue = false;
  let leave: (() => void)[] = [];
  let ticking: ReturnType<typeof setInterval>;

  function arrange(): void {
    const { filter, kept, held } = own;
    if (isOpen) {
      snapshot.items.forEach(({ id, read }) => !read && kept.add(id));
    }
    const from = [snapshot.items, filter, kept, held.size];
    if (from.some((one, at) => one !== made[at])) {
      made = from;
      choices = choicesOf(snapshot.items);
      groups = groupsOf(held.size ? snapshot.items.filter(({ id }) => !held.has(id)) : snapshot.items, kept, filter);
      scroller.set(groups);
    }
    if (!groups.some(({ items }) => items.some(({ id }) => id === own.active))) {
      own.active = groups[0]?.items[0]?.id ?? 0;
    }
  }

  function shown(): Shown {
    const { filter, active, notMarked, stopped, held } = own;
    return {
      words: host.words(),
      snapshot,
      problem: snapshot.problem?.code ?? (bell ? '' : 'no-token'),
      isOpen,
      filter,
      choices,
      ...scroller.window(),
      active,
      held: held.size,
      notMarked,
      stopped,
      isMuted: host.isMuted(),
      desktop: device.state(),
      toasts: toasts.all,
      now: Date.now(),
      href: host.href,
    };
  }

  function draw(): void {
    isDue = false;
    if (!host.element.isConnected) {
      return;
    }
    if (isOpen) {
      arrange();
    }
    const focused = root.activeElement as HTMLElement | null;
    const key = focused?.dataset.key;
    let again = 3;
    do {
      const now = shown();
      const look = followsDevice(host.element) ? 'root device' : 'root';
      drawInto(
        root,
        h('div', { class: look }, button(now, acts), panel(now, acts), toastList(now, acts), h('div', { class: 'hidden', role: 'status' }, said)),
      );
      showPanel(find('#panel')!, find('[part=button]')!, isOpen);
    } while (isOpen && scroller.settle() && --again);
    showToasts(find('.toasts')!, toasts.all.length > 0);
    refocus(focused, key);
    look();
  }

  /** The focus stays with what it was on, though that may be another element now; without one, with the list. */
  function refocus(before: HTMLElement | null, key: string | undefined): void {
    if (before && isOpen && root.activeElement !== before) {
      // What was marked has no button for it any more.
      const same = key && (find(`[data-key="${key}"]`) ?? (key[0] === 'm' && find(`[data-key="${key.slice(1)}"]`)));
      (same || find('[part=list]') || find('#panel'))?.focus({ preventScroll: true });
    }
  }

  /** What can be seen is read after a while; where the end can be seen, there is more. */
  function look(): void {
    if (!isOpen) {
      return;
    }
    if (host.readsBySight()) {
      const visible = new Set(scroller.seen());
      seen.look(snapshot.items.filter(({ id, read }) => !read && visible.has(id)).map(({ id }) => id));
    }
    const { filter } = own;
    const listed = snapshot.items.reduce((sum, { read }) => sum + (read ? 0 : 1), 0);
    const wants = scroller.isNearEnd() || ((snapshot.unread ?? 0) > listed && own.pages < PAGES);
    if (snapshot.hasMore && !snapshot.loading && snapshot.items.length && wants && !own.stopped) {
      own.pages++;
      if (own.pages > PAGES && !isEverything(filter)) {
        own.stopped = 'enough';
        update();
      } else {
        acts.more();
      }
    }
  }

  function update(): void {
    if (!isDue) {
      isDue = true;
      // Frames do not come to pages that nobody sees.
      document.visibilityState === 'visible' ? requestAnimationFrame(draw) : setTimeout(draw, 50);
    }
  }

  function say(text: string): void {
    // The same again has to differ, or it is not read out.
    said = said === text ? `${text}\u00a0` : text;
    update();
  }

  function arrived(item: BellItem): void {
    host.emit('camelbell-notification', item);
    const isReading = isHovered || !scroller.isAtTop() || !!find('[part=list]')?.matches(':focus-within');
    if (isOpen && groups.length && isReading) {
      own.held.add(item.id);
    }
    if (host.speaks()) {
      const words = host.words();
      if (!isOpen) {
        toasts.add(item);
      }
      const several = toasts.all.find((one) => !one.item);
      say(several ? counted(words, 'arrived', several.count) : `${counted(words, 'arrived', 1)}: ${item.message}`);
      if (snapshot.leader) {
        if (!host.isMuted()) {
          sound?.play(item.priority);
        }
        device.show(item, `${kindOf(words, item.eventType)} #${item.ticket} ${isolated(item.ticketTitle)}`, () => view.open(true, true));
      }
    }
    update();
  }

  function changed(): void {
    const before = snapshot;
    snapshot = bell?.getSnapshot() ?? NOTHING;
    if (snapshot.status === 'stopped' && before.status !== 'stopped') {
      forget();
    }
    if (isOpen && snapshot.status !== before.status && before.status !== 'stopped') {
      say(host.words().status[snapshot.status]);
    }
    host.emit('camelbell-change', snapshot);
    update();
  }

  function forget(): void {
    own = nothingOwn();
    made = [];
    groups = [];
    said = '';
    toasts.clear();
    seen.clear();
  }

  const view: View = {
    attach(now) {
      view.disconnect();
      forget();
      ticking = setInterval(() => (isOpen || toasts.all.length) && update(), MINUTE);
      bell = now;
      sound ??= createSound();
      if (bell) {
        leave = [bell.subscribe(changed), bell.onNotification(arrived)];
      }
      changed();
    },
    open(on, moves = false) {
      if (on !== isOpen) {
        isOpen = on;
        own = { ...nothingOwn(), active: on ? 0 : own.active };
        made = [];
        seen.clear();
        toasts.clear();
        device.look();
        host.opened(on);
        draw();
        scroller.toTop();
        if (moves) {
          find(on ? '#panel' : '[part=button]')?.focus({ preventScroll: true });
        }
      }
    },
    update,
    disconnect() {
      leave.forEach((end) => end());
      leave = [];
      clearInterval(ticking);
      seen.clear();
    },
  };
  const acts = createActs({
    host,
    view,
    scroller,
    toasts,
    device,
    own: () => own,
    bell: () => bell,
    snapshot: () => snapshot,
    groups: () => groups,
    say,
    draw,
  });
  root.addEventListener('pointerover', (event) => {
    isHovered = !!(event.target as Element).closest?.('[part=list]');
  });
  root.host.addEventListener('pointerleave', () => (isHovered = false));
  return view;
}
