// The functions of the C code, as the last link step writes them: js/ has a name for each of them, and calls
// no other.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import * as ledger from '../js/ledger.js';
import { digits as stringDigits } from '../js/strings.bytes.js';
import { digits, kernelsIn } from '../js/wasm.bytes.js';

const textOf = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const camel = (name) => name.replace(/_(.)/g, (match, first) => first.toUpperCase());

const declaredIn = (header) =>
  Array.from(textOf(header).matchAll(/^\w[\w ]* \*?(\w+)\(/gm), ([, name]) => name);
const exportsOf = (hex) => WebAssembly.Module.exports(new WebAssembly.Module(Buffer.from(hex, 'hex'),
  { builtins: ['js-string'] })).map(({ name }) => name);

const kernels = declaredIn('src/kernels.h');
const functions = declaredIn('src/pool.h').filter((name) => name !== 'pool_is_valid'); // for the C tests
const letters = Array.from(kernels, (name, index) => String.fromCharCode(97 + index));
const stringKernels = exportsOf(stringDigits);

// The letter of each kernel.
const named = kernelsIn(Object.fromEntries(letters.map((letter) => [letter, letter])), {});

describe('literal: the exports', () => {
  test('the module has as many as the header declares, each with a letter', () => {
    assert.ok(kernels.length >= 10 && functions.length >= 10);
    assert.deepEqual(exportsOf(digits).sort(), letters);
  });

  test('the ledger has every function of pool.h by its name, and no other', () => {
    const found = Object.keys(ledger).filter((name) => typeof ledger[name] === 'function');
    assert.deepEqual(found.sort(), functions.map(camel).sort());
  });

  test('the kernels have every function of kernels.h by its name, and no other', () => {
    assert.deepEqual(Object.keys(named).sort(), [...kernels].sort());
    assert.deepEqual(Object.values(named).sort(), letters);
  });

  test('js/ calls every kernel, and none that is not there', () => {
    const files = readdirSync(new URL('../js', import.meta.url)).filter((name) => /^\w+\.js$/.test(name));
    const code = files.map((name) => textOf(`js/${name}`)).join('\n');
    const called = Array.from(code.matchAll(/\b(?:homeKernels|kernels)\.(\w+)\(/g), ([, name]) => name);
    assert.deepEqual([...new Set(called)].sort(), [...kernels, ...stringKernels].sort());
  });
});
