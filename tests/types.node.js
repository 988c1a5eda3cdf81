// The types, as a program sees them that installs the package. tsc finds them by the package's name and its
// `exports`.
//
// Assumes  the programs in tests/types/ compile. A line in them that must not compile has a @ts-expect-error
//          above it, which is itself an error when the line does compile.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as ours from '../js/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const modules = {
  node16: ['--module', 'node16', '--moduleResolution', 'node16'],
  bundler: ['--module', 'esnext', '--moduleResolution', 'bundler'],
};
const withNode = ['--types', 'node'];
// By default, tsc takes nothing from node_modules/@types.
const withoutNode = [];

// One row for each compilation: its environment, and its programs.
const compilations = [
  ['node16, without @types/node', 'node16', 'es2020,dom', withoutNode, ['use', 'no-globals']],
  ['bundler, without @types/node', 'bundler', 'es2020,dom', withoutNode, ['use', 'no-globals']],
  ['no types but the language\'s', 'node16', 'es2020', withoutNode, ['use', 'no-globals']],
  ['a worker\'s types, the latest', 'bundler', 'esnext,webworker', withoutNode, ['use', 'no-globals']],
  ['node16, with @types/node', 'node16', 'es2020', withNode, ['use', 'node']],
  ['bundler, with @types/node', 'bundler', 'es2020', withNode, ['use', 'node']],
  ['@types/node and the DOM together', 'bundler', 'esnext,dom', withNode, ['use', 'node']],
  ['the global, without @types/node', 'node16', 'es2020,dom', withoutNode, ['global', 'global-without-node']],
  ['the global, bundler', 'bundler', 'esnext,dom', withoutNode, ['global', 'global-without-node']],
  ['the global, with @types/node', 'node16', 'es2020', withNode, ['global', 'node']],
  ['the global, @types/node and the DOM', 'bundler', 'esnext,dom', withNode, ['global', 'node']],
];

// The output of tsc, which is '' when the programs compile. Declarations are checked, too (no skipLibCheck).
function compile(resolution, lib, types, files) {
  const { status, stdout, stderr, error } = spawnSync(join(root, 'node_modules/.bin/tsc'), [
    '--noEmit', '--pretty', 'false', '--target', 'es2020', '--lib', lib, ...modules[resolution], ...types,
    '--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess', '--noUnusedLocals',
    '--verbatimModuleSyntax', ...files,
  ], { cwd: root, encoding: 'utf8' });
  assert.ifError(error);
  const output = stdout + stderr;
  assert.equal(status === 0, output === '', output);
  return output;
}

// Temporary programs must lie inside of the package, or they could not import it by its name.
function compileText(text) {
  mkdirSync(join(root, 'build'), { recursive: true });
  const folder = mkdtempSync(join(root, 'build/types-'));
  try {
    const file = join(folder, 'program.ts');
    writeFileSync(file, text);
    return compile('bundler', 'es2020', withoutNode, [relative(root, file)]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the types hold', () => {
  for (const [name, resolution, lib, types, programs] of compilations) {
    test(`${name}: ${programs.join(', ')}`, () => {
      const files = programs.map((program) => `tests/types/${program}.ts`);
      assert.equal(compile(resolution, lib, types, files), '');
    });
  }
});

// One row for each exported object: its type, without inherited names, and the names that it has.
const inherited = ['length', 'name', 'prototype', 'constructor'];
const namesOf = (object, base) => Object.getOwnPropertyNames(object)
  .filter((name) => !inherited.includes(name) && !(name in base));
const small = ours.Buffer.from('text'); // opens a slab, which inspect() shows
const surfaces = [
  ['Exclude<keyof Buffer, keyof Uint8Array>', namesOf(ours.Buffer.prototype, Uint8Array.prototype)],
  ['Exclude<keyof BufferConstructor, "prototype">', namesOf(ours.Buffer, {})],
  ['keyof typeof import("pagebuf")', Object.keys(ours)],
  ['keyof BufferModule', Object.keys(ours.default)],
  ['keyof Pool', Object.keys(ours.pool)],
  ['keyof PoolState', Object.keys(ours.pool.inspect())],
  ['keyof PoolSlab', Object.keys(ours.pool.inspect().current)],
  ['keyof Extract<PoolLocation, { slab: number }>', Object.keys(ours.pool.locate(small))],
  ['keyof Extract<PoolLocation, { source: "private" }>', Object.keys(ours.pool.locate(ours.Buffer.alloc(1)))],
  ['keyof typeof import("pagebuf").constants', Object.keys(ours.constants)],
];

// A literal that is checked against a Record is an error when it has an extra name, and when one is missing.
const program = (rows) => `import type {
  Buffer, BufferConstructor, BufferModule, Pool, PoolLocation, PoolSlab, PoolState,
} from 'pagebuf';
export type Used = [Buffer, BufferConstructor, BufferModule, Pool, PoolLocation, PoolSlab, PoolState];
${rows.map(([keys, names], index) => `export const surface${index}: Record<${keys}, 1> = {
  ${names.map((name) => `'${name}': 1,`).join(' ')}
};`).join('\n')}`;

const errors = (output, pattern) => output.split('\n').filter((line) => pattern.test(line)).length;

test('the types have every name that the module has, and no other', () => {
  assert.equal(compileText(program(surfaces)), '');
});

test('a name that the types lack is noticed', () => {
  const rows = surfaces.map(([keys, names]) => [keys, [...names, 'noSuchName']]);
  assert.equal(errors(compileText(program(rows)), /error TS2353: .*noSuchName/), surfaces.length);
});

test('a name that the module lacks is noticed', () => {
  const rows = surfaces.map(([keys, names]) => [keys, names.slice(1)]);
  assert.equal(errors(compileText(program(rows)), /error TS2741: .*is missing/), surfaces.length);
});

test('docs/api.md is generated from these types', () => {
  const { status, stderr } = spawnSync(process.execPath, ['tools/reference.js', '--check'], { cwd: root });
  assert.equal(status, 0, String(stderr));
});
