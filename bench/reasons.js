// Why a rival is faster: the causes that are known, and the cells that each explains.
//
// Owns        of other libraries of bytes nothing is said but what the run itself has measured.
// Holds       the first entry that fits a cell explains it. A cell that fits none is reported as not known.

import { anchors } from './anchors.js';

const tie = 'a tie: less than the noise of a run';

const memory = 'the engine makes the ArrayBuffer, for both sides alike: what that takes hangs on what its ' +
  'collector has pending, and differs by a factor of ten from run to run';

const fresh = 'new memory: nobody has touched the slab, so each 4 KiB of it cost a fault, where the rival\'s ' +
  'allocator hands out what is warm (docs/storage.md says why memory is not used again)';

const view = 'the view of the slab: it takes as long as a whole call of native, and the ledger in C is asked, too';

const staged = 'staged: the bytes lie outside of the memory that a kernel can read, are copied there first, and ' +
  'back if they change';

const vectors = 'vectors: 128 bits in WebAssembly, up to 512 in what Node is built with';

const characters = 'native copies between the string\'s own memory and the Buffer; a library is given each ' +
  'character by a call, or all by way of an array';

const counted = 'native counts in the string\'s own memory; a library goes through its characters, or has the ' +
  'engine encode it to where nobody looks';

const coder = 'the engine\'s own coder does the work here, too, and the call of it comes on top: 25 to 100 ns in ' +
  'Node and Firefox, 200 in Chromium';

const twoSteps = 'two steps: a kernel or a loop has the digits, the engine the string; native does both at once';

const checks = 'short: what is asked of the receiver and of the arguments takes as long as the work';

const part = 'the engine copies whole views, and a view of the part takes 40 ns to make';

const firefoxChecks = 'Firefox takes some 8 ns to say what kind of view it is asked of, where no property can fake the ' +
  'answer, and some 4 for each call that it does not build in';

const firefoxView = 'Firefox makes a view of a slab in 70 ns, and a short Uint8Array of its own in 20';

const ends = 'the first element and the last are compared with undefined before any is read: Node tells by that ' +
  'whether an offset is out of range, and so do we';

const unchecked = 'the engine\'s own call takes no longer than this library here: ours is that call, or its equal, and ' +
  'what Node asks of arguments and lets pass';

const nobodyKnows = 'not known';

// What kernels do.
const kernels = '(equals|compare|indexOf|lastIndexOf|includes|isAscii|isUtf8|swap|fill string)';

// [engine, cell, reason]
const reasons = [
  [/./, /^iterate /, tie],
  [/./, /^(alloc|allocUnsafeSlow) /, memory],
  [/./, /^allocUnsafe (65536|1048576) /, memory],
  [/firefox/, /^(read|write) number /, ends],
  [/firefox/, /^allocUnsafe /, firefoxView],
  [/firefox/, /^(from|concat) .*\b(8|64) /, firefoxView],
  [/./, /^allocUnsafe (512|4096) /, fresh],
  [/./, /^(allocUnsafe|from|copyBytesFrom|concat) .*\b8 /, view],
  [/./, /^allocUnsafe /, view],
  [/./, /^from string (latin1 random|utf16le \w+) /, characters],
  [/./, /^(from|copyBytesFrom|concat) .*\b(64|512|4096) /, fresh],
  [/./, /^from string .*\b(65536|1048576) /, coder],
  [/./, /^(from|copyBytesFrom|concat) /, memory],
  [/./, /^byteLength utf8 /, counted],
  [/./, /^byteLength /, checks],
  [/firefox/, /^(toString|write) .*\b8 /, firefoxChecks],
  [/./, /^(toString|write) .*\b8 /, checks],
  [/./, /^(toString|write) (latin1 random|utf16le \w+) /, characters],
  [/node20/, /^(toString|write) base64/, twoSteps],
  [/./, /^(toString|write) (hex|base64|base64url) random 64 /, twoSteps],
  [/node/, /^(toString|write) hex /, twoSteps],
  [/./, /^(toString|write) /, coder],
  [/firefox/, new RegExp(`^(${kernels}|fill|copy).*\\b(8|64|512|4096) `), firefoxChecks],
  [/./, new RegExp(`^${kernels}.*\\b8 `), checks],
  [/./, new RegExp(`^${kernels}.* private$`), staged],
  [/./, new RegExp(`^${kernels}.*\\b(512|4096) pooled$`), vectors],
  [/./, /^copy part /, part],
  [/./, new RegExp(`^(${kernels}|fill|copy|subarray|toJSON)`), checks],
  [/./, /^(read|write) number /, checks],
];

/**
 * Why a rival is faster in a cell.
 *
 * @param {string} engine as bench/run.js calls it
 * @param {string} rival
 * @param {{ name: string, times: object }} cell
 * @returns {string} a cause, or that it is not known
 */
export function reasonOf(engine, rival, { name, times }) {
  if (times[rival] > times.pagebuf * 0.95) return tie;
  if (anchors.includes(rival)) return times.platform <= times[rival] * 1.1 ? unchecked : nobodyKnows;
  const found = reasons.find(([engines, cells]) => engines.test(engine) && cells.test(name));
  return found === undefined ? nobodyKnows : found[2];
}
