// buffer.js: Buffer, its statics and its prototype.
//
// Owns        the class, and how its methods convert and check arguments. allocate.js decides where bytes
//             lie, encodings.js what they mean as text, numbers.js what they mean as numbers.
// Assumes     nothing of its arguments. User code (valueOf, getters, proxies) may run whenever one is
//             converted or read, so lengths are read after that, and bytes are touched last.
// Always      every method does what Node 26 does, down to the order in which it checks arguments. Where
//             ours differs, a comment names what Node does.

import {
  alignmentPadding, allocate, allocateAligned, allocatePrivate, allocatePrivateAligned, fromArrayBuffer,
  fromArrayLike, fromObject, fromString, fromText, kMaxLength, readPoolSizeOf,
} from './allocate.js';
import {
  commonPrefix, copyFew, indexOfPair, lastIndexOfPair, LOOPED, moveBytes, repeatBytes, swapBytes, swapPair,
} from './bytes.js';
import {
  codecNamed, decodeFrom, encodeInto, encodingOf, encodings, maxStringLength, normalizeEncoding, putBack,
  takeRoom, utf8Length,
} from './encodings.js';
import {
  argumentMustBeBuffer, argumentMustBeString, bufferOrBytes, bufferOutOfBounds, bytesOrMemory,
  indexOutOfRange, invalidArgType, invalidArgValue, invalidBufferSize, offsetOutOfBounds, outOfRange,
  toNumber, unknownEncoding, validateArray, validateBuffer, validateInteger, validateNumber, validateString,
} from './errors.js';
import { inspect as inspectValue } from './inspect.js';
import { method, named } from './names.js';
import { installNumbers } from './numbers.js';
import { find, findByte } from './search.js';
import { FastBuffer, slice } from './slice.js';
import {
  bufferOf, byteLengthOf, byteOffsetOf, bytesBetween, bytesOfMemory, bytesOfView, isAnyArrayBuffer,
  isSpiderMonkey, isUint8Array, lengthOf, ownerOf, sizeOf, typeNameOf, viewLength,
} from './views.js';

/** The longest string, in characters. The number is V8's, and so Node's; other engines allow more. */
export const kStringMaxLength = maxStringLength;

/** As `buffer.constants` in Node's documentation. */
// Descriptors have no prototype: they would inherit a `get` that Object.prototype may have.
export const constants = Object.defineProperties({}, {
  MAX_LENGTH: { __proto__: null, value: kMaxLength, enumerable: true },
  MAX_STRING_LENGTH: { __proto__: null, value: kStringMaxLength, enumerable: true },
});

// The largest alignment that Node accepts.
const ALIGNMENT_MOST = 2 ** 30;

const { fill: fillBytes, indexOf: indexOfByte, set: setBytes, subarray: subarrayOf } = Uint8Array.prototype;

// isBuffer() recognises Buffers of another copy of the library on the same page by this property.
const brand = Symbol.for('pagebuf.isBuffer');

// Up to how many bytes a loop swaps faster than a kernel: 64 by a loop 20, by a kernel 50.
const LOOPED_SWAP = isSpiderMonkey ? 128 : 64;
// Indices up to it are small integers, as V8 sees from `length & SMALL`: 64 bytes take 0.8 of the time.
const SMALL = 255;

let mostInspected = 50;
// Up to how many bytes inspect() shows properties with names. To find them, an engine lists all indices.
const MOST_LISTED = 2 ** 20;

// After so many calls of Buffer() its caller is no longer looked up, and nobody is warned. Node's number.
const MOST_CALLERS = 10000;
let callersSeen = 0;
let isWarned = false;

/**
 * As `Buffer.from()`, or `Buffer.alloc()` for a number; with and without `new`. Deprecated by Node's
 * documentation, section "Class: Buffer": where the host has `process.emitWarning()`, the first call from
 * outside of node_modules emits DEP0005.
 * @param {number|string|object} value bytes wanted, or what Buffer.from() takes
 * @param {string|number} [encodingOrOffset] as Buffer.from()
 * @param {number} [length] as Buffer.from()
 * @returns {Buffer}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE for a number with an encoding; else as Buffer.from() and
 *   Buffer.alloc()
 */
// A key names the function, because minifiers keep keys. To define the name afterwards would give Buffer slow
// properties in V8: `instanceof Buffer` would take 28 ns, not 3, and no static would be inlined.
export const { Buffer } = {
  Buffer: function (value, encodingOrOffset, length) {
    warnOfConstructor();
    if (typeof value === 'number') {
      if (typeof encodingOrOffset === 'string') throw invalidArgType('string', 'of type string', value);
      return Buffer.alloc(value);
    }
    return Buffer.from(value, encodingOrOffset, length);
  },
};

function warnOfConstructor() {
  if (isWarned || ++callersSeen > MOST_CALLERS) return;

  const { process: host } = globalThis;
  if (!host || typeof host.emitWarning !== 'function' || isCalledInNodeModules()) return;
  isWarned = true;
  host.emitWarning('Buffer() is deprecated due to security and usability issues. Please use the Buffer.alloc(), ' +
    'Buffer.allocUnsafe(), or Buffer.from() methods instead.', 'DeprecationWarning', 'DEP0005');
}

// Whether the file that calls Buffer() lies in a folder node_modules, according to the stack.
function isCalledInNodeModules() {
  if (typeof Error.captureStackTrace !== 'function') return false;

  const { prepareStackTrace, stackTraceLimit } = Error;
  // Not assigned, because Error may be frozen. The application's own formatter may call Buffer() itself.
  Reflect.set(Error, 'prepareStackTrace', (error, sites) => sites);
  Reflect.set(Error, 'stackTraceLimit', 1);
  const holder = {};
  Error.captureStackTrace(holder, Buffer);
  const { stack } = holder;
  Reflect.set(Error, 'prepareStackTrace', prepareStackTrace);
  Reflect.set(Error, 'stackTraceLimit', stackTraceLimit);
  return Array.isArray(stack) && stack.length > 0 && /[\\/]node_modules[\\/]/.test(stack[0].getFileName());
}

