import type { Clock } from '../../src/clock.ts';

const TICK = 2;
/** The most that one turn of the event loop counts for, in real milliseconds. */
const MOST = 4;

/**
 * A clock that stands still while this process does not run: on a busy machine the script and a client in the same
 * process are late alike, and nobody is judged by it.
 */
export class SteadyClock implements Clock {
  private time = 0;
  private last = performance.now();
  private readonly begin = Date.now();
  private readonly timers = new Set<{ readonly at: number; readonly run: () => void }>();
  private readonly ticker = setInterval(() => this.tick(), TICK);

  constructor(readonly speed: number) {}

  now(): number {
    return this.time;
  }

  wall(): number {
    return this.begin + this.time * 1000;
  }

  after(seconds: number, run: () => void): () => void {
    const timer = { at: this.time + seconds, run };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  stop(): void {
    clearInterval(this.ticker);
  }

  private tick(): void {
    const real = performance.now();
    const end = this.time + (Math.min(real - this.last, MOST) * this.speed) / 1000;
    this.last = real;
    const due = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
    for (const timer of due) {
      if (this.timers.delete(timer)) {
        this.time = Math.max(this.time, timer.at);
        timer.run();
      }
    }
    this.time = end;
  }
}
