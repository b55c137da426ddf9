import type { Bell, BellSnapshot } from '../../src/index.ts';

/** The first snapshot, this one or a later one, of which it is true. */
export function until(bell: Bell, is: (snapshot: BellSnapshot) => boolean): Promise<BellSnapshot> {
  return new Promise((done) => {
    const look = () => {
      const snapshot = bell.getSnapshot();
      if (is(snapshot)) {
        stop();
        done(snapshot);
      }
    };
    const stop = bell.subscribe(look);
    look();
  });
}

/** The snapshot after the next try that failed: each has a problem of its own. */
export function failedAgain(bell: Bell): Promise<BellSnapshot> {
  const { problem: before } = bell.getSnapshot();
  return until(bell, ({ problem }) => problem !== null && problem !== before);
}

/** Values that are waited for one by one, in order. */
export class Queue<T> {
  private readonly values: T[] = [];
  private readonly waiting: ((value: T) => void)[] = [];

  add(value: T): void {
    const next = this.waiting.shift();
    next ? next(value) : this.values.push(value);
  }

  take(): Promise<T> {
    const value = this.values.shift();
    return value === undefined ? new Promise((done) => this.waiting.push(done)) : Promise.resolve(value);
  }

  get size(): number {
    return this.values.length;
  }
}
