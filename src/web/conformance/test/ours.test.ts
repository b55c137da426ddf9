import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asText, broken } from '../src/report.ts';
import { run } from '../src/run.ts';
import { SCENARIOS } from '../src/scenarios/index.ts';
import { BESIDE, clockFor } from './support/speed.ts';
import { startOurs } from './support/ours.ts';

describe('our client keeps every rule', { concurrency: BESIDE }, () => {
  for (const scenario of SCENARIOS) {
    const clients = scenario.clients ?? 1;
    test(`${scenario.name}: ${scenario.title}`, async () => {
      const clock = clockFor(scenario);
      const result = await run({
        scenarios: [scenario],
        clock,
        clients,
        opened: (hub) => Array.from({ length: clients }, (_, i) => startOurs(hub, {}, 7 + i)),
      });
      clock.stop();
      assert.ok(result.came);
      assert.deepEqual([...broken(result, 'must'), ...broken(result, 'should')], [], asText(result));
      const unseen = scenario.rules.filter((id) => result.findings.get(id)?.verdict !== 'kept');
      assert.deepEqual(unseen, [], 'and each could be seen');
    });
  }
});
