// allocate.js: makes Buffers, on the pool or private, from sizes, strings, arrays, views and ArrayBuffers.
//
// Owns        the decision where the bytes of a new Buffer lie. pool.js knows the address, and encodings.js
//             how a string becomes bytes.
// Assumes     sizes that are checked. Reading the items of a list, or `Buffer.poolSize`, may run user code.
// Always      a slice is taken before its bytes are read from an array-like or a string, and given back when
//             that fails. So user code in between, and built-ins that somebody wrapped, get other bytes.

import { copyBytes } from './bytes.js';
import { codecNamed, encodeInto, encodeNew, encodeWhole, encodings, expectedLength } from './encodings.js';
import { bufferOutOfBounds, memoryAllocationFailed, toNumber } from './errors.js';
import { countPrivate, shrink, slab, take, takeAligned } from './pool.js';
import { FastBuffer, slice } from './slice.js';
import { isAnyArrayBuffer, isSpiderMonkey, isUint8Array, lengthOf, Link } from './views.js';

/** The largest size of a Buffer, in bytes. Node 26's number; engines refuse far smaller ones. */
export const kMaxLength = 2 ** 53 - 1;

// Up to how many elements a loop copies an array faster than the engine's set().
const LOOPED_LIST = isSpiderMonkey ? Infinity : 64;

// Below so many bytes nothing is caught: V8 takes a third longer to make an object inside of a `try`, and an
// engine that refuses so little is at its end anyway.
const SURELY_GIVEN = 2 ** 20;

const { set: setBytes } = Uint8Array.prototype;

let sizes;

/**
 * Sets the object whose `poolSize` counts: Buffer, which this file cannot import.
 * @param {object} owner
 */
export function readPoolSizeOf(owner) {
  sizes = owner;
}

// Converted once for each allocation, as in Node, and before the slice is taken: it may run user code.
function poolSizeNow() {
  const { poolSize } = sizes;
  return typeof poolSize === 'number' ? poolSize : poolSize - 0;
}

/**
 * A Buffer that comes from the pool if it is small enough.
 * @param {number} size bytes
 * @returns {Buffer}
 * @throws {RangeError} ERR_MEMORY_ALLOCATION_FAILED
 */
export function allocate(size) {
  if (size > 0) {
    const address = take(size, poolSizeNow());
    if (address >= 0) return slice(slab, address, size);
  }
  return allocateOther(size);
}

function allocateOther(size) {
  if (size <= 0) return new FastBuffer();
  countPrivate();
  return allocatePrivate(size);
}

/**
 * As allocate(), with the first byte at a multiple of `alignment`.
 * @param {number} size bytes
 * @param {number} alignment bytes, a power of two
 * @returns {Buffer}
 * @throws {RangeError} ERR_MEMORY_ALLOCATION_FAILED
 */
export function allocateAligned(size, alignment) {
  if (size <= 0) return new FastBuffer();
  const address = takeAligned(size, poolSizeNow(), alignment);
  if (address >= 0) return slice(slab, address, size);
  countPrivate();
  return allocatePrivateAligned(size, alignment);
}

/**
 * A Buffer with an ArrayBuffer of its own, all zero.
 * @param {number} size bytes
 * @param {function} [refused] makes the error when the engine refuses the memory
 * @returns {Buffer}
 * @throws {RangeError} what `refused` makes: ERR_MEMORY_ALLOCATION_FAILED if left out
 */
export function allocatePrivate(size, refused) {
  return size < SURELY_GIVEN ? createPrivate(size) : createLarge(size, refused);
}

function createLarge(size, refused = memoryAllocationFailed) {
  try {
    return createPrivate(size);
  } catch {
    throw refused();
  }
}

// From 128 bytes on, SpiderMonkey takes 900 ns to make an object of a derived class, and 60 ns to make a
// Uint8Array and change its prototype. In V8 the second way is the slower one.
const createPrivate = isSpiderMonkey ?
  (size) => new Link(Object.setPrototypeOf(new Uint8Array(size), FastBuffer.prototype)) :
  (size) => new FastBuffer(size);

/**
 * As allocatePrivate(), at an aligned address. Node skips to an aligned address within the padding. Here no
 * address is known, but an ArrayBuffer starts at a multiple of 8 at least: the Buffer is at offset 0, and
 * the padding follows.
 * @param {number} size bytes
 * @param {number} alignment bytes, a power of two
 * @returns {Buffer}
 * @throws {RangeError} ERR_MEMORY_ALLOCATION_FAILED
 */
export function allocatePrivateAligned(size, alignment) {
  if (size === 0) return new FastBuffer();
  return new FastBuffer(allocatePrivate(size + alignmentPadding(alignment)).buffer, 0, size);
}

/**
 * The bytes that a private aligned allocation has beyond its size. At least 8, so that the padding is a
 * whole number of elements of any typed array.
 * @param {number} alignment bytes
 * @returns {number} bytes
 */
