// One file with the element, the client and lit-html in it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform } from 'esbuild';

const BANNER = '/*! Camelbell, Apache-2.0. Contains lit-html, Copyright Google LLC, BSD-3-Clause: see LICENSE-lit-html.txt */';

/** Style sheets as minified text, and templates without the line breaks between their tags. */
const texts = {
  name: 'texts',
  setup(make) {
    make.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true });
      return { contents: code.trim(), loader: 'text' };
    });
    make.onLoad({ filter: /views\/\w+\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/>\s*\n\s*</g, '><').replace(/\s*\n\s*/g, '\n'),
      loader: 'ts',
    }));
  },
};

export async function bundle(here, options = {}) {
  const { outputFiles } = await build({
    entryPoints: [join(here, 'src/index.ts')],
    alias: { '@camelbell/client': join(here, '../client/src/index.ts') },
    plugins: [texts],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    conditions: ['production'],
    legalComments: 'none',
    banner: { js: BANNER },
    ...options,
  });
  return Buffer.from(outputFiles[0].contents);
}
