// bytes.js: what is asked of bytes wherever they lie: whether they are equal, where one is, turned around,
// ASCII.
//
// Owns        the choice of the way. Short inputs take a loop. Slices take a kernel in place. Everything
//             else is copied to the home memory, block by block, and takes a kernel there; where compiled
//             code is refused, the loop again.
// Assumes     Uint8Arrays, and integers that lie within them: nothing here runs user code.
// Always      the same answer on each way.

import { kernelsOf } from './slice.js';
import { byteOffsetOf, isSpiderMonkey, lengthOf, part } from './views.js';
import { homeBytes, homeKernels, STAGE_A, STAGE_B } from './wasm.js';

// From how many bytes on a kernel wins over a loop: in place, and when the operands are copied first.
const IN_PLACE = 16;
const STAGED = 48;
// Before anything is copied, so many bytes are compared by a loop: most pairs differ there.
const GLANCE = 4;
// Bytes that are staged at once: they stay in the cache, and a match near the start costs little more than
// a loop.
const FIRST_BLOCK = 8192;
const BLOCK = 32768;

/** Up to how many bytes a loop copies or fills faster than the engine. */
export const LOOPED = 16;
// The same for a part of a view, for which the engine wants a view of its own.
const LOOPED_PART = 48;

const { copyWithin, indexOf, set } = Uint8Array.prototype;

function stage(view, start, end, address) {
  set.call(homeBytes, part(view, start, end), address);
}

// What is staged first, as a view. The last one is kept, because lengths repeat and a view costs 40 ns.
let stagedView = new Uint8Array();

function staged(length) {
  if (lengthOf(stagedView) !== length) stagedView = part(homeBytes, STAGE_A, STAGE_A + length);
  return stagedView;
}

/**
 * Copies bytes to where they do not lie yet: the two ranges have none in common.
 * @param {Uint8Array} target
 * @param {number} at where in the target
 * @param {Uint8Array} source
 * @param {number} start where in the source
 * @param {number} count bytes, which both have
 */
export function copyBytes(target, at, source, start, count) {
  if (count > LOOPED && (count > LOOPED_PART || count === lengthOf(source))) {
    set.call(target, part(source, start, start + count), at);
  } else {
    for (let i = 0; i < count; i++) target[at + i] = source[start + i];
  }
}

/**
 * As copyBytes(), but the two ranges may overlap.
 * @param {Uint8Array} target as copyBytes()
 * @param {number} at as copyBytes()
 * @param {Uint8Array} source as copyBytes()
 * @param {number} start as copyBytes()
 * @param {number} count as copyBytes()
 */
export function moveBytes(target, at, source, start, count) {
  if (count <= LOOPED_PART && byteOffsetOf(target) + at > byteOffsetOf(source) + start) {
    for (let i = count - 1; i >= 0; i--) target[at + i] = source[start + i];
  } else {
    copyBytes(target, at, source, start, count);
  }
}

/**
 * Repeats the pattern that stands at `start`.
 * @param {Uint8Array} view
 * @param {number} start
 * @param {number} period bytes of the pattern, > 0
 * @param {number} length bytes from `start` that are to hold it again and again
 */
export function repeatBytes(view, start, period, length) {
  if (length >= IN_PLACE) {
    const kernels = kernelsOf(view);
    if (kernels) {
      kernels.fill_repeat(byteOffsetOf(view) + start, period, length);
      return;
    }
  }
  const end = start + length;
  let filled = start + period;
  if (homeKernels !== undefined && length >= STAGED && period <= STAGED) {
    const repeated = length < BLOCK ? length : BLOCK - BLOCK % period;
    copyBytes(homeBytes, STAGE_A, view, start, period);
    homeKernels.fill_repeat(STAGE_A, period, repeated);
    set.call(view, staged(repeated), start);
    filled = start + repeated;
  }
  const looped = Math.min(end, start + Math.ceil(STAGED / period) * period);
  for (; filled < looped; filled++) view[filled] = view[filled - period];
  for (; filled < end; filled += filled - start) {
    copyWithin.call(view, filled, start, Math.min(filled, start + end - filled));
  }
}

