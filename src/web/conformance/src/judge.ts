import type { RuleId } from './rules.ts';

export type Verdict = 'kept' | 'broken' | 'unseen';

export interface Finding {
  readonly verdict: Verdict;
  /** What was seen, or why nothing was; of several, those of the verdict that counts. */
  readonly seen: readonly string[];
}

const WEIGHT: Record<Verdict, number> = { unseen: 0, kept: 1, broken: 2 };

/** What was found about each rule. Broken once is broken. */
export class Judge {
  private readonly findings = new Map<RuleId, Finding>();

  /** @param tell called with each finding as it is made */
  constructor(private readonly tell: (id: RuleId, verdict: Verdict, seen: string) => void = () => {}) {}

  /** @param seen what was seen; a different word for each of the two when they are given */
  say(id: RuleId, isKept: boolean, seen: string): void {
    this.add(id, isKept ? 'kept' : 'broken', seen);
  }

  /** It could not be seen. */
  unseen(id: RuleId, why: string): void {
    this.add(id, 'unseen', why);
  }

  has(id: RuleId): boolean {
    return this.findings.has(id);
  }

  all(): ReadonlyMap<RuleId, Finding> {
    return this.findings;
  }

  private add(id: RuleId, verdict: Verdict, seen: string): void {
    const before = this.findings.get(id);
    if (!before || WEIGHT[verdict] > WEIGHT[before.verdict]) {
      this.findings.set(id, { verdict, seen: [seen] });
      this.tell(id, verdict, seen);
    } else if (before.verdict === verdict && before.seen.length < 5 && !before.seen.includes(seen)) {
      this.findings.set(id, { verdict, seen: [...before.seen, seen] });
    }
  }
}
