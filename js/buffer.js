// buffer.js: Buffer, its statics and its prototype; the juggling of arguments.
//
// Owns        the class. What is a Buffer is decided here, where its bytes lie in pool.js, what they mean
//             as text in encodings.js, as numbers in numbers.js.
// Assumes     nothing of its arguments: user code (valueOf, getters, proxies) may run whenever one is
//             coerced or read, so a slice is taken from the pool before its bytes are read from an
//             array-like.
// Always      what Node 26 does, down to the order in which arguments are checked. Where not, the comment
//             names what Node does.

import { encodingOf, encodings, normalizeEncoding } from './encodings.js';
import {
  bufferOutOfBounds, invalidArgType, invalidArgValue, memoryAllocationFailed, outOfRange, unknownEncoding,
  validateArray, validateInteger, validateNumber, validateString,
} from './errors.js';
import { installNumbers } from './numbers.js';
import { commit, openSlab, region, regionBytes, reserve, sendAway, take, takeAligned, undo } from './pool.js';

/** The largest Buffer that may be asked for, in bytes. Node 26's number; engines refuse far earlier. */
export const kMaxLength = 2 ** 53 - 1;

/** The longest string, in characters. V8's number, and so Node's; other engines allow more. */
export const kStringMaxLength = 2 ** 29 - 24;

/** As `buffer.constants` in Node's documentation. */
export const constants = Object.defineProperties({}, {
  MAX_LENGTH: { value: kMaxLength, writable: false, enumerable: true },
  MAX_STRING_LENGTH: { value: kStringMaxLength, writable: false, enumerable: true },
});

// The strictest alignment that may be asked for. Node's number.
const ALIGNMENT_MOST = 2 ** 30;

const TypedArray = Object.getPrototypeOf(Uint8Array);
const getterOf = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).get;
const typeNameOf = getterOf(TypedArray.prototype, Symbol.toStringTag);
const lengthOf = getterOf(TypedArray.prototype, 'length');
const byteLengthOf = getterOf(TypedArray.prototype, 'byteLength');
const byteOffsetOf = getterOf(TypedArray.prototype, 'byteOffset');
const bufferOf = getterOf(TypedArray.prototype, 'buffer');
const { fill: fillBytes, set: setBytes } = TypedArray.prototype;

// Node's layout: a class that makes the views, and a function in front of it that shares its prototype.
// With fixed parameters V8 makes a view in 13 ns; with rest parameters it takes several times as long.
class FastBuffer extends Uint8Array {
  constructor(source, byteOffset, length) {
    super(source, byteOffset, length);
  }
}

/**
 * As `Buffer.from()`, or `Buffer.alloc()` for a number; with and without `new`. Deprecated by Node's
 * documentation, section "Class: Buffer"; Node prints a warning once, this does not.
 * @param {number|string|object} value bytes wanted, or what Buffer.from() takes
 * @param {string|number} [encodingOrOffset] as Buffer.from()
 * @param {number} [length] as Buffer.from()
 * @returns {Buffer}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE for a number with an encoding; else as Buffer.from() and
 *   Buffer.alloc()
 */
export function Buffer(value, encodingOrOffset, length) {
  if (typeof value === 'number') {
    if (typeof encodingOrOffset === 'string') throw invalidArgType('string', 'string', value);
    return Buffer.alloc(value);
  }
  return Buffer.from(value, encodingOrOffset, length);
}

FastBuffer.prototype.constructor = Buffer;
Buffer.prototype = FastBuffer.prototype;
installNumbers(Buffer.prototype);

/**
 * The size of a slab of the pool, in bytes. Slices smaller than half of it come from the pool, from the
 * moment it is assigned; the next slab has the new size. 0 switches the pool off. Node's documentation,
 * "Buffer.poolSize".
 */
Buffer.poolSize = 64 * 1024;

// The pool stands when the module is loaded, as in Node.
openSlab(Buffer.poolSize);

Object.defineProperty(Buffer, Symbol.species, {
  enumerable: false,
  configurable: true,
  get() {
    return FastBuffer;
  },
});

/**
 * A Buffer with the bytes of a string, an array, a view, an ArrayBuffer or an object that stands for one of
 * them. Node's documentation, "Buffer.from()" in all its forms.
 * @param {string|ArrayBuffer|SharedArrayBuffer|Array|object} value
 * @param {string|number} [encodingOrOffset] of a string: its encoding, utf8 if left out; of an ArrayBuffer:
 *   the offset in bytes at which the Buffer starts
 * @param {number} [length] of an ArrayBuffer: bytes; all that follow the offset if left out
 * @returns {Buffer} a copy of the bytes; of an ArrayBuffer, a view
 * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING
 * @throws {RangeError} ERR_BUFFER_OUT_OF_BOUNDS when offset or length lie outside of the ArrayBuffer
 */
