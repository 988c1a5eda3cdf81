// The errors' texts, codes and shapes, and the values that the validators accept.
import { describe, expect, test } from 'vitest';
import * as errors from '../js/errors.js';
import { inspect } from '../js/inspect.js';
import { Buffer } from '../js/index.js';

const nothing = Object.create(null);
const circular = { name: 'a' };
circular.self = circular;

function thrownBy(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('every error has the class, code and message of Node\'s', () => {
  test.each([
    [errors.invalidArgType('size', 'of type number', '1'), TypeError, 'ERR_INVALID_ARG_TYPE',
      'The "size" argument must be of type number. Received type string (\'1\')'],
    [errors.invalidArgType('first argument', 'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object', 5),
      TypeError, 'ERR_INVALID_ARG_TYPE', 'The first argument must be of type string or an instance of Buffer, ' +
      'ArrayBuffer, or Array or an Array-like Object. Received type number (5)'],
    [errors.invalidArgType('value', 'one of type number or string or an instance of Buffer or Uint8Array', null), TypeError,
      'ERR_INVALID_ARG_TYPE', 'The "value" argument must be one of type number or string or an instance of Buffer ' +
      'or Uint8Array. Received null'],
    [errors.invalidArgType('list[0]', 'an instance of Buffer or Uint8Array', nothing), TypeError, 'ERR_INVALID_ARG_TYPE',
      'The "list[0]" argument must be an instance of Buffer or Uint8Array. Received [Object: null prototype] {}'],
    [errors.invalidArgValue('alignment', 3, 'must be a power of two'), TypeError, 'ERR_INVALID_ARG_VALUE',
      'The argument \'alignment\' must be a power of two. Received 3'],
    [errors.invalidArgValue('value', 'zz'), TypeError, 'ERR_INVALID_ARG_VALUE',
      'The argument \'value\' is invalid. Received \'zz\''],
    [errors.invalidArgValue('value', new Uint8Array(0)), TypeError, 'ERR_INVALID_ARG_VALUE',
      'The argument \'value\' is invalid. Received Uint8Array(0) []'],
    [errors.invalidArgValue('value', 'z'.repeat(200)), TypeError, 'ERR_INVALID_ARG_VALUE',
      `The argument 'value' is invalid. Received '${'z'.repeat(127)}...`],
    [errors.outOfRange('offset', '>= 0 and <= 2', 5), RangeError, 'ERR_OUT_OF_RANGE',
      'The value of "offset" is out of range. It must be >= 0 and <= 2. Received 5'],
    [errors.bufferOutOfBounds(), RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS',
      'Attempt to access memory outside buffer bounds'],
    [errors.bufferOutOfBounds('length'), RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS',
      '"length" is outside of buffer bounds'],
    [errors.invalidBufferSize('16-bits'), RangeError, 'ERR_INVALID_BUFFER_SIZE',
      'Buffer size must be a multiple of 16-bits'],
    [errors.unknownEncoding('utf9'), TypeError, 'ERR_UNKNOWN_ENCODING', 'Unknown encoding: utf9'],
    [errors.missingArgs('input'), TypeError, 'ERR_MISSING_ARGS', 'The "input" argument must be specified'],
  ])('%s', (error, constructor, code, message) => {
    expect(error).toBeInstanceOf(constructor);
    expect(error.constructor).toBe(constructor);
    expect(error.name).toBe(constructor.name);
    expect(error.code).toBe(code);
    expect(error.message).toBe(message);
    expect(error.toString()).toBe(`${constructor.name} [${code}]: ${message}`);
    expect(Object.keys(error)).toEqual(['code']);
  });

  test.each([
    [errors.memoryAllocationFailed(), RangeError, 'ERR_MEMORY_ALLOCATION_FAILED', 'Failed to allocate memory'],
    [errors.stringTooLong(), Error, 'ERR_STRING_TOO_LONG',
      'Cannot create a string longer than 0x1fffffe8 characters'],
    [errors.argumentMustBeString(), TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string'],
  ])('%s, without its code, because Node raises it natively', (error, constructor, code, message) => {
    expect(Object.getPrototypeOf(error)).toBe(constructor.prototype);
    expect(error.code).toBe(code);
    expect(error.message).toBe(message);
    expect(error.toString()).toBe(`${constructor.name}: ${message}`);
    expect(Object.keys(error)).toEqual(['code']);
  });

  test('the code comes before a computed message and after a fixed one', () => {
    const order = (error) => Reflect.ownKeys(error).filter((key) => key === 'code' || key === 'message');
    expect(order(errors.outOfRange('a', 'b', 1))).toEqual(['code', 'message']);
    expect(order(errors.unknownEncoding('a'))).toEqual(['message', 'code']);
  });
});

describe('what was received is described', () => {
  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [-0, 'type number (-0)'],
    [NaN, 'type number (NaN)'],
    [5n, 'type bigint (5n)'],
    [true, 'type boolean (true)'],
    [Symbol('s'), 'type symbol (Symbol(s))'],
    [function named() {}, 'function named'],
    ['it\'s', 'type string ("it\'s")'],
    ['a'.repeat(29), `type string ('${'a'.repeat(25)}...')`],
    [[], 'an instance of Array'],
    [new Date(0), 'an instance of Date'],
    [{ constructor: undefined }, '[Object]'],
    [Object.assign(Object.create(null), { a: 1 }), '[Object: null prototype]'],
    [Object.create(nothing), 'Object <Complex prototype> {}'],
  ])('by its type: row %#', (value, text) => {
    expect(errors.invalidArgType('a', 'an instance of Map', value).message)
      .toBe(`The "a" argument must be an instance of Map. Received ${text}`);
  });

  test.each([
    [4294967296, '4294967296'],
    [4294967297, '4_294_967_297'],
    [-(2 ** 40), '-1_099_511_627_776'],
    [1e21, '1e_+21'],
    [1.5, '1.5'],
    [-0, '-0'],
    [2n ** 32n, '4294967296n'],
    [-(2n ** 64n), '-18_446_744_073_709_551_616n'],
    ['a\nb\x00\x7f\ud800', '\'a\\nb\\x00\\x7F\\ud800\''],
    ['it\'s', '"it\'s"'],
    ['it\'s "so"', '`it\'s "so"`'],
    [[1, [2, [3, [4]]]], '[ 1, [ 2, [ 3, [Array] ] ] ]'],
    [[, 1, , ,], '[ <1 empty item>, 1, <2 empty items> ]'], // eslint-disable-line no-sparse-arrays
    [{ valueOf() {}, 'a-b': 'c', [Symbol('s')]: null }, '{ valueOf: [Function: valueOf], \'a-b\': \'c\', Symbol(s): null }'],
    [{ get a() { return 1; }, set b(value) {} }, '{ a: [Getter], b: [Setter] }'],
    [nothing, '[Object: null prototype] {}'],
    [circular, '<ref *1> { name: \'a\', self: [Circular *1] }'],
    [{ a: 'x'.repeat(50), b: 'y'.repeat(30) }, `{\n  a: '${'x'.repeat(50)}',\n  b: '${'y'.repeat(30)}'\n}`],
    [class A extends Map {}, '[class A extends Map]'],
    [Object(5n), '[BigInt: 5n]'],
    [new Float32Array(2), 'Float32Array(2) [ 0, 0 ]'],
    [[1, 2, 3, 4, 5, 60, 7], '[\n  1,  2, 3, 4,\n  5, 60, 7\n]'],
    [['a', 'bb', 'ccc', 'd', 'e', 'f', 'g'], '[\n  \'a\', \'bb\', \'ccc\',\n  \'d\', \'e\',  \'f\',\n  \'g\'\n]'],
    [['x'.repeat(40), 1, 2, 3, 4, 5, 6], `[ '${'x'.repeat(40)}', 1, 2, 3, 4, 5, 6 ]`],
    [new String(`${'x'.repeat(76)}\ny`), `[String: '${'x'.repeat(76)}\\n' +\n  'y']`],
    [{ list: [1, 2, 3, 4, 5, 6, 7] }, '{\n  list: [\n    1, 2, 3, 4,\n    5, 6, 7\n  ]\n}'],
    [new Array(101).fill(0), `[\n${'  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,\n'.repeat(8)}  0, 0, 0, 0,\n  ... 1 more item\n]`],
  ])('by its value: row %#', (value, text) => {
    expect(errors.outOfRange('a', 'b', value).message)
      .toBe(`The value of "a" is out of range. It must be b. Received ${text}`);
  });

  test.each([
    [-0, '-0'],
    [5n, '5n'],
    [null, 'null'],
    [{ a: { b: 1 } }, '{ a: [Object] }'],
    [{ toString: () => 'mine' }, 'mine'],
    [new Uint8Array(2), '0,0'],
  ])('as an encoding: row %#', (value, text) => {
    expect(errors.unknownEncoding(value).message).toBe(`Unknown encoding: ${text}`);
  });

  test('an object with nodejs.util.inspect.custom is shown as that returns', () => {
    const value = { [Symbol.for('nodejs.util.inspect.custom')]: (depth) => `<depth ${depth}>` };
    expect(errors.invalidArgValue('a', value).message).toBe('The argument \'a\' is invalid. Received <depth 2>');
  });
});

