import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asText, broken } from '../src/report.ts';
import { run } from '../src/run.ts';
import { SCENARIOS } from '../src/scenarios/index.ts';
import { startOurs } from './support/ours.ts';

test('our client keeps every rule of every scenario', async () => {
  let stop = () => {};
  const result = await run({
    scenarios: SCENARIOS,
    speed: Number(process.env.SPEED ?? 10),
    opened: (hub) => (stop = startOurs(hub)),
    ...(process.env.TELL && { begins: ({ name }) => console.log(name), found: (...finding) => console.log(...finding) }),
  });
  stop();
  assert.deepEqual([...broken(result, 'must'), ...broken(result, 'should')], [], asText(result));
  assert.ok(result.came);
});