Buffer.from = function from(value, encodingOrOffset, length) {
  if (typeof value === 'string') return fromString(value, encodingOrOffset);

  if (typeof value === 'object' && value !== null) {
    if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);

    const inner = value.valueOf && value.valueOf();
    if (inner !== null && inner !== undefined && inner !== value &&
        (typeof inner === 'string' || typeof inner === 'object')) {
      return from(inner, encodingOrOffset, length);
    }

    const buffer = fromObject(value);
    if (buffer) return buffer;

    if (typeof value[Symbol.toPrimitive] === 'function') {
      const primitive = value[Symbol.toPrimitive]('string');
      if (typeof primitive === 'string') return fromString(primitive, encodingOrOffset);
    }
  }

  throw invalidArgType('first argument', ['string', 'Buffer', 'ArrayBuffer', 'Array', 'Array-like Object'], value);
};

/**
 * A Buffer with a copy of the bytes below a typed array. Node's documentation, "Buffer.copyBytesFrom()".
 * @param {TypedArray} view
 * @param {number} [offset] elements of `view` to skip
 * @param {number} [length] elements of `view` to copy
 * @returns {Buffer}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @throws {RangeError} ERR_OUT_OF_RANGE
 */
Buffer.copyBytesFrom = function copyBytesFrom(view, offset, length) {
  if (typeNameOf.call(view) === undefined) throw invalidArgType('view', ['TypedArray'], view);

  const count = lengthOf.call(view);
  if (count === 0) return new FastBuffer();

  let start = 0;
  let end = count;
  if (offset !== undefined) {
    validateInteger(offset, 'offset', 0);
    if (offset >= count) return new FastBuffer();
    start = offset;
  }
  if (length !== undefined) {
    validateInteger(length, 'length', 0);
    end = Math.min(start + length, count);
  }
  if (end <= start) return new FastBuffer();

  const elementSize = byteLengthOf.call(view) / count;
  return fromArrayLike(new Uint8Array(
    bufferOf.call(view), byteOffsetOf.call(view) + start * elementSize, (end - start) * elementSize));
};

/**
 * A Buffer of the arguments, as `Array.of()`. It never comes from the pool. Node inherits the name from
 * %TypedArray%.
 * @param {...number} items bytes
 * @returns {Buffer}
 */
Buffer.of = arrow((...items) => {
  const buffer = new FastBuffer(items.length);
  for (let i = 0; i < items.length; i++) buffer[i] = items[i];
  return buffer;
}, 'of');

Object.setPrototypeOf(Buffer, Uint8Array);

/**
 * A Buffer of `size` bytes, all zero or filled. It never comes from the pool. Node's documentation,
 * "Buffer.alloc()".
 * @param {number} size bytes
 * @param {string|Uint8Array|number} [fill] what to fill it with, again and again
 * @param {string} [encoding] of a string
 * @returns {Buffer}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_UNKNOWN_ENCODING
 * @throws {RangeError} ERR_OUT_OF_RANGE; without a code when the engine refuses the memory
 */
Buffer.alloc = function alloc(size, fill, encoding) {
  validateNumber(size, 'size', 0, kMaxLength);
  if (fill !== undefined && fill !== 0 && size > 0) {
    const buffer = createPrivate(size);
    return fillBuffer(buffer, fill, 0, buffer.length, encoding);
  }
  return createZeroed(size);
};

/**
 * A Buffer of `size` bytes that may come from the pool. What is in it is unspecified; here it is zero, as
 * fresh memory is. Node's documentation, "Buffer.allocUnsafe()".
 * @param {number} size bytes
 * @param {number} [alignment] the address of the first byte is a multiple of it: a power of two, at most
 *   2**30
 * @returns {Buffer}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE
 * @throws {RangeError} ERR_OUT_OF_RANGE, ERR_MEMORY_ALLOCATION_FAILED
 */
Buffer.allocUnsafe = function allocUnsafe(size, alignment) {
  validateNumber(size, 'size', 0, kMaxLength);
  if (alignment === undefined) return allocate(size);

  validateAlignment(size, alignment);
  if (size <= 0) return new FastBuffer();
  const address = takeAligned(size, Buffer.poolSize, alignment);
  return address < 0 ? createAligned(size, alignment) : new FastBuffer(region, address, size);
};

