import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Hub } from '../src/hub.ts';
import { broken } from '../src/report.ts';
import type { RuleId } from '../src/rules.ts';
import { run } from '../src/run.ts';
import { SCENARIOS } from '../src/scenarios/index.ts';
import { startDart } from './guide/dart.ts';
import { startJavaScript } from './guide/javascript.ts';
import { SteadyClock } from './support/clock.ts';
import { BESIDE, SPEED } from './support/speed.ts';

/** The test is bundled into the folder beside it. */
const src = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const PAGE = join(src, 'docs/how-to/build-a-client.md');
const GUIDE = join(src, 'test/resources/guide/notification-guide.md');

/** The rules that the page says are broken by a client: of its table, those with a cross in this column. */
function listed(column: number): string[] {
  const part = /\n## What the guide’s own two clients do wrong\n(.*?)(?:\n## |$)/s.exec(readFileSync(PAGE, 'utf8'))?.[1] ?? '';
  return part
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^`[a-z0-9-]+`$/.test(cells[1] ?? '') && cells[column] === '✗')
    .map((cells) => cells[1]!.slice(1, -1));
}

for (const [name, start, column] of [
  ['JavaScript class, word for word', (hub: Hub) => startJavaScript(hub, GUIDE), 2],
  ['Dart class, call by call', startDart, 3],
] as const) {
  const found = new Set<RuleId>();
  describe(`the guide’s ${name}`, { concurrency: BESIDE }, () => {
    for (const scenario of SCENARIOS) {
      test(`${scenario.name}: ${scenario.title}`, async () => {
        const clients = scenario.clients ?? 1;
        const result = await run({
          scenarios: [scenario],
          clock: new SteadyClock(SPEED),
          clients,
          opened: (hub) => Array.from({ length: clients }, () => start(hub)),
        });
        assert.ok(result.came);
        [...broken(result, 'must'), ...broken(result, 'should')].forEach((id) => found.add(id));
        if (process.env.TELL) {
          for (const id of [...broken(result, 'must'), ...broken(result, 'should')]) {
            console.log(`${name} ${scenario.name} ${id}: ${result.findings.get(id)!.seen.join(' | ')}`);
          }
        }
      });
    }
    after(() => {
      assert.deepEqual([...found].sort(), listed(column).sort(), `${PAGE} lists what is found`);
    });
  });
}

assert.ok(existsSync(PAGE));
