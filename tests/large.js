// Buffers of more than 4 GiB, at offsets around 2**31 and 2**32, compared with the right answers.
//
// Usage    npm run large      (by hand: it takes 5 GiB of memory, and a minute)
// Assumes  an engine that can make an ArrayBuffer of that size. Otherwise this prints a line, and the exit
//          code is 2.
// Holds    the right answers are not always Node's, whose searches end at 2**31 - 1 (docs/differences.md).
//          The exit code is 0 when all answers are right, else 1.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { nodeBinary } from '../compare/node.js';
import { Buffer, isAscii, isUtf8 } from '../js/index.js';

const size = 2 ** 32 + 2 ** 20;
const places = [2 ** 31 - 40, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 3, 2 ** 32 - 40, 2 ** 32 - 3, 2 ** 32,
  2 ** 32 + 5, size - 64];
const text = 'needle in a haystack, h\xe9re';

let failed = 0;
let checked = 0;

function check(what, at, actual, expected) {
  checked++;
  if (Object.is(actual, expected)) return;
  failed++;
  console.log(`large: ${what} at ${at}: ${String(actual)}, expected ${String(expected)}`);
}

function checkAt(buffer, at) {
  const room = new Uint8Array(buffer.buffer, at, 64);
  const length = Buffer.byteLength(text);
  check('write()', at, buffer.write(text, at), length);
  check('toString()', at, buffer.toString('utf8', at, at + length), text);
  check('latin1Slice()', at, buffer.latin1Slice(at, at + 6), 'needle');
  check('hexSlice()', at, buffer.hexSlice(at, at + 3), '6e6565');
  check('base64Slice()', at, buffer.base64Slice(at, at + 3), 'bmVl');
  check('subarray()', at, buffer.subarray(at, at + 6).toString(), 'needle');
  check('compare()', at, buffer.compare(Buffer.from('needle'), 0, 6, at, at + 6), 0);
  check('readUInt32LE()', at, buffer.readUInt32LE(at), 0x6465656e);
  check('writeDoubleBE()', at, buffer.writeDoubleBE(1.5, at + 40), at + 48);
  check('readDoubleBE()', at, buffer.readDoubleBE(at + 40), 1.5);
  check('copy()', at, Buffer.from('NEEDLE').copy(buffer, at), 6);
  check('copy() from there', at, buffer.copy(room, 32, at, at + 6), 6);
  check('what was copied', at, buffer.toString('latin1', at + 32, at + 38), 'NEEDLE');
  buffer.fill('xyz', at, at + 7);
  check('fill()', at, buffer.toString('latin1', at, at + 7), 'xyzxyzx');
  // Starts at an offset that a search accepts: as in Node, larger ones become 2**31 - 1.
  buffer.fill(0, at, at + 64);
  buffer.write('needle', at);
  const tail = buffer.subarray(at - 1000);
  check('indexOf(text)', at, tail.indexOf('needle'), 1000);
  check('lastIndexOf(text)', at, tail.lastIndexOf('needle'), 1000);
  check('indexOf(text) of all', at, buffer.indexOf('needle'), at);
  check('lastIndexOf(bytes) of all', at, buffer.lastIndexOf(Buffer.from('needle')), at);
  check('indexOf(byte) of all', at, buffer.indexOf(0x6e), at);
  check('includes() with an end in front', at, buffer.includes('needle', 0, at + 5), false);
  buffer.fill(0, at, at + 64);
}

function checkAll(buffer) {
  check('length', 0, buffer.length, size);
  check('equals()', 0, buffer.equals(buffer.subarray()), true);
  check('isAscii()', 0, isAscii(buffer), true);
  buffer[size - 1] = 0xff;
  check('isAscii()', size - 1, isAscii(buffer), false);
  check('isUtf8()', size - 1, isUtf8(buffer), false);
  check('stringLength()', size, Buffer.stringLength(buffer), size);
  buffer[size - 1] = 0;
  buffer[2 ** 32] = 1;
  buffer.swap16();
  check('swap16()', 2 ** 32, buffer.indexOf(1), 2 ** 32 + 1);
  buffer[2 ** 32 + 1] = 0;
  let error = '';
  try { buffer.toString(); } catch ({ code }) { error = code; }
  check('toString() of all', 0, error, 'ERR_STRING_TOO_LONG');
}

if (process.env.PAGEBUF_SUITE_NODE === undefined) {
  const binary = await nodeBinary('26');
  const { status, signal, error } = spawnSync(binary, [fileURLToPath(import.meta.url)], {
    stdio: 'inherit', env: { ...process.env, PAGEBUF_SUITE_NODE: binary },
  });
  if (error || signal) console.error(`large: ${binary}: ${error ? error.message : signal}`);
  process.exit(error || signal ? 1 : status);
}

let memory;
try {
  memory = new ArrayBuffer(size);
} catch (error) {
  console.error(`large: no ArrayBuffer of ${size} bytes here: ${error.message}`);
  process.exit(2);
}
const buffer = Buffer.from(memory);
for (const at of places) {
  checkAt(buffer, at);
  console.log(`large: ${at} of ${size}, ${failed} of ${checked} wrong`);
}
checkAll(buffer);
console.log(`large: ${checked} answers on ${size} bytes, ${failed} wrong`);
process.exit(failed === 0 ? 0 : 1);