// As in Node, a class makes the views, and Buffer is a function that shares its prototype. This comes before
// the methods: V8 gives slow properties to a function that has many when its prototype is set.
Object.setPrototypeOf(Buffer, Uint8Array);
Object.defineProperty(Buffer, Symbol.species, {
  __proto__: null,
  configurable: true,
  get() {
    return FastBuffer;
  },
});
FastBuffer.prototype.constructor = Buffer;
Buffer.prototype = FastBuffer.prototype;
installNumbers(Buffer.prototype);

/**
 * The size of a slab of the pool, in bytes. Buffers smaller than half of it come from the pool. A new value
 * counts at once, and the next slab has that size. 0 switches the pool off. Node's documentation,
 * "Buffer.poolSize".
 */
Buffer.poolSize = 64 * 1024;
readPoolSizeOf(Buffer);

/**
 * A Buffer with the bytes of a string, an array, a view, an ArrayBuffer or an object that converts to one of
 * them. Node's documentation, "Buffer.from()" in all its forms.
 * @param {string|ArrayBuffer|SharedArrayBuffer|Array|object} value
 * @param {string|number} [encodingOrOffset] of a string: its encoding, utf8 if left out; of an ArrayBuffer:
 *   the offset in bytes at which the Buffer starts
 * @param {number} [length] of an ArrayBuffer: bytes; all that follow the offset if left out
 * @returns {Buffer} a copy of the bytes; of an ArrayBuffer, a view
 * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING
 * @throws {RangeError} ERR_BUFFER_OUT_OF_BOUNDS when offset or length lie outside of the ArrayBuffer
 */
method(Buffer, 'from', function from(value, encodingOrOffset, length) {
  return typeof value === 'string' ? fromString(value, encodingOrOffset) : fromValue(value, encodingOrOffset, length);
});

function fromValue(value, encodingOrOffset, length) {
  if (typeof value === 'object' && value !== null) {
    if (isAnyArrayBuffer(value)) return fromArrayBuffer(value, encodingOrOffset, length);

    const inner = value.valueOf && value.valueOf();
    if (typeof inner === 'string') return fromString(inner, encodingOrOffset);
    if (typeof inner === 'object' && inner !== null && inner !== value) {
      return fromValue(inner, encodingOrOffset, length);
    }

    const buffer = fromObject(value);
    if (buffer) return buffer;

    if (typeof value[Symbol.toPrimitive] === 'function') {
      const primitive = value[Symbol.toPrimitive]('string');
      if (typeof primitive === 'string') return fromString(primitive, encodingOrOffset);
    }
  }

  throw invalidArgType('first argument',
    'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object', value);
}

/**
 * A Buffer with a copy of a typed array's bytes. Node's documentation, "Buffer.copyBytesFrom()".
 * @param {TypedArray} view
 * @param {number} [offset] elements of `view` to skip
 * @param {number} [length] elements of `view` to copy
 * @returns {Buffer}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @throws {RangeError} ERR_OUT_OF_RANGE
 */
method(Buffer, 'copyBytesFrom', function copyBytesFrom(view, offset, length) {
  if (typeNameOf(view) === undefined) {
    throw invalidArgType('view', 'an instance of TypedArray', view);
  }

  const count = lengthOf(view);
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

  const elementSize = byteLengthOf(view) / count;
  return fromArrayLike(new Uint8Array(
    bufferOf(view), byteOffsetOf(view) + start * elementSize, (end - start) * elementSize));
});

/**
 * A Buffer with the arguments as bytes, as `Array.of()`. It never comes from the pool. Node inherits this
 * method from %TypedArray%.
 * @param {...number} items bytes
 * @returns {Buffer}
 */
method(Buffer, 'of', (...items) => {
  const buffer = new FastBuffer(items.length);
  for (let i = 0; i < items.length; i++) buffer[i] = items[i];
  return buffer;
});

/**
 * A Buffer of `size` bytes, all zero or filled. It never comes from the pool. Node's documentation,
 * "Buffer.alloc()".
 * @param {number} size bytes
 * @param {string|Uint8Array|number} [fill] the value to fill it with, repeated
 * @param {string} [encoding] of a string
 * @returns {Buffer}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_UNKNOWN_ENCODING
 * @throws {RangeError} ERR_OUT_OF_RANGE; without a code when the engine refuses the memory
 */
method(Buffer, 'alloc', function alloc(size, fill, encoding) {
  validateNumber(size, 'size', 0, kMaxLength);
  if (fill !== undefined && fill !== 0 && size > 0) return allocateFilled(size, fill, encoding);
  // The engine zeroes every ArrayBuffer, so only the error differs from that of allocUnsafeSlow().
  return allocatePrivate(size, arrayBufferRefused);
});

function allocateFilled(size, fill, encoding) {
  const buffer = allocatePrivate(size);
  return fillBuffer(buffer, fill, 0, buffer.length, encoding);
}

function arrayBufferRefused() {
  return new RangeError('Array buffer allocation failed');
}

/**
 * A Buffer of `size` bytes that may come from the pool. Its contents are unspecified; here they are zero, as
 * fresh memory is. Node's documentation, "Buffer.allocUnsafe()".
 * @param {number} size bytes
 * @param {number} [alignment] the address of the first byte is a multiple of it: a power of two, at most
 *   2**30
 * @returns {Buffer}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE
 * @throws {RangeError} ERR_OUT_OF_RANGE, ERR_MEMORY_ALLOCATION_FAILED
 */
method(Buffer, 'allocUnsafe', function allocUnsafe(size, alignment) {
  validateNumber(size, 'size', 0, kMaxLength);
  if (alignment === undefined) return allocate(size);

  validateAlignment(size, alignment);
  return allocateAligned(size, alignment);
});

/**
 * A Buffer of `size` bytes that never comes from the pool. Its contents are unspecified; here they are zero.
 * Node's documentation, "Buffer.allocUnsafeSlow()".
 * @param {number} size bytes
 * @param {number} [alignment] as allocUnsafe()
 * @returns {Buffer}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE
 * @throws {RangeError} ERR_OUT_OF_RANGE, ERR_MEMORY_ALLOCATION_FAILED
 */
method(Buffer, 'allocUnsafeSlow', function allocUnsafeSlow(size, alignment) {
  validateNumber(size, 'size', 0, kMaxLength);
  if (alignment === undefined) return allocatePrivate(size);

  validateAlignment(size, alignment);
  return allocatePrivateAligned(size, alignment);
});

