// One engine's side of the bench: its implementations, and a run.
//
// Assumes     run.js bundles this file, so that every engine runs the same code. In Node it is a child
//             process that gets a message; in a browser the page imports it and calls run().

import * as exodusBase64 from '@exodus/bytes/base64.js';
import * as exodusHex from '@exodus/bytes/hex.js';
import * as exodusLatin1 from '@exodus/bytes/single-byte.js';
import * as exodusUtf16 from '@exodus/bytes/utf16.js';
import * as exodusUtf8 from '@exodus/bytes/utf8.js';
import b4a from 'b4a';
import * as feross from 'feross-buffer';
import * as extras from 'uint8array-extras';
import * as ours from '../js/index.js';
import { efforts, measure } from './harness.js';
import { matrix } from './matrix.js';

const { process } = globalThis;
const native = process && process.getBuiltinModule && process.getBuiltinModule('node:buffer');
const makeBytes = (size) => new Uint8Array(size);
const plain = { Buffer: { allocUnsafe: makeBytes, allocUnsafeSlow: makeBytes } };
const exodus = { ...exodusBase64, ...exodusHex, ...exodusLatin1, ...exodusUtf16, ...exodusUtf8 };

const rivals = [
  { name: 'pagebuf', B: ours },
  ...native ? [{ name: 'native', B: native, mustAgree: true }] : [],
  { name: 'buffer@6', B: feross },
  { name: 'platform', B: plain, hasOwnApi: true },
  { name: '@exodus/bytes', B: plain, lib: exodus, hasOwnApi: true },
  { name: 'uint8array-extras', B: plain, lib: extras, hasOwnApi: true },
  { name: 'b4a', B: plain, lib: b4a, hasOwnApi: true },
];

/**
 * Measure the cells of those names.
 *
 * @param {object} options `seed`, `names`, `effort` ('full' or 'quick'), `expected` answers by name
 * @param {function} progress gets the number of cells that are done; a promise that it returns is awaited
 */
export async function run({ seed, names, effort, expected }, progress) {
  const wanted = new Set(names);
  const rows = matrix(seed).filter(({ name }) => wanted.has(name));
  const result = await measure(rows, { rivals, effort: efforts[effort], expected, progress });
  return { ...result, path: ours.pool.inspect().path };
}

if (process && process.send) {
  process.once('message', async (options) => {
    try {
      const progress = (done) => new Promise((resolve) => {
        process.once('message', resolve);
        process.send({ done });
      });
      process.send({ result: await run(options, progress) });
    } catch (error) {
      process.send({ failed: error.message });
    }
    process.disconnect();
  });
}
