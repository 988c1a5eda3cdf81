// What is made from js/ whenever the package is packed: its CommonJS half, js/*.cjs and js/*.d.cts, and the
// types for TypeScript before 5.7, js/*-ts5.6.d.ts and js/*-ts5.6.d.cts.
//
// Holds    pagebuf/global and pagebuf share one pool there, too. Bundlers and Node 20.19 and later never see
//          these files: package.json leads a require() of theirs to the ES modules, so that an application
//          whose dependencies require what it imports has one Buffer.
import { readFileSync } from 'node:fs';

// A Uint8Array is not generic there, and neither is the global Buffer of @types/node.
const older = {
  index: (types) => replaced(types, 'extends Uint8Array<TArrayBuffer> {',
    'extends Uint8Array {\n  readonly buffer: TArrayBuffer;'),
  global: (types) => replaced(types, 'interface Buffer<TArrayBuffer extends ArrayBufferLike = ArrayBufferLike>\n' +
    '    extends WithoutNode<PagebufBuffer<TArrayBuffer>> {}', 'interface Buffer extends WithoutNode<PagebufBuffer> {}'),
};

function replaced(text, from, to) {
  if (text.split(from).length !== 2) throw new Error(`the types do not say once: ${from}`);
  return text.replace(from, to);
}

function commonjs(name) {
  const besideIt = {
    name: 'beside it',
    resolveId(source, importer) {
      return name === 'global' && importer && source === './index.js' ? { id: './index.cjs', external: true } : null;
    },
    // The declarations under the names that TypeScript looks for beside a .cjs.
    generateBundle() {
      const types = readFileSync(new URL(`../js/${name}.d.ts`, import.meta.url), 'utf8');
      const typesBefore = older[name](types);
      const emit = (fileName, source) => this.emitFile({ type: 'asset', fileName, source });
      emit(`${name}.d.cts`, types.replaceAll('./index.js', './index.cjs'));
      emit(`${name}-ts5.6.d.ts`, typesBefore.replaceAll('./index.js', './index-ts5.6.js'));
      emit(`${name}-ts5.6.d.cts`, typesBefore.replaceAll('./index.js', './index-ts5.6.cjs'));
    },
  };
  return {
    input: `js/${name}.js`,
    plugins: [besideIt],
    output: { dir: 'js', entryFileNames: '[name].cjs', exports: 'named', format: 'cjs' },
  };
}

export default [commonjs('index'), commonjs('global')];
