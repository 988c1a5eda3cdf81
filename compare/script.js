// A script of Buffer operations as data (JSON), and how it runs on a Buffer implementation.
//
// Owns        the vocabulary (`operations`, `forms`), checkScript(), runScript(), compareRows().
// Assumes     nothing of its surroundings: it runs in browsers and in Node, imports nothing, and uses only
//             the implementation that it is given. In Node a TextDecoder or a console.log takes from
//             Node's pool. So this file makes hex, checksums and rows itself, and prints nothing while a
//             script runs.
// Holds       a script that passed checkScript() allocates and computes no more than its limits allow.
//
// A script is { poolSize, ops }, an op is { op, on, args }: `on` is the row whose Buffer the method is called
// on, `args` are values. A value is JSON (null, boolean, number, string, array), or an object with `$` for
// everything else, see `forms`. Rows are named by their number: { $: 'row', of: 0 } is the Buffer that the
// first op made.

/** The operations. `on`: whether it is called on an earlier row; `args`: how many arguments it may have. */
export const operations = {
  'alloc': { args: 3, text: 'Buffer.alloc(size[, fill[, encoding]])' },
  'allocUnsafe': { args: 2, text: 'Buffer.allocUnsafe(size[, alignment])' },
  'allocUnsafeSlow': { args: 2, text: 'Buffer.allocUnsafeSlow(size[, alignment])' },
  'from': { args: 3, text: 'Buffer.from(value[, encoding or offset[, length]])' },
  'concat': { args: 2, text: 'Buffer.concat(list[, length])' },
  'copyBytesFrom': { args: 3, text: 'Buffer.copyBytesFrom(view[, offset[, length]])' },
  'of': { args: 64, text: 'Buffer.of(...items)' },
  'Buffer': { args: 3, text: 'Buffer(value[, encoding or offset[, length]])' },
  'new Buffer': { args: 3, text: 'new Buffer(value[, encoding or offset[, length]])' },
  'byteLength': { args: 2, text: 'Buffer.byteLength(string[, encoding])' },
  'isBuffer': { args: 1, text: 'Buffer.isBuffer(value)' },
  'isEncoding': { args: 1, text: 'Buffer.isEncoding(encoding)' },
  'poolSize': { args: 1, text: 'Buffer.poolSize = value' },
  'subarray': { on: true, args: 2, text: 'row.subarray(start, end)' },
  'slice': { on: true, args: 2, text: 'row.slice(start, end)' },
  'toString': { on: true, args: 3, text: 'row.toString([encoding[, start[, end]]])' },
  'equals': { on: true, args: 1, text: 'row.equals(other)' },
  'put': { on: true, args: 2, text: 'row[start] = byte, row[start + 1] = byte, ...: args are start and the bytes' },
};

/** What `$` may say, and which other keys that form has. A key that ends in ? may be left out. */
export const forms = {
  'undefined': [],
  'NaN': [],
  'Infinity': [],
  '-Infinity': [],
  '-0': [],
  'symbol': [],
  'function': [],
  'bigint': ['value'],                      // value: decimal digits
  'row': ['of'],                            // the Buffer of that row
  'left': ['plus?', 'per?'],                // floor((bytes left in the slab + plus) / per)
  'half': ['plus?', 'per?'],                // floor(((Buffer.poolSize >>> 1) + plus) / per)
  'string': ['unit', 'times'],              // unit.repeat(times)
  'bytes': ['length', 'seed'],              // an array of that many numbers from 0 to 255
  'like': ['length', 'items'],              // { length, 0: items[0], ... }
  'typed': ['type', 'length?', 'seed?', 'items?'],
  'memory': ['name', 'bytes', 'shared?'],   // an ArrayBuffer, the same one whenever the name is the same
  'json': ['data'],                         // { type: 'Buffer', data }
  'object': ['valueOf?', 'toPrimitive?'],   // what those two methods return
  'allocates': ['size', 'value'],           // valueOf() takes Buffer.allocUnsafe(size), then returns value
};

