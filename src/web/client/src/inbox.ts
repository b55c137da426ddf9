import { createAlarm } from './alarm.js';
import { backoff } from './backoff.js';
import type { Environment } from './environment.js';
import type { List } from './list.js';
import { createPlace } from './place.js';
import { isFinal, problemOf } from './problem.js';
import type { Store } from './store.js';
import type { Timing } from './timing.js';
import type { BellSnapshot } from './types.js';
import { itemOfFrame, numberOf, unreadOf, type Json } from './wire.js';

/** What the hub's frames mean for the list, and what has to be loaded because no frame brings it. */
export interface Inbox {
  /** Up to which seq nothing is missing; negative: nothing is known yet. */
  place(): number;
  /** @param since what the connection was opened with that brought it, negative when with nothing */
  apply(frame: Json, since: number): void;
  load(): void;
  /** Does what was put off while nobody could see it. */
  shown(): void;
  clear(): void;
}

/** @param resume asks the hub for what came after this seq */
export function createInbox(
  env: Environment,
  timing: Timing,
  store: Store<BellSnapshot>,
  list: List,
  resume: (seq: number) => void,
): Inbox {
  const place = createPlace();
  const waiting = createAlarm(env);
  const hole = createAlarm(env);
  /** The newest seq on this connection, with or without those before it. */
  let newest = 0;
  let missing = false;
  let postponed = false;
  let life = 0;

  /** Loads until it succeeds. A hidden tab that only listens waits until it is shown: a person may have ten. */
  function load(failures = 0): void {
    if (!store.get().leader && env.isHidden()) {
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
      if (store.get().leader || place.get() >= 0) {
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
      if (store.get().leader) {
        resume(place.get());
      }
      // The hub says nothing when it has sent them before, or when they are gone.
      hole.set(timing.answer, () => reload(newest));
    }
  }

  return {
    place: place.get,
    apply,
    load,
    shown() {
      if (postponed) {
        load();
      }
      list.compare();
    },
    clear() {
      life++;
      [waiting, hole, place, list].forEach((part) => part.clear());
      missing = postponed = false;
    },
  };
}