function validateAlignment(size, alignment) {
  validateInteger(alignment, 'alignment', 1, ALIGNMENT_MOST);
  if ((alignment & (alignment - 1)) !== 0) throw invalidArgValue('alignment', alignment, 'must be a power of two');
  const most = kMaxLength - alignmentPadding(alignment);
  if (size > most) throw outOfRange('size', `<= ${most}`, size);
}

/**
 * Whether `value` is a Buffer, of this copy of the library or another. Node's documentation,
 * "Buffer.isBuffer()".
 * @param {*} value
 * @returns {boolean}
 */
method(Buffer, 'isBuffer', function isBuffer(value) {
  // The brand is looked up in views only: in objects of many kinds, that takes longer than all the rest.
  return value instanceof Buffer || (ArrayBuffer.isView(value) && value[brand] === true);
});

/**
 * Which of two Buffers comes first, compared byte by byte. Node's documentation, "Buffer.compare()".
 * @param {Uint8Array} buf1
 * @param {Uint8Array} buf2
 * @returns {number} -1 when `buf1` comes first, 1 when `buf2` does, 0 when they are equal
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 */
method(Buffer, 'compare', function compare(buf1, buf2) {
  if (!isUint8Array(buf1)) throw invalidArgType('buf1', bufferOrBytes, buf1);
  if (!isUint8Array(buf2)) throw invalidArgType('buf2', bufferOrBytes, buf2);
  return buf1 === buf2 ? 0 : compareBytes(buf1, buf2);
});

function compareBytes(a, b, aLength = lengthOf(a)) {
  const bLength = lengthOf(b);
  const shared = Math.min(lengthOf(a), bLength);
  const equal = commonPrefix(a, b, shared);
  if (equal < shared) return a[equal] < b[equal] ? -1 : 1;
  return aLength < bLength ? -1 : aLength > bLength ? 1 : 0;
}

/**
 * Whether `encoding` names an encoding, in any letter case. Node's documentation, "Buffer.isEncoding()".
 * @param {*} encoding
 * @returns {boolean}
 */
method(Buffer, 'isEncoding', function isEncoding(encoding) {
  return typeof encoding === 'string' && encoding.length !== 0 && normalizeEncoding(encoding) !== undefined;
});

/**
 * A Buffer with the bytes of all of `list`, one after the other. Node's documentation, "Buffer.concat()".
 * @param {Uint8Array[]} list
 * @param {number} [length] bytes of the result: more are cut off, missing ones are zero
 * @returns {Buffer}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @throws {RangeError} ERR_OUT_OF_RANGE
 */
method(Buffer, 'concat', function concat(list, length) {
  validateArray(list, 'list');
  if (list.length === 0) return new FastBuffer();

  const isCut = length !== undefined;
  if (isCut) validateInteger(length, 'length', 0, kMaxLength);

  let total = 0;
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    // With a length, Node reads the item again for the error's text.
    if (!isUint8Array(item)) throw invalidArgType(`list[${i}]`, bufferOrBytes, isCut ? list[i] : item);
    total += lengthOf(item);
  }
  if (isCut) total = length;

  const buffer = allocate(total);
  let filled = 0;
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    const itemLength = lengthOf(item);
    if (isCut && itemLength > total - filled) {
      setBytes.call(buffer, subarrayOf.call(item, 0, total - filled), filled);
      return buffer;
    }
    // set() throws the engine's errors: for detached memory, and for an item that has grown too long.
    if (itemLength > LOOPED || itemLength === 0 || itemLength > total - filled) {
      setBytes.call(buffer, item, filled);
    } else {
      copyFew(buffer, filled, item, 0, itemLength);
    }
    filled += itemLength;
  }
  if (filled < total) fillBytes.call(buffer, 0, filled, total);
  return buffer;
});

/**
 * How many bytes a string has in an encoding, or how many a view or an ArrayBuffer has. For base64 and hex
 * this is an upper bound. Node's documentation, "Buffer.byteLength()".
 * @param {string|ArrayBufferView|ArrayBuffer|SharedArrayBuffer} string
 * @param {string} [encoding] utf8 if left out or unknown
 * @returns {number} bytes
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 */
function byteLength(string, encoding) {
  return typeof string === 'string' ? textByteLength(string, encoding) : memoryByteLength(string);
}

function textByteLength(string, encoding) {
  if (string.length === 0) return 0;
  const codec = (encoding && encodingOf(encoding)) || encodings.utf8;
  return codec.byteLength(string);
}

function memoryByteLength(memory) {
  if (ArrayBuffer.isView(memory) || isAnyArrayBuffer(memory)) return memory.byteLength;
  throw invalidArgType('string', 'of type string or an instance of Buffer or ArrayBuffer', memory);
}
method(Buffer, 'byteLength', byteLength);

/**
 * How many characters the bytes have as a string in an encoding: the length of what toString() returns.
 * Node's documentation, "Buffer.stringLength()"; there since 26.12.
 * @param {TypedArray|ArrayBuffer|SharedArrayBuffer} input
 * @param {string} [encoding] 'utf8' if left out
 * @returns {number} characters, which are UTF-16 code units
 * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING
 */
function stringLength(input, encoding = 'utf8') {
  const bytes = bytesOfMemory(input);
  if (bytes === undefined) throw invalidArgType('input', bytesOrMemory, input);
  validateString(encoding, 'encoding');
  const codec = codecNamed(encoding);
  // As in Node, an own property `byteLength` of the input counts. For UTF-8 it counts only when it is 0.
  const length = input.byteLength;
  switch (codec) {
    case encodings.utf8:
      return length === 0 ? 0 : utf8Length(bytes);
    case encodings.utf16le:
      return Math.floor(length / 2);
    case encodings.hex:
      return length * 2;
    case encodings.base64:
      return Math.ceil(length / 3) * 4;
    case encodings.base64url:
      return Math.ceil(length * 4 / 3);
    default:
      return length;
  }
}
method(Buffer, 'stringLength', stringLength);

// The low-level readers and writers. Node's have no names.
for (const name of ['ascii', 'base64', 'base64url', 'latin1', 'hex', 'ucs2', 'utf8']) {
  const codec = encodingOf(name);

  /**
   * The bytes from `start` to `end` as a string: asciiSlice() and the like. Node does not document them.
   * @param {number} [start] bytes to skip
   * @param {number} [end] bytes from the start at which to stop
   * @returns {string}
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   * @throws {RangeError} ERR_OUT_OF_RANGE
   */
  Buffer.prototype[`${name}Slice`] = function (start, end) {
    return sliceText(this, codec, start, end);
  };
}

