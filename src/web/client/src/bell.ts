import { createAlarm } from './alarm.js';
import { backoff } from './backoff.js';
import { createConnection } from './connection.js';
import { environmentWith } from './environment.js';
import { createList } from './list.js';
import { createMarks } from './marks.js';
import { createPlace } from './place.js';
import { isFinal, problemOf, type BellProblem } from './problem.js';
import { createRest } from './rest.js';
import { createListeners, createStore } from './store.js';
import { joinTabs, type Tabs } from './tabs.js';
import { DEFAULT_TIMING } from './timing.js';
import { createTokens } from './tokens.js';
import type { Bell, BellItem, BellOptions, BellSnapshot, BellStatus } from './types.js';
import { itemOfFrame, numberOf, unreadOf, type Json } from './wire.js';

/** What tabs tell each other. All but `ask` and `read` come from the tab that leads. */
type Message =
  | { readonly kind: 'ask' }
  | { readonly kind: 'read'; readonly ids: readonly number[] }
  | { readonly kind: 'status'; readonly status: BellStatus; readonly problem: BellProblem | null }
  | { readonly kind: 'frame'; readonly frame: Json; readonly since: number }
  | { readonly kind: 'poll' };

const NOTHING: BellSnapshot = {
  status: 'stopped',
  problem: null,
  unread: null,
  items: [],
  hasMore: true,
  loading: false,
  leader: false,
};

/**
 * A bell for one person: connected by `start()`, to be read by `getSnapshot()` and `subscribe()`. It never throws for what
 * the hub, the network or the token callback do: `problem` says what is wrong, and it goes on trying. For another person,
 * stop it and create another one.
 */
