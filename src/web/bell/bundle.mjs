// One file with the element and the client in it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { minify } from 'terser';

const BANNER = '/*! Camelbell, Apache-2.0 */';

/** Style sheets as minified text. */
const texts = {
  name: 'texts',
  setup(make) {
    make.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'css', minify: true });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

/**
 * Long names that only the element's and the client's own parts know. None of these is in the DOM, in words, on the wire, between
 * tabs or in what pages use; a name that is must not be added.
 */
export const INSIDE =
  /^(isOpen|pieces|isMuted|showHeld|askDesktop|scrolled|readsBySight|setMuted|speaks|isShort|isNearEnd|isAtTop|toTop|reveal|settle|measured|forget|choices|remaining|takeBack|expect|greeted|socketAddress|wanted|isNew|markSeen|inside|above|below|choose|opened|update|groups|starts|leads|renew|wake|reach|held|toasts|active|snapshot|scroller|device|element|pages|users|response|innocent|confirm|compare|counted|promise|attach|disconnect|dismiss|tickets|offset|heard|follow|words|hold|place|load)$/;

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
    jsxFactory: 'h',
    mangleProps: INSIDE,
    legalComments: 'none',
    banner: { js: BANNER },
    ...options,
  });
  // A second minifier: what it wins over the first one is what two languages of words need.
  const { code } = await minify(outputFiles[0].text, { module: true, ecma: 2022, compress: { passes: 5, reduce_funcs: false }, format: { comments: /^!/ } });
  return code;
}
