import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asText, broken } from '../src/report.ts';
import { RULES } from '../src/rules.ts';
import { run } from '../src/run.ts';
import { SCENARIOS } from '../src/scenarios/index.ts';
import { CASES } from './habits/index.ts';
import { startOurs } from './support/ours.ts';
import { BESIDE, clockFor } from './support/speed.ts';

describe('a client with a bad habit breaks the rules that are about it, and no other', { concurrency: BESIDE }, () => {
  const secondsOf = (name: string) => SCENARIOS.find((other) => other.name === name)!.seconds;
  // The longest first, so that they do not stand alone at the end.
  const cases = [...CASES].sort((a, b) => secondsOf(b.scenario) - secondsOf(a.scenario));
  for (const { what, scenario: name, breaks, habit } of cases) {
    test(`${name}: ${what}`, async () => {
      const scenario = SCENARIOS.find((other) => other.name === name)!;
      const clients = scenario.clients ?? 1;
      const clock = clockFor(scenario);
      const result = await run({
        scenarios: [scenario],
        clock,
        clients,
        opened: (hub) => Array.from({ length: clients }, () => startOurs(hub, habit)),
      });
      clock.stop();
      const found = [...broken(result, 'must'), ...broken(result, 'should')];
      assert.deepEqual(found.sort(), [...breaks].sort(), asText(result));
    });
  }
});

test('each rule is broken by a habit', () => {
  const able = new Set(CASES.flatMap(({ breaks }) => breaks));
  assert.deepEqual(
    Object.keys(RULES).filter((id) => !able.has(id as keyof typeof RULES)),
    [],
  );
});
