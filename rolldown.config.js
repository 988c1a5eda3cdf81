// The CommonJS half of the package, made from js/ whenever the package is packed: js/*.cjs, js/*.d.cts.
//
// Holds    pagebuf/global and pagebuf share one pool there, too. Bundlers and Node 20.19 and later never see
//          these files: package.json leads a require() of theirs to the ES modules, so that an application
//          whose dependencies require what it imports has one Buffer.
import { readFileSync } from 'node:fs';

function commonjs(name) {
  const besideIt = {
    name: 'beside it',
    resolveId(source, importer) {
      return name === 'global' && importer && source === './index.js' ? { id: './index.cjs', external: true } : null;
    },
    // The same declarations, under the name that TypeScript looks for beside a .cjs.
    generateBundle() {
      const types = readFileSync(new URL(`js/${name}.d.ts`, import.meta.url), 'utf8');
      this.emitFile({ type: 'asset', fileName: `${name}.d.cts`, source: types.replaceAll('./index.js', './index.cjs') });
    },
  };
  return {
    input: `js/${name}.js`,
    plugins: [besideIt],
    output: { dir: 'js', entryFileNames: '[name].cjs', exports: 'named', format: 'cjs' },
  };
}

export default [commonjs('index'), commonjs('global')];
