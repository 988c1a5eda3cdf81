// numbers.js: read* and write*: integers of one to six bytes, BigInts of eight, floats and doubles, little
// and big endian.
//
// Owns        the 62 methods, and eight bytes of scratch for conversions.
// Assumes     a little-endian machine: every engine with WebAssembly runs on one. A receiver is anything
//             with indices and a `length`, as in Node. Its elements are summed as if they were bytes, but
//             may be any numbers. So the order of each sum, and what is cut to 32 bits, is Node's.
// Always      a method converts the value and checks offset and bounds, in Node's order, before it touches a
//             byte: it does all of its work, or throws. The bounds check reads the first and the last byte:
//             outside of the receiver they are undefined, whatever is wrong with the offset. Functions that
//             are rarely called find out which error to throw. Names and lengths of functions are Node's.
//
// Functions are short, because Firefox inlines only those of up to some 130 bytes of bytecode. Inlined, they
// read a byte in 1 ns, not in 4.

import { bufferOutOfBounds, invalidArgType, outOfRange } from './errors.js';
import { method } from './names.js';

// One scratch for all conversions: no user code runs between filling and reading it.
const scratch = new ArrayBuffer(8);
const scratchBytes = new Uint8Array(scratch);
const scratchWords = new Uint32Array(scratch);
const scratchFloat = new Float32Array(scratch);
const scratchDouble = new Float64Array(scratch);
const scratchBigInt = new BigInt64Array(scratch);
const scratchBigUInt = new BigUint64Array(scratch);

// Indexed by byte length.
const unsignedEnd = [1, 2 ** 8, 2 ** 16, 2 ** 24, 2 ** 32, 2 ** 40, 2 ** 48];
const signedEnd = [1, 2 ** 7, 2 ** 15, 2 ** 23, 2 ** 31, 2 ** 39, 2 ** 47];

/**
 * Puts Node's read and write methods on a prototype, in Node's order, both spellings (`UInt`, `Uint`) as one
 * function. See "Buffer" in Node's documentation; every method throws ERR_INVALID_ARG_TYPE, ERR_OUT_OF_RANGE
 * or ERR_BUFFER_OUT_OF_BOUNDS where Node does. Offsets are in bytes; writers return the offset after what
 * they wrote.
 * @param {object} prototype receives 62 enumerable methods
 */
