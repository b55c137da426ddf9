/** What the end of a socket means for the next one. */
export interface Closing {
  /** The token has ended: ask for a fresh one first. */
  readonly fresh?: boolean;
  /** Nothing was wrong: the next try counts as the first. */
  readonly innocent?: boolean;
  /** A limit was met. Coming back soon would only make it worse. */
  readonly problem?: 'too-many-connections' | 'throttled';
}

/** Close codes of the hub that mean more than "reconnect with since", which 1001, 1006, 1011, 4408 and all others do. */
const CLOSINGS: Record<number, Closing> = {
  // The node stops; another one, or it itself, takes over.
  1012: { innocent: true },
  4401: { fresh: true },
  // A place becomes free when another tab or device leaves; until then it is polled.
  4409: { problem: 'too-many-connections' },
  4429: { problem: 'throttled' },
};

export function closingOf(code: number): Closing {
  return CLOSINGS[code] ?? {};
}