/** Limits for scripts that come from outside; bytes are counted over everything that a script makes. */
export const strictLimits = { ops: 500, size: 1 << 20, bytes: 1 << 25, depth: 4 };

/** Limits for scripts of our own. */
export const wideLimits = { ops: 10000, size: 1 << 22, bytes: 1 << 30, depth: 4 };

const typedArrays = {
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array,
  Float64Array, BigInt64Array, BigUint64Array,
};

const page = 65536;
const longestHex = 32;
const largestAlignment = 2 ** 30;

// What a slab's ArrayBuffer has beyond `poolSize` since Node 26.8, in bytes.
const nodePadding = 64;

// A script can double its bytes with every concat(). A concat() that would be longer is skipped.
const largestConcat = 2 ** 18;

// ---- checking ---------------------------------------------------------------------------------------------

function refuse(where, what) {
  throw new TypeError(`${where}: ${what}`);
}

function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function has(object, key) {
  return Object.prototype.hasOwnProperty.call(object, key);
}

function show(value) {
  const text = JSON.stringify(value);
  return text === undefined ? String(value) : text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function checkKeys(object, required, optional, where) {
  for (const key of required) if (!has(object, key)) refuse(where, `"${key}" is missing`);
  for (const key of Object.keys(object)) {
    if (!required.includes(key) && !optional.includes(key)) refuse(where, `unknown key ${show(key)}`);
  }
}

// A number must not make an implementation allocate more than the limit. Numbers between the limit and
// 2 ** 53 would be tried, so they are refused; larger ones are an error everywhere, so they may stand.
function checkNumber(number, where, limits) {
  if (Math.abs(number) > limits.size && Math.abs(number) <= Number.MAX_SAFE_INTEGER) {
    refuse(where, `${number} is more than ${limits.size}`);
  }
}

function checkCount(value, where, limits) {
  if (isRecord(value)) {
    if (value.$ !== 'left' && value.$ !== 'half') refuse(where, 'must be a number, "left" or "half"');
    return checkValue(value, where, limits, 0, 0);
  }
  if (!Number.isInteger(value) || value < 0 || value > limits.size) {
    refuse(where, `must be an integer from 0 to ${limits.size}, got ${show(value)}`);
  }
}

function checkRow(value, where, before) {
  if (!Number.isInteger(value) || value < 0 || value >= before) {
    refuse(where, `must be the number of an earlier row, got ${show(value)}`);
  }
}

function checkForm(value, where, limits, before, depth) {
  const form = value.$;
  if (typeof form !== 'string' || !has(forms, form)) refuse(where, `unknown form ${show(form)}`);
  const keys = forms[form];
  const required = keys.filter((key) => !key.endsWith('?'));
  const optional = keys.filter((key) => key.endsWith('?')).map((key) => key.slice(0, -1));
  checkKeys(value, ['$', ...required], optional, where);
  for (const key of Object.keys(value)) {
    const at = `${where}.${key}`;
    const part = value[key];
    if (form === 'bigint' && key === 'value') {
      if (typeof part !== 'string' || !/^-?[0-9]{1,30}$/.test(part)) refuse(at, 'must be up to 30 decimal digits');
    } else if (key === 'of') {
      checkRow(part, at, before);
    } else if (key === 'plus' || key === 'seed') {
      if (typeof part !== 'number' || Math.abs(part) > limits.size) refuse(at, `must be a number, got ${show(part)}`);
    } else if (key === 'per') {
      if (![1, 2, 3, 4, 8].includes(part)) refuse(at, `must be 1, 2, 3, 4 or 8, got ${show(part)}`);
    } else if (key === 'unit') {
      if (typeof part !== 'string' || part.length > 64) refuse(at, 'must be a string of at most 64 characters');
    } else if (key === 'type') {
      if (typeof part !== 'string' || !has(typedArrays, part)) refuse(at, `unknown typed array ${show(part)}`);
    } else if (key === 'name') {
      if (!Number.isInteger(part) || part < 0 || part > 99) refuse(at, 'must be an integer from 0 to 99');
    } else if (key === 'shared') {
      if (typeof part !== 'boolean') refuse(at, 'must be true or false');
    } else if (key === 'items') {
      if (!Array.isArray(part)) refuse(at, 'must be an array');
      checkValue(part, at, limits, before, depth);
      if (form === 'typed') part.forEach((item) => checkItem(item, value.type, at));
    } else if (key === 'times' || key === 'bytes' || (key === 'length' && form !== 'like')) {
      checkCount(part, at, limits);
    } else if (key !== '$') {
      checkValue(part, at, limits, before, depth);
    }
  }
  if (form === 'typed' && has(value, 'items') === has(value, 'length')) refuse(where, 'needs either "items" or "length"');
}

function checkItem(item, type, where) {
  const big = isRecord(item) && item.$ === 'bigint';
  if (String(type).startsWith('Big') ? !big : typeof item !== 'number') {
    refuse(where, `${type} cannot hold ${show(item)}`);
  }
}

function checkValue(value, where, limits, before, depth) {
  if (depth > limits.depth) refuse(where, 'is nested too deeply');
  if (typeof value === 'number') {
    checkNumber(value, where, limits);
  } else if (typeof value === 'string') {
    if (value.length > limits.size) refuse(where, `is longer than ${limits.size} characters`);
  } else if (Array.isArray(value)) {
    if (value.length > limits.size) refuse(where, `is longer than ${limits.size} items`);
    value.forEach((item, index) => checkValue(item, `${where}[${index}]`, limits, before, depth + 1));
  } else if (isRecord(value)) {
    checkForm(value, where, limits, before, depth + 1);
  } else if (value !== null && typeof value !== 'boolean') {
    refuse(where, `is not JSON: ${typeof value}`);
  }
}

// Node aborts the process when it opens a pool of some sizes: negative ones, 2 ** 31 and more, and strings
// ('8192').
function checkPoolSize(value, where, limits) {
  if (isRecord(value) && (value.$ === 'NaN' || value.$ === 'undefined')) return;
  if (typeof value !== 'number' || !(value >= 0 && value <= limits.size)) {
    refuse(where, `must be a number from 0 to ${limits.size}, "NaN" or "undefined"`);
  }
}

function checkOperation(operation, index, limits) {
  const where = `op ${index}`;
  if (!isRecord(operation)) refuse(where, `must be an object, got ${show(operation)}`);
  const { op, on, args } = operation;
  if (typeof op !== 'string' || !has(operations, op)) refuse(where, `unknown operation ${show(op)}`);
  const row = operations[op];
  const at = `${where} (${op})`;
  checkKeys(operation, row.on ? ['op', 'on'] : ['op'], ['args'], at);
  if (row.on) checkRow(on, `${at}.on`, index);
  if (args === undefined) return;
  if (!Array.isArray(args) || args.length > row.args) refuse(at, `"args" must be an array of at most ${row.args}`);
  args.forEach((value, position) => {
    const here = `${at}.args[${position}]`;
    const isAlignment = (op === 'allocUnsafe' || op === 'allocUnsafeSlow') && position === 1;
    if (isAlignment && typeof value === 'number' && value > largestAlignment) return;
    checkValue(value, here, limits, index, 0);
  });
  if (op === 'poolSize') {
    if (args.length !== 1) refuse(at, 'takes one value');
    checkPoolSize(args[0], `${at}.args[0]`, limits);
  }
  if (op === 'put') {
    if (args.length !== 2) refuse(at, 'takes a start and an array of bytes');
    if (!Number.isInteger(args[0]) || args[0] < 0) refuse(`${at}.args[0]`, 'must be an integer from 0 up');
    if (!Array.isArray(args[1]) || args[1].some((byte) => !Number.isInteger(byte))) {
      refuse(`${at}.args[1]`, 'must be an array of integers');
    }
  }
}

/**
 * Check a script that may come from anywhere.
 *
 * @param {unknown} script what JSON.parse() gave
 * @param {{ ops: number, size: number, bytes: number, depth: number }} [limits] at most that many operations,
 *   no number, string or pool above `size` (bytes), and at most that many bytes in all (runScript() checks
 *   that one)
 * @returns the script itself
 * @throws {TypeError} one line that says where and what
 */
export function checkScript(script, limits = strictLimits) {
  if (!isRecord(script)) refuse('script', 'must be an object with "poolSize" and "ops"');
  checkKeys(script, ['ops'], ['poolSize'], 'script');
  const { poolSize = page, ops } = script;
  if (!Number.isInteger(poolSize) || poolSize < 64 || poolSize > limits.size) {
    refuse('script.poolSize', `must be an integer from 64 to ${limits.size}, got ${show(poolSize)}`);
  }
  if (!Array.isArray(ops)) refuse('script.ops', 'must be an array');
  if (ops.length > limits.ops) refuse('script.ops', `has ${ops.length} operations, ${limits.ops} are allowed`);
  ops.forEach((operation, index) => checkOperation(operation, index, limits));
  return script;
}

// ---- running ----------------------------------------------------------------------------------------------

const hexDigits = '0123456789abcdef';

function checksum(bytes) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
  return (hash >>> 0).toString(16);
}