// What Node's native slicers do. They convert the range only when there are bytes.
function sliceText(buffer, codec, start, end) {
  if (!ArrayBuffer.isView(buffer)) throw argumentMustBeBuffer();
  const length = viewLength(buffer);
  if (length === 0) return '';

  start = arrayIndex(start, 0);
  end = arrayIndex(end, length);
  if (start >= end) return '';
  const bytes = bytesOfView(buffer);
  if (end > lengthOf(bytes)) throw indexOutOfRange();
  return decodeFrom(codec, bytes, start, end);
}

// Node's conversion of offsets in native functions.
function arrayIndex(value, otherwise) {
  if (value === undefined) return otherwise;
  value = Math.trunc(typeof value === 'number' ? value : toNumber(value)) || 0;
  if (value < 0) throw indexOutOfRange();
  return Math.min(value, 2 ** 63); // where Node's 64-bit integers end
}

for (const name of ['ascii', 'base64', 'base64url', 'latin1', 'hex', 'ucs2', 'utf8']) {
  const codec = encodingOf(name);
  const writeText = writerOf(codec);

  /**
   * Writes as much of a string as fits: asciiWrite() and the like. Node does not document them.
   * @param {string} string
   * @param {number} [offset] bytes to skip
   * @param {number} [length] bytes to write at most
   * @returns {number} bytes written
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   * @throws {RangeError} ERR_OUT_OF_RANGE, ERR_BUFFER_OUT_OF_BOUNDS
   */
  Buffer.prototype[`${name}Write`] = function (string, offset, length) {
    return writeText(this, codec, string, offset, length);
  };
}

function writerOf(codec) {
  return codec === encodings.utf8 || codec === encodings.latin1 || codec === encodings.ascii ? writeStrictly :
    writeLeniently;
}

// What Node does in three of its writers, before it calls the native one.
function writeStrictly(buffer, codec, string, offset = 0, length = undefined) {
  offset = Number(offset);
  if (offset < 0 || offset > buffer.byteLength) throw bufferOutOfBounds('offset');
  length = length === undefined ? buffer.byteLength - offset : Number(length);
  if (length < 0 || length > buffer.byteLength - offset) throw bufferOutOfBounds('length');
  return writeLeniently(buffer, codec, string, offset, length);
}

// What Node's native writers do. They write as much as fits.
function writeLeniently(buffer, codec, string, offset, length) {
  if (!ArrayBuffer.isView(buffer)) throw argumentMustBeBuffer();
  if (typeof string !== 'string') throw argumentMustBeString();

  offset = arrayIndex(offset, 0);
  if (offset > viewLength(buffer)) throw offsetOutOfBounds();
  length = arrayIndex(length, Infinity);
  const bytes = bytesOfView(buffer);
  const room = lengthOf(bytes) - offset;
  if (room < 0) throw offsetOutOfBounds();
  length = Math.min(length, room);
  return length === 0 ? 0 : encodeInto(codec, bytes, string, offset, length);
}

/** The ArrayBuffer, as `buffer`. Deprecated by Node's documentation, "buf.parent". */
Object.defineProperty(Buffer.prototype, 'parent', {
  __proto__: null,
  enumerable: true,
  get() {
    return this instanceof Buffer ? this.buffer : undefined;
  },
});

/** The offset within the ArrayBuffer, in bytes: `byteOffset` by the name that it had before Node 3. */
Object.defineProperty(Buffer.prototype, 'offset', {
  __proto__: null,
  enumerable: true,
  get() {
    return this instanceof Buffer ? this.byteOffset : undefined;
  },
});

/**
 * Copies as many bytes of this to `target` as fit. They may overlap. Node's documentation, "buf.copy()".
 * @param {Uint8Array} target any view
 * @param {number} [targetStart] bytes of the target to skip
 * @param {number} [sourceStart] bytes of this to skip
 * @param {number} [sourceEnd] bytes from the start of this at which to stop
 * @returns {number} bytes copied
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @throws {RangeError} ERR_OUT_OF_RANGE
 */
method(Buffer.prototype, 'copy', function copy(target, targetStart, sourceStart, sourceEnd) {
  const isSourceBytes = isUint8Array(this);
  if (!isSourceBytes && !ArrayBuffer.isView(this)) throw invalidArgType('source', bufferOrBytes, this);
  const isTargetBytes = isUint8Array(target);
  if (!isTargetBytes && !ArrayBuffer.isView(target)) throw invalidArgType('target', bufferOrBytes, target);

  targetStart = targetStart === undefined ? 0 : toOffset(targetStart);
  if (targetStart < 0) throw outOfRange('targetStart', '>= 0', targetStart);
  if (sourceStart === undefined) {
    sourceStart = 0;
  } else {
    sourceStart = toOffset(sourceStart);
    const most = sizeOf(this, isSourceBytes);
    if (sourceStart < 0 || sourceStart > most) throw outOfRange('sourceStart', `>= 0 && <= ${most}`, sourceStart);
  }
  sourceEnd = sourceEnd === undefined ? sizeOf(this, isSourceBytes) : toOffset(sourceEnd);
  if (sourceEnd < 0) throw outOfRange('sourceEnd', '>= 0', sourceEnd);
  if (targetStart >= sizeOf(target, isTargetBytes) || sourceStart >= sourceEnd) return 0;

  // The lengths are read again, because user code that ran during the conversions may have changed them.
  const from = isSourceBytes ? this : bytesOfView(this);
  const to = isTargetBytes ? target : bytesOfView(target);
  const count = Math.min(sourceEnd, lengthOf(from)) - sourceStart;
  const copied = Math.min(count, lengthOf(to) - targetStart);
  if (copied <= 0) return 0;
  moveBytes(to, targetStart, from, sourceStart, copied);
  return copied;
});

// Node converts offsets in three ways. This is the one of copy().
function toOffset(value) {
  return Number.isInteger(value) ? value : convertToOffset(value);
}

function convertToOffset(value) {
  value = toNumber(value);
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Math.floor(value) : 0;
}

