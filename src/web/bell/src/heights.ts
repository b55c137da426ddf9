/** Where rows of unequal height lie. Those not seen yet have a guessed height. Unit: CSS pixels. */
export interface Heights {
  /** The rows, from above: their keys and what they are guessed to take. */
  rows(keys: readonly string[], guess: (at: number) => number): void;
  /** Says what a row takes; true when that was not known. */
  measured(key: string, height: number): boolean;
  /** Forgets what was measured: the width has changed. */
  forget(): void;
  /** From the top to the row; past the last one: the height of all. */
  offset(at: number): number;
  /** The row at this distance from the top. */
  at(distance: number): number;
  indexOf(key: string): number;
}

export function createHeights(): Heights {
  const known = new Map<string, number>();
  let keys: readonly string[] = [];
  let guess: (at: number) => number = () => 0;
  let offsets = new Float64Array(1);
  let isStale = true;
  let places: Map<string, number> | undefined;

  function sum(): Float64Array {
    if (isStale) {
      isStale = false;
      offsets = new Float64Array(keys.length + 1);
      keys.forEach((key, at) => (offsets[at + 1] = offsets[at]! + (known.get(key) ?? guess(at))));
    }
    return offsets;
  }

  return {
    rows(now, guessed) {
      keys = now;
      guess = guessed;
      isStale = true;
      places = undefined;
    },
    measured(key, height) {
      // Fractions differ by rounding from one measurement to the next.
      const differs = Math.abs((known.get(key) ?? -1) - height) >= 0.5;
      if (differs) {
        known.set(key, height);
        isStale = true;
      }
      return differs;
    },
    forget() {
      known.clear();
      isStale = true;
    },
    offset: (at) => sum()[Math.max(0, Math.min(at, keys.length))]!,
    at(distance) {
      const all = sum();
      let [low, high] = [0, Math.max(0, keys.length - 1)];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        all[middle]! <= distance ? (low = middle) : (high = middle - 1);
      }
      return low;
    },
    indexOf(key) {
      places ??= new Map(keys.map((one, at) => [one, at]));
      return places.get(key) ?? -1;
    },
  };
}
