// The number methods' bytes, values, errors and order of checks, written by hand. A call that throws must
// change nothing.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { installNumbers } from '../js/numbers.js';

class Bytes extends Uint8Array {}
installNumbers(Bytes.prototype);

const methods = Object.keys(Bytes.prototype);
const counting = [0x81, 0x92, 0xa3, 0xb4, 0xc5, 0xd6, 0xe7, 0xf8];

function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('reading', () => {
  test.each([
    ['readUInt8', 0, 0x81], ['readInt8', 0, -127], ['readInt8', 7, -8],
    ['readUInt16LE', 0, 0x9281], ['readUInt16BE', 0, 0x8192],
    ['readInt16LE', 0, 0x9281 - 2 ** 16], ['readInt16BE', 0, 0x8192 - 2 ** 16],
    ['readUInt32LE', 0, 0xb4a39281], ['readUInt32BE', 0, 0x8192a3b4],
    ['readInt32LE', 0, 0xb4a39281 - 2 ** 32], ['readInt32BE', 4, 0xc5d6e7f8 - 2 ** 32],
    ['readBigUInt64LE', 0, 0xf8e7d6c5b4a39281n], ['readBigUInt64BE', 0, 0x8192a3b4c5d6e7f8n],
    ['readBigInt64LE', 0, 0xf8e7d6c5b4a39281n - 2n ** 64n], ['readBigInt64BE', 0, 0x8192a3b4c5d6e7f8n - 2n ** 64n],
  ])('%s at %d', (name, offset, value) => {
    expect(Bytes.from(counting)[name](offset)).toBe(value);
  });

  test.each([
    ['readUIntLE', 1, 0x81], ['readUIntLE', 2, 0x9281], ['readUIntLE', 3, 0xa39281], ['readUIntLE', 4, 0xb4a39281],
    ['readUIntLE', 5, 0xc5b4a39281], ['readUIntLE', 6, 0xd6c5b4a39281],
    ['readUIntBE', 1, 0x81], ['readUIntBE', 2, 0x8192], ['readUIntBE', 3, 0x8192a3], ['readUIntBE', 4, 0x8192a3b4],
    ['readUIntBE', 5, 0x8192a3b4c5], ['readUIntBE', 6, 0x8192a3b4c5d6],
    ['readIntLE', 3, 0xa39281 - 2 ** 24], ['readIntLE', 5, 0xc5b4a39281 - 2 ** 40],
    ['readIntLE', 6, 0xd6c5b4a39281 - 2 ** 48],
    ['readIntBE', 3, 0x8192a3 - 2 ** 24], ['readIntBE', 5, 0x8192a3b4c5 - 2 ** 40],
    ['readIntBE', 6, 0x8192a3b4c5d6 - 2 ** 48],
  ])('%s of %d bytes', (name, byteLength, value) => {
    expect(Bytes.from(counting)[name](0, byteLength)).toBe(value);
  });
});