/**
 * The bytes from `start` to `end` as a string. Node's documentation, "buf.toString()".
 * @param {string} [encoding] utf8 if left out
 * @param {number} [start] bytes to skip
 * @param {number} [end] bytes from the start at which to stop
 * @returns {string}
 * @throws {TypeError} ERR_UNKNOWN_ENCODING
 */
method(Buffer.prototype, 'toString', function toString(encoding, start, end) {
  if (arguments.length === 0) return wholeText(this, this.length);

  const length = lengthOf(this);
  // All bytes in an encoding: nothing has to be converted.
  if (arguments.length === 1 && typeof encoding === 'string' && length > 0 && isUint8Array(this)) {
    const codec = encodingOf(encoding);
    if (codec !== undefined) return decodeFrom(codec, this, 0, length);
  }
  if (start === undefined || start <= 0) start = 0;
  else if (start >= length) return '';
  else start = Math.trunc(start) || 0;

  if (end === undefined || end > length) end = length;
  else end = Math.trunc(end) || 0;

  if (end <= start) return '';
  if (encoding === undefined) return sliceText(this, encodings.utf8, start, end);

  const codec = codecNamed(encoding);
  // Checked again: user code that ran during the conversions may have changed the length. And as in Node,
  // `start` and `end` are converted up to three times, and may have another value each time.
  if (isUint8Array(this) && start >= 0 && end <= lengthOf(this)) return decodeFrom(codec, this, start, end);
  return sliceText(this, codec, start, end);
});

// As in Node, an own property `length` counts, and it is converted once.
function wholeText(buffer, length) {
  return isWhole(buffer, length) ? decodeFrom(encodings.utf8, buffer, 0, length) :
    sliceText(buffer, encodings.utf8, 0, length);
}

function isWhole(buffer, length) {
  return isUint8Array(buffer) && length === lengthOf(buffer) && length > 0;
}

/**
 * Whether both have the same bytes. Node's documentation, "buf.equals()".
 * @param {Uint8Array} otherBuffer
 * @returns {boolean}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 */
method(Buffer.prototype, 'equals', function equals(otherBuffer) {
  if (!isUint8Array(otherBuffer)) throw invalidArgType('otherBuffer', bufferOrBytes, otherBuffer);

  if (this === otherBuffer) return true;
  const length = byteLengthOf(this);
  return length === lengthOf(otherBuffer) && commonPrefix(bytesOfView(this), otherBuffer, length) === length;
});

/**
 * The text that util.inspect() and the console show: at most INSPECT_MAX_BYTES bytes in hex, then own
 * properties. Node's documentation, "buffer.INSPECT_MAX_BYTES".
 * @param {number} recurseTimes levels of nesting that may still be shown; not used
 * @param {object} [ctx] the options of util.inspect(), which passes itself as a third argument
 * @returns {string}
 */
const inspect = function inspect(recurseTimes, ctx) {
  const shown = Math.min(mostInspected, this.length);
  const remaining = this.length - mostInspected;
  let text = sliceText(this, encodings.hex, 0, shown).replace(/(.{2})/g, '$1 ').trim();
  if (remaining > 0) text += ` ... ${remaining} more byte${remaining > 1 ? 's' : ''}`;

  if (ctx) {
    const extras = Object.create(null);
    const keys = ownNames(this, ctx.showHidden);
    for (const key of keys) extras[key] = this[key];
    if (keys.length > 0) {
      if (this.length !== 0) text += ', ';
      const utilInspect = typeof arguments[2] === 'function' ? arguments[2] : inspectValue;
      // Cuts off '[Object: null prototype] {' and ' }'.
      text += utilInspect(extras, { ...ctx, breakLength: Infinity, compact: true }).slice(27, -2);
    }
  }

  let name = 'Buffer';
  try {
    const { constructor } = this;
    if (typeof constructor === 'function' && Object.prototype.hasOwnProperty.call(constructor, 'name')) {
      name = constructor.name;
    }
  } catch {
    // A getter or a proxy threw. The name stays 'Buffer'.
  }
  return `<${name} ${text}>`;
};
method(Buffer.prototype, Symbol.for('nodejs.util.inspect.custom'), inspect, 'inspect');
method(Buffer.prototype, 'inspect', inspect);

function ownNames(view, withHidden) {
  const isLong = viewLength(view) > MOST_LISTED;
  const keys = isLong ? Object.getOwnPropertySymbols(view) : Reflect.ownKeys(view);
  return keys.filter((key) => (typeof key === 'symbol' || !/^(0|[1-9][0-9]*)$/.test(key)) &&
    (withHidden || Object.prototype.propertyIsEnumerable.call(view, key)));
}

/**
 * Which of two ranges comes first, compared byte by byte. Node's documentation, "buf.compare()".
 * @param {Uint8Array} target
 * @param {number} [targetStart] bytes of the target to skip
 * @param {number} [targetEnd] bytes from the start of the target at which to stop
 * @param {number} [sourceStart] bytes of this to skip
 * @param {number} [sourceEnd] bytes from the start of this at which to stop
 * @returns {number} -1 when this Buffer comes first, 1 when the target does, 0 when they are equal
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @throws {RangeError} ERR_OUT_OF_RANGE
 */
method(Buffer.prototype, 'compare', function compare(target, targetStart, targetEnd, sourceStart, sourceEnd) {
  if (!isUint8Array(target)) throw invalidArgType('target', bufferOrBytes, target);
  if (arguments.length === 1) {
    if (isUint8Array(this)) return compareBytes(this, target);
    if (!ArrayBuffer.isView(this)) throw argumentMustBeBuffer();
    return compareBytes(bytesOfView(this), target);
  }

  if (targetStart === undefined) targetStart = 0;
  else validateInteger(targetStart, 'targetStart', 0, kMaxLength);
  if (targetEnd === undefined) targetEnd = target.length;
  else validateInteger(targetEnd, 'targetEnd', 0, target.length);
  if (sourceStart === undefined) sourceStart = 0;
  else validateInteger(sourceStart, 'sourceStart', 0, kMaxLength);
  if (sourceEnd === undefined) sourceEnd = this.length;
  else validateInteger(sourceEnd, 'sourceEnd', 0, this.length);

  if (sourceStart >= sourceEnd) return targetStart >= targetEnd ? 0 : -1;
  if (targetStart >= targetEnd) return 1;

  if (!ArrayBuffer.isView(this)) throw argumentMustBeBuffer();
  if (sourceStart > viewLength(this)) throw indexOutOfRange('sourceStart');
  if (targetStart > viewLength(target)) throw indexOutOfRange('targetStart');
  // A DataView has no `length`: the range ends where its bytes end, or counts as long as it was asked for.
  const source = bytesBetween(this, sourceStart, sourceEnd === undefined ? Infinity : sourceEnd);
  const asked = typeof sourceEnd === 'number' ? (Math.trunc(sourceEnd) || 0) - sourceStart : undefined;
  return compareBytes(source, bytesBetween(target, targetStart, targetEnd), asked);
});