/**
 * A Buffer of `size` bytes that never comes from the pool. What is in it is unspecified; here it is zero.
 * Node's documentation, "Buffer.allocUnsafeSlow()".
 * @param {number} size bytes
 * @param {number} [alignment] as allocUnsafe()
 * @returns {Buffer}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE
 * @throws {RangeError} ERR_OUT_OF_RANGE, ERR_MEMORY_ALLOCATION_FAILED
 */
Buffer.allocUnsafeSlow = function allocUnsafeSlow(size, alignment) {
  validateNumber(size, 'size', 0, kMaxLength);
  if (alignment === undefined) return createPrivate(size);

  validateAlignment(size, alignment);
  return createAligned(size, alignment);
};

/**
 * Whether `value` is a Buffer. Node's documentation, "Buffer.isBuffer()".
 * @param {*} value
 * @returns {boolean}
 */
Buffer.isBuffer = function isBuffer(value) {
  return value instanceof Buffer;
};

/**
 * Whether `encoding` names an encoding, in any letter case. Node's documentation, "Buffer.isEncoding()".
 * @param {*} encoding
 * @returns {boolean}
 */
Buffer.isEncoding = function isEncoding(encoding) {
  return typeof encoding === 'string' && encoding.length !== 0 && normalizeEncoding(encoding) !== undefined;
};

/**
 * A Buffer with the bytes of all of `list`, one after the other. Node's documentation, "Buffer.concat()".
 * @param {Uint8Array[]} list
 * @param {number} [length] bytes of the result: what is over is cut, what is missing is zero
 * @returns {Buffer}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @throws {RangeError} ERR_OUT_OF_RANGE
 */
Buffer.concat = function concat(list, length) {
  validateArray(list, 'list');
  if (list.length === 0) return new FastBuffer();

  const isCut = length !== undefined;
  if (isCut) validateInteger(length, 'length', 0, kMaxLength);

  let total = 0;
  for (let i = 0; i < list.length; i++) {
    const part = list[i];
    if (!isUint8Array(part)) throw invalidArgType(`list[${i}]`, ['Buffer', 'Uint8Array'], part);
    total += byteLengthOf.call(part);
  }
  if (isCut) total = length;

  const buffer = allocate(total);
  let filled = 0;
  for (let i = 0; i < list.length; i++) {
    const part = list[i];
    const partLength = byteLengthOf.call(part);
    if (isCut && filled + partLength > total) {
      const head = new Uint8Array(bufferOf.call(part), byteOffsetOf.call(part), total - filled);
      setBytes.call(buffer, head, filled);
      filled = total;
      break;
    }
    setBytes.call(buffer, part, filled);
    filled += partLength;
  }
  if (filled < total) fillBytes.call(buffer, 0, filled, total);
  return buffer;
};

/**
 * How many bytes a string takes in an encoding, or a view or an ArrayBuffer has. For base64 and hex it is
 * an upper bound. Node's documentation, "Buffer.byteLength()".
 * @param {string|ArrayBufferView|ArrayBuffer|SharedArrayBuffer} string
 * @param {string} [encoding] utf8 if left out or unknown
 * @returns {number} bytes
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 */
function byteLength(string, encoding) {
  if (typeof string !== 'string') {
    if (ArrayBuffer.isView(string) || isAnyArrayBuffer(string)) return string.byteLength;
    throw invalidArgType('string', ['string', 'Buffer', 'ArrayBuffer'], string);
  }
  if (string.length === 0) return 0;
  const codec = (encoding && encodingOf(encoding)) || encodings.utf8;
  return codec.byteLength(string);
}
Buffer.byteLength = byteLength;

/**
 * The bytes from `start` to `end` as a string. Node's documentation, "buf.toString()".
 * @param {string} [encoding] utf8 if left out
 * @param {number} [start] bytes to skip
 * @param {number} [end] bytes from the start at which to stop
 * @returns {string}
 * @throws {TypeError} ERR_UNKNOWN_ENCODING
 */
