// allocate.js: makes Buffers: on the pool or with an ArrayBuffer of their own, with the bytes of a string, an
// array, a view or an ArrayBuffer.
//
// Owns        where the bytes of a new Buffer lie. The pool says at which address (pool.js), encodings.js how
//             a string becomes bytes.
// Assumes     sizes that are checked. User code may run when items of a list or `Buffer.poolSize` are read.
// Always      a slice is taken before its bytes are read from an array-like or a string, and given back when
//             that fails: user code in between, and built-ins that somebody wrapped, get bytes of their own.

import { copyBytes } from './bytes.js';
import { encodeInto, encodeNew, encodeWhole, encodingOf, encodings, expectedLength } from './encodings.js';
import { bufferOutOfBounds, memoryAllocationFailed, toNumber, unknownEncoding } from './errors.js';
import { sendAway, shrink, slab, take, takeAligned } from './pool.js';
import { adopt, FastBuffer, slice } from './slice.js';
import { isAnyArrayBuffer, isSpiderMonkey, isUint8Array, lengthOf } from './views.js';

/** The largest Buffer that may be asked for, in bytes. Node 26's number; engines refuse far earlier. */
export const kMaxLength = 2 ** 53 - 1;

// Up to how many elements a loop reads an array faster than the engine.
const LOOPED_LIST = 64;

// An engine that refuses less than this is at its end anyway, and V8 takes a third longer to make an object
// where an error may be caught.
const SURELY_GIVEN = 2 ** 20;

const { set: setBytes } = Uint8Array.prototype;

let sizes;

/**
 * Names the object whose `poolSize` counts: Buffer, which is made above this file.
 * @param {object} owner
 */
export function readPoolSizeOf(owner) {
  sizes = owner;
}

// Converted once an allocation, as in Node, and before anything is taken: a conversion may run user code.
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
  if (size <= 0) return new FastBuffer();
  const address = take(size, poolSizeNow());
  if (address >= 0) return slice(slab, address, size);
  sendAway();
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
  sendAway();
  return allocatePrivateAligned(size, alignment);
}

/**
 * A Buffer with an ArrayBuffer of its own, all zero.
 * @param {number} size bytes
 * @param {function} [refused] makes the error when the engine refuses the memory
 * @returns {Buffer}
 * @throws {RangeError} what `refused` makes: ERR_MEMORY_ALLOCATION_FAILED if left out
 */
export function allocatePrivate(size, refused = memoryAllocationFailed) {
  if (size < SURELY_GIVEN) return createPrivate(size);
  try {
    return createPrivate(size);
  } catch {
    throw refused();
  }
}

// SpiderMonkey takes 900 ns to make an object of a derived class with memory of 128 bytes and more, and 60 to
// make a Uint8Array and turn it into one; V8 takes longer for that.
const createPrivate = isSpiderMonkey ?
  (size) => adopt(Object.setPrototypeOf(new Uint8Array(size), FastBuffer.prototype)) :
  (size) => new FastBuffer(size);

/**
 * As allocatePrivate(), at an aligned address. The engine tells no addresses, and starts an ArrayBuffer at a
 * multiple of 8 at least. Node skips to an aligned address; here offset 0 stands for it, and the padding is
 * kept.
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
 * Bytes that an aligned allocation of its own has beyond its size. Never fewer than 8, so that what is left
 * over is still a whole number of elements of any typed array.
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
  let codec = encodings.utf8;
  if (encoding && typeof encoding === 'string' && encoding !== 'utf8') {
    codec = encodingOf(encoding);
    if (codec === undefined) throw unknownEncoding(encoding);
  }
  return string.length === 0 ? new FastBuffer() : fromText(string, codec);
}

/**
 * As fromString(), when the codec is known and there is at least one character.
 * @param {string} string
 * @param {object} codec a row of `encodings`
 * @returns {Buffer}
 * @throws {RangeError} ERR_MEMORY_ALLOCATION_FAILED
 */
export function fromText(string, codec) {
  // Four bytes a character are taken, and what is not written is given back. Only when that is too much for
  // the pool, the exact length counts.
  const poolSize = poolSizeNow();
  let most = string.length * 4;
  let address = take(most, poolSize);
  if (address < 0 && string.length < poolSize >>> 1) {
    most = codec.byteLength(string);
    address = take(most, poolSize);
  }
  if (address < 0) {
    sendAway();
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
 * A Buffer over all bytes of an ArrayBuffer.
 * @param {ArrayBuffer} arrayBuffer
 * @returns {Buffer}
 */
export function overArrayBuffer(arrayBuffer) {
  return new FastBuffer(arrayBuffer);
}

/**
 * A view of an ArrayBuffer.
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
 * A Buffer with the elements of an array-like. Reading them may run user code, which may allocate. Node moves
 * the cursor only afterwards, and so hands the same bytes out twice; here the slice is taken first. A length
 * that is an object, which only a getter can answer here, Node converts anew at each of five uses.
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
    sendAway();
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

// As the engine's set(), which asks for the length once more, in a loop.
function setItems(buffer, list, length) {
  const count = Math.trunc(list.length);
  if (count > length) setBytes.call(buffer, { length: count }); // throws
  for (let i = 0; i < count; i++) buffer[i] = list[i];
}

/**
 * A Buffer with what an object stands for: an array-like, or what toJSON() made.
 * @param {object} value
 * @returns {Buffer|undefined} nothing when it stands for none
 */
export function fromObject(value) {
  if (value.length !== undefined || isAnyArrayBuffer(value.buffer)) {
    return typeof value.length === 'number' ? fromArrayLike(value) : new FastBuffer();
  }
  return value.type === 'Buffer' && Array.isArray(value.data) ? fromArrayLike(value.data) : undefined;
}