function textOfBytes(bytes) {
  if (bytes.length > longestHex) return `${bytes.length}:${checksum(bytes)}`;
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += hexDigits[bytes[i] >> 4] + hexDigits[bytes[i] & 15];
  return text;
}

function textOfString(string) {
  if (string.length <= 2 * longestHex) return string;
  let hash = 0x811c9dc5;
  for (let i = 0; i < string.length; i++) hash = Math.imul(hash ^ string.charCodeAt(i), 0x01000193);
  return `${string.length}:${(hash >>> 0).toString(16)}`;
}

function rowOfError(error) {
  if (!(error instanceof Error)) return { error: { class: 'none', name: String(error), code: '', message: '' } };
  const standard = [TypeError, RangeError, SyntaxError, Error].find((each) => error instanceof each);
  const { name, code = '', message } = error;
  return { error: {
    class: standard.name, name: String(name), code: String(code), message: String(message).slice(0, 400),
  } };
}

// Where Buffers lie. A store is a slab or an ArrayBuffer of someone's own; stores are numbered in the order
// in which they are first seen.
//
// Without `locate` (real Node) a store is an ArrayBuffer. Its base is the offset of the first slice on it:
// Node opens a slab for a slice and puts that slice at the slab's start, so this is exact. It is needed
// because Node 26.8 and later make a slab's ArrayBuffer 64 bytes longer than `poolSize` and start the slab at
// the next address that is a multiple of 64. Those 64 bytes are the row's `padding`, and are not in its
// `byteLength`. The length distinguishes a private ArrayBuffer from a slab: a private one is as long as its
// Buffer, or as Buffer.byteLength(string) says, or longer by its alignment; a slab is at least twice as long
// as any of its slices.
//
// With `locate` (ours) locate() says which slab it is, and that is checked against the Buffer: each slab
// is one ArrayBuffer and each ArrayBuffer one slab, and byteOffset must be base + offset.
// `.buffer.byteLength` is `known` to be longer than the slab in one case: linear memory comes in pages, so
// when `source` is 'linear', a slab that is no whole number of pages is rounded up.
class Stores {
  constructor(Buffer, locate, source) {
    this.Buffer = Buffer;
    this.locate = locate;
    this.source = source;
    this.count = 0;
    this.storeOf = new Map(); // ArrayBuffer -> store
    this.slabs = new Set();
    this.padding = 0;
    this.current = null;
    this.cursor = 0;
  }