Buffer.prototype.toString = function toString(encoding, start, end) {
  if (arguments.length === 0) return encodings.utf8.slice(this, 0, this.length);

  const length = lengthOf.call(this);
  if (start <= 0) start = 0;
  else if (start >= length) return '';
  else start = Math.trunc(start) || 0;

  if (end === undefined || end > length) end = length;
  else end = Math.trunc(end) || 0;

  if (end <= start) return '';
  if (encoding === undefined) return encodings.utf8.slice(this, start, end);

  const codec = encodingOf(encoding);
  if (codec === undefined) throw unknownEncoding(encoding);
  return codec.slice(this, start, end);
};

/**
 * Whether both have the same bytes. Node's documentation, "buf.equals()".
 * @param {Uint8Array} otherBuffer
 * @returns {boolean}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 */
Buffer.prototype.equals = function equals(otherBuffer) {
  if (!isUint8Array(otherBuffer)) throw invalidArgType('otherBuffer', ['Buffer', 'Uint8Array'], otherBuffer);

  if (this === otherBuffer) return true;
  const length = byteLengthOf.call(this);
  if (length !== byteLengthOf.call(otherBuffer)) return false;
  for (let i = 0; i < length; i++) {
    if (this[i] !== otherBuffer[i]) return false;
  }
  return true;
};

/**
 * Fills the bytes from `offset` to `end` with a value, again and again. Node's documentation, "buf.fill()".
 * @param {string|Uint8Array|number} value
 * @param {number} [offset] bytes to skip
 * @param {number} [end] bytes from the start at which to stop
 * @param {string} [encoding] of a string; it may stand in the place of `offset` or `end`
 * @returns {Buffer} this
 * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE when the value has no bytes,
 *   ERR_UNKNOWN_ENCODING
 * @throws {RangeError} ERR_OUT_OF_RANGE, ERR_BUFFER_OUT_OF_BOUNDS
 */
Buffer.prototype.fill = function fill(value, offset, end, encoding) {
  return fillBuffer(this, value, offset, end, encoding);
};

// An arrow function is no constructor and has no prototype, as Node's; it takes its name from here.
function arrow(callable, name) {
  return Object.defineProperty(callable, 'name', { value: name, configurable: true });
}

function isUint8Array(value) {
  return typeNameOf.call(value) === 'Uint8Array';
}

const arrayBufferLength = getterOf(ArrayBuffer.prototype, 'byteLength');
const sharedLength = typeof SharedArrayBuffer === 'function' ?
  getterOf(SharedArrayBuffer.prototype, 'byteLength') : undefined;

// By brand, so that another realm's is known, too. The first two lines only keep the slow question from
// common values.
function isAnyArrayBuffer(value) {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return false;
  return hasBrand(value, arrayBufferLength) || (sharedLength !== undefined && hasBrand(value, sharedLength));
}

function hasBrand(value, getter) {
  try {
    getter.call(value);
    return true;
  } catch {
    return false;
  }
}

function validateAlignment(size, alignment) {
  validateInteger(alignment, 'alignment', 1, ALIGNMENT_MOST);
  if ((alignment & (alignment - 1)) !== 0) throw invalidArgValue('alignment', alignment, 'must be a power of two');
  const most = kMaxLength - alignmentPadding(alignment);
  if (size > most) throw outOfRange('size', `<= ${most}`, size);
}

// Bytes that an allocation of its own has beyond its size. Never fewer than 8, so that what is left over is
// still a whole number of elements of any typed array.
function alignmentPadding(alignment) {
  return Math.max(alignment, 8);
}

function allocate(size) {
  if (size <= 0) return new FastBuffer();
  const address = take(size, Buffer.poolSize);
  return address < 0 ? createPrivate(size) : new FastBuffer(region, address, size);
}

// Every ArrayBuffer that is made here is zeroed by the engine, so the two below differ in nothing but the
// error that Node has for them.
function createZeroed(size) {
  try {
    return new FastBuffer(size);
  } catch {
    throw new RangeError('Array buffer allocation failed');
  }
}

function createPrivate(size) {
  try {
    return new FastBuffer(size);
  } catch {
    throw memoryAllocationFailed();
  }
}

// An allocation of its own: the engine tells no addresses, and starts an ArrayBuffer at a multiple of 8 at
// least. Node skips to an aligned address; here offset 0 stands for it, and the padding is kept.
function createAligned(size, alignment) {
  if (size === 0) return new FastBuffer();
  return new FastBuffer(createPrivate(size + alignmentPadding(alignment)).buffer, 0, size);
}

function fromString(string, encoding) {
  let codec = encodings.utf8;
  if (encoding && typeof encoding === 'string' && encoding !== 'utf8') {
    codec = encodingOf(encoding);
    if (codec === undefined) throw unknownEncoding(encoding);
  }
  return string.length === 0 ? new FastBuffer() : writeString(string, codec);
}