/**
 * The first index, at `offset` or after it, at which a value lies. Node's documentation, "buf.indexOf()".
 * @param {string|Uint8Array|number} val a number is a byte
 * @param {number} [offset] bytes; a negative one counts from the end
 * @param {number} [end] bytes from the start at which the search ends
 * @param {string} [encoding] of a string; it may stand in the place of `offset` or `end`
 * @returns {number} bytes from the start, or -1
 * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING
 */
method(Buffer.prototype, 'indexOf', function indexOf(val, offset, end, encoding) {
  return searchForward(this, val, offset, end, encoding);
});

/**
 * The last index, at `offset` or before it, at which a value lies. Node's documentation,
 * "buf.lastIndexOf()".
 * @param {string|Uint8Array|number} val a number is a byte
 * @param {number} [offset] bytes; a negative one counts from the end
 * @param {number} [end] bytes from the start at which the search ends
 * @param {string} [encoding] of a string; it may stand in the place of `offset` or `end`
 * @returns {number} bytes from the start, or -1
 * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING
 */
method(Buffer.prototype, 'lastIndexOf', function lastIndexOf(val, offset, end, encoding) {
  if (typeof end === 'string') return search(this, val, offset, this.length, end, false);
  return search(this, val, offset, end === undefined ? this.length : end, encoding, false);
});

/**
 * Whether indexOf() finds the value. Node's documentation, "buf.includes()".
 * @param {string|Uint8Array|number} val a number is a byte
 * @param {number} [offset] bytes; a negative one counts from the end
 * @param {number} [end] bytes from the start at which the search ends
 * @param {string} [encoding] of a string; it may stand in the place of `offset` or `end`
 * @returns {boolean}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING
 */
method(Buffer.prototype, 'includes', function includes(val, offset, end, encoding) {
  return searchForward(this, val, offset, end, encoding) !== -1;
});

function searchForward(buffer, value, offset, end, encoding) {
  // A byte anywhere is the most frequent search. It takes half the time without the rest of search().
  if (typeof value === 'number' && offset === undefined && end === undefined && isUint8Array(buffer)) {
    const byte = value & 0xff;
    const { length } = buffer;
    // The engine searches the bytes that are there, so a wrong length of the view's own does no harm.
    if (isSpiderMonkey && (length | 0) === length) {
      const found = indexOfByte.call(buffer, byte);
      return found < length ? found : -1;
    }
    return indexOfPair(buffer, byte, byte, 0, 0, searched(length, lengthOf(buffer)));
  }
  if (typeof end === 'string') return search(buffer, value, offset, buffer.length, end, true);
  return search(buffer, value, offset, end === undefined ? buffer.length : end, encoding, true);
}

function search(buffer, value, offset, end, encoding, isForward) {
  const isBytes = isUint8Array(buffer);
  if (!isBytes) validateBuffer(buffer);
  if (typeof offset === 'string') {
    encoding = offset;
    offset = undefined;
  }
  if (offset !== undefined) {
    if (offset > 0x7fffffff) offset = 0x7fffffff;
    else if (offset < -0x80000000) offset = -0x80000000;
    offset = toNumber(offset);
  }
  if (offset === undefined || Number.isNaN(offset)) {
    offset = isForward ? 0 : buffer.length || buffer.byteLength;
    // As in searchForward(): a byte anywhere.
    if (isBytes && typeof value === 'number' && offset === end && end === lengthOf(buffer) && end > 0) {
      return lastIndexOfPair(buffer, value & 0xff, value & 0xff, 0, end - 1);
    }
  }
  offset = Math.trunc(offset) || 0;
  // An object may have converted to a smaller number above. Node's 64-bit integer overflows here.
  if (offset >= 2 ** 63) offset = -Infinity;

  const isNumber = typeof value === 'number';
  const codec = isNumber || encoding === undefined ? encodings.utf8 : encodingOf(encoding);
  // Read after the conversions, which may have changed the length.
  const bytes = isBytes ? buffer : bytesOfView(buffer);
  const size = lengthOf(bytes);
  if (isNumber) return findByte(bytes, searched(end, size), value & 0xff, size, offset, isForward);

  const unit = codec === encodings.utf16le ? 2 : 1;
  if (typeof value === 'string') {
    if (codec === undefined) throw unknownEncoding(encoding);
    // Node searches for a string of these three encodings directly. Of another one it makes a Buffer, which
    // moves the pool's cursor.
    const isMade = codec !== encodings.utf8 && codec !== encodings.utf16le && codec !== encodings.latin1;
    const needle = isMade ? fromText(value, codec) : takeRoom(codec, value);
    const used = isMade ? lengthOf(needle) : encodeInto(codec, needle, value, 0, lengthOf(needle));
    // For a string, offsets do not count an odd last byte. For a Uint8Array, below, they do.
    const found = find(bytes, searched(end, size), needle, used, size - size % unit, offset, isForward, unit);
    if (!isMade) putBack(needle);
    return found;
  }
  if (isUint8Array(value)) {
    return find(bytes, searched(end, size), value, lengthOf(value), size, offset, isForward, unit);
  }
  throw invalidArgType('value', 'one of type number or string or an instance of Buffer or Uint8Array', value);
}

// How many bytes lie before `end`. Node ends the process when `end` is no number, and takes Infinity for 0.
function searched(end, length) {
  return end === length ? length : convertEnd(end, length);
}

function convertEnd(end, length) {
  if (end === undefined) return length;
  if (typeof end !== 'number') throw invalidArgType('end', 'of type number', end);
  return end > 0 && end < 2 ** 63 ? Math.min(Math.trunc(end), length) : 0;
}

