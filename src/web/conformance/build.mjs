// Makes dist/conformance.mjs from src/, one file that needs nothing but Node; with --check says whether it is what src/ gives.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const file = join(here, 'dist/conformance.mjs');
const isCheck = process.argv.includes('--check');

const licence = readFileSync(join(here, '../node_modules/ws/LICENSE'), 'utf8').trim();
const { outputFiles } = await build({
  entryPoints: [join(here, 'src/main.ts')],
  outfile: file,
  write: !isCheck,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  charset: 'utf8',
  // What ws would use when it is there, and does without.
  external: ['bufferutil', 'utf-8-validate'],
  banner: {
    js: `#!/usr/bin/env node
// Built from src/web/conformance/src by npm run build in src/web; do not edit.
// It holds the package ws, whose licence is:
/*
${licence}
*/
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);`,
  },
});
if (isCheck && outputFiles[0].text !== readFileSync(file, 'utf8')) {
  console.error('conformance: dist is not what src gives; run npm run build in src/web, and commit dist');
  process.exitCode = 1;
}
