// errors.js: Node's errors, one function for each code that node:buffer can throw, and the validators.
//
// Owns        the texts of the errors.
// Assumes     nothing of the values that the texts show. Their getters and custom inspect functions may run.
// Always      class, `code`, `message`, `toString()` and the order of the own keys are those of Node 26. In
//             V8 the stack begins with `Name [CODE]: message` and the line that called the function here.
//             `Error.stackTraceLimit` is not touched. Validators throw; the other functions return the
//             error, so that `throw` stands at the caller.

import { inspect, inspectPrimitive } from './inspect.js';

const InvalidArgType = errorClass(TypeError, 'ERR_INVALID_ARG_TYPE');
const InvalidArgValue = errorClass(TypeError, 'ERR_INVALID_ARG_VALUE');
const OutOfRange = errorClass(RangeError, 'ERR_OUT_OF_RANGE');
const BufferOutOfBounds = errorClass(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS');
const InvalidBufferSize = errorClass(RangeError, 'ERR_INVALID_BUFFER_SIZE');
const UnknownEncoding = errorClass(TypeError, 'ERR_UNKNOWN_ENCODING');
const MissingArgs = errorClass(TypeError, 'ERR_MISSING_ARGS');

/** What most arguments must be. */
export const bufferOrBytes = 'an instance of Buffer or Uint8Array';
export const bytesOrMemory = 'an instance of ArrayBuffer, Buffer, or TypedArray';

/**
 * ERR_INVALID_ARG_TYPE.
 * @param {string} name the argument, or a phrase that ends in ' argument'
 * @param {string} expected what it must be, as in `of type string`
 * @param {*} actual the value that was given
 * @returns {TypeError} the error, to be thrown by the caller
 */
export function invalidArgType(name, expected, actual) {
  return wrongType(name, expected, actual, invalidArgType);
}

/**
 * ERR_INVALID_ARG_VALUE.
 * @param {string} name the argument
 * @param {*} value the value that was given
 * @param {string} [reason] what is wrong with it
 * @returns {TypeError} the error, to be thrown by the caller
 */
export function invalidArgValue(name, value, reason = 'is invalid') {
  let received = inspect(value);
  if (received.length > 128) received = `${received.slice(0, 128)}...`;
  const kind = name.includes('.') ? 'property' : 'argument';
  return codeFirst(InvalidArgValue, `The ${kind} '${name}' ${reason}. Received ${received}`, invalidArgValue);
}

/**
 * ERR_OUT_OF_RANGE.
 * @param {string} name the argument
 * @param {string} range what it must be, as in `>= 0 && <= 5`
 * @param {*} received the value that was given
 * @returns {RangeError} the error, to be thrown by the caller
 */
export function outOfRange(name, range, received) {
  return wrongRange(name, range, received, outOfRange);
}

/**
 * ERR_BUFFER_OUT_OF_BOUNDS.
 * @param {string} [name] the argument that points outside; without it, an access that does not fit at all
 * @returns {RangeError} the error, to be thrown by the caller
 */
export function bufferOutOfBounds(name) {
  return codeFirst(BufferOutOfBounds, name ? `"${name}" is outside of buffer bounds` :
    'Attempt to access memory outside buffer bounds', bufferOutOfBounds);
}

/**
 * ERR_INVALID_BUFFER_SIZE.
 * @param {string} bits the unit of the swap, as in `16-bits`
 * @returns {RangeError} the error, to be thrown by the caller
 */
export function invalidBufferSize(bits) {
  return messageFirst(InvalidBufferSize, `Buffer size must be a multiple of ${bits}`, invalidBufferSize);
}

/**
 * ERR_UNKNOWN_ENCODING.
 * @param {*} encoding what was given as the encoding
 * @returns {TypeError} the error, to be thrown by the caller
 */
export function unknownEncoding(encoding) {
  return messageFirst(UnknownEncoding, `Unknown encoding: ${display(encoding)}`, unknownEncoding);
}

/**
 * ERR_MISSING_ARGS.
 * @param {string} name the argument that was left out
 * @returns {TypeError} the error, to be thrown by the caller
 */
export function missingArgs(name) {
  return codeFirst(MissingArgs, `The "${name}" argument must be specified`, missingArgs);
}

/**
 * ERR_MEMORY_ALLOCATION_FAILED: the engine refused the bytes.
 * @returns {RangeError} the error, to be thrown by the caller
 */
export function memoryAllocationFailed() {
  return native(RangeError, 'ERR_MEMORY_ALLOCATION_FAILED', 'Failed to allocate memory',
    memoryAllocationFailed);
}

/**
 * ERR_STRING_TOO_LONG: the string would exceed `buffer.constants.MAX_STRING_LENGTH`.
 * @returns {Error} the error, to be thrown by the caller
 */
export function stringTooLong() {
  return native(Error, 'ERR_STRING_TOO_LONG', 'Cannot create a string longer than 0x1fffffe8 characters',
    stringTooLong);
}

/**
 * ERR_INVALID_ARG_TYPE as the native writers raise it, without a name and without what was received.
 * @returns {TypeError} the error, to be thrown by the caller
 */
export function argumentMustBeString() {
  return native(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string', argumentMustBeString);
}

/**
 * ERR_INVALID_ARG_TYPE as the native functions raise it for a receiver that is no view.
 * @returns {TypeError} the error, to be thrown by the caller
 */
export function argumentMustBeBuffer() {
  return native(TypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a buffer', argumentMustBeBuffer);
}

/**
 * ERR_OUT_OF_RANGE as the native functions raise it.
 * @param {string} [name] the argument; without it, an index
 * @returns {RangeError} the error, to be thrown by the caller
 */
export function indexOutOfRange(name) {
  return native(RangeError, 'ERR_OUT_OF_RANGE',
    name === undefined ? 'Index out of range' : `The value of "${name}" is out of range.`, indexOutOfRange);
}

/**
 * ERR_BUFFER_OUT_OF_BOUNDS as the native writers raise it.
 * @returns {RangeError} the error, to be thrown by the caller
 */
export function offsetOutOfBounds() {
  return native(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds',
    offsetOutOfBounds);
}

/**
 * What transcode() raises: ICU's name for the error and its number.
 * @param {string} code as in `U_ILLEGAL_ARGUMENT_ERROR`
 * @param {number} errno ICU's number
 * @returns {Error} the error, to be thrown by the caller
 */
export function unableToTranscode(code, errno) {
  return Object.assign(native(Error, code, `Unable to transcode Buffer [${code}]`, unableToTranscode), { errno });
}

/**
 * Throws unless `value` is a number within the bounds (NaN is not).
 * @param {*} value the value to check
 * @param {string} name the argument
 * @param {number} min least value
 * @param {number} max greatest value
 */
export function validateNumber(value, name, min, max) {
  if (!(typeof value === 'number' && value >= min && value <= max)) {
    rejectNumber(value, name, min, max, validateNumber);
  }
}

/**
 * Throws unless `value` is an integer from `min` to `max`.
 * @param {*} value the value to check
 * @param {string} name the argument
 * @param {number} min least value
 * @param {number} [max] greatest value; Number.MAX_SAFE_INTEGER if it is undefined
 */
export function validateInteger(value, name, min, max) {
  if (!Number.isSafeInteger(value)) validateUnsafe(value, name, min, max);
  else if (value < min || value > max) rejectNumber(value, name, min, max, validateInteger);
}

// Functions of their own, so that the validators are short and engines inline them.
function validateUnsafe(value, name, min, max = Number.MAX_SAFE_INTEGER) {
  if (!Number.isInteger(value) || value < min || value > max) {
    rejectNumber(value, name, min, max, validateInteger);
  }
}

function rejectNumber(value, name, min, max = Number.MAX_SAFE_INTEGER, above) {
  if (typeof value !== 'number') throw wrongType(name, 'of type number', value, above);
  const isBroken = above === validateInteger && !Number.isInteger(value);
  throw wrongRange(name, isBroken ? 'an integer' : `>= ${min} && <= ${max}`, value, above);
}

/**
 * Converts as unary `+` does. Throws where `+` throws, in every engine with the text of Node's.
 * @param {*} value the value to convert
 * @returns {number}
 * @throws {TypeError} for a BigInt or a Symbol
 */
export function toNumber(value) {
  if (typeof value === 'bigint') throw new TypeError('Cannot convert a BigInt value to a number');
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a number');
  return +value;
}

/**
 * Throws unless `value` is a string.
 * @param {*} value the value to check
 * @param {string} name the argument
 */
export function validateString(value, name) {
  if (typeof value !== 'string') throw wrongType(name, 'of type string', value, validateString);
}

/**
 * Throws unless `value` is an array.
 * @param {*} value the value to check
 * @param {string} name the argument
 */
export function validateArray(value, name) {
  if (!Array.isArray(value)) throw wrongType(name, 'an instance of Array', value, validateArray);
  // Node compares the length with its minimum, 0. A Proxy can see that, and can return less.
  if (value.length < 0) throw invalidArgValue(name, value, 'must be longer than 0');
}

/**
 * Throws unless `value` is a typed array or a DataView.
 * @param {*} value the value to check
 * @param {string} [name] the argument
 */
export function validateBuffer(value, name = 'buffer') {
  if (!ArrayBuffer.isView(value))
    throw wrongType(name, 'an instance of Buffer, TypedArray, or DataView', value, validateBuffer);
}

// Errors

// Not a class: that has a `constructor` of its own, and Node's errors have TypeError or RangeError.
function errorClass(Base, code) {
  function NodeError(message) {
    return Object.setPrototypeOf(new Base(message), NodeError.prototype);
  }
  NodeError.code = code;
  function toString() {
    return `${this.name} [${code}]: ${this.message}`;
  }
  const inherited = { __proto__: null, value: toString, writable: true, configurable: true };
  NodeError.prototype = Object.create(Base.prototype, { toString: inherited });
  return NodeError;
}

// The stack begins at the caller of `above`.
function wrongType(name, expected, actual, above) {
  return codeFirst(InvalidArgType,
    `The ${subject(name)} must be ${expected}. Received ${kindOf(actual)}`, above);
}

function wrongRange(name, range, received, above) {
  return codeFirst(OutOfRange,
    `The value of "${name}" is out of range. It must be ${range}. Received ${separated(received)}`, above);
}

// The own keys are stack, code, message: Node's order when a function computes the text.
function codeFirst(NodeError, message, above) {
  const error = withStack(NodeError, message, above);
  delete error.message;
  error.code = NodeError.code;
  Object.defineProperty(error, 'message',
    { __proto__: null, value: message, writable: true, configurable: true });
  return error;
}

// The own keys are stack, message, code: Node's order when the text is a template.
function messageFirst(NodeError, message, above) {
  const error = withStack(NodeError, message, above);
  error.code = NodeError.code;
  return error;
}

// V8 composes the stack's first line when the stack is first read, from the name at that time and, in newer
// versions, the constructor's message. So the stack is read here, while the name contains the code.
function withStack(NodeError, message, above) {
  const error = new NodeError(message);
  if (!Error.captureStackTrace) return error;

  const name = `${error.name} [${NodeError.code}]`;
  Object.defineProperty(error, 'name', { __proto__: null, value: name, configurable: true });
  Error.captureStackTrace(error, above);
  void error.stack;
  delete error.name;
  return error;
}

// An error from Node's C++ is a plain one with a code: there is no `[CODE]` in its stack or its toString().
function native(Base, code, message, above) {
  const error = new Base(message);
  if (Error.captureStackTrace) Error.captureStackTrace(error, above);
  error.code = code;
  return error;
}

// Phrases

function subject(name) {
  if (name.endsWith(' argument')) return name;
  return `"${name}" ${name.includes('.') ? 'property' : 'argument'}`;
}

function kindOf(value) {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'function') return `function ${value.name}`;
  if (typeof value === 'object') {
    const constructor = value.constructor;
    const name = constructor === null || constructor === undefined ? undefined : constructor.name;
    return typeof name === 'string' && name !== '' ? `an instance of ${name}` : inspect(value, -1);
  }
  if (typeof value === 'string') {
    const shown = value.length > 28 ? `${value.slice(0, 25)}...` : value;
    return `type string (${shown.includes('\'') ? JSON.stringify(shown) : `'${shown}'`})`;
  }
  return `type ${typeof value} (${inspectPrimitive(value)})`;
}

// From 1e21 on, the separators cut through exponents and fractions, as they do in Node.
function separated(value) {
  const isWide = typeof value === 'bigint' ? value > 0x100000000n || value < -0x100000000n :
    Number.isInteger(value) && Math.abs(value) > 2 ** 32;
  if (!isWide) return inspect(value);

  const digits = String(value);
  const first = digits[0] === '-' ? 1 : 0;
  const groups = [];
  let end = digits.length;
  for (; end >= first + 4; end -= 3) groups.unshift(digits.slice(end - 3, end));
  groups.unshift(digits.slice(0, end));
  return groups.join('_') + (typeof value === 'bigint' ? 'n' : '');
}

// The built-in classes that define toString(). Node compares names, too.
const builtInNames = new Set(['Object', 'Array', 'Date', 'RegExp', 'Error', 'Number', 'String', 'Boolean',
  'BigInt', 'Symbol']);

// The `%s` of util.format.
function display(value) {
  if (typeof value === 'number' || typeof value === 'bigint') return inspectPrimitive(value);
  if (typeof value !== 'object' || value === null || !hasBuiltInToString(value)) return String(value);
  return inspect(value, 0);
}

function hasBuiltInToString(value) {
  if (typeof value.toString !== 'function' && typeof value[Symbol.toPrimitive] !== 'function') return true;
  for (let owner = value; owner !== null; owner = Object.getPrototypeOf(owner)) {
    if (!Object.prototype.hasOwnProperty.call(owner, 'toString') &&
        !Object.prototype.hasOwnProperty.call(owner, Symbol.toPrimitive)) continue;
    const constructor = owner === value ? undefined : Object.getOwnPropertyDescriptor(owner, 'constructor');
    return constructor !== undefined && typeof constructor.value === 'function' &&
      builtInNames.has(constructor.value.name);
  }
  return true;
}
