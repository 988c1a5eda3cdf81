// search.js: where bytes lie within bytes.
//
// Owns        the reading of indexOf's offsets and the search itself, forward and backward, by bytes or by
//             UTF-16 units.
// Assumes     plain Uint8Arrays whose arguments are settled: nothing here runs user code.
// Always      the answer is that of Node 26: an index from the start of the haystack, or -1. A needle of no
//             bytes is found wherever the search begins.

import { indexOfPair, lastIndexOfPair } from './bytes.js';

/**
 * The first needle at `offset` or after it, or the last one at `offset` or before it.
 * @param {Uint8Array} haystack
 * @param {Uint8Array} needle
 * @param {number} size bytes that offsets refer to: those of the haystack before its end was cut, or more
 * @param {number} offset bytes, an integer; a negative one counts from the end
 * @param {boolean} isForward
 * @param {number} unit bytes per unit: 2 finds only at even indices, and leaves odd last bytes out of account
 * @returns {number} bytes from the start of the haystack, or -1
 */
export function find(haystack, needle, size, offset, isForward, unit) {
  const length = haystack.length - haystack.length % unit;
  const start = Math.min(startOf(size, offset, needle.length, isForward), length);
  if (needle.length === 0 || start < 0) return start;
  if (needle.length > length || needle.length < unit) return -1;
  if (isForward && start + needle.length > length) return -1;

  const rest = needle.length % unit;
  const sought = rest === 0 ? needle : needle.subarray(0, needle.length - rest);
  const last = length - sought.length;
  return isForward ? firstFrom(haystack, sought, start - start % unit, last, unit) :
    lastFrom(haystack, sought, Math.min(start - start % unit, last), unit);
}

/**
 * As find(), of one byte.
 * @param {Uint8Array} haystack
 * @param {number} byte from 0 to 255
 * @param {number} size as find()
 * @param {number} offset as find()
 * @param {boolean} isForward
 * @returns {number} bytes from the start of the haystack, or -1
 */
export function findByte(haystack, byte, size, offset, isForward) {
  const start = startOf(size, offset, 1, isForward);
  if (start < 0 || haystack.length === 0) return -1;
  if (isForward) return indexOfPair(haystack, byte, byte, 0, start, haystack.length);
  return lastIndexOfPair(haystack, byte, byte, 0, Math.min(start, haystack.length - 1));
}

// Where the search begins, or -1 when it can find nothing.
function startOf(length, offset, needleLength, isForward) {
  if (offset < 0) {
    if (offset + length >= 0) return length + offset;
    return isForward || needleLength === 0 ? 0 : -1;
  }
  if (offset + needleLength <= length) return offset;
  if (needleLength === 0) return length;
  return isForward ? -1 : length - 1;
}

function firstFrom(haystack, needle, start, last, unit) {
  const distance = needle.length - 1;
  for (let at = start; at <= last; at++) {
    at = indexOfPair(haystack, needle[0], needle[distance], distance, at, last + needle.length);
    if (at < 0) return -1;
    if (at % unit === 0 && isAt(haystack, needle, at)) return at;
  }
  return -1;
}

function lastFrom(haystack, needle, start, unit) {
  const distance = needle.length - 1;
  for (let at = start; at >= 0; at--) {
    at = lastIndexOfPair(haystack, needle[0], needle[distance], distance, at);
    if (at < 0) return -1;
    if (at % unit === 0 && isAt(haystack, needle, at)) return at;
  }
  return -1;
}

// The first and the last byte are in place already.
function isAt(haystack, needle, at) {
  const last = needle.length - 1;
  for (let index = 1; index < last; index++) {
    if (haystack[at + index] !== needle[index]) return false;
  }
  return true;
}
