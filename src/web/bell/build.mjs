// Makes dist/ from src/ and the client's, and with --check says whether dist/ is what they give. Fails above the promised size.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { bundle } from './bundle.mjs';

const MOST = 20 * 1024;
const NAME = 'camelbell-bell.js';
const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const isCheck = process.argv.includes('--check');
const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));

/** All files below a folder, by path, with what is in them. */
function filesOf(folder, below = '') {
  let entries = [];
  try {
    entries = readdirSync(join(folder, below), { withFileTypes: true });
  } catch {}
  return new Map(
    entries.flatMap((entry) => {
      const path = join(below, entry.name);
      return entry.isDirectory() ? [...filesOf(folder, path)] : [[path, readFileSync(join(folder, path), 'utf8')]];
    }),
  );
}

/** Versions that are out stay as they are, for ever: pages name them with their digest. */
function release(out, code) {
  const table = JSON.parse(filesOf(dist).get('versions.json') ?? '{"versions":{}}');
  const integrity = `sha384-${createHash('sha384').update(code).digest('base64')}`;
  const known = table.versions[version];
  if (known?.released && known.integrity !== integrity) {
    throw new Error(`bell: ${version} is released and the sources give another file: raise "version" in src/web/bell/package.json`);
  }
  table.current = version;
  table.versions[version] = { file: `${version}/${NAME}`, integrity, ...(known?.released ? { released: true } : {}) };
  for (const { file } of Object.values(table.versions)) {
    mkdirSync(dirname(join(out, file)), { recursive: true });
    writeFileSync(join(out, file), file.startsWith(`${version}/`) ? code : readFileSync(join(dist, file)));
  }
  writeFileSync(join(out, 'versions.json'), `${JSON.stringify(table, null, 2)}\n`);
}

/** Declarations of the element, and beside them those of the client, which they refer to. */
function declare(out) {
  execFileSync(process.execPath, [join(here, '../node_modules/typescript/bin/tsc'), '-p', here, '--outDir', out], { stdio: 'inherit' });
  cpSync(join(here, '../client/dist'), join(out, 'client'), { recursive: true, filter: (file) => !file.endsWith('.js') });
  const kept = new Set(['index.d.ts', 'element.d.ts', 'token.d.ts']);
  for (const [path, text] of filesOf(out)) {
    if (kept.has(path)) {
      writeFileSync(join(out, path), text.replaceAll("'@camelbell/client'", "'./client/index.js'"));
    } else if (!path.startsWith('client')) {
      rmSync(join(out, path));
    }
  }
}

const out = mkdtempSync(join(tmpdir(), 'camelbell-bell-'));
try {
  const code = await bundle(here);
  writeFileSync(join(out, NAME), code);
  declare(join(out, 'types'));
  release(out, code);
  const size = gzipSync(code, { level: 9 }).length;
  console.log(`bell: ${size} bytes gzipped with the client, ${MOST} at most`);
  if (isCheck) {
    const [made, there] = [filesOf(out), filesOf(dist)];
    const stale = [...new Set([...made.keys(), ...there.keys()])].filter((path) => made.get(path) !== there.get(path));
    if (stale.length) {
      throw new Error(`bell: dist is not what src gives: ${stale.join(', ')}; run npm run build in src/web, and commit dist`);
    }
  } else {
    rmSync(dist, { recursive: true, force: true });
    cpSync(out, dist, { recursive: true });
  }
  if (size > MOST) {
    throw new Error('bell: too large; see what was added, or what it can do without');
  }
} catch (error) {
  console.error(error.stdout?.toString() || error.message);
  process.exitCode = 1;
} finally {
  rmSync(out, { recursive: true, force: true });
}
