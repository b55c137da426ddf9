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
  let sizes = new Float64Array();
  let offsets = new Float64Array(1);
  let isStale = true;
  let places: Map<string, number> | undefined;

  function size(): void {
    sizes = Float64Array.from(keys, (key, at) => known.get(key) ?? guess(at));
    isStale = true;
  }

  function sum(): Float64Array {
    if (isStale) {
      isStale = false;
      offsets = new Float64Array(sizes.length + 1);
      for (let at = 0; at < sizes.length; at++) {
        offsets[at + 1] = offsets[at]! + sizes[at]!;
      }
    }
    return offsets;
  }

  function indexOf(key: string): number {
    places ??= new Map(keys.map((one, at) => [one, at]));
    return places.get(key) ?? -1;
  }

  return {
    rows(now, guessed) {
      keys = now;
      guess = guessed;
      places = undefined;
      size();
    },
    measured(key, height) {
      // Fractions differ by rounding from one measurement to the next.
      const differs = Math.abs((known.get(key) ?? -1) - height) >= 0.5;
      if (differs) {
        known.set(key, height);
        sizes[indexOf(key)] = height;
        isStale = true;
      }
      return differs;
    },
    forget() {
      known.clear();
      size();
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
    indexOf,
  };
}