export function installNumbers(prototype) {
  method(prototype, 'readBigUInt64LE', readBigUInt64LE);
  method(prototype, 'readBigUInt64BE', readBigUInt64BE);
  method(prototype, 'readBigUint64LE', readBigUInt64LE, 'readBigUInt64LE');
  method(prototype, 'readBigUint64BE', readBigUInt64BE, 'readBigUInt64BE');
  method(prototype, 'readBigInt64LE', readBigInt64LE);
  method(prototype, 'readBigInt64BE', readBigInt64BE);
  method(prototype, 'writeBigUInt64LE', writeBigUInt64LE);
  method(prototype, 'writeBigUInt64BE', writeBigUInt64BE);
  method(prototype, 'writeBigUint64LE', writeBigUInt64LE, 'writeBigUInt64LE');
  method(prototype, 'writeBigUint64BE', writeBigUInt64BE, 'writeBigUInt64BE');
  method(prototype, 'writeBigInt64LE', writeBigInt64LE);
  method(prototype, 'writeBigInt64BE', writeBigInt64BE);

  // In Node these readers have no name, and their parameter has no default.
  method(prototype, 'readUIntLE', readUIntLE);
  method(prototype, 'readUInt32LE', function (offset) { return readUInt32LE(this, offset); }, '');
  method(prototype, 'readUInt16LE', function (offset) { return readUInt16LE(this, offset); }, '');
  method(prototype, 'readUInt8', function (offset) { return readUInt8(this, offset); }, '');
  method(prototype, 'readUIntBE', readUIntBE);
  method(prototype, 'readUInt32BE', function (offset) { return readUInt32BE(this, offset); }, '');
  method(prototype, 'readUInt16BE', function (offset) { return readUInt16BE(this, offset); }, '');
  method(prototype, 'readUintLE', readUIntLE, 'readUIntLE');
  method(prototype, 'readUint32LE', prototype.readUInt32LE, '');
  method(prototype, 'readUint16LE', prototype.readUInt16LE, '');
  method(prototype, 'readUint8', prototype.readUInt8, '');
  method(prototype, 'readUintBE', readUIntBE, 'readUIntBE');
  method(prototype, 'readUint32BE', prototype.readUInt32BE, '');
  method(prototype, 'readUint16BE', prototype.readUInt16BE, '');
  method(prototype, 'readIntLE', readIntLE);
  method(prototype, 'readInt32LE', function (offset) { return readInt32LE(this, offset); }, '');
  method(prototype, 'readInt16LE', function (offset) { return signed(readUInt16LE(this, offset), 2 ** 15); }, '');
  method(prototype, 'readInt8', function (offset) { return signed(readUInt8(this, offset), 2 ** 7); }, '');
  method(prototype, 'readIntBE', readIntBE);
  method(prototype, 'readInt32BE', function (offset) { return readInt32BE(this, offset); }, '');
  method(prototype, 'readInt16BE', function (offset) { return signed(readUInt16BE(this, offset), 2 ** 15); }, '');

  method(prototype, 'writeUIntLE', writeUIntLE);
  method(prototype, 'writeUInt32LE', writeUInt32LE);
  method(prototype, 'writeUInt16LE', writeUInt16LE);
  method(prototype, 'writeUInt8', writeUInt8);
  method(prototype, 'writeUIntBE', writeUIntBE);
  method(prototype, 'writeUInt32BE', writeUInt32BE);
  method(prototype, 'writeUInt16BE', writeUInt16BE);
  method(prototype, 'writeUintLE', writeUIntLE, 'writeUIntLE');
  method(prototype, 'writeUint32LE', writeUInt32LE, 'writeUInt32LE');
  method(prototype, 'writeUint16LE', writeUInt16LE, 'writeUInt16LE');
  method(prototype, 'writeUint8', writeUInt8, 'writeUInt8');
  method(prototype, 'writeUintBE', writeUIntBE, 'writeUIntBE');
  method(prototype, 'writeUint32BE', writeUInt32BE, 'writeUInt32BE');
  method(prototype, 'writeUint16BE', writeUInt16BE, 'writeUInt16BE');
  method(prototype, 'writeIntLE', writeIntLE);
  method(prototype, 'writeInt32LE', writeInt32LE);
  method(prototype, 'writeInt16LE', writeInt16LE);
  method(prototype, 'writeInt8', writeInt8);
  method(prototype, 'writeIntBE', writeIntBE);
  method(prototype, 'writeInt32BE', writeInt32BE);
  method(prototype, 'writeInt16BE', writeInt16BE);

  method(prototype, 'readFloatLE', readFloatForwards, 'readFloatForwards');
  method(prototype, 'readFloatBE', readFloatBackwards, 'readFloatBackwards');
  method(prototype, 'readDoubleLE', readDoubleForwards, 'readDoubleForwards');
  method(prototype, 'readDoubleBE', readDoubleBackwards, 'readDoubleBackwards');
  method(prototype, 'writeFloatLE', writeFloatForwards, 'writeFloatForwards');
  method(prototype, 'writeFloatBE', writeFloatBackwards, 'writeFloatBackwards');
  method(prototype, 'writeDoubleLE', writeDoubleForwards, 'writeDoubleForwards');
  method(prototype, 'writeDoubleBE', writeDoubleBackwards, 'writeDoubleBackwards');
}

// Checks

function checkBounds(buffer, offset, byteLength) {
  if (typeof offset !== 'number') rejectType('offset', offset);
  if (buffer[offset] === undefined || buffer[offset + byteLength - 1] === undefined)
    rejectOffset(buffer, offset, byteLength);
}

// Checks the value before the offset. For single bytes, writeByte() checks the offset's type first.
function checkInteger(buffer, value, offset, byteLength, min, max) {
  if (value > max || value < min) rejectValue(value, byteLength, min, max);
  checkBounds(buffer, offset, byteLength);
}

function checkByteLength(byteLength) {
  if (!Number.isInteger(byteLength) || byteLength < 1 || byteLength > 6) rejectByteLength(byteLength);
}

function rejectByteLength(byteLength) {
  // Math.floor throws the engine's own error for a BigInt or a Symbol, as it does in Node.
  if (Math.floor(byteLength) !== byteLength) {
    if (typeof byteLength !== 'number') rejectType('byteLength', byteLength);
    throw outOfRange('byteLength', 'an integer', byteLength);
  }
  throw outOfRange('byteLength', '>= 1 and <= 6', byteLength);
}