/**
 * Fills the bytes from `offset` to `end` with a value, repeated. Node's documentation, "buf.fill()".
 * @param {string|Uint8Array|number} value
 * @param {number} [offset] bytes to skip
 * @param {number} [end] bytes from the start at which to stop
 * @param {string} [encoding] of a string; it may stand in the place of `offset` or `end`
 * @returns {Buffer} this
 * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE when the value has no bytes,
 *   ERR_UNKNOWN_ENCODING
 * @throws {RangeError} ERR_OUT_OF_RANGE, ERR_BUFFER_OUT_OF_BOUNDS
 */
method(Buffer.prototype, 'fill', function fill(value, offset, end, encoding) {
  return typeof value === 'number' && offset === undefined ? fillAll(this, value, this.length) :
    fillBuffer(this, value, offset, end, encoding);
});

// The most frequent fill, in functions that are short for Firefox (docs/architecture.md): 8 bytes take 0.75
// of the time that they take by way of fillBuffer().
function fillAll(buffer, value, length) {
  return areThere(buffer, length) ? fillThere(buffer, value, length) : fillNumber(buffer, value, 0, length);
}

function fillThere(buffer, value, length) {
  return length <= LOOPED ? fillFew(buffer, value, 0, length) : fillBytes.call(buffer, value, 0, length);
}

function areThere(buffer, length) {
  return Number.isInteger(length) && length > 0 && length <= byteLengthOf(buffer);
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
    encoding = normalizeEncoding(encoding);
    value = asNumber(value, encoding);
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

  return typeof value === 'number' ? fillNumber(buffer, value, offset, end) :
    fillPattern(buffer, value, offset, end, encoding);
}

function fillNumber(buffer, value, offset, end) {
  const length = end - offset;
  if (offset > end || length + offset > byteLengthOf(buffer)) throw bufferOutOfBounds();
  if (length > 0 && length <= LOOPED && Number.isInteger(end)) return fillFew(buffer, value, offset, end);
  return fillBytes.call(buffer, value, offset, end);
}

function fillFew(buffer, value, offset, end) {
  for (let i = offset; i < end; i++) buffer[i] = value;
  return buffer;
}

// Node fills elements with a number, or with a text of one byte. Otherwise it fills bytes. This makes a
// difference only for typed arrays of other kinds.
function asNumber(text, encoding) {
  if (text.length === 0) return 0;
  const unit = text.charCodeAt(0);
  const isByte = encoding === 'latin1' || (unit < 128 && (encoding === 'utf8' || encoding === 'ascii'));
  return text.length === 1 && isByte ? unit : text;
}

function fillPattern(buffer, value, offset, end, encoding) {
  if (!ArrayBuffer.isView(buffer)) throw argumentMustBeBuffer();
  end = arrayIndex(end, 0); // undefined on a DataView; anything, where `length` is an own property
  if (offset > end || end > viewLength(buffer)) throw bufferOutOfBounds();

  let pattern;
  let period;
  if (typeof value === 'string') {
    const codec = encodingOf(encoding);
    pattern = takeRoom(codec, value);
    period = encodeInto(codec, pattern, value, 0, lengthOf(pattern));
  } else {
    pattern = ArrayBuffer.isView(value) ? bytesOfView(value) : Uint8Array.of(+value);
    period = lengthOf(pattern);
  }
  // Read after the conversions, which may have changed the length.
  const target = bytesOfView(buffer);
  const length = Math.max(Math.min(end, lengthOf(target)) - offset, 0);
  moveBytes(target, offset, pattern, 0, Math.min(period, length));
  if (typeof value === 'string') putBack(pattern);
  if (period >= length) return buffer;
  if (period === 0) throw invalidArgValue('value', value);
  repeatBytes(target, offset, period, length);
  return buffer;
}

/**
 * Writes as much of a string as fits, whole characters only. Node's documentation, "buf.write()".
 * @param {string} string
 * @param {number} [offset] bytes to skip
 * @param {number} [length] bytes to write at most
 * @param {string} [encoding] utf8 if left out; it may stand in the place of `offset` or `length`
 * @returns {number} bytes written
 * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING
 * @throws {RangeError} ERR_OUT_OF_RANGE
 */
method(Buffer.prototype, 'write', function write(string, offset, length, encoding) {
  const size = lengthOf(this);
  if (offset === undefined || (length === undefined && typeof offset === 'string')) {
    encoding = offset;
    offset = 0;
    length = size;
  } else {
    validateInteger(offset, 'offset', 0, size);
    const remaining = size - offset;
    if (length === undefined) {
      length = remaining;
    } else if (typeof length === 'string') {
      encoding = length;
      length = remaining;
    } else {
      validateInteger(length, 'length', 0, size);
      if (length > remaining) length = remaining;
    }
  }

  const codec = encoding ? encodingOf(encoding) : encodings.utf8;
  if (codec === undefined) throw unknownEncoding(encoding);
  if (typeof string === 'string' && isUint8Array(this) && lengthOf(this) === size) {
    return length === 0 ? 0 : encodeInto(codec, this, string, offset, length);
  }
  return writerOf(codec)(this, codec, string, offset, length);
});

/**
 * The object that JSON.stringify() writes and Buffer.from() accepts. Node's documentation, "buf.toJSON()".
 * @returns {{ type: 'Buffer', data: number[] }}
 */
method(Buffer.prototype, 'toJSON', function toJSON() {
  const length = lengthOf(this);
  const data = new Array(length);
  for (let i = 0; i < length; i++) data[i] = this[i];
  return { type: 'Buffer', data };
});

/**
 * A Buffer over part of the same memory. Node's documentation, "buf.subarray()".
 * @param {number} [start] bytes to skip; a negative one counts from the end
 * @param {number} [end] bytes from the start at which to stop; a negative one counts from the end
 * @returns {Buffer}
 */
method(Buffer.prototype, 'subarray', function subarray(start, end) {
  const length = lengthOf(this);
  // The offset is read first: it is 0 when a conversion has shrunk the memory.
  return viewBetween(this, byteOffsetOf(this), adjustOffset(start, length), adjustEnd(end, length));
});

function viewBetween(buffer, byteOffset, start, end) {
  return viewAt(buffer, byteOffset + start, end > start ? end - start : 0);
}

