// bytes.js: operations on bytes, wherever they lie: copy, repeat, compare, search, swap, validate.
//
// Owns        the choice between a loop and a kernel. Short inputs take a loop. On slices of linear slabs a
//             kernel runs in place. Other bytes are copied to the home memory, block by block, where the
//             same kernel runs. Where compiled code is refused, the loop does all of it.
// Assumes     Uint8Arrays, and integers that lie within them. No user code runs here.
// Always      every way gives the same answer.

import { kernelsOf } from './slice.js';
import { byteOffsetOf, isSpiderMonkey, lengthOf, part } from './views.js';
import { hasKernels, home, STAGE_A, STAGE_B } from './wasm.js';

// From how many bytes on a kernel is faster than a loop: in place, and when the operands are copied first.
const IN_PLACE = 16;
const STAGED = 48;
// Up to how many bytes SpiderMonkey's own search backward for a byte is faster than a kernel.
const SEARCHED_BACK = 128;
// A loop compares so many bytes before anything is copied: most pairs differ there.
const GLANCE = 4;
// How many bytes are staged at once. A block stays in the cache, and the first one is small, so that a match
// near the start takes little longer than with a loop.
const FIRST_BLOCK = 8192;
const BLOCK = 32768;

// Up to how many bytes a view of staged bytes is kept.
const KEPT = 512;

/** Up to how many bytes a loop copies or fills faster than the engine. */
export const LOOPED = 16;
// The same for part of a view: set() copies whole views only, so a view of the part must be made first.
const LOOPED_PART = 48;

const { copyWithin, indexOf, lastIndexOf, set } = Uint8Array.prototype;

function stage(view, start, end, address) {
  set.call(home.bytes, part(view, start, end), address);
}

// Views of the first bytes of staging area A, by their lengths. Short ones are kept: to make one takes longer
// than to copy from it.
const stagedViews = new Array(KEPT + 1).fill(undefined);

function staged(length) {
  const kept = length > KEPT ? undefined : stagedViews[length];
  return kept === undefined ? viewStaged(length) : kept;
}

function viewStaged(length) {
  const view = part(home.bytes, STAGE_A, STAGE_A + length);
  if (length <= KEPT) stagedViews[length] = view;
  return view;
}

/**
 * Copies the first bytes of staging area A.
 * @param {Uint8Array} target
 * @param {number} at where they go in the target
 * @param {number} count bytes
 */
export function unstage(target, at, count) {
  if (count > LOOPED) set.call(target, staged(count), at);
  else copyFew(target, at, home.bytes, STAGE_A, count);
}

/**
 * Copies bytes between two ranges that do not overlap.
 * @param {Uint8Array} target
 * @param {number} at where the range starts in the target
 * @param {Uint8Array} source
 * @param {number} start where the range starts in the source
 * @param {number} count bytes; both have as many
 */
export function copyBytes(target, at, source, start, count) {
  if (count > LOOPED) copyMany(target, at, source, start, count);
  else copyFew(target, at, source, start, count);
}

function copyMany(target, at, source, start, count) {
  if (count > LOOPED_PART || count === lengthOf(source)) {
    set.call(target, part(source, start, start + count), at);
  } else {
    copyFew(target, at, source, start, count);
  }
}

/**
 * As copyBytes(), by a loop.
 * @param {Uint8Array} target as copyBytes()
 * @param {number} at as copyBytes()
 * @param {Uint8Array} source as copyBytes()
 * @param {number} start as copyBytes()
 * @param {number} count bytes, few
 */
// A function of its own, as copyMany() and others here: SpiderMonkey inlines short functions only.
export function copyFew(target, at, source, start, count) {
  for (let i = 0; i < count; i++) target[at + i] = source[start + i];
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
  if (count <= LOOPED_PART && isCopiedBack(target, at, source, start, count)) {
    copyFewBack(target, at, source, start, count);
  } else {
    copyBytes(target, at, source, start, count);
  }
}

// V8 counts down faster than up. SpiderMonkey takes several times as long, and counts down only where the
// ranges overlap.
function isCopiedBack(target, at, source, start, count) {
  const ahead = byteOffsetOf(target) + at - byteOffsetOf(source) - start;
  return ahead > 0 && (ahead < count || !isSpiderMonkey);
}

function copyFewBack(target, at, source, start, count) {
  for (let i = count - 1; i >= 0; i--) target[at + i] = source[start + i];
}

/**
 * Fills bytes with the pattern that lies at their beginning.
 * @param {Uint8Array} view
 * @param {number} start where the pattern lies
 * @param {number} period bytes of the pattern, > 0
 * @param {number} length bytes to fill, from `start` on, the pattern among them
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
  if (length >= STAGED && period <= STAGED && hasKernels()) {
    const repeated = length < BLOCK ? length : BLOCK - BLOCK % period;
    copyBytes(home.bytes, STAGE_A, view, start, period);
    home.kernels.fill_repeat(STAGE_A, period, repeated);
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
 * @param {number} length bytes to compare; both have as many
 * @returns {number} `length` when all are equal
 */
