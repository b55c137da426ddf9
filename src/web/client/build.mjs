// Makes dist/ from src/, and with --check says whether dist/ is what src/ gives. Fails above the size that is promised.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { minify } from 'terser';

const MOST = 6 * 1024;
const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const isCheck = process.argv.includes('--check');
const out = isCheck ? mkdtempSync(join(tmpdir(), 'camelbell-client-')) : dist;

function filesOf(folder) {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function stale() {
  const names = new Set([...filesOf(out), ...filesOf(dist)]);
  const read = (folder, name) => (filesOf(folder).includes(name) ? readFileSync(join(folder, name), 'utf8') : null);
  return [...names].filter((name) => read(out, name) !== read(dist, name));
}

try {
  if (!isCheck) {
    rmSync(dist, { recursive: true, force: true });
  }
  execFileSync(process.execPath, [join(here, '../node_modules/typescript/bin/tsc'), '-p', here, '--outDir', out], {
    stdio: 'inherit',
  });
  // Declarations that nothing public refers to stay here.
  const shown = new Set(['index.d.ts']);
  for (const name of shown) {
    for (const [, other] of readFileSync(join(out, name), 'utf8').matchAll(/from '\.\/(.+?)\.js'/g)) {
      shown.add(`${other}.d.ts`);
    }
  }
  filesOf(out)
    .filter((name) => !shown.has(name))
    .forEach((name) => rmSync(join(out, name)));
  const { outputFiles } = await build({
    entryPoints: [join(here, 'src/index.ts')],
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
  });
  // A second minifier: it finds another 3 %.
  const { code } = await minify(outputFiles[0].text, { module: true, ecma: 2022, compress: { passes: 3 } });
  writeFileSync(join(out, 'index.js'), `${code}\n`);
  const size = gzipSync(readFileSync(join(out, 'index.js')), { level: 9 }).length;
  console.log(`client: ${size} bytes gzipped, ${MOST} at most`);
  if (size > MOST) {
    throw new Error('client: too large; see what was added, or what it can do without');
  }
  if (isCheck && stale().length) {
    throw new Error(`client: dist is not what src gives: ${stale().join(', ')}; run npm run build in src/web, and commit dist`);
  }
} catch (error) {
  console.error(error.stdout?.toString() ?? error.message);
  process.exitCode = 1;
} finally {
  if (isCheck) {
    rmSync(out, { recursive: true, force: true });
  }
}