  add(memory, store) {
    store.number = this.count++;
    this.storeOf.set(memory, store);
    return store;
  }

  // The slab that a slice lies on, as something that can be compared by ===.
  slabOf(buffer) {
    const located = this.locate && this.locate(buffer);
    return located && located.source !== 'private' ? located.slab : buffer.buffer;
  }

  begin(probe, poolSize) {
    // Any other length is a difference, and shows as one.
    if (!this.locate && probe.buffer.byteLength === poolSize + nodePadding) this.padding = nodePadding;
    this.current = this.find(probe, {});
    this.cursor = 0;
  }

  given(memory) {
    if (this.storeOf.has(memory)) return;
    this.add(memory, { kind: 'given', base: 0, holds: memory.byteLength, byteLength: memory.byteLength, buffer: memory });
  }

  find(buffer, hints) {
    const memory = buffer.buffer;
    const seen = this.storeOf.get(memory);
    if (seen !== undefined) return seen;
    const located = this.locate && this.locate(buffer);
    if (located && located.source !== 'private') return this.locatedStore(buffer, located);
    const { byteLength } = memory;
    const store = { kind: 'private', base: 0, holds: byteLength, byteLength, buffer: memory };
    if (hints.alignment > 0 && (byteLength === buffer.length + Math.max(hints.alignment, 8) || located)) {
      // The comparison leaves out where the address is a multiple of the alignment: it differs from run to
      // run.
      store.base = buffer.byteOffset;
      store.holds = store.byteLength = buffer.length;
    } else if (!located && byteLength !== buffer.length && byteLength !== this.stringLength(hints)) {
      store.kind = 'pool';
      store.base = buffer.byteOffset;
      store.holds = store.byteLength = byteLength - this.padding;
      if (this.padding > 0) store.padding = this.padding;
    }
    return this.add(memory, store);
  }

