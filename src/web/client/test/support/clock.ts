/** Time that stands still until it is told to go on. */
export class Clock {
  private time = Date.parse('2026-01-01T00:00:00Z');
  private last = 0;
  private readonly timers = new Map<number, { at: number; run: () => void }>();

  readonly now = () => this.time;

  readonly setTimeout = (run: () => void, ms: number): number => {
    this.timers.set(++this.last, { at: this.time + ms, run });
    this.set?.(ms);
    return this.last;
  };

  private set: ((ms: number) => void) | undefined;

  /** Resolves when next a timer is set to so much. */
  whenSet(wanted: number): Promise<void> {
    return new Promise((done) => {
      this.set = (ms) => ms === wanted && done();
    });
  }

  readonly clearTimeout = (handle: number | undefined): void => {
    this.timers.delete(handle ?? 0);
  };

  /** Milliseconds until each timer that is set, soonest first. */
  get waits(): number[] {
    return [...this.timers.values()].map(({ at }) => at - this.time).sort((a, b) => a - b);
  }

  /** Lets all ring that are due within so much time, in order. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const [next] = [...this.timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
      if (!next) {
        break;
      }
      this.timers.delete(next[0]);
      this.time = Math.max(this.time, next[1].at);
      next[1].run();
    }
    this.time = end;
  }
}
