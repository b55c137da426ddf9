import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { RULES } from '../src/rules.ts';
import { SCENARIOS } from '../src/scenarios/index.ts';

/** The built file, as people start it. */
const FILE = join(dirname(fileURLToPath(import.meta.url)), '../dist/conformance.mjs');

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** @param client is called with the address and the token, once they are printed */
function started(options: string[], client?: (url: string, token: string) => void): Promise<Ended> {
  const process_ = spawn(process.execPath, [FILE, ...options]);
  let [out, err] = ['', ''];
  process_.stdout.on('data', (data) => (out += data));
  process_.stderr.on('data', (data) => {
    err += data;
    const [, url] = /is at (\S+);/.exec(err) ?? [];
    const [, token] = /token +(\S+)\n/.exec(err) ?? [];
    if (url && token && client) {
      client(url, token);
      client = undefined;
    }
  });
  return new Promise((done) => process_.on('close', (code) => done({ code, out, err })));
}

/** Opens a socket, and takes what comes. */
function listener(url: string, token: string): void {
  const headers = { Authorization: `Bearer ${token}` };
  new WebSocket(`${url.replace('http', 'ws')}/ws/notifications/`, { headers }).onerror = () => {};
}

describe('the command', { concurrency: true }, () => {
  test('lists every scenario and every rule', async () => {
    const { code, out } = await started(['--list']);
    assert.equal(code, 0);
    for (const name of [...Object.keys(RULES), ...SCENARIOS.map((scenario) => scenario.name)]) {
      assert.ok(out.includes(`  ${name} (`), name);
    }
  });

  test('ends with 0 when no rule that must be kept is broken, and says so as JSON', async () => {
    const { code, out } = await started(['--json', '--port', '0', '--speed', '20', '--scenario', 'frames'], listener);
    const result = JSON.parse(out) as { passed: boolean; rules: { id: string; verdict: string }[] };
    assert.equal(code, 0, out);
    assert.equal(result.passed, true);
    assert.equal(result.rules.find(({ id }) => id === 'survives-garbage')?.verdict, 'kept');
  });

  test('ends with 1 when one is broken, and says what a good client does, and where it stands', async () => {
    const { code, out } = await started(['--json', '--port', '0', '--speed', '20', '--scenario', 'hello'], listener);
    const result = JSON.parse(out) as {
      passed: boolean;
      rules: { id: string; verdict: string; good: string; how: string }[];
    };
    assert.equal(code, 1, out);
    assert.equal(result.passed, false);
    const broken = result.rules.find(({ id }) => id === 'loads-first')!;
    assert.equal(broken.verdict, 'broken');
    assert.equal(broken.good, RULES['loads-first'].good);
    assert.equal(broken.how, 'src/docs/how-to/build-a-client.md#the-sequence-of-calls');
  });

  test('says how another device comes, when it listens for those', async () => {
    const { out } = await started(['--host', '0.0.0.0', '--port', '0', '--wait', '1']);
    assert.match(out, /From another device: the address of this machine in place of localhost\./);
  });

  test('ends with 2 when no client comes', async () => {
    const { code, err } = await started(['--json', '--port', '0', '--wait', '1']);
    assert.equal(code, 2);
    assert.match(err, /No client came within 1 s\./);
  });

  for (const [options, said] of [
    [['--scenario', 'hello,nope'], /^--scenario nope: there are all, hello, /],
    [['--clients', '11'], /^--clients 11: a number from 1 to 10 is wanted/],
    [['--what'], /Unknown option '--what'/],
  ] as const) {
    test(`says in a sentence what is wrong with ${options.join(' ')}`, async () => {
      const { code, out, err } = await started([...options]);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, said);
      assert.doesNotMatch(err, /\n +at /, 'no stack');
    });
  }

  test('says that a port is taken', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    const { code, err } = await started(['--port', String(port)]);
    other.close();
    assert.equal(code, 2);
    assert.match(err, /EADDRINUSE.*; choose another one with --port/);
  });
});