function rejectType(name, value) {
  throw invalidArgType(name, 'of type number', value);
}

function rejectOffset(buffer, offset, byteLength) {
  const last = buffer.length - byteLength;
  if (Math.floor(offset) !== offset) throw outOfRange('offset', 'an integer', offset);
  if (last < 0) throw bufferOutOfBounds();
  throw outOfRange('offset', `>= 0 and <= ${last}`, offset);
}

function rejectValue(value, byteLength, min, max) {
  if (byteLength <= 4) throw outOfRange('value', `>= ${min} and <= ${max}`, value);

  const n = typeof min === 'bigint' ? 'n' : '';
  const bits = byteLength * 8;
  throw outOfRange('value', min < 0 ?
    `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}` : `>= 0${n} and < 2${n} ** ${bits}${n}`, value);
}

// Reading integers

function readUInt8(buffer, offset = 0) {
  checkBounds(buffer, offset, 1);
  return buffer[offset];
}

function readUInt16LE(buffer, offset = 0) {
  checkBounds(buffer, offset, 2);
  return loadTwoLE(buffer, offset);
}

function readUInt16BE(buffer, offset = 0) {
  checkBounds(buffer, offset, 2);
  return loadTwoBE(buffer, offset);
}

function readUInt32LE(buffer, offset = 0) {
  checkBounds(buffer, offset, 4);
  return loadFourLE(buffer, offset);
}

function readUInt32BE(buffer, offset = 0) {
  checkBounds(buffer, offset, 4);
  return loadFourBE(buffer, offset);
}

// One function for each width: engines inline the one that is used.
function readUInt24LE(buffer, offset) {
  checkBounds(buffer, offset, 3);
  return loadThreeLE(buffer, offset);
}

function readUInt24BE(buffer, offset) {
  checkBounds(buffer, offset, 3);
  return loadThreeBE(buffer, offset);
}

function readUInt40LE(buffer, offset) {
  checkBounds(buffer, offset, 5);
  return loadFourLE(buffer, offset) + buffer[offset + 4] * 2 ** 32;
}

function readUInt40BE(buffer, offset) {
  checkBounds(buffer, offset, 5);
  return addFourBE(buffer[offset] * 2 ** 32, buffer, offset + 1);
}

function readUInt48LE(buffer, offset) {
  checkBounds(buffer, offset, 6);
  return loadFourLE(buffer, offset) + loadTwoLE(buffer, offset + 4) * 2 ** 32;
}

function readUInt48BE(buffer, offset) {
  checkBounds(buffer, offset, 6);
  return addFourBE(loadTwoBE(buffer, offset) * 2 ** 32, buffer, offset + 2);
}

function readUIntLE(offset, byteLength) {
  if (offset === undefined) rejectType('offset', offset);
  switch (byteLength) {
    case 1: return readUInt8(this, offset);
    case 2: return readUInt16LE(this, offset);
    case 3: return readUInt24LE(this, offset);
    case 4: return readUInt32LE(this, offset);
    case 5: return readUInt40LE(this, offset);
    case 6: return readUInt48LE(this, offset);
    default: return rejectByteLength(byteLength);
  }
}

function readUIntBE(offset, byteLength) {
  if (offset === undefined) rejectType('offset', offset);
  switch (byteLength) {
    case 1: return readUInt8(this, offset);
    case 2: return readUInt16BE(this, offset);
    case 3: return readUInt24BE(this, offset);
    case 4: return readUInt32BE(this, offset);
    case 5: return readUInt40BE(this, offset);
    case 6: return readUInt48BE(this, offset);
    default: return rejectByteLength(byteLength);
  }
}

function loadTwoLE(buffer, offset) {
  return buffer[offset] + buffer[offset + 1] * 2 ** 8;
}

function loadTwoBE(buffer, offset) {
  return buffer[offset] * 2 ** 8 + buffer[offset + 1];
}

function loadThreeLE(buffer, offset) {
  return loadTwoLE(buffer, offset) + buffer[offset + 2] * 2 ** 16;
}

function loadThreeBE(buffer, offset) {
  return buffer[offset] * 2 ** 16 + buffer[offset + 1] * 2 ** 8 + buffer[offset + 2];
}

