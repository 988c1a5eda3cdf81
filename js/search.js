// search.js: where bytes lie within bytes.
//
// Owns        what the offset of indexOf() means, and the search itself: forward and backward, by bytes or
//             by UTF-16 units.
// Assumes     Uint8Arrays, and arguments that are converted. No user code runs here.
// Always      the answer is Node 26's: an index from the start of the haystack, or -1. An empty needle is
//             found wherever the search begins.

import { indexOfPair, lastIndexOfPair } from './bytes.js';

/**
 * Where a needle lies: forward, the first place at `offset` or after it; backward, the last one at `offset`
 * or before it.
 * @param {Uint8Array} haystack
 * @param {number} haystackLength how many of its first bytes are searched
 * @param {Uint8Array} needle
 * @param {number} needleLength how many of its first bytes are searched for
 * @param {number} size bytes that offsets refer to: all of the haystack, or all but an odd last one
 * @param {number} offset bytes, an integer; a negative one counts from the end
 * @param {boolean} isForward
 * @param {number} unit bytes per unit; with 2, only even indices count, and odd last bytes are ignored
 * @returns {number} bytes from the start of the haystack, or -1
 */
export function find(haystack, haystackLength, needle, needleLength, size, offset, isForward, unit) {
  const length = haystackLength - haystackLength % unit;
  const start = Math.min(startOf(size, offset, needleLength, isForward), length);
  if (needleLength === 0 || start < 0) return start;
  if (needleLength > length || needleLength < unit) return -1;
  if (isForward && start + needleLength > length) return -1;

  const distance = needleLength - needleLength % unit - 1;
  const last = length - distance - 1;
  return isForward ? firstFrom(haystack, needle, distance, start - start % unit, last, unit) :
    lastFrom(haystack, needle, distance, Math.min(start - start % unit, last), unit);
}

/**
 * Where a byte lies, as find().
 * @param {Uint8Array} haystack
 * @param {number} length how many of its first bytes are searched
 * @param {number} byte from 0 to 255
 * @param {number} size as find()
 * @param {number} offset as find()
 * @param {boolean} isForward
 * @returns {number} bytes from the start of the haystack, or -1
 */
export function findByte(haystack, length, byte, size, offset, isForward) {
  const start = startOf(size, offset, 1, isForward);
  if (start < 0 || length === 0) return -1;
  if (isForward) return indexOfPair(haystack, byte, byte, 0, start, length);
  return lastIndexOfPair(haystack, byte, byte, 0, Math.min(start, length - 1));
}

// Where the search begins, or -1 when it can find nothing.
function startOf(length, offset, needleLength, isForward) {
  return offset >= 0 && offset + needleLength <= length ? offset :
    startOutside(length, offset, needleLength, isForward);
}

function startOutside(length, offset, needleLength, isForward) {
  if (offset < 0) {
    if (offset + length >= 0) return length + offset;
    return isForward || needleLength === 0 ? 0 : -1;
  }
  if (needleLength === 0) return length;
  return isForward ? -1 : length - 1;
}

function firstFrom(haystack, needle, distance, start, last, unit) {
  for (let at = start; at <= last; at++) {
    at = indexOfPair(haystack, needle[0], needle[distance], distance, at, last + distance + 1);
    if (at < 0) return -1;
    if (at % unit === 0 && isAt(haystack, needle, distance, at)) return at;
  }
  return -1;
}

function lastFrom(haystack, needle, distance, start, unit) {
  for (let at = start; at >= 0; at--) {
    at = lastIndexOfPair(haystack, needle[0], needle[distance], distance, at);
    if (at < 0) return -1;
    if (at % unit === 0 && isAt(haystack, needle, distance, at)) return at;
  }
  return -1;
}

// Compares what lies between the first byte and the last one, at `distance`. Both of them match already.
function isAt(haystack, needle, distance, at) {
  for (let index = 1; index < distance; index++) {
    if (haystack[at + index] !== needle[index]) return false;
  }
  return true;
}