function viewAt(buffer, byteOffset, length) {
  const owner = ownerOf(buffer);
  return owner === undefined ? new FastBuffer(bufferOf(buffer), byteOffset, length) :
    slice(owner, byteOffset, length);
}

function adjustEnd(end, length) {
  return end === undefined ? length : adjustOffset(end, length);
}

// Node's conversion of offsets in subarray().
function adjustOffset(offset, length) {
  return Number.isInteger(offset) && offset >= 0 && offset <= length ? offset : convertOffset(offset, length);
}

function convertOffset(offset, length) {
  offset = Math.trunc(typeof offset === 'number' ? offset : toNumber(offset));
  if (offset < 0) return Math.max(offset + length, 0);
  if (offset < length) return offset;
  return Number.isNaN(offset) ? 0 : length;
}

/**
 * As subarray(). Deprecated by Node's documentation, "buf.slice()", because a Uint8Array's slice() copies.
 * @param {number} [start] bytes to skip; a negative one counts from the end
 * @param {number} [end] bytes from the start at which to stop; a negative one counts from the end
 * @returns {Buffer}
 */
method(Buffer.prototype, 'slice', function slice(start, end) {
  return this.subarray(start, end);
});

// These methods swap a few elements themselves. For more of them, swapUnits() swaps bytes. The limits are
// Node's. They make a difference only for typed arrays of other kinds, whose elements are not bytes. Bytes
// have a limit of their own.

/**
 * Reverses the bytes of every 16-bit unit, in place. Node's documentation, "buf.swap16()".
 * @returns {Buffer} this
 * @throws {RangeError} ERR_INVALID_BUFFER_SIZE
 */
method(Buffer.prototype, 'swap16', function swap16() {
  const length = lengthOf(this);
  return areFew(this, length, 2, 32) ? swapTwos(this, length) : swapUnits(this, 2, length);
});

function swapTwos(view, length) {
  for (let i = 0, end = length & SMALL; i < end; i += 2) swapPair(view, i, i + 1);
  return view;
}

/**
 * Reverses the bytes of every 32-bit unit, in place. Node's documentation, "buf.swap32()".
 * @returns {Buffer} this
 * @throws {RangeError} ERR_INVALID_BUFFER_SIZE
 */
method(Buffer.prototype, 'swap32', function swap32() {
  const length = lengthOf(this);
  return areFew(this, length, 4, 32) ? swapFours(this, length) : swapUnits(this, 4, length);
});

// Eight bytes take 6 ns without the loop, not 9. In one function with the loop they would take Firefox 13:
// it would be too long to be inlined.
function swapFours(view, length) {
  return length === 8 ? swapTwoFours(view) : swapManyFours(view, length);
}

function swapTwoFours(view) {
  swapPairs(view, 0, 3);
  swapPairs(view, 4, 7);
  return view;
}

function swapManyFours(view, length) {
  for (let i = 0, end = length & SMALL; i < end; i += 4) swapPairs(view, i, i + 3);
  return view;
}

/**
 * Reverses the bytes of every 64-bit unit, in place. Node's documentation, "buf.swap64()".
 * @returns {Buffer} this
 * @throws {RangeError} ERR_INVALID_BUFFER_SIZE
 */
method(Buffer.prototype, 'swap64', function swap64() {
  const length = lengthOf(this);
  return areFew(this, length, 8, 47) ? swapEights(this, length) : swapUnits(this, 8, length);
});

// As swapFours().
function swapEights(view, length) {
  return length === 8 ? swapEight(view, 0) : swapManyEights(view, length);
}

function swapManyEights(view, length) {
  for (let i = 0, end = length & SMALL; i < end; i += 8) swapEight(view, i);
  return view;
}

function swapEight(view, i) {
  swapPairs(view, i, i + 7);
  swapPairs(view, i + 2, i + 5);
  return view;
}

function swapPairs(view, i, j) {
  swapPair(view, i, j);
  swapPair(view, i + 1, j - 1);
}

// Whether a loop swaps them. swapUnits() takes the rest, and throws where they are no whole units.
function areFew(view, length, unit, most) {
  return length % unit === 0 && (length <= most || (length <= LOOPED_SWAP && isUint8Array(view)));
}

function swapUnits(buffer, unit, length) {
  if (length % unit !== 0) throw invalidBufferSize(`${unit * 8}-bits`);
  const bytes = bytesOfView(buffer);
  swapBytes(bytes, unit, lengthOf(bytes));
  return buffer;
}

method(Buffer.prototype, 'toLocaleString', Buffer.prototype.toString, 'toString');

Object.defineProperty(Buffer.prototype, brand, { __proto__: null, value: true });

// When a function of the page already has a Symbol.species of its own, as another copy of this library has,
// V8 gives Buffer slow properties. It makes them fast again when an object that inherits them is read by code
// that has run some 30 times.
readOften(Object.create(Buffer));

function readOften(heir) {
  for (let reads = 0; reads < 100; reads++) void heir.poolSize;
}

/**
 * A Buffer that never comes from the pool, for code written before Node 25: Buffer.allocUnsafeSlow().
 * @param {number} size bytes
 * @returns {Buffer}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @throws {RangeError} ERR_OUT_OF_RANGE, ERR_MEMORY_ALLOCATION_FAILED
 */
export function SlowBuffer(size) {
  validateNumber(size, 'size', 0, kMaxLength);
  return allocatePrivate(size);
}
named(SlowBuffer, 'SlowBuffer');
Object.setPrototypeOf(SlowBuffer.prototype, Uint8Array.prototype);
Object.setPrototypeOf(SlowBuffer, Uint8Array);

/**
 * How many bytes inspect() shows at most. Node's documentation, "buffer.INSPECT_MAX_BYTES".
 * @param {number} [bytes] the new number; without an argument, the number stays
 * @returns {number} bytes
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @throws {RangeError} ERR_OUT_OF_RANGE
 */
export function inspectMaxBytes(bytes) {
  if (arguments.length > 0) {
    if (typeof bytes !== 'number') throw invalidArgType('INSPECT_MAX_BYTES', 'of type number', bytes);
    if (!(bytes >= 0)) throw outOfRange('INSPECT_MAX_BYTES', '>= 0', bytes);
    mostInspected = bytes;
  }
  return mostInspected;
}