function loadFourLE(buffer, offset) {
  return loadThreeLE(buffer, offset) + buffer[offset + 3] * 2 ** 24;
}

function loadFourBE(buffer, offset) {
  return buffer[offset] * 2 ** 24 + buffer[offset + 1] * 2 ** 16 +
    buffer[offset + 2] * 2 ** 8 + buffer[offset + 3];
}

function addFourLE(sum, buffer, offset) {
  return sum + buffer[offset] + buffer[offset + 1] * 2 ** 8 +
    buffer[offset + 2] * 2 ** 16 + buffer[offset + 3] * 2 ** 24;
}

function addFourBE(sum, buffer, offset) {
  return sum + buffer[offset] * 2 ** 24 + buffer[offset + 1] * 2 ** 16 +
    buffer[offset + 2] * 2 ** 8 + buffer[offset + 3];
}

// Sets all bits above the sign bit when that is set.
function signed(value, sign) {
  return value | 0 - (value & sign);
}

function readInt32LE(buffer, offset = 0) {
  checkBounds(buffer, offset, 4);
  return loadThreeLE(buffer, offset) + (buffer[offset + 3] << 24);
}

function readInt32BE(buffer, offset = 0) {
  checkBounds(buffer, offset, 4);
  return (buffer[offset] << 24) + buffer[offset + 1] * 2 ** 16 +
    buffer[offset + 2] * 2 ** 8 + buffer[offset + 3];
}

function readInt40LE(buffer, offset) {
  checkBounds(buffer, offset, 5);
  return addFourLE(signed(buffer[offset + 4], 2 ** 7) * 2 ** 32, buffer, offset);
}

function readInt40BE(buffer, offset) {
  checkBounds(buffer, offset, 5);
  return addFourBE(signed(buffer[offset], 2 ** 7) * 2 ** 32, buffer, offset + 1);
}

function readInt48LE(buffer, offset) {
  checkBounds(buffer, offset, 6);
  return addFourLE(signed(loadTwoLE(buffer, offset + 4), 2 ** 15) * 2 ** 32, buffer, offset);
}

function readInt48BE(buffer, offset) {
  checkBounds(buffer, offset, 6);
  return addFourBE(signed(loadTwoBE(buffer, offset), 2 ** 15) * 2 ** 32, buffer, offset + 2);
}

function readIntLE(offset, byteLength) {
  if (offset === undefined) rejectType('offset', offset);
  switch (byteLength) {
    case 1: return signed(readUInt8(this, offset), 2 ** 7);
    case 2: return signed(readUInt16LE(this, offset), 2 ** 15);
    case 3: return signed(readUInt24LE(this, offset), 2 ** 23);
    case 4: return readInt32LE(this, offset);
    case 5: return readInt40LE(this, offset);
    case 6: return readInt48LE(this, offset);
    default: return rejectByteLength(byteLength);
  }
}

function readIntBE(offset, byteLength) {
  if (offset === undefined) rejectType('offset', offset);
  switch (byteLength) {
    case 1: return signed(readUInt8(this, offset), 2 ** 7);
    case 2: return signed(readUInt16BE(this, offset), 2 ** 15);
    case 3: return signed(readUInt24BE(this, offset), 2 ** 23);
    case 4: return readInt32BE(this, offset);
    case 5: return readInt40BE(this, offset);
    case 6: return readInt48BE(this, offset);
    default: return rejectByteLength(byteLength);
  }
}

// Not checkBounds(): Firefox reads a double in 7 ns with this function, in 13 with that one.
function checkEight(buffer, offset) {
  if (typeof offset !== 'number') rejectType('offset', offset);
  if (buffer[offset] === undefined || buffer[offset + 7] === undefined) rejectOffset(buffer, offset, 8);
}

// Joins two words to a BigInt, through the scratch. For elements wider than bytes, the callers add instead.
function joined(low, high, whole) {
  scratchWords[0] = low;
  scratchWords[1] = high;
  return whole[0];
}

function readBigUInt64LE(offset = 0) {
  checkEight(this, offset);
  const low = loadFourLE(this, offset);
  const high = loadFourLE(this, offset + 4);
  if (low === low >>> 0 && high === high >>> 0) return joined(low, high, scratchBigUInt);
  return BigInt(low) + (BigInt(high) << 32n);
}