describe('validators', () => {
  test.each([
    ['a number on its bound', () => errors.validateNumber(5, 'a', 0, 5)],
    ['an integer on its bound', () => errors.validateInteger(-3, 'a', -3, 3)],
    ['the empty string', () => errors.validateString('', 'a')],
    ['the empty array', () => errors.validateArray([], 'a')],
    ['a DataView', () => errors.validateBuffer(new DataView(new ArrayBuffer(1)))],
  ])('let through %s', (_, call) => {
    expect(thrownBy(call)).toBe(undefined);
  });

  test.each([
    [() => errors.validateNumber('5', 'a', 0, 9), 'ERR_INVALID_ARG_TYPE',
      'The "a" argument must be of type number. Received type string (\'5\')'],
    [() => errors.validateNumber(NaN, 'a', 0, 9), 'ERR_OUT_OF_RANGE',
      'The value of "a" is out of range. It must be >= 0 && <= 9. Received NaN'],
    [() => errors.validateNumber(6, 'a', 0, 5), 'ERR_OUT_OF_RANGE',
      'The value of "a" is out of range. It must be >= 0 && <= 5. Received 6'],
    [() => errors.validateInteger(1.5, 'a', 0), 'ERR_OUT_OF_RANGE',
      'The value of "a" is out of range. It must be an integer. Received 1.5'],
    [() => errors.validateInteger(2 ** 53, 'a', 0), 'ERR_OUT_OF_RANGE', 'The value of "a" is out of range. ' +
      'It must be >= 0 && <= 9007199254740991. Received 9_007_199_254_740_992'],
    [() => errors.validateString(5, 'a'), 'ERR_INVALID_ARG_TYPE',
      'The "a" argument must be of type string. Received type number (5)'],
    [() => errors.validateArray({ length: 0 }, 'a'), 'ERR_INVALID_ARG_TYPE',
      'The "a" argument must be an instance of Array. Received an instance of Object'],
    [() => errors.validateBuffer('a'), 'ERR_INVALID_ARG_TYPE', 'The "buffer" argument must be an instance of ' +
      'Buffer, TypedArray, or DataView. Received type string (\'a\')'],
  ])('refuse with Node\'s error: row %#', (call, code, message) => {
    const error = thrownBy(call);
    expect(error.code).toBe(code);
    expect(error.message).toBe(message);
  });
});