  stringLength({ string, encoding }) {
    return string === undefined ? -1 : this.Buffer.byteLength(string, encoding);
  }

  locatedStore({ buffer: memory }, { source, slab, base, size }) {
    if (this.slabs.has(slab)) throw new Error(`slab ${slab} has two ArrayBuffers`);
    this.slabs.add(slab);
    const { byteLength } = memory;
    const holds = Math.trunc(size);
    const store = { kind: 'pool', slab, base, holds, byteLength, buffer: memory };
    const isRounded = byteLength > holds && byteLength === Math.ceil(holds / page) * page;
    if (isRounded && source === 'linear' && this.source === 'linear') store.known = true;
    return this.add(memory, store);
  }

  // The columns that say where a Buffer lies. `parent` is the store of the row that it is a view of, when it
  // is one.
  place(buffer, hints, parent) {
    const isView = parent !== undefined && parent.buffer === buffer.buffer;
    const store = isView ? parent : this.find(buffer, hints);
    const offset = buffer.byteOffset - store.base;
    if (this.locate && store.kind === 'pool' && !isView) {
      const located = this.locate(buffer);
      const isAsBefore = located.slab === store.slab && located.base === store.base;
      if (!isAsBefore || located.offset !== offset || located.length !== buffer.length) {
        throw new Error(`locate() says ${JSON.stringify(located)}, the Buffer says ${buffer.byteOffset} + ${buffer.length}`);
      }
    }
    if (store.kind === 'pool' && !isView) {
      this.current = store;
      this.cursor = Math.ceil((offset + buffer.length) / 8) * 8;
    }
    const { number, kind, holds, byteLength, known, padding } = store;
    const placed = { store: number, kind, offset, length: buffer.length, holds, byteLength };
    if (known !== undefined) placed.known = known;
    if (padding !== undefined) placed.padding = padding;
    return { placed, store };
  }

  left() {
    return Math.max(0, this.current.holds - this.cursor);
  }
}

/**
 * Open a new slab of `poolSize` bytes with the cursor at 0. First a slab of 4,096 bytes replaces the old one,
 * whatever is left of that, and is used up to its last byte. Then a hexadecimal string of one digit reserves
 * four bytes and writes none: so a new slab is opened and nothing is taken from it.
 *
 * @param {Function} Buffer
 * @param {(buffer) => unknown} slabOf the same for two Buffers exactly when they lie on the same slab
 * @param {number} poolSize bytes
 * @returns a Buffer of length 0 at the start of the slab
 */
export function openSlab(Buffer, slabOf, poolSize) {
  Buffer.poolSize = 4096;
  let slab = slabOf(Buffer.allocUnsafe(2000));
  for (let i = 0; i < 8192; i++) {
    const next = slabOf(Buffer.allocUnsafe(2000));
    if (next !== slab) break;
    slab = next;
  }
  Buffer.allocUnsafe(2000);
  Buffer.allocUnsafe(96);
  Buffer.poolSize = poolSize;
  return Buffer.from('z', 'hex');
}