function readBigUInt64BE(offset = 0) {
  checkEight(this, offset);
  const high = loadFourBE(this, offset);
  const low = loadFourBE(this, offset + 4);
  if (low === low >>> 0 && high === high >>> 0) return joined(low, high, scratchBigUInt);
  return (BigInt(high) << 32n) + BigInt(low);
}

function readBigInt64LE(offset = 0) {
  checkEight(this, offset);
  const high = loadThreeLE(this, offset + 4) + (this[offset + 7] << 24);
  const low = loadFourLE(this, offset);
  if (low === low >>> 0 && high === (high | 0)) return joined(low, high, scratchBigInt);
  return (BigInt(high) << 32n) + BigInt(low);
}

function readBigInt64BE(offset = 0) {
  checkEight(this, offset);
  const high = (this[offset] << 24) + this[offset + 1] * 2 ** 16 +
    this[offset + 2] * 2 ** 8 + this[offset + 3];
  const low = loadFourBE(this, offset + 4);
  if (low === low >>> 0 && high === (high | 0)) return joined(low, high, scratchBigInt);
  return (BigInt(high) << 32n) + BigInt(low);
}

// Reading floats: forwards is the machine's order, little endian.

// The low eight bits, as a byte of memory would keep them.
function byteOf(element) {
  return +element & 0xff;
}

function wordLE(buffer, offset) {
  return byteOf(buffer[offset]) | byteOf(buffer[offset + 1]) << 8 |
    byteOf(buffer[offset + 2]) << 16 | byteOf(buffer[offset + 3]) << 24;
}

function wordBE(buffer, offset) {
  return byteOf(buffer[offset]) << 24 | byteOf(buffer[offset + 1]) << 16 |
    byteOf(buffer[offset + 2]) << 8 | byteOf(buffer[offset + 3]);
}

function readFloatForwards(offset = 0) {
  checkBounds(this, offset, 4);
  scratchWords[0] = wordLE(this, offset);
  return scratchFloat[0];
}

function readFloatBackwards(offset = 0) {
  checkBounds(this, offset, 4);
  scratchWords[0] = wordBE(this, offset);
  return scratchFloat[0];
}

function readDoubleForwards(offset = 0) {
  checkEight(this, offset);
  scratchWords[0] = wordLE(this, offset);
  scratchWords[1] = wordLE(this, offset + 4);
  return scratchDouble[0];
}

function readDoubleBackwards(offset = 0) {
  checkEight(this, offset);
  scratchWords[1] = wordBE(this, offset);
  scratchWords[0] = wordBE(this, offset + 4);
  return scratchDouble[0];
}

// Writing integers. Nothing is masked, because a Uint8Array keeps the low eight bits of what is stored. The
// order of stores is Node's: when the receiver is a BigInt64Array, the first one throws.

function storeTwoLE(buffer, value, offset) {
  buffer[offset] = value;
  buffer[offset + 1] = value >>> 8;
}

function storeTwoBE(buffer, value, offset) {
  buffer[offset] = value >>> 8;
  buffer[offset + 1] = value;
}

function storeFourLE(buffer, value, offset) {
  buffer[offset] = value;
  buffer[offset + 1] = value >>> 8;
  buffer[offset + 2] = value >>> 16;
  buffer[offset + 3] = value >>> 24;
}

function storeFourBE(buffer, value, offset) {
  buffer[offset + 3] = value;
  buffer[offset + 2] = value >>> 8;
  buffer[offset + 1] = value >>> 16;
  buffer[offset] = value >>> 24;
}

function writeByte(buffer, value, offset, min, max) {
  const number = +value;
  if (typeof offset !== 'number') rejectType('offset', offset);
  checkInteger(buffer, number, offset, 1, min, max);
  buffer[offset] = number;
  return offset + 1;
}

function writeTwoLE(buffer, value, offset, min, max) {
  const number = +value;
  checkInteger(buffer, number, offset, 2, min, max);
  storeTwoLE(buffer, number, offset);
  return offset + 2;
}

function writeTwoBE(buffer, value, offset, min, max) {
  const number = +value;
  checkInteger(buffer, number, offset, 2, min, max);
  storeTwoBE(buffer, number, offset);
  return offset + 2;
}