export function alignmentPadding(alignment) {
  return Math.max(alignment, 8);
}

/**
 * A Buffer with the bytes of a string.
 * @param {string} string
 * @param {*} encoding a name; utf8 if it is no string or empty
 * @returns {Buffer}
 * @throws {TypeError} ERR_UNKNOWN_ENCODING
 * @throws {RangeError} ERR_MEMORY_ALLOCATION_FAILED
 */
export function fromString(string, encoding) {
  return fromText(string, encoding && typeof encoding === 'string' ? codecNamed(encoding) : encodings.utf8);
}

/**
 * As fromString(), with a codec.
 * @param {string} string
 * @param {object} codec a row of `encodings`
 * @returns {Buffer}
 * @throws {RangeError} ERR_MEMORY_ALLOCATION_FAILED
 */
export function fromText(string, codec) {
  if (string.length === 0) return new FastBuffer();
  // As in Node, four bytes are taken for each character, and what is not written is given back. Only when
  // that is too much for the pool, the exact length is computed.
  const poolSize = poolSizeNow();
  let most = string.length * 4;
  let address = take(most, poolSize);
  if (address < 0 && string.length < poolSize >>> 1) {
    most = codec.byteLength(string);
    address = take(most, poolSize);
  }
  if (address < 0) {
    countPrivate();
    return encodeNew(codec, string, allocatePrivate);
  }

  const owner = slab;
  const expected = expectedLength(codec, string);
  if (expected >= 0) {
    const buffer = slice(owner, address, expected);
    if (encodeWhole(codec, buffer, string)) {
      shrink(owner, address, most, expected);
      return buffer;
    }
  }
  const used = encodeInto(codec, owner.bytes, string, address, most);
  shrink(owner, address, most, used);
  return slice(owner, address, used);
}

/**
 * A Buffer over part of an ArrayBuffer, as Buffer.from() makes it.
 * @param {ArrayBuffer|SharedArrayBuffer} arrayBuffer
 * @param {*} [byteOffset] bytes to skip
 * @param {*} [length] bytes; all that follow the offset if left out
 * @returns {Buffer}
 * @throws {RangeError} ERR_BUFFER_OUT_OF_BOUNDS
 */
export function fromArrayBuffer(arrayBuffer, byteOffset, length) {
  if (byteOffset === undefined) {
    byteOffset = 0;
  } else {
    byteOffset = toNumber(byteOffset);
    if (Number.isNaN(byteOffset)) byteOffset = 0;
  }

  const most = arrayBuffer.byteLength - byteOffset;
  if (most < 0) throw bufferOutOfBounds('offset');

  if (length !== undefined) {
    length = toNumber(length);
    if (!(length > 0)) length = 0;
    else if (length > most) throw bufferOutOfBounds('length');
  }
  if (byteOffset <= -1) throw new RangeError(`Start offset ${byteOffset} is outside the bounds of the buffer`);
  return new FastBuffer(arrayBuffer, byteOffset, length);
}

/**
 * A Buffer with the elements of an array-like. Reading them may run user code, which may allocate. Node
 * moves its cursor after that, and so hands the same bytes out twice; here the slice is taken first. A
 * getter may return a length that is an object: Node converts it at each of five uses, this function once.
 * @param {object} list
 * @returns {Buffer}
 * @throws {RangeError} ERR_MEMORY_ALLOCATION_FAILED; whatever its getters throw
 */
export function fromArrayLike(list) {
  let { length } = list;
  if (typeof length !== 'number') length = +length;
  if (length <= 0) return new FastBuffer();
  const address = take(length, poolSizeNow());
  if (address < 0) {
    countPrivate();
    return new FastBuffer(list);
  }

  const owner = slab;
  const buffer = slice(owner, address, length);
  if (isUint8Array(list) && lengthOf(list) === length) {
    copyBytes(buffer, 0, list, 0, length);
    return buffer;
  }
  try {
    if (length <= LOOPED_LIST && Array.isArray(list)) {
      setItems(buffer, list, length);
    } else {
      setBytes.call(buffer, list, 0);
    }
  } catch (error) {
    shrink(owner, address, length, 0);
    throw error;
  }
  return buffer;
}

// The engine's set(), as a loop. set() reads the length once more, and so does this.
function setItems(buffer, list, length) {
  const count = Math.trunc(list.length);
  if (count > length) setBytes.call(buffer, { length: count }); // throws
  for (let i = 0; i < count; i++) buffer[i] = list[i];
}

/**
 * A Buffer with the bytes of an array-like, or of what toJSON() returned.
 * @param {object} value
 * @returns {Buffer|undefined} undefined when the value is neither
 */
export function fromObject(value) {
  if (value.length !== undefined || isAnyArrayBuffer(value.buffer)) {
    return typeof value.length === 'number' ? fromArrayLike(value) : new FastBuffer();
  }
  return value.type === 'Buffer' && Array.isArray(value.data) ? fromArrayLike(value.data) : undefined;
}