class Run {
  constructor(script, { Buffer, locate, source, made = () => {}, limits = wideLimits }) {
    this.script = script;
    this.Buffer = Buffer;
    this.made = made;
    this.limits = limits;
    this.stores = new Stores(Buffer, locate, source);
    this.rows = [];
    this.results = [];
    this.inner = [];
    this.memories = new Map();
    this.bytes = 0;
  }

  spend(bytes) {
    this.bytes += bytes;
    if (this.bytes > this.limits.bytes) throw new LimitError(`the script makes more than ${this.limits.bytes} bytes`);
  }

  count(value) {
    if (typeof value === 'number') return value;
    const { $, plus = 0, per = 1 } = value;
    const from = $ === 'left' ? this.stores.left() : this.Buffer.poolSize >>> 1;
    const number = (from + plus) / per;
    return Number.isInteger(plus) ? Math.floor(number) : number;
  }

  make(value) {
    if (Array.isArray(value)) return value.map((item) => this.make(item));
    if (!isRecord(value)) return value;
    switch (value.$) {
      case 'undefined': return undefined;
      case 'NaN': return NaN;
      case 'Infinity': return Infinity;
      case '-Infinity': return -Infinity;
      case '-0': return -0;
      case 'symbol': return Symbol('symbol');
      case 'function': return function named() {};
      case 'bigint': return BigInt(value.value);
      case 'row': return this.bufferOf(value.of);
      case 'left':
      case 'half': return this.count(value);
      case 'string': return this.makeString(value);
      case 'bytes': return this.makeBytes(Array, value);
      case 'like': return Object.assign({ length: this.makeLength(value.length) }, this.make(value.items));
      case 'typed': return this.makeTyped(value);
      case 'memory': return this.makeMemory(value);
      case 'json': return { type: 'Buffer', data: this.make(value.data) };
      case 'object': return this.makeObject(value);
      case 'allocates': return this.makeAllocating(value);
      default: throw new TypeError(`unknown form ${value.$}`);
    }
  }

  makeLength(value) {
    const length = this.make(value);
    if (length > 0 && length <= this.limits.size) this.spend(Number(length));
    return length;
  }

  makeString({ unit, times }) {
    const number = Math.max(0, this.count(times));
    this.spend(number * unit.length);
    return unit.repeat(number);
  }

  makeBytes(Type, { length, seed = 1 }) {
    const number = Math.max(0, this.count(length));
    this.spend(number);
    const bytes = new Type(number);
    for (let i = 0; i < number; i++) bytes[i] = (seed + i * 7) & 255;
    return bytes;
  }

  makeTyped(value) {
    const Type = typedArrays[value.type];
    if (value.items !== undefined) return Type.from(this.make(value.items));
    const bytes = this.makeBytes(Array, value);
    return Type.from(value.type.startsWith('Big') ? bytes.map((byte) => BigInt(byte)) : bytes);
  }

  makeMemory({ name, bytes, shared = false }) {
    let memory = this.memories.get(name);
    if (memory === undefined) {
      const length = Math.max(0, this.count(bytes));
      this.spend(length);
      memory = new (shared ? SharedArrayBuffer : ArrayBuffer)(length);
      new Uint8Array(memory).forEach((_, index, view) => { view[index] = name + index; });
      this.memories.set(name, memory);
      this.stores.given(memory);
    }
    return memory;
  }

  makeObject(value) {
    const object = {};
    if (value.valueOf !== Object.prototype.valueOf) {
      const result = this.make(value.valueOf);
      object.valueOf = () => result;
    }
    if (value.toPrimitive !== undefined) {
      const result = this.make(value.toPrimitive);
      object[Symbol.toPrimitive] = () => result;
    }
    return object;
  }