describe('writing, then reading back', () => {
  test.each([
    ['UInt8', 0xff, [0xff]], ['Int8', -2, [0xfe]],
    ['UInt16LE', 0x1234, [0x34, 0x12]], ['UInt16BE', 0x1234, [0x12, 0x34]],
    ['Int16LE', -2, [0xfe, 0xff]], ['Int16BE', -2, [0xff, 0xfe]],
    ['UInt32LE', 0xfedcba98, [0x98, 0xba, 0xdc, 0xfe]], ['UInt32BE', 0xfedcba98, [0xfe, 0xdc, 0xba, 0x98]],
    ['Int32LE', -(2 ** 31), [0, 0, 0, 0x80]], ['Int32BE', -2, [0xff, 0xff, 0xff, 0xfe]],
    ['BigUInt64LE', 0xfedcba9876543210n, [0x10, 0x32, 0x54, 0x76, 0x98, 0xba, 0xdc, 0xfe]],
    ['BigUInt64BE', 0xfedcba9876543210n, [0xfe, 0xdc, 0xba, 0x98, 0x76, 0x54, 0x32, 0x10]],
    ['BigInt64LE', -2n, [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]],
    ['BigInt64BE', -(2n ** 63n), [0x80, 0, 0, 0, 0, 0, 0, 0]],
    ['FloatLE', 1.5, [0, 0, 0xc0, 0x3f]], ['FloatBE', -Infinity, [0xff, 0x80, 0, 0]],
    ['DoubleLE', -0, [0, 0, 0, 0, 0, 0, 0, 0x80]], ['DoubleBE', Math.PI, [0x40, 9, 0x21, 0xfb, 0x54, 0x44, 0x2d, 0x18]],
  ])('%s: %s', (type, value, bytes) => {
    const target = new Bytes(10).fill(0xee);
    expect(target[`write${type}`](value, 1)).toBe(1 + bytes.length);
    expect(Array.from(target)).toEqual([0xee, ...bytes, ...Array(9 - bytes.length).fill(0xee)]);
    expect(target[`read${type}`](1)).toBe(value);
  });

  test.each([
    ['UIntLE', 0x123456, 3, [0x56, 0x34, 0x12]], ['UIntBE', 0x123456, 3, [0x12, 0x34, 0x56]],
    ['IntLE', -2, 5, [0xfe, 0xff, 0xff, 0xff, 0xff]], ['IntBE', -(2 ** 39), 5, [0x80, 0, 0, 0, 0]],
    ['UIntLE', 0x123456789abc, 6, [0xbc, 0x9a, 0x78, 0x56, 0x34, 0x12]],
    ['UIntBE', 0x123456789abc, 6, [0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc]],
    ['IntBE', -(2 ** 47), 6, [0x80, 0, 0, 0, 0, 0]], ['UIntLE', 255, 1, [255]], ['IntBE', -3, 2, [0xff, 0xfd]],
    ['UIntBE', 2 ** 32 - 1, 4, [0xff, 0xff, 0xff, 0xff]],
  ])('%s: %d in %d bytes', (type, value, byteLength, bytes) => {
    const target = new Bytes(8).fill(0xee);
    expect(target[`write${type}`](value, 1, byteLength)).toBe(1 + byteLength);
    expect(Array.from(target)).toEqual([0xee, ...bytes, ...Array(7 - byteLength).fill(0xee)]);
    expect(target[`read${type}`](1, byteLength)).toBe(value);
  });
});

describe('values that are not integers', () => {
  test.each([
    ['writeUInt8', [1.9], [1]], ['writeInt16BE', ['0x10'], [0, 16]], ['writeUInt16LE', [NaN], [0, 0]],
    ['writeUInt8', [undefined], [0]], ['writeUInt8', [null], [0]], ['writeUInt16LE', [{ valueOf: () => 258 }], [2, 1]],
    ['writeIntLE', [-0.5, 0, 6], [0, 0, 0, 0, 0xff, 0xff]],
  ])('%s(%j) converts as Node does', (name, given, bytes) => {
    const target = new Bytes(bytes.length).fill(0xee);
    target[name](...given);
    expect(Array.from(target)).toEqual(bytes);
  });

  test.each([['writeUInt8', 1n], ['writeDoubleLE', Symbol('s')], ['writeBigInt64LE', 5], ['writeBigUInt64BE', '5'],
    ['writeBigUInt64LE', undefined]])('%s refuses row %# with the engine\'s TypeError', (name, value) => {
    const target = new Bytes(8);
    const error = thrownBy(() => target[name](value));
    expect(error).toBeInstanceOf(TypeError);
    expect(error.code).toBe(undefined);
  });
});