/**
 * How many leading bytes of `a` and `b` are equal.
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 * @param {number} length bytes that both have
 * @returns {number} `length` when all are
 */
export function commonPrefix(a, b, length) {
  if (length >= IN_PLACE) {
    const kernels = kernelsOf(a);
    if (kernels && kernels === kernelsOf(b)) {
      return kernels.compare_prefix(byteOffsetOf(a), byteOffsetOf(b), length);
    }
  }
  const looped = homeKernels === undefined || length < STAGED ? length : GLANCE;
  for (let i = 0; i < looped; i++) {
    if (a[i] !== b[i]) return i;
  }
  for (let start = looped, size = FIRST_BLOCK; start < length; start += size, size = BLOCK) {
    const end = Math.min(start + size, length);
    // What is compared from the start can be staged as it is.
    const from = end === length && length <= FIRST_BLOCK ? 0 : start;
    stage(a, from, end, STAGE_A);
    stage(b, from, end, STAGE_B);
    const equal = homeKernels.compare_prefix(STAGE_A, STAGE_B, end - from);
    if (equal < end - from) return from + equal;
  }
  return length;
}

/**
 * The first index from `start` on at which a needle can begin: its first byte is in place, and its last one.
 * @param {Uint8Array} view
 * @param {number} first the needle's first byte
 * @param {number} last its last byte
 * @param {number} distance bytes between them; 0 for a single byte
 * @param {number} start
 * @param {number} end where the bytes that are searched end
 * @returns {number} -1 when there is none
 */
export function indexOfPair(view, first, last, distance, start, end) {
  const length = end - start;
  if (length <= distance) return -1;
  if (isSpiderMonkey && distance === 0) {
    const found = indexOf.call(view, first, start);
    return found < end ? found : -1;
  }
  if (length >= IN_PLACE) {
    const kernels = kernelsOf(view);
    if (kernels) {
      const found = kernels.search_pair(byteOffsetOf(view) + start, length, first, last, distance);
      return found < 0 ? -1 : start + found;
    }
  }
  if (homeKernels === undefined || length < STAGED || distance > BLOCK) {
    for (let at = start; at + distance < end; at++) {
      if (view[at] === first && view[at + distance] === last) return at;
    }
    return -1;
  }
  for (let at = start, size = FIRST_BLOCK; at + distance < end; at += size, size = BLOCK) {
    const stop = Math.min(at + size + distance, end);
    stage(view, at, stop, STAGE_A);
    const found = homeKernels.search_pair(STAGE_A, stop - at, first, last, distance);
    if (found >= 0) return at + found;
  }
  return -1;
}

/**
 * The last such index, up to `start`.
 * @param {Uint8Array} view
 * @param {number} first as indexOfPair()
 * @param {number} last as indexOfPair()
 * @param {number} distance as indexOfPair()
 * @param {number} start the last index at which it may begin; start + distance lies within the view
 * @returns {number} -1 when there is none
 */
export function lastIndexOfPair(view, first, last, distance, start) {
  const length = start + 1 + distance;
  if (length >= IN_PLACE) {
    const kernels = kernelsOf(view);
    if (kernels) return kernels.search_last_pair(byteOffsetOf(view), length, first, last, distance);
  }
  if (homeKernels === undefined || length < STAGED || distance > BLOCK) {
    for (let at = start; at >= 0; at--) {
      if (view[at] === first && view[at + distance] === last) return at;
    }
    return -1;
  }
  for (let stop = start + 1, size = FIRST_BLOCK; stop > 0; stop -= size, size = BLOCK) {
    const from = Math.max(stop - size, 0);
    stage(view, from, stop + distance, STAGE_A);
    const found = homeKernels.search_last_pair(STAGE_A, stop + distance - from, first, last, distance);
    if (found >= 0) return from + found;
  }
  return -1;
}

