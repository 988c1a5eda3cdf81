// The jobs of a package as one file of code per library, as a bundler makes it for a page. In it
// `require('buffer')`, `import 'node:buffer'`, a free `Buffer` and globalThis.Buffer are that library.
//
// Holds       everything else is the same code in every engine: Node's other modules are the stand-ins of
//             bundlers, in Node, too.

import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const here = fileURLToPath(new URL('.', import.meta.url));
const require = createRequire(import.meta.url);

/** By name, the module that is the library. */
export const libraries = {
  pagebuf: fileURLToPath(new URL('../../js/index.js', import.meta.url)),
  'buffer@6': require.resolve('feross-buffer'),
  native: '\0native',
};

const standIns = {
  assert: 'assert/', constants: 'constants-browserify', crypto: 'crypto-browserify', events: 'events/', path: 'path-browserify', process: './process.js',
  stream: 'stream-browserify', string_decoder: 'string_decoder/', util: 'util/', zlib: 'browserify-zlib',
};
const empty = ['child_process', 'fs', 'http', 'https', 'net', 'tls', 'url', 'vm'];
const missing = ['bufferutil', 'utf-8-validate']; // compiled for Node, tried by `ws`

const native = `module.exports = globalThis.process.getBuiltinModule('node:buffer');`;
const entryOf = (file) => `import '\0global'; export * from './jobs/${file}.js';`;
// For packages that read it there. The code that imports this file restores what was there.
const global = `import { Buffer } from 'buffer'; globalThis.Buffer = Buffer;`;

function plugin(library, file) {
  const sources = {
    '\0entry': entryOf(file),
    '\0global': global,
    '\0native': native,
    '\0empty': 'module.exports = {};',
    ...Object.fromEntries(missing.map((name) => [`\0${name}`, `throw new Error('${name} is not installed');`])),
  };
  return {
    name: 'library',
    async resolveId(id, importer) {
      if (Object.hasOwn(sources, id)) return id;
      const name = id.replace(/^node:/, '').replace(/\/$/, '');
      if (name === 'buffer') return libraries[library];
      if (empty.includes(name)) return '\0empty';
      if (missing.includes(name)) return `\0${name}`;
      if (importer !== undefined && importer.startsWith('\0')) return this.resolve(id, `${here}entry.js`, { skipSelf: true });
      if (!Object.hasOwn(standIns, name)) return null;
      // Resolved from here, so that all packages share one of each.
      return this.resolve(standIns[name], `${here}entry.js`, { skipSelf: true });
    },
    load: (id) => (Object.hasOwn(sources, id) ? { code: sources[id], moduleType: 'js' } : null),
  };
}

/**
 * @param {string} file of jobs/, without `.js`
 * @param {string} library one of `libraries`
 * @returns {Promise<string>} code, with a comment before each source file's lines that names it
 */
export async function bundle(file, library) {
  const build = await rolldown({
    input: '\0entry',
    cwd: here,
    platform: 'browser',
    logLevel: 'silent',
    plugins: [plugin(library, file)],
    transform: { inject: { Buffer: ['buffer', 'Buffer'], process: 'process' }, define: { global: 'globalThis', self: 'globalThis' } },
  });
  try {
    const { output: [{ code }] } = await build.generate({ format: 'es', minify: false, codeSplitting: false });
    return code;
  } finally {
    await build.close();
  }
}