function writeFourLE(buffer, value, offset, min, max) {
  const number = +value;
  checkInteger(buffer, number, offset, 4, min, max);
  storeFourLE(buffer, number, offset);
  return offset + 4;
}

function writeFourBE(buffer, value, offset, min, max) {
  const number = +value;
  checkInteger(buffer, number, offset, 4, min, max);
  storeFourBE(buffer, number, offset);
  return offset + 4;
}

function writeLE(buffer, value, offset, byteLength, min, max) {
  if (byteLength === 1) return writeByte(buffer, value, offset, min, max);

  const number = +value;
  checkInteger(buffer, number, offset, byteLength, min, max);
  // The bits above 32. Node rounds down, which makes a difference for fractions just below zero.
  const high = Math.floor(number * 2 ** -32);
  if (byteLength > 3) storeFourLE(buffer, number, offset);
  else storeTwoLE(buffer, number, offset);
  if (byteLength === 3) buffer[offset + 2] = number >>> 16;
  else if (byteLength === 5) buffer[offset + 4] = high;
  else if (byteLength === 6) storeTwoLE(buffer, high, offset + 4);
  return offset + byteLength;
}

function writeBE(buffer, value, offset, byteLength, min, max) {
  if (byteLength === 1) return writeByte(buffer, value, offset, min, max);

  const number = +value;
  checkInteger(buffer, number, offset, byteLength, min, max);
  const high = Math.floor(number * 2 ** -32);
  if (byteLength === 3) {
    buffer[offset + 2] = number;
    buffer[offset + 1] = number >>> 8;
    buffer[offset] = number >>> 16;
    return offset + 3;
  }
  if (byteLength === 5) buffer[offset] = high;
  else if (byteLength === 6) storeTwoBE(buffer, high, offset);
  if (byteLength === 2) storeTwoBE(buffer, number, offset);
  else storeFourBE(buffer, number, offset + byteLength - 4);
  return offset + byteLength;
}

function writeUIntLE(value, offset, byteLength) {
  checkByteLength(byteLength);
  return writeLE(this, value, offset, byteLength, 0, unsignedEnd[byteLength] - 1);
}

function writeUIntBE(value, offset, byteLength) {
  checkByteLength(byteLength);
  return writeBE(this, value, offset, byteLength, 0, unsignedEnd[byteLength] - 1);
}

function writeIntLE(value, offset, byteLength) {
  checkByteLength(byteLength);
  return writeLE(this, value, offset, byteLength, -signedEnd[byteLength], signedEnd[byteLength] - 1);
}

function writeIntBE(value, offset, byteLength) {
  checkByteLength(byteLength);
  return writeBE(this, value, offset, byteLength, -signedEnd[byteLength], signedEnd[byteLength] - 1);
}

function writeUInt8(value, offset = 0) {
  return writeByte(this, value, offset, 0, 0xff);
}

function writeUInt16LE(value, offset = 0) {
  return writeTwoLE(this, value, offset, 0, 0xffff);
}

function writeUInt16BE(value, offset = 0) {
  return writeTwoBE(this, value, offset, 0, 0xffff);
}

function writeUInt32LE(value, offset = 0) {
  return writeFourLE(this, value, offset, 0, 0xffffffff);
}

function writeUInt32BE(value, offset = 0) {
  return writeFourBE(this, value, offset, 0, 0xffffffff);
}

function writeInt8(value, offset = 0) {
  return writeByte(this, value, offset, -0x80, 0x7f);
}

function writeInt16LE(value, offset = 0) {
  return writeTwoLE(this, value, offset, -0x8000, 0x7fff);
}

function writeInt16BE(value, offset = 0) {
  return writeTwoBE(this, value, offset, -0x8000, 0x7fff);
}

function writeInt32LE(value, offset = 0) {
  return writeFourLE(this, value, offset, -0x80000000, 0x7fffffff);
}

function writeInt32BE(value, offset = 0) {
  return writeFourBE(this, value, offset, -0x80000000, 0x7fffffff);
}

// Stores four bytes of the scratch: from index `from` upwards here, downwards in storeBackwards().
function storeForwards(buffer, offset, from) {
  buffer[offset] = scratchBytes[from];
  buffer[offset + 1] = scratchBytes[from + 1];
  buffer[offset + 2] = scratchBytes[from + 2];
  buffer[offset + 3] = scratchBytes[from + 3];
}