/**
 * Turns the bytes of each unit around, in place.
 * @param {Uint8Array} view
 * @param {number} unit bytes: 2, 4 or 8
 * @param {number} length bytes, a multiple of the unit
 */
export function swapBytes(view, unit, length) {
  if (length >= IN_PLACE) {
    const kernels = kernelsOf(view);
    if (kernels) {
      kernels.swap_units(byteOffsetOf(view), unit, length);
      return;
    }
  }
  if (homeKernels === undefined || length < STAGED) {
    for (let i = 0; i < length; i += unit) {
      swapPair(view, i, i + unit - 1);
      if (unit > 2) swapPair(view, i + 1, i + unit - 2);
      if (unit > 4) {
        swapPair(view, i + 2, i + 5);
        swapPair(view, i + 3, i + 4);
      }
    }
    return;
  }
  for (let start = 0; start < length; start += BLOCK) {
    const end = Math.min(start + BLOCK, length);
    stage(view, start, end, STAGE_A);
    homeKernels.swap_units(STAGE_A, unit, end - start);
    set.call(view, staged(end - start), start);
  }
}

function swapPair(view, i, j) {
  const byte = view[i];
  view[i] = view[j];
  view[j] = byte;
}

/**
 * Whether no byte is above 127.
 * @param {Uint8Array} view
 * @returns {boolean}
 */
export function areAscii(view) {
  const length = lengthOf(view);
  if (length >= IN_PLACE) {
    const kernels = kernelsOf(view);
    if (kernels) return kernels.latin1_is_ascii(byteOffsetOf(view), length) === 1;
  }
  if (homeKernels === undefined || length < STAGED) {
    for (let i = 0; i < length; i++) {
      if (view[i] > 127) return false;
    }
    return true;
  }
  for (let start = 0; start < length; start += BLOCK) {
    const end = Math.min(start + BLOCK, length);
    stage(view, start, end, STAGE_A);
    if (homeKernels.latin1_is_ascii(STAGE_A, end - start) === 0) return false;
  }
  return true;
}

/**
 * Whether the bytes are valid UTF-8.
 * @param {Uint8Array} view
 * @returns {boolean}
 */
export function areUtf8(view) {
  const length = lengthOf(view);
  if (length === 0) return true; // of detached memory, too, which cannot be staged
  const kernels = kernelsOf(view);
  if (kernels) return kernels.unicode_is_utf8(byteOffsetOf(view), length) === 1;
  if (length < STAGED && areAscii(view)) return true;
  if (homeKernels !== undefined) {
    for (let start = 0, end; start < length; start = end) {
      end = characterStart(view, Math.min(start + BLOCK, length), length);
      stage(view, start, end, STAGE_A);
      if (homeKernels.unicode_is_utf8(STAGE_A, end - start) === 0) return false;
    }
    return true;
  }
  return areUtf8ByLoop(view, length);
}

function areUtf8ByLoop(view, length) {
  for (let at = 0; at < length;) {
    const first = view[at++];
    if (first < 0x80) continue;
    // The second byte's bounds leave out what takes too many bytes, halves of pairs, and what is beyond the
    // last character.
    const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const high = first < 0xc2 || first > 0xf4 ? 0 : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (!(view[at] >= low && view[at] <= high)) return false;
    for (let left = first < 0xe0 ? 0 : first < 0xf0 ? 1 : 2; left > 0; left--) {
      if ((view[++at] & 0xc0) !== 0x80) return false;
    }
    at++;
  }
  return true;
}

/**
 * Where the character starts that the byte at `at` belongs to, if that is UTF-8.
 * @param {Uint8Array} view
 * @param {number} at
 * @param {number} length bytes that are looked at: `at` itself when that is all of them
 * @returns {number}
 */
export function characterStart(view, at, length) {
  let start = at;
  while (start < length && start > at - 3 && (view[start] & 0xc0) === 0x80) start--;
  return start;
}