describe.runIf(new Error('header').stack.startsWith('Error'))('the stack, where the engine puts a header on it', () => {
  test('begins with the code, and with the caller of the validator', () => {
    function caller() {
      errors.validateNumber('5', 'a', 0, 9);
    }
    const [header, first] = thrownBy(caller).stack.split('\n');
    expect(header)
      .toBe('TypeError [ERR_INVALID_ARG_TYPE]: The "a" argument must be of type number. Received type string (\'5\')');
    expect(first).toContain('caller');
  });

  test('obeys Error.stackTraceLimit and leaves it as it was', () => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 2;
    const { stack } = errors.bufferOutOfBounds();
    const left = Error.stackTraceLimit;
    Error.stackTraceLimit = limit;
    expect(left).toBe(2);
    expect(stack.split('\n').length).toBeLessThanOrEqual(3); // Bun counts the frames that are left out, too
  });
});

test('literal: a view with an own length is shown with the length that it has', () => {
  const view = Object.defineProperty(new Uint8Array(2), 'length', { value: 2 ** 32 });
  expect(inspect(view)).toBe('Uint8Array(2) [ 0, 0, ... 4294967294 more items ]');
});

describe('literal: texts of Node\'s engine, in every engine', () => {
  const memory = () => new ArrayBuffer(4);
  const buffer = () => Buffer.alloc(16);
  const bigInt = 'Cannot convert a BigInt value to a number';
  const symbol = 'Cannot convert a Symbol value to a number';
  const mixed = 'Cannot mix BigInt and other types, use explicit conversions';
  const rows = [
    ['from(memory, -1)', () => Buffer.from(memory(), -1), RangeError, 'Start offset -1 is outside the bounds of the buffer'],
    ['from(memory, -Infinity, 1)', () => Buffer.from(memory(), -Infinity, 1), RangeError,
      'Start offset -Infinity is outside the bounds of the buffer'],
    ['from(memory, 1n)', () => Buffer.from(memory(), 1n), TypeError, bigInt],
    ['from(memory, 0, Symbol())', () => Buffer.from(memory(), 0, Symbol('x')), TypeError, symbol],
    ['subarray(1n)', () => buffer().subarray(1n), TypeError, bigInt],
    ['slice(0, Symbol())', () => buffer().slice(0, Symbol('x')), TypeError, symbol],
    ['copy(target, 1n)', () => buffer().copy(buffer(), 1n), TypeError, bigInt],
    ['indexOf(1, 1n)', () => buffer().indexOf(1, 1n), TypeError, bigInt],
    ['latin1Slice(Symbol())', () => buffer().latin1Slice(Symbol('x')), TypeError, symbol],
    ['hexWrite(text, 1n)', () => buffer().hexWrite('61', 1n), TypeError, bigInt],
    ...[1, '1', undefined, null, true].map((value) =>
      [`writeBigInt64LE(${JSON.stringify(value)})`, () => buffer().writeBigInt64LE(value), TypeError, mixed]),
  ];
  test.each(rows)('%s', (_, call, Class, message) => {
    expect(call).toThrow(new Class(message));
  });
});