describe('errors', () => {
  const range = (name, text, received) => ['ERR_OUT_OF_RANGE',
    `The value of "${name}" is out of range. It must be ${text}. Received ${received}`];
  const type = (name, received) => ['ERR_INVALID_ARG_TYPE',
    `The "${name}" argument must be of type number. Received ${received}`];

  test.each([
    ['readInt8', [8], ...range('offset', '>= 0 and <= 7', '8')],
    ['readUInt32LE', [5], ...range('offset', '>= 0 and <= 4', '5')],
    ['readUInt32LE', [-1], ...range('offset', '>= 0 and <= 4', '-1')],
    ['readDoubleBE', [1], ...range('offset', '>= 0 and <= 0', '1')],
    ['readUInt16BE', [1.5], ...range('offset', 'an integer', '1.5')],
    ['readUInt16BE', [NaN], ...range('offset', 'an integer', 'NaN')],
    ['readUInt16BE', ['1'], ...type('offset', 'type string (\'1\')')],
    ['readUInt16BE', [null], ...type('offset', 'null')],
    ['readUIntLE', [], ...type('offset', 'undefined')],
    ['readUIntLE', [0], ...type('byteLength', 'undefined')],
    ['readUIntLE', [0, 0], ...range('byteLength', '>= 1 and <= 6', '0')],
    ['readIntBE', [0, 7], ...range('byteLength', '>= 1 and <= 6', '7')],
    ['readIntBE', [0, 2.5], ...range('byteLength', 'an integer', '2.5')],
    ['readIntBE', [3, 6], ...range('offset', '>= 0 and <= 2', '3')],
    ['writeUInt8', [256], ...range('value', '>= 0 and <= 255', '256')],
    ['writeInt8', [-129], ...range('value', '>= -128 and <= 127', '-129')],
    ['writeUInt32LE', [2 ** 32], ...range('value', '>= 0 and <= 4294967295', '4294967296')],
    ['writeUIntLE', [2 ** 40, 0, 5], ...range('value', '>= 0 and < 2 ** 40', '1_099_511_627_776')],
    ['writeIntBE', [2 ** 47, 0, 6], ...range('value', '>= -(2 ** 47) and < 2 ** 47', '140_737_488_355_328')],
    ['writeBigUInt64LE', [-1n], ...range('value', '>= 0n and < 2n ** 64n', '-1n')],
    ['writeBigInt64BE', [2n ** 63n],
      ...range('value', '>= -(2n ** 63n) and < 2n ** 63n', '9_223_372_036_854_775_808n')],
    ['writeIntBE', [0], ...type('byteLength', 'undefined')],
    // When value and offset are both wrong, Node reports the value, except when it writes a single byte.
    ['writeUInt16LE', [2 ** 16, 'x'], ...range('value', '>= 0 and <= 65535', '65536')],
    ['writeUInt8', [256, 'x'], ...type('offset', 'type string (\'x\')')],
    ['writeIntLE', [2 ** 60, 'x', 0], ...range('byteLength', '>= 1 and <= 6', '0')],
  ])('%s, row %#', (name, given, code, message) => {
    const error = thrownBy(() => Bytes.from(counting)[name](...given));
    expect(error.message).toBe(message);
    expect(error.code).toBe(code);
  });

  test('a number that fits at no offset is outside of the buffer\'s bounds', () => {
    const error = thrownBy(() => new Bytes(3).readUInt32LE(0));
    expect(error.code).toBe('ERR_BUFFER_OUT_OF_BOUNDS');
    expect(error.message).toBe('Attempt to access memory outside buffer bounds');
  });
});

describe('the methods as objects', () => {
  test('there are 62, enumerable, and both spellings are one function', () => {
    expect(methods).toHaveLength(62);
    for (const name of methods.filter((each) => each.includes('UInt')))
      expect(Bytes.prototype[name.replace('UInt', 'Uint')]).toBe(Bytes.prototype[name]);
  });

  test.each([['readUInt32LE', '', 1], ['readUIntBE', 'readUIntBE', 2], ['readBigUint64LE', 'readBigUInt64LE', 0],
    ['readFloatLE', 'readFloatForwards', 0], ['writeDoubleBE', 'writeDoubleBackwards', 1],
    ['writeUint8', 'writeUInt8', 1], ['writeIntLE', 'writeIntLE', 3],
  ])('%s is called %j and has length %d', (name, ownName, length) => {
    expect(Bytes.prototype[name].name).toBe(ownName);
    expect(Bytes.prototype[name]).toHaveLength(length);
  });
});

describe('safety', () => {
  const anything = fc.oneof(fc.integer(), fc.double(), fc.bigInt(), fc.integer({ min: -2, max: 12 }),
    fc.constantFrom(undefined, null, 'x', '3', true));

  test.each(methods)('%s throws and changes nothing, or writes only between offset and result', (name) => {
    fc.assert(fc.property(fc.nat(12), fc.array(anything, { maxLength: 3 }), (length, given) => {
      const target = new Bytes(length).fill(0xee);
      let from = 0;
      let to = 0;
      try {
        const result = target[name](...given);
        if (name.startsWith('write')) [from, to] = [given[1] === undefined ? 0 : given[1], result];
        expect(to - from).toBeLessThanOrEqual(8);
      } catch (error) {
        expect(error).toSatisfy(() => error instanceof TypeError || error instanceof RangeError);
      }
      const touched = Array.from(target.keys()).filter((index) => target[index] !== 0xee);
      expect(touched.every((index) => index >= from && index < to)).toBe(true);
    }), { numRuns: 200 });
  });
});