export function createBell(options: BellOptions): Bell {
  const env = environmentWith(options.environment);
  const timing = { ...DEFAULT_TIMING, ...options.timing };
  const store = createStore(NOTHING);
  const news = createListeners<BellItem>();
  const place = createPlace();
  const waiting = createAlarm(env);
  const hole = createAlarm(env);
  const tokens = createTokens(env, options.token, (token) => connection.renew(token));
  const rest = createRest(env, timing, options.hub, tokens);
  const list = createList(env, timing, rest, store, options.pageSize ?? 30, news.tell);
  const marks = createMarks(rest, list, store, (ids) => tell({ kind: 'read', ids }));
  const connection = createConnection(env, timing, rest, tokens, {
    place: place.get,
    frame(frame, since) {
      tell({ kind: 'frame', frame, since });
      apply(frame, since);
    },
    status(status, problem) {
      store.set({ status, problem });
      tellStatus();
    },
    poll() {
      tell({ kind: 'poll' });
      return list.load();
    },
  });
  let tabs: Tabs<Message> | undefined;
  /** Counts starts and stops: what began before the last one is nobody's. */
  let life = 0;
  let started: AbortController | undefined;
  /** The newest seq on this connection, with or without those before it. */
  let newest = 0;
  let missing = false;
  let postponed = false;

  const leads = () => store.get().leader;
  const tell = (message: Message) => tabs?.tell(message);

  function tellStatus(): void {
    const { status, problem } = store.get();
    // An error does not cross to another tab whole.
    tell({ kind: 'status', status, problem: problem && { code: problem.code, message: problem.message } });
  }

  /** Greets a tab as the hub would. */
  function tellPlace(): void {
    const seq = place.get();
    const frame = { type: 'connection_established', seq, unread_by_type: { SYSTEM: store.get().unread } };
    tell(seq < 0 ? { kind: 'poll' } : { kind: 'frame', frame, since: -1 });
  }

  /** Loads until it succeeds. A hidden tab that only listens waits until it is shown: a person may have ten. */
  function load(failures = 0): void {
    if (!leads() && env.isHidden()) {
      postponed = true;
      return;
    }
    postponed = false;
    const mine = life;
    list.load().then(
      () => failures && mine === life && store.get().status === 'live' && store.set({ problem: null }),
      (error) => {
        if (mine === life) {
          const problem = problemOf(error);
          store.set({ problem });
          if (!isFinal(problem.code)) {
            waiting.set(backoff(timing, env.random, failures, problem.retryAfter), () => load(failures + 1));
          }
        }
      },
    );
  }

  function count(byType: unknown): void {
    const unread = unreadOf(byType);
    if (unread !== null) {
      list.counted(unread);
    }
  }

  function apply(frame: Json, since: number): void {
    const item = itemOfFrame(frame);
    if (item) {
      if (leads() || place.get() >= 0) {
        list.arrived(item);
        count(frame.unread_by_type);
        follow(numberOf(frame.seq));
      }
    } else if (frame.type === 'connection_established') {
      greeted(numberOf(frame.seq), since);
      count(frame.unread_by_type);
    } else if (frame.type === 'unread_count') {
      count(frame.by_type);
    } else if (frame.type === 'resync') {
      // Also back: a hub that was restored from a backup counts from there.
      place.clear();
      reload(newest);
    }
  }

  /** What is not replayed is loaded: all at first, and for a tab that missed what the one that leads has had. */
  function greeted(seq: number | null, since: number): void {
    newest = seq ?? 0;
    const from = since < 0 ? newest : since;
    if (seq === null || place.get() < from) {
      reload(from);
    }
  }

  /** Everything up to here comes by REST. */
  function reload(upTo: number): void {
    missing = false;
    hole.clear();
    place.reach(upTo);
    load();
  }

  function follow(seq: number | null): void {
    newest = Math.max(newest, seq ?? 0);
    if (seq === null || !place.arrived(seq)) {
      missing = false;
      hole.clear();
    } else if (!missing) {
      missing = true;
      if (leads()) {
        connection.send({ type: 'resume', seq: place.get() });
      }
      // The hub says nothing when it has sent them before, or when they are gone.
      hole.set(timing.answer, () => reload(newest));
    }
  }

  /** True when the tab that leads has said it; one that led and was frozen may still say something to its heir. */
  function heard(message: Message): boolean {
    if (message.kind === 'ask') {
      if (leads()) {
        tellStatus();
        tellPlace();
        connection.wake();
      }
    } else if (message.kind === 'read') {
      list.confirm(message.ids);
    } else if (!leads()) {
      if (message.kind === 'status') {
        store.set({ status: message.status, problem: message.problem });
      } else if (message.kind === 'frame') {
        apply(message.frame, message.since);
      } else {
        load();
      }
      return true;
    }
    return false;
  }

  /** Whose bell it is stands in the token, so that comes first. */
  async function join(failures = 0): Promise<void> {
    const mine = life;
    try {
      await tokens.get();
    } catch (error) {
      if (mine === life && !tabs) {
        store.set({ status: 'offline', problem: problemOf(error) });
        waiting.set(backoff(timing, env.random, failures), () => void join(failures + 1));
      }
      return;
    }
    if (mine === life && !tabs) {
      const user = options.shareTabs === false ? null : tokens.user();
      tabs = joinTabs<Message>(env, timing, user && `camelbell 1 ${options.hub} ${user}`, {
        lead() {
          store.set({ leader: true });
          connection.start();
        },
        follow() {
          connection.stop();
          store.set({ leader: false, status: 'connecting', problem: null });
          ask();
        },
        heard,
      });
      ask();
    }
  }

  function ask(): void {
    tell({ kind: 'ask' });
    tabs?.expect();
  }

  function wake(): void {
    if (!tabs) {
      void join();
    } else if (leads()) {
      connection.wake();
    } else {
      ask();
    }
  }

  /** The page is shown or hidden, the network comes or goes. */
  function noticed(): void {
    const shown = !env.isHidden();
    if (shown || (leads() && store.get().status !== 'live')) {
      wake();
    }
    if (shown) {
      if (postponed) {
        load();
      }
      list.compare();
    }
  }

  return {
    start() {
      if (!started) {
        started = new AbortController();
        env.watch(noticed, started);
        store.set({ status: 'connecting' });
        void join();
      }
    },
    stop() {
      started?.abort();
      started = undefined;
      life++;
      connection.stop();
      tabs?.leave();
      tabs = undefined;
      [waiting, hole, place, tokens, list].forEach((part) => part.clear());
      missing = postponed = false;
      store.set(NOTHING);
    },
    retry() {
      if (started) {
        wake();
      }
    },
    getSnapshot: store.get,
    subscribe: store.subscribe,
    onNotification: news.add,
    markRead: marks.one,
    markAllRead: ({ ticket } = {}) => marks.all(ticket),
    loadMore: list.more,
    list: (query = {}) => rest.page(query),
  };
}
