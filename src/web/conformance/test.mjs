// Checks the types of src/ and test/, bundles each test and runs them all.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, 'build');
rmSync(out, { recursive: true, force: true });
try {
  execFileSync(process.execPath, [join(here, '../node_modules/typescript/bin/tsc'), '-p', here], { stdio: 'inherit' });
} catch {
  process.exit(1);
}
const names = readdirSync(join(here, 'test')).filter((name) => name.endsWith('.test.ts'));
await build({
  entryPoints: names.map((name) => join(here, 'test', name)),
  outdir: out,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  sourcemap: 'inline',
});
const files = names.map((name) => join(out, name.replace(/ts$/, 'mjs')));
const only = process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  ['--enable-source-maps', '--test', '--test-force-exit', ...only, ...files],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
