import type { ChannelLike, LocksLike } from '../../src/index.ts';

/** Web Locks and BroadcastChannel as the tabs of one browser share them; messages are copied, and come later. */
export class Browser {
  private readonly held = new Map<string, () => void>();
  private readonly queues = new Map<string, (() => void)[]>();
  private readonly channels = new Set<Channel>();
  /** All that was said, for those who look for secrets in it. */
  readonly said: unknown[] = [];

  tab(): Tab {
    const { channels, said } = this;
    const tab: Tab = {
      awake: Promise.resolve(),
      locks: { request: (name, options, run) => this.request(tab, name, options, run) },
      BroadcastChannel: class extends Channel {
        constructor(name: string) {
          super(tab, name, channels, said);
        }
      },
      freeze() {
        let thaw = () => {};
        tab.awake = new Promise((done) => (thaw = done));
        return thaw;
      },
    };
    return tab;
  }

  private request(tab: Tab, name: string, { steal, signal }: { steal?: boolean; signal?: AbortSignal }, run: () => Promise<void>) {
    return new Promise<void>((resolve, reject) => {
      const hold = () => {
        signal?.removeEventListener('abort', abort);
        let stolen = false;
        this.held.set(name, () => {
          stolen = true;
          void tab.awake.then(() => reject(new DOMException('stolen', 'AbortError')));
        });
        void run().then(() => {
          if (!stolen) {
            this.held.delete(name);
            resolve();
            this.queues.get(name)?.shift()?.();
          }
        });
      };
      const abort = () => {
        this.queues.set(name, (this.queues.get(name) ?? []).filter((other) => other !== hold));
        reject(new DOMException('aborted', 'AbortError'));
      };
      queueMicrotask(() => {
        const rob = this.held.get(name);
        if (signal?.aborted) {
          abort();
        } else if (!rob || steal) {
          rob?.();
          hold();
        } else {
          signal?.addEventListener('abort', abort);
          this.queues.set(name, [...(this.queues.get(name) ?? []), hold]);
        }
      });
    });
  }
}

/** What one tab is given of the browser. */
export interface Tab {
  readonly locks: LocksLike;
  readonly BroadcastChannel: new (name: string) => ChannelLike;
  awake: Promise<void>;
  /** From now on it hears nothing; what is returned lets it hear all of it. */
  freeze(): () => void;
}

class Channel implements ChannelLike {
  onmessage: ((event: any) => void) | null = null;

  constructor(
    private readonly tab: Tab,
    private readonly name: string,
    private readonly all: Set<Channel>,
    private readonly said: unknown[],
  ) {
    all.add(this);
  }

  postMessage(message: unknown): void {
    this.said.push(message);
    for (const other of this.all) {
      if (other !== this && other.name === this.name) {
        const data = structuredClone(message);
        void other.tab.awake.then(() => this.all.has(other) && other.onmessage?.({ data }));
      }
    }
  }

  close(): void {
    this.all.delete(this);
  }
}
