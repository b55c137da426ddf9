/**
 * How far the notifications are known without a gap, by their `seq`: the place to come back with. Frames that came too
 * early wait until those before them are here.
 */
export interface Place {
  /** -1: nothing is known yet. */
  get(): number;
  /** A frame with this seq has come. True when others before it are missing. */
  arrived(seq: number): boolean;
  /** Everything up to here is known otherwise, or there is nothing to know. Never goes back. */
  reach(seq: number): void;
  clear(): void;
}

export function createPlace(): Place {
  let place = -1;
  let early = new Set<number>();
  const reach = (seq: number) => {
    place = Math.max(place, seq);
    while (early.delete(place + 1)) {
      place++;
    }
    early.forEach((other) => other <= place && early.delete(other));
  };
  return {
    get: () => place,
    arrived(seq) {
      if (seq > place) {
        early.add(seq);
        reach(place);
      }
      return early.size > 0;
    },
    reach,
    clear() {
      place = -1;
      early = new Set();
    },
  };
}
