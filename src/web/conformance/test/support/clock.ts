import type { Clock } from '../../src/clock.ts';

/** Real milliseconds between two turns, and the most that one of them counts for. */
const TURN = 2;
const MOST = 4;

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/**
 * A clock that stands still while this process does not run: on a busy machine the script and a client in the same
 * process are late alike, and nobody is judged by it. It goes until its hub is closed.
 */
export class SteadyClock implements Clock {
  private static readonly all = new Set<SteadyClock>();
  private static last = performance.now();
  private static ticker: NodeJS.Timeout | undefined;
  private time = 0;
  private readonly begin = Date.now();
  private readonly timers = new Set<Timer>();
  private next = Infinity;

  constructor(readonly speed: number) {
    SteadyClock.all.add(this);
    SteadyClock.ticker ??= setInterval(SteadyClock.turn, TURN);
  }

  now(): number {
    return this.time;
  }

  wall(): number {
    return this.begin + this.time * 1000;
  }

  after(seconds: number, run: () => void): () => void {
    const timer = { at: this.time + seconds, run };
    this.timers.add(timer);
    this.next = Math.min(this.next, timer.at);
    return () => void this.timers.delete(timer);
  }

  stop(): void {
    SteadyClock.all.delete(this);
  }

  private static turn(this: void): void {
    const real = performance.now();
    const ms = Math.min(real - SteadyClock.last, MOST);
    SteadyClock.last = real;
    SteadyClock.all.forEach((clock) => clock.advance(ms));
  }

  private advance(ms: number): void {
    const end = this.time + (ms * this.speed) / 1000;
    if (this.next <= end) {
      const due = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      for (const timer of due) {
        if (this.timers.delete(timer)) {
          this.time = Math.max(this.time, timer.at);
          timer.run();
        }
      }
      this.next = Math.min(...[...this.timers].map(({ at }) => at));
    }
    this.time = end;
  }
}
