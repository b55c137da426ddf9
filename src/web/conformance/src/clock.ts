/**
 * The script's time. Its unit is a second of a client that is not hurried: all waits and bounds are said in it, and a
 * client whose own clock and timers run so much faster is judged by the same numbers.
 */
export class Clock {
  private readonly start = performance.now();
  private readonly begin = Date.now();

  constructor(readonly speed: number = 1) {}

  /** Seconds of the script since it began. */
  now(): number {
    return ((performance.now() - this.start) / 1000) * this.speed;
  }

  /** Milliseconds since 1970 by the script's time, which is ahead of the real one where it is hurried. */
  wall(): number {
    return this.begin + this.now() * 1000;
  }

  /** How long so many seconds of the script really last. Milliseconds. */
  real(seconds: number): number {
    return (seconds * 1000) / this.speed;
  }

  sleep(seconds: number): Promise<void> {
    return new Promise((done) => setTimeout(done, this.real(seconds)));
  }
}
