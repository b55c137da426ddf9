import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Hub } from '../src/hub.ts';
import { broken } from '../src/report.ts';
import { RULES, type RuleId } from '../src/rules.ts';
import { run } from '../src/run.ts';
import { SCENARIOS } from '../src/scenarios/index.ts';
import type { Scenario } from '../src/stage.ts';
import { startDart } from './guide/dart.ts';
import { startJavaScript } from './guide/javascript.ts';
import { startMended } from './guide/mended.ts';
import { BESIDE, clockFor } from './support/speed.ts';

/** The test is bundled into the folder beside it. */
const src = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const PAGE = join(src, 'docs/how-to/build-a-client.md');
const GUIDE = join(src, 'test/resources/guide/notification-guide.md');
const text = readFileSync(PAGE, 'utf8');

/** The rules that the page says are broken by a client: of its table, those with a cross in this column. */
function listed(column: number): string[] {
  const part = /\n## What the guide's own two clients do wrong\n(.*?)\n## /s.exec(text)?.[1] ?? '';
  return part
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^`[a-z0-9-]+`$/.test(cells[1] ?? '') && cells[column] === '✗')
    .map((cells) => cells[1]!.slice(1, -1));
}

for (const [name, start, expected] of [
  ['the JavaScript class of the guide, word for word', (hub: Hub) => startJavaScript(hub, GUIDE), listed(2)],
  ['the Dart class of the guide, call by call', startDart, listed(3)],
  ['the mended JavaScript class of the page, word for word', (hub: Hub) => startMended(hub, PAGE), []],
] as const) {
  void test(name, { concurrency: BESIDE }, async (t) => {
    const found = new Map<RuleId, readonly string[]>();
    const play = async (scenario: Scenario) => {
      const clients = scenario.clients ?? 1;
      const clock = clockFor(scenario);
      const result = await run({
        scenarios: [scenario],
        clock,
        clients,
        opened: (hub) => Array.from({ length: clients }, () => start(hub)),
      });
      clock.stop();
      assert.ok(result.came);
      for (const id of [...broken(result, 'must'), ...broken(result, 'should')]) {
        found.set(id, result.findings.get(id)!.seen);
      }
    };
    await Promise.all(SCENARIOS.map((scenario) => t.test(`${scenario.name}: ${scenario.title}`, () => play(scenario))));
    const seen = JSON.stringify(Object.fromEntries(found), null, 2);
    assert.deepEqual([...found.keys()].sort(), [...expected].sort(), `${PAGE} says what is found: ${seen}`);
  });
}

test('the page has a part for each rule', () => {
  const parts = [...text.matchAll(/^## (.*)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
  );
  assert.deepEqual(
    [...new Set(Object.values(RULES).map(({ part }) => part))].filter((part) => !parts.includes(part)),
    [],
  );
});
