// TypeScript, from the oldest supported version to the newest: programs that use the package compile, with
// and without @types/node, with every module resolution. Declarations are checked, too.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { install, run } from '../application.js';

const sources = fileURLToPath(new URL('typescript', import.meta.url));

const resolutions = {
  node16: ['--module', 'node16', '--moduleResolution', 'node16'],
  bundler: ['--module', 'esnext', '--moduleResolution', 'bundler'],
  node10: ['--module', 'commonjs', '--moduleResolution', 'node10', '--esModuleInterop'],
};

// One row for each version: the folder of its packages, its name there, its module resolutions. What these
// programs do not cover of newer versions' generics, tests/types.node.js checks with the newest version.
const versions = [
  ['typescript-5.4', 'typescript-5.4', ['node16', 'bundler', 'node10']],
  ['typescript', 'typescript-5.6', ['node16', 'bundler', 'node10']],
  ['typescript', 'typescript-5.7', ['node16', 'bundler', 'node10']],
  ['typescript', 'typescript', ['node16', 'bundler']],
];

describe('literal: TypeScript', () => {
  const folders = new Map();
  before(async () => {
    for (const name of ['typescript', 'typescript-5.4']) {
      const folder = await install(`tools/${name}`);
      cpSync(sources, folder, { recursive: true });
      folders.set(name, folder);
    }
  });

  for (const [folder, name, finders] of versions) {
    for (const finder of finders) {
      const compile = async (lib, types, files) => {
        const output = await run(folders.get(folder), process.execPath, `node_modules/${name}/bin/tsc`,
          '--noEmit', '--pretty', 'false', '--target', 'es2020', '--lib', lib, ...resolutions[finder], ...types,
          '--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--skipLibCheck', 'false', ...files);
        assert.equal(output, '');
      };
      // With node10, TypeScript before 5.7 does not find the types of pagebuf/global that are made for it.
      const programs = finder === 'node10' && name < 'typescript-5.7' ? ['use.ts'] : ['use.ts', 'global.ts'];

      test(`${name}, ${finder}, without @types/node`, () =>
        compile('es2020,dom', ['--typeRoots', 'none'], programs));

      test(`${name}, ${finder}, with @types/node`, () =>
        compile('es2020', ['--types', 'node'], [...programs, 'node.ts']));
    }
  }
});