function storeBackwards(buffer, offset, from) {
  buffer[offset] = scratchBytes[from];
  buffer[offset + 1] = scratchBytes[from - 1];
  buffer[offset + 2] = scratchBytes[from - 2];
  buffer[offset + 3] = scratchBytes[from - 3];
}

const bigUIntMax = 0xffffffffffffffffn;
const bigIntMin = -0x8000000000000000n;
const bigIntMax = 0x7fffffffffffffffn;

// Not checkInteger(): Firefox does not inline a function that has compared both numbers and BigInts.
function checkBigInt(buffer, value, offset, min, max) {
  if (value > max || value < min) rejectValue(value, 8, min, max);
  checkEight(buffer, offset);
}

// For a value that is not a BigInt. Node converts an object anew for each half, when it stores that half;
// user code that runs then may change the Buffer. Node's engine refuses all other values, with this text.
function storeHalves(buffer, value, store, lowAt, highAt) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) {
    throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
  }
  store(buffer, Number(value & 0xffffffffn), lowAt);
  store(buffer, Number(value >> 32n & 0xffffffffn), highAt);
}

function writeBigLE(buffer, value, offset, min, max) {
  checkBigInt(buffer, value, offset, min, max);
  if (typeof value === 'bigint') {
    scratchBigUInt[0] = value;
    const low = scratchWords[0];
    const high = scratchWords[1];
    storeBigLE(buffer, low, offset);
    storeBigLE(buffer, high, offset + 4);
  } else {
    storeHalves(buffer, value, storeBigLE, offset, offset + 4);
  }
  return offset + 8;
}

function writeBigBE(buffer, value, offset, min, max) {
  checkBigInt(buffer, value, offset, min, max);
  if (typeof value === 'bigint') {
    scratchBigUInt[0] = value;
    const low = scratchWords[0];
    const high = scratchWords[1];
    storeBigBE(buffer, low, offset + 4);
    storeBigBE(buffer, high, offset);
  } else {
    storeHalves(buffer, value, storeBigBE, offset + 4, offset);
  }
  return offset + 8;
}

// As in Node, shifts keep the sign here, which they do not for smaller integers. Wider elements show it.
function storeBigLE(buffer, word, offset) {
  buffer[offset] = word;
  buffer[offset + 1] = word >> 8;
  buffer[offset + 2] = word >> 16;
  buffer[offset + 3] = word >> 24;
}

function storeBigBE(buffer, word, offset) {
  buffer[offset + 3] = word;
  buffer[offset + 2] = word >> 8;
  buffer[offset + 1] = word >> 16;
  buffer[offset] = word >> 24;
}

function writeBigUInt64LE(value, offset = 0) {
  return writeBigLE(this, value, offset, 0n, bigUIntMax);
}

function writeBigUInt64BE(value, offset = 0) {
  return writeBigBE(this, value, offset, 0n, bigUIntMax);
}

function writeBigInt64LE(value, offset = 0) {
  return writeBigLE(this, value, offset, bigIntMin, bigIntMax);
}

function writeBigInt64BE(value, offset = 0) {
  return writeBigBE(this, value, offset, bigIntMin, bigIntMax);
}

// Writing floats.

// Chromium converts undefined to a NaN with other bits than Node's, so undefined is replaced first.
function floatOf(value) {
  return +(value === undefined ? NaN : value);
}

function putFloat(buffer, number, offset) {
  checkBounds(buffer, offset, 4);
  scratchFloat[0] = number;
}

function putDouble(buffer, number, offset) {
  checkEight(buffer, offset);
  scratchDouble[0] = number;
}

function writeFloatForwards(val, offset = 0) {
  putFloat(this, floatOf(val), offset);
  storeForwards(this, offset, 0);
  return offset + 4;
}

function writeFloatBackwards(val, offset = 0) {
  putFloat(this, floatOf(val), offset);
  storeBackwards(this, offset, 3);
  return offset + 4;
}

function writeDoubleForwards(val, offset = 0) {
  putDouble(this, floatOf(val), offset);
  storeForwards(this, offset, 0);
  storeForwards(this, offset + 4, 4);
  return offset + 8;
}

function writeDoubleBackwards(val, offset = 0) {
  putDouble(this, floatOf(val), offset);
  storeBackwards(this, offset, 7);
  storeBackwards(this, offset + 4, 3);
  return offset + 8;
}
