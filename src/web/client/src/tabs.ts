import { createAlarm } from './alarm.js';
import type { ChannelLike, Environment } from './environment.js';
import type { Timing } from './timing.js';

/** The tabs of one person in one browser: one of them leads and owns the socket, the others listen to it. */
export interface Tabs<M> {
  /** To all other tabs. */
  tell(message: M): void;
  /** Another tab is wanted to answer; when the one that leads is frozen or hangs, this one takes over. */
  expect(): void;
  leave(): void;
}

interface Listener<M> {
  lead(): void;
  /** Another tab has taken over, since this one did not answer. */
  follow(): void;
  /** True when it came from the tab that leads. */
  heard(message: M): boolean;
}

/**
 * Who holds the lock leads; the browser gives it to the next tab when that one closes or crashes. Without locks, channel
 * or name, or where the browser denies them, each tab leads itself.
 * @param name the same for all tabs that belong together; empty: this one stays alone
 */
export function joinTabs<M>(env: Environment, timing: Timing, name: string, on: Listener<M>): Tabs<M> {
  const { locks, BroadcastChannel } = env;
  let channel: ChannelLike | undefined;
  try {
    channel = name && locks && BroadcastChannel ? new BroadcastChannel(name) : undefined;
  } catch {
    // Who blocks what sites store blocks this, too.
  }
  if (!channel) {
    on.lead();
    return { tell() {}, expect() {}, leave() {} };
  }
  const alarm = createAlarm(env);
  let leads = false;
  let left = false;
  let letGo = () => {};
  let queued = new AbortController();

  function queue(steal: boolean): void {
    queued = new AbortController();
    const hold = () =>
      new Promise<void>((release) => {
        if (left) {
          release();
          return;
        }
        letGo = release;
        leads = true;
        alarm.clear();
        on.lead();
      });
    // A lock may be stolen or waited for, but the API lets nobody who steals change his mind.
    locks!.request(name, steal ? { steal } : { signal: queued.signal }, hold).catch((error) => {
      if (left) {
        return;
      }
      // Stolen from this tab, or taken out of the queue by it.
      if (leads) {
        leads = false;
        on.follow();
        queue(false);
      } else if (error.name !== 'AbortError') {
        // Blocked likewise, and this alone in other browsers.
        void hold();
      }
    });
  }

  channel.onmessage = ({ data }) => {
    if (on.heard(data)) {
      alarm.clear();
    }
  };
  queue(false);
  return {
    tell: (message) => channel!.postMessage(message),
    expect() {
      if (!leads) {
        alarm.set(timing.answer, () => {
          queued.abort();
          queue(true);
        });
      }
    },
    leave() {
      left = true;
      alarm.clear();
      queued.abort();
      letGo();
      channel!.close();
    },
  };
}