// Room is found for four bytes a character; only when that is too much for the pool, the exact length is
// asked for.
function writeString(string, codec) {
  const { poolSize } = Buffer;
  let length = string.length * 4;
  let address = reserve(length, poolSize);
  if (address < 0) {
    const isPooled = string.length < poolSize >>> 1 && length >= poolSize >>> 1;
    length = codec.byteLength(string);
    if (isPooled) address = reserve(length, poolSize);
    if (address < 0) {
      sendAway(length);
      const buffer = createPrivate(length);
      const used = codec.write(buffer, string, 0, length);
      return used < length ? new FastBuffer(buffer.buffer, 0, used) : buffer;
    }
  }
  const used = codec.write(regionBytes, string, address, length);
  commit(used);
  return new FastBuffer(region, address, used);
}

function fromArrayBuffer(arrayBuffer, byteOffset, length) {
  if (byteOffset === undefined) {
    byteOffset = 0;
  } else {
    byteOffset = +byteOffset;
    if (Number.isNaN(byteOffset)) byteOffset = 0;
  }

  const most = arrayBuffer.byteLength - byteOffset;
  if (most < 0) throw bufferOutOfBounds('offset');

  if (length !== undefined) {
    length = +length;
    if (!(length > 0)) length = 0;
    else if (length > most) throw bufferOutOfBounds('length');
  }
  return new FastBuffer(arrayBuffer, byteOffset, length);
}

// Reading an array-like may run user code, which may allocate. Node moves the cursor only afterwards, and
// so hands the same bytes out twice; here the slice is taken first, and given back if reading fails.
function fromArrayLike(list) {
  const { length } = list;
  if (length <= 0) return new FastBuffer();
  const address = take(length, Buffer.poolSize);
  if (address < 0) return new FastBuffer(list);

  const owner = region;
  const buffer = new FastBuffer(owner, address, length);
  try {
    setBytes.call(buffer, list, 0);
  } catch (error) {
    undo(owner, address);
    throw error;
  }
  return buffer;
}

function fromObject(value) {
  if (value.length !== undefined || isAnyArrayBuffer(value.buffer)) {
    return typeof value.length === 'number' ? fromArrayLike(value) : new FastBuffer();
  }
  return value.type === 'Buffer' && Array.isArray(value.data) ? fromArrayLike(value.data) : undefined;
}

function fillBuffer(buffer, value, offset, end, encoding) {
  if (typeof value === 'string') {
    if (offset === undefined || typeof offset === 'string') {
      encoding = offset;
      offset = 0;
      end = buffer.length;
    } else if (typeof end === 'string') {
      encoding = end;
      end = buffer.length;
    }
    if (normalizeEncoding(encoding) === undefined) {
      validateString(encoding, 'encoding');
      throw unknownEncoding(encoding);
    }
    if (value.length === 0) value = 0;
  }

  if (offset === undefined) {
    offset = 0;
    end = buffer.length;
  } else {
    validateInteger(offset, 'offset', 0, kMaxLength);
    if (end === undefined) end = buffer.length;
    else validateInteger(end, 'end', 0, buffer.length);
    if (offset >= end) return buffer;
  }

  if (typeof value === 'string' || isUint8Array(value)) return fillPattern(buffer, value, offset, end, encoding);
  if (typeof value !== 'number') value = value >>> 0;
  const length = byteLengthOf.call(buffer);
  if (end > length) throw bufferOutOfBounds();
  fillBytes.call(buffer, value, offset, end);
  return buffer;
}

function fillPattern(buffer, value, offset, end, encoding) {
  let pattern = value;
  if (typeof value === 'string') {
    const codec = encodingOf(normalizeEncoding(encoding));
    pattern = new Uint8Array(codec.byteLength(value));
    pattern = pattern.subarray(0, codec.write(pattern, value, 0, pattern.length));
  }
  if (end > byteLengthOf.call(buffer)) throw bufferOutOfBounds();
  if (pattern.length === 0) throw invalidArgValue('value', value);

  const target = new Uint8Array(bufferOf.call(buffer), byteOffsetOf.call(buffer) + offset, end - offset);
  target.set(pattern.length > target.length ? pattern.subarray(0, target.length) : pattern);
  for (let filled = pattern.length; filled < target.length; filled *= 2) target.copyWithin(filled, 0, filled);
  return buffer;
}