  makeAllocating(value) {
    const result = this.make(value.value);
    return { valueOf: () => {
      const buffer = this.Buffer.allocUnsafe(this.make(value.size));
      this.spend(buffer.length);
      this.inner.push(this.stores.place(buffer, {}).placed);
      Uint8Array.prototype.fill.call(buffer, 0xee);
      this.made(buffer, this.rows.length);
      return result;
    } };
  }

  bufferOf(row) {
    const result = this.results[row];
    if (result === undefined) throw new SkipError(`row ${row} is not a Buffer`);
    return result.buffer;
  }

  call({ op, on }, args) {
    const { Buffer } = this;
    switch (op) {
      case 'Buffer': return Buffer(...args);
      case 'new Buffer': return new Buffer(...args);
      case 'poolSize': return this.assignPoolSize(args[0]);
      case 'put': return this.put(this.bufferOf(on), args);
      case 'concat':
        this.checkConcat(args);
        return Buffer.concat(...args);
      default:
        return operations[op].on ? this.bufferOf(on)[op](...args) : Buffer[op](...args);
    }
  }

  assignPoolSize(value) {
    this.Buffer.poolSize = value;
    return String(this.Buffer.poolSize);
  }

  put(buffer, [start, bytes]) {
    bytes.forEach((byte, index) => { if (start + index < buffer.length) buffer[start + index] = byte; });
    return textOfBytes(buffer);
  }

  checkConcat([list]) {
    if (!Array.isArray(list)) return;
    const length = list.reduce((sum, item) => sum + (item instanceof Uint8Array ? item.length : 0), 0);
    if (length > largestConcat) throw new SkipError(`concat of ${length} bytes is more than ${largestConcat}`);
  }

  // What the value says about the length of a private ArrayBuffer, see Stores.
  hints({ op, args = [] }, made) {
    if (op === 'allocUnsafe' || op === 'allocUnsafeSlow') return { alignment: made[1] };
    if (op !== 'from' && op !== 'Buffer' && op !== 'new Buffer') return {};
    const encoding = made[1];
    if (typeof made[0] === 'string') return { string: made[0], encoding };
    if (!isRecord(args[0]) || args[0].$ !== 'object') return {};
    const { valueOf, toPrimitive } = made[0];
    const ofValue = valueOf === Object.prototype.valueOf ? undefined : valueOf();
    const string = typeof ofValue === 'string' ? ofValue : toPrimitive;
    const primitive = made[0][Symbol.toPrimitive];
    if (typeof string === 'string') return { string, encoding };
    return primitive !== undefined && typeof primitive() === 'string' ? { string: primitive(), encoding } : {};
  }

  rowOfBuffer(operation, buffer, made, index) {
    this.spend(buffer.length);
    const parent = operations[operation.op].on ? this.results[operation.on].store : undefined;
    const { placed, store } = this.stores.place(buffer, this.hints(operation, made), parent);
    // The content of new memory is not defined, so something is written.
    if (operation.op.startsWith('allocUnsafe')) {
      Uint8Array.prototype.fill.call(buffer, (index * 37 + 1) & 255);
    }
    this.results[index] = { buffer, store };
    this.made(buffer, index);
    const row = Object.assign(placed, { bytes: textOfBytes(buffer) });
    if (Object.getPrototypeOf(buffer) !== this.Buffer.prototype) row.prototype = 'not Buffer.prototype';
    return row;
  }

  row(operation, index) {
    let result;
    let made;
    try {
      made = (operation.args || []).map((value) => this.make(value));
      result = this.call(operation, made);
    } catch (error) {
      if (error instanceof LimitError) throw error;
      return error instanceof SkipError ? { skipped: error.message } : rowOfError(error);
    }
    if (result instanceof Uint8Array) {
      try {
        return this.rowOfBuffer(operation, result, made, index);
      } catch (error) {
        if (error instanceof LimitError) throw error;
        return { fault: String(error.message) };
      }
    }
    return { value: typeof result === 'string' ? textOfString(result) : result };
  }

