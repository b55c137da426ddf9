import { WebSocket } from 'ws';
import { createBell, type Bell, type BellOptions, type Environment } from '../../src/index.ts';
import { Clock } from './clock.ts';
import type { Hub } from './hub.ts';

/** An unsigned token: clients do not verify. */
export function tokenOf(user: number, claims: Record<string, unknown> = {}): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part({ user_id: user, token_type: 'access', ...claims })}.c2ln`;
}

/** A page in a browser, as far as a bell sees it: time stands still, chance always says a half. */
export class Page {
  readonly clock = new Clock();
  hidden = false;
  online = true;
  private watcher: (event?: { readonly type: string }) => void = () => {};
  bell!: Bell;

  readonly environment: Partial<Environment> = {
    WebSocket: WebSocket as any,
    BroadcastChannel: undefined,
    locks: undefined,
    isHidden: () => this.hidden,
    isOnline: () => this.online,
    watch: (changed) => {
      this.watcher = changed;
    },
    setTimeout: this.clock.setTimeout,
    clearTimeout: this.clock.clearTimeout,
    now: this.clock.now,
    random: () => 0.5,
  };

  /** A bell of user 1 in this page; not started. */
  with(hub: Hub, options: Partial<BellOptions> = {}): Bell {
    this.bell = createBell({
      hub: hub.url,
      token: () => tokenOf(1),
      ...options,
      environment: { ...this.environment, ...options.environment },
    });
    return this.bell;
  }

  /** Tells the bell that the page was shown or hidden, or that the network came or went. */
  change(what: { hidden?: boolean; online?: boolean } = {}): void {
    Object.assign(this, what);
    this.watcher();
  }

  /** The page is left by a link, and may be come back to. */
  putAway(): void {
    this.watcher({ type: 'pagehide' });
    this.change({ hidden: true });
  }

  /** Come back to by "back". */
  restore(): void {
    this.hidden = false;
    this.watcher({ type: 'pageshow' });
    this.watcher({ type: 'visibilitychange' });
  }
}
