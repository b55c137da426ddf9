import { createAlarm } from './alarm.js';
import { backoff } from './backoff.js';
import { createConnection } from './connection.js';
import { environmentWith } from './environment.js';
import { createInbox } from './inbox.js';
import { createList } from './list.js';
import { createMarks } from './marks.js';
import type { BellError, BellProblem } from './problem.js';
import { createRest } from './rest.js';
import { createListeners, createStore } from './store.js';
import { joinTabs, type Tabs } from './tabs.js';
import { DEFAULT_TIMING } from './timing.js';
import { createTokens } from './tokens.js';
import type { Bell, BellItem, BellOptions, BellSnapshot, BellStatus } from './types.js';
import type { Json } from './wire.js';

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
  const waiting = createAlarm(env);
  const tokens = createTokens(env, options.token, (token) => connection.renew(token));
  const rest = createRest(env, timing, options.hub, tokens);
  const list = createList(env, timing, rest, store, options.pageSize ?? 30, news.tell);
  const marks = createMarks(rest, list, store, (ids) => tell({ kind: 'read', ids }));
  const inbox = createInbox(env, timing, store, list, (seq) => connection.send({ type: 'resume', seq }));
  const connection = createConnection(env, timing, rest, tokens, {
    place: inbox.place,
    frame(frame, since) {
      tell({ kind: 'frame', frame, since });
      inbox.apply(frame, since);
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

  const leads = () => store.get().leader;
  const tell = (message: Message) => tabs?.tell(message);

  function tellStatus(): void {
    const { status, problem } = store.get();
    // An error does not cross to another tab whole.
    tell({ kind: 'status', status, problem: problem && { code: problem.code, message: problem.message } });
  }

  /** Greets a tab as the hub would. */
  function tellPlace(): void {
    const seq = inbox.place();
    const frame = { type: 'connection_established', seq, unread_by_type: { SYSTEM: store.get().unread } };
    tell(seq < 0 ? { kind: 'poll' } : { kind: 'frame', frame, since: -1 });
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
        inbox.apply(message.frame, message.since);
      } else {
        inbox.load();
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
        store.set({ status: 'offline', problem: error as BellError });
        waiting.set(backoff(timing, env.random, failures), () => void join(failures + 1));
      }
      return;
    }
    if (mine === life && !tabs) {
      const user = options.shareTabs === false ? '' : tokens.user();
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

  /** Lets go of the socket, and of the place among the tabs; what is known stays. */
  function leave(): void {
    life++;
    connection.stop();
    tabs?.leave();
    tabs = undefined;
    waiting.clear();
    store.set({ leader: false });
  }

  /** The page is shown or hidden, put away or restored, the network comes or goes. */
  function noticed(event?: { readonly type: string }): void {
    if (event?.type === 'pagehide') {
      // Browsers keep a page for "back" only when it holds neither socket nor lock; it may come back, and then joins anew.
      leave();
      return;
    }
    const shown = !env.isHidden();
    if (shown || (leads() && store.get().status !== 'live')) {
      wake();
    }
    if (shown) {
      inbox.shown();
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
      leave();
      [tokens, inbox].forEach((part) => part.clear());
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
