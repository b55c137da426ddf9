import type { Finding } from './judge.ts';
import { RULES, type RuleId } from './rules.ts';
import type { Result } from './run.ts';

const PAGE = 'src/docs/how-to/build-a-client.md';

export function linkOf(id: RuleId): string {
  return `${PAGE}#${RULES[id].part}`;
}

/** The ids of this level that were broken, in the order of the rules. */
export function broken({ findings }: Result, level: 'must' | 'should'): RuleId[] {
  return ids().filter((id) => RULES[id].level === level && findings.get(id)?.verdict === 'broken');
}

function ids(): RuleId[] {
  return Object.keys(RULES) as RuleId[];
}

/** The result for people: what was wrong first and with what to do, then what was right. */
export function asText(result: Result): string {
  const of = (verdict: string) =>
    ids().flatMap((id) => {
      const finding = result.findings.get(id);
      return finding?.verdict === verdict ? [[id, finding] as const] : [];
    });
  const lines: string[] = [];
  const section = (
    title: string,
    found: (readonly [RuleId, Finding])[],
    line: (id: RuleId, finding: Finding) => string[],
  ) => {
    if (found.length) {
      lines.push('', `${title} (${found.length})`, ...found.flatMap(([id, finding]) => line(id, finding)));
    }
  };
  section('Right', of('kept'), (id) => [`  ${id}: ${RULES[id].good}`]);
  section('Not seen', of('unseen'), (id, { seen }) => [`  ${id}: ${seen[0]}`]);
  section('Wrong', of('broken'), (id, { seen }) => [
    `  ${id} (${RULES[id].level})`,
    ...seen.map((what) => `    seen:  ${what}`),
    `    good:  a client ${RULES[id].good}`,
    `    how:   ${linkOf(id)}`,
  ]);
  const must = broken(result, 'must').length;
  lines.push(
    '',
    must
      ? `${must} ${must === 1 ? 'rule that a client must keep is' : 'rules that a client must keep are'} broken.`
      : 'Every rule that a client must keep, and that could be seen, is kept.',
  );
  return lines.join('\n');
}

export function asJson(result: Result): string {
  const rules = ids().flatMap((id) => {
    const finding = result.findings.get(id);
    return finding ? [{ id, level: RULES[id].level, ...finding, good: RULES[id].good, how: linkOf(id) }] : [];
  });
  return JSON.stringify({ passed: result.came && !broken(result, 'must').length, came: result.came, rules }, null, 2);
}