  all() {
    const { Buffer, stores, script: { ops, poolSize = page } } = this;
    const before = Buffer.poolSize;
    try {
      stores.begin(openSlab(Buffer, (buffer) => stores.slabOf(buffer), poolSize), poolSize);
      ops.forEach((operation, index) => {
        this.inner = [];
        const row = this.row(operation, index);
        if (this.inner.length > 0) row.inner = this.inner;
        this.rows.push(row);
      });
      // Bytes that were written later through another Buffer show here.
      this.results.forEach(({ buffer }, index) => {
        const bytes = textOfBytes(buffer);
        if (bytes !== this.rows[index].bytes) this.rows[index].bytesAtEnd = bytes;
      });
    } finally {
      Buffer.poolSize = before;
    }
    return this.rows;
  }
}

class LimitError extends RangeError {}

class SkipError extends Error {}

/**
 * Run a script on a Buffer implementation. A new slab is opened before the script starts; Buffer.poolSize is
 * restored at the end.
 *
 * @param {object} script one that passed checkScript()
 * @param {object} side `Buffer`: the implementation. `locate` and `source`: pool.locate and pool.source of
 *   ours, absent for real Node. `limits`: as for checkScript(). `made(buffer, index)` is called with each
 *   Buffer of a row, after those that a valueOf() in it allocated
 * @returns {object[]} one row per op, plain JSON. A Buffer is { store, kind, offset, length, holds,
 *   byteLength, bytes }: number of the slab or ArrayBuffer, 'pool', 'private' or 'given', bytes from its
 *   base, bytes, bytes the store holds, `.buffer.byteLength`, hex or length:checksum; also `padding`, bytes
 *   by which Node's own `.buffer.byteLength` is longer, `known` when byteLength may differ, `bytesAtEnd`
 *   when they changed later. Anything else is { value }, { error: { class, name, code, message } },
 *   { skipped } (a row that it needs is not a Buffer, or it is too large) or { fault } (locate() contradicts
 *   the Buffer). `inner` lists what a valueOf() allocated.
 * @throws {RangeError} when the script makes more bytes than the limits allow
 */
export function runScript(script, side) {
  return new Run(script, side).all();
}

// ---- comparing --------------------------------------------------------------------------------------------

/** The columns of a row of a Buffer. */
export const columns = ['store', 'kind', 'offset', 'length', 'holds', 'byteLength', 'bytes', 'bytesAtEnd', 'prototype'];

function differ(ours, theirs) {
  return JSON.stringify(ours) !== JSON.stringify(theirs);
}

function placementDifferences(ours, theirs) {
  return columns.filter((column) => ours[column] !== theirs[column] && !(column === 'byteLength' && ours.known));
}

/**
 * Compare the row of ours with the row of real Node.
 *
 * @param {object} ours
 * @param {object} theirs
 * @param {{ messages: 'all' | 'coded' | 'none' }} [options] which errors' texts are compared, beside class
 *   and code: all, those with a `code` (the other texts are the engine's own and change with it), or none
 * @returns {string[]} names of the columns that differ. `byteLength` of a row that is marked `known` is not
 *   compared; `holds`, the slab's own length, always is.
 */
export function compareRows(ours, theirs, { messages = 'all' } = {}) {
  if (ours === undefined || theirs === undefined) return ours === theirs ? [] : ['row'];
  if (ours.fault !== undefined || theirs.fault !== undefined) return ['fault'];
  const found = placementDifferences(ours, theirs);
  if (ours.error && theirs.error) {
    const isCompared = messages === 'all' || (messages === 'coded' && theirs.error.code !== '');
    for (const key of isCompared ? ['class', 'name', 'code', 'message'] : ['class', 'code']) {
      if (ours.error[key] !== theirs.error[key]) found.push(key);
    }
  } else if (differ(ours.error, theirs.error)) {
    found.push('error');
  }
  if (differ(ours.value, theirs.value)) found.push('value');
  if (differ(ours.skipped, theirs.skipped)) found.push('skipped');
  const [inner, theirInner] = [ours.inner || [], theirs.inner || []];
  const isMoved = (row, index) => placementDifferences(row, theirInner[index]).length > 0;
  if (inner.length !== theirInner.length || inner.some(isMoved)) found.push('inner');
  return found;
}
