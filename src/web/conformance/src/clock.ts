/**
 * The script's time, in seconds of a client that is not hurried: all waits and bounds are said in it, and a client whose
 * own clock and timers run so much faster is judged by the same numbers.
 */
export interface Clock {
  readonly speed: number;
  /** Seconds since it began. */
  now(): number;
  /** Milliseconds since 1970, ahead of the real time where it is hurried. */
  wall(): number;
  /** Calls back after so many seconds. @returns what takes that back */
  after(seconds: number, run: () => void): () => void;
}

/** Goes as the machine's does. */
export class RealClock implements Clock {
  private readonly start = performance.now();
  private readonly begin = Date.now();

  constructor(readonly speed: number = 1) {}

  now(): number {
    return ((performance.now() - this.start) / 1000) * this.speed;
  }

  wall(): number {
    return this.begin + this.now() * 1000;
  }

  after(seconds: number, run: () => void): () => void {
    // A timer can hold no more than 2^31 ms.
    const timer = setTimeout(run, Math.min((seconds * 1000) / this.speed, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }
}

export function sleep(clock: Clock, seconds: number): Promise<void> {
  return new Promise((done) => void clock.after(seconds, done));
}