export function commonPrefix(a, b, length) {
  if (length >= IN_PLACE) {
    const kernels = kernelsOf(a);
    if (kernels && kernels === kernelsOf(b)) {
      return kernels.compare_prefix(byteOffsetOf(a), byteOffsetOf(b), length);
    }
  }
  const looped = length < STAGED || !hasKernels() ? length : GLANCE;
  for (let i = 0; i < looped; i++) {
    if (a[i] !== b[i]) return i;
  }
  for (let start = looped, size = FIRST_BLOCK; start < length; start += size, size = BLOCK) {
    const end = Math.min(start + size, length);
    // A whole view is staged as it is; to skip what is compared already, a view of the rest would be made.
    const from = end === length && length <= FIRST_BLOCK ? 0 : start;
    stage(a, from, end, STAGE_A);
    stage(b, from, end, STAGE_B);
    const equal = home.kernels.compare_prefix(STAGE_A, STAGE_B, end - from);
    if (equal < end - from) return from + equal;
  }
  return length;
}

/**
 * The first index, from `start` on, at which both a needle's first byte and its last byte match.
 * @param {Uint8Array} view
 * @param {number} first the needle's first byte
 * @param {number} last its last byte
 * @param {number} distance from the first byte to the last one; 0 for a single byte
 * @param {number} start the first index at which the needle may begin
 * @param {number} end where the searched bytes end
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
  if (length < STAGED || distance > BLOCK || !hasKernels()) {
    for (let at = start; at + distance < end; at++) {
      if (view[at] === first && view[at + distance] === last) return at;
    }
    return -1;
  }
  for (let at = start, size = FIRST_BLOCK; at + distance < end; at += size, size = BLOCK) {
    const stop = Math.min(at + size + distance, end);
    stage(view, at, stop, STAGE_A);
    const found = home.kernels.search_pair(STAGE_A, stop - at, first, last, distance);
    if (found >= 0) return at + found;
  }
  return -1;
}

/**
 * The last index, up to `start`, at which both bytes match.
 * @param {Uint8Array} view
 * @param {number} first as indexOfPair()
 * @param {number} last as indexOfPair()
 * @param {number} distance as indexOfPair()
 * @param {number} start the last index at which the needle may begin; start + distance lies within the view
 * @returns {number} -1 when there is none
 */
export function lastIndexOfPair(view, first, last, distance, start) {
  const length = start + 1 + distance;
  if (isSpiderMonkey && distance === 0 && length >= IN_PLACE && length <= SEARCHED_BACK) {
    return lastIndexOf.call(view, first, start);
  }
  if (length >= IN_PLACE) {
    const kernels = kernelsOf(view);
    if (kernels) return kernels.search_last_pair(byteOffsetOf(view), length, first, last, distance);
  }
  if (length < STAGED || distance > BLOCK || !hasKernels()) {
    for (let at = start; at >= 0; at--) {
      if (view[at] === first && view[at + distance] === last) return at;
    }
    return -1;
  }
  for (let stop = start + 1, size = FIRST_BLOCK; stop > 0; stop -= size, size = BLOCK) {
    const from = Math.max(stop - size, 0);
    stage(view, from, stop + distance, STAGE_A);
    const found = home.kernels.search_last_pair(STAGE_A, stop + distance - from, first, last, distance);
    if (found >= 0) return from + found;
  }
  return -1;
}

/**
 * Reverses the bytes of each unit, in place.
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
  if (length < STAGED || !hasKernels()) {
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
    home.kernels.swap_units(STAGE_A, unit, end - start);
    set.call(view, staged(end - start), start);
  }
}

/**
 * Exchanges two elements.
 * @param {TypedArray} view
 * @param {number} i an index
 * @param {number} j another one
 */
export function swapPair(view, i, j) {
  const element = view[i];
  view[i] = view[j];
  view[j] = element;
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
  if (length < STAGED || !hasKernels()) {
    for (let i = 0; i < length; i++) {
      if (view[i] > 127) return false;
    }
    return true;
  }
  for (let start = 0; start < length; start += BLOCK) {
    const end = Math.min(start + BLOCK, length);
    stage(view, start, end, STAGE_A);
    if (home.kernels.latin1_is_ascii(STAGE_A, end - start) === 0) return false;
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
  if (length === 0) return true; // so has detached memory, which cannot be staged
  const kernels = kernelsOf(view);
  if (kernels) return kernels.unicode_is_utf8(byteOffsetOf(view), length) === 1;
  if (length < STAGED && areAscii(view)) return true;
  if (hasKernels()) {
    for (let start = 0, end; start < length; start = end) {
      end = characterStart(view, Math.min(start + BLOCK, length), length);
      stage(view, start, end, STAGE_A);
      if (home.kernels.unicode_is_utf8(STAGE_A, end - start) === 0) return false;
    }
    return true;
  }
  return areUtf8ByLoop(view, length);
}

function areUtf8ByLoop(view, length) {
  for (let at = 0; at < length;) {
    const first = view[at++];
    if (first < 0x80) continue;
    // The bounds of the second byte exclude overlong forms, surrogates, and what is above U+10FFFF.
    // utf8Units() in encodings.js repeats them: a shared function would return two numbers per character.
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
 * Where the character starts that the byte at `at` belongs to, if the bytes are UTF-8.
 * @param {Uint8Array} view
 * @param {number} at an index, at most `length`
 * @param {number} length where the bytes end; an `at` there is returned as it is
 * @returns {number} an index, at most `at`
 */
export function characterStart(view, at, length) {
  for (let start = at; start < length && start >= at - 3; start--) {
    if ((view[start] & 0xc0) !== 0x80) return start;
  }
  return at; // no character has three bytes before this one
}
