// Calls of node:buffer as data: plans of a call's operands, and its outcome as text that can be compared.
//
// Owns     operands that are made from plans, the calls, and the description of answers. The plans come from
//          the generators of fuzz.js, or from vectors.json, which tools/record-vectors.js writes.
// Assumes  nothing of Node: this file also runs in browsers. A side is { module, Buffer, realm }:
//          node:buffer or ours, and the globals of another realm.
// Holds    each side has operands of its own, so an answer includes all that a call did to them.

const elementTypes = {
  Uint8Array, Uint8ClampedArray, Int8Array, Uint16Array, Int32Array, Float32Array, Float64Array,
  BigUint64Array, DataView,
};
const symbol = Symbol('symbol');

/** The names of the view types that operands can have, beside Buffer. */
export const viewTypes = Object.keys(elementTypes);

/** SharedArrayBuffer, also where a page has no global of that name; undefined where the engine has none. */
export const SharedMemory = sharedMemory();

function sharedMemory() {
  if (typeof SharedArrayBuffer === 'function') return SharedArrayBuffer;
  try {
    return new WebAssembly.Memory({ initial: 0, maximum: 0, shared: true }).buffer.constructor;
  } catch {
    return undefined;
  }
}

// Making operands

/**
 * The bytes of a plan of kind 'bytes': its list, repeated up to its length if it has one. If it has `at`,
 * one byte differs.
 * @param {{ list: number[], length?: number, at?: number, byte?: number }} plan
 * @returns {Uint8Array}
 */
export function bytesOf({ list, length = list.length, at, byte }) {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = list[i % list.length];
  if (at !== undefined && length > 0) bytes[at % length] = byte;
  return bytes;
}

function build(plan, side, operands) {
  switch (plan.kind) {
    case 'value': return plan.value;
    case 'repeated': return plan.value.repeat(plan.times) + plan.tail;
    case 'Buffer': return side.Buffer;
    case 'valueOf': return { valueOf: () => plan.value };
    case 'toString': return { toString: () => plan.value };
    case 'primitive': return { [Symbol.toPrimitive]: () => plan.value };
    case 'array': return [...plan.list];
    case 'json': return { type: 'Buffer', data: [...plan.list] };
    case 'arrayLike': return { ...plan.list, length: plan.list.length };
    case 'list': return plan.list.map((item) => build(item, side, operands));
    case 'options': return { showHidden: plan.showHidden };
    case 'bytes': return buildBytes(plan, side, operands);
    default: return buildOdd(plan.name);
  }
}

function buildOdd(name) {
  switch (name) {
    case 'undefined': return undefined;
    case 'null': return null;
    case 'true': return true;
    case 'false': return false;
    case 'symbol': return symbol;
    case 'function': return function named() {};
    case 'bare': return Object.create(null);
    case 'array': return [];
    case 'throwing': return { valueOf() { throw new Error('valueOf'); }, toString() { throw new Error('toString'); } };
    case 'date': return new Date(5);
    case 'map': return new Map();
    default: return {};
  }
}

// The bytes lie between bytes 0xa5, which change when something is written beside them.
function buildBytes(plan, side, operands) {
  const Type = plan.type === 'Buffer' || plan.type === 'subclass' ? Uint8Array : elementTypes[plan.type] || Uint8Array;
  const elementSize = Type.BYTES_PER_ELEMENT || 1;
  const lead = plan.type === 'ArrayBuffer' ? 0 : Math.ceil(plan.lead / elementSize) * elementSize;
  const bytes = bytesOf(plan);
  const length = Math.floor(bytes.length / elementSize);
  const isTracking = plan.backing === 'tracking' || plan.type === 'ArrayBuffer';
  const total = lead + length * elementSize + (isTracking ? 0 : 8);
  const room = buildRoom(plan, side, total);
  const { buffer: memory, byteOffset: base } = room;
  room.fill(0xa5);
  room.set(bytes.subarray(0, length * elementSize), lead);

  let operand;
  if (plan.type === 'ArrayBuffer') {
    operand = memory;
  } else if (plan.type === 'Buffer') {
    operand = plan.backing === 'tracking' && lead === 0 ? side.Buffer.from(memory) : side.Buffer.from(memory, base + lead, length);
  } else if (plan.type === 'subclass') {
    operand = new (class Special extends Uint8Array {})(memory, base + lead, length);
  } else if (plan.backing === 'realm' && plan.type === 'Uint8Array') {
    operand = new side.realm.Uint8Array(memory, lead, length);
  } else {
    operand = plan.backing === 'tracking' ? new Type(memory, lead) : new Type(memory, base + lead, length);
  }
  if (plan.named && plan.list.length % 3 === 0) operand.named = plan.list.length;
  operands.push({ operand, memory, room, before: shown(room) });
  if (plan.backing === 'detached') structuredClone(memory, { transfer: [memory] });
  if (plan.backing === 'shrunk') memory.resize(Math.floor(total / 2));
  return operand;
}

function buildRoom({ type, backing }, side, total) {
  if (backing === 'pooled' && type !== 'ArrayBuffer') {
    const { buffer, byteOffset } = side.Buffer.allocUnsafe(total);
    return new Uint8Array(buffer, byteOffset, total);
  }
  const isResizable = ['resizable', 'tracking', 'shrunk'].includes(backing);
  const options = isResizable ? { maxByteLength: total + 64 } : undefined;
  const Memory = backing === 'shared' ? SharedMemory : backing === 'realm' ? side.realm.ArrayBuffer : ArrayBuffer;
  return new Uint8Array(new Memory(total, options));
}

// Plans as JSON, which has no -0, no NaN, no infinities and no bigints.

/** For JSON.stringify(). */
export function replacer(key, value) {
  if (typeof value === 'bigint') return { bigint: String(value) };
  if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  return { number: Object.is(value, -0) ? '-0' : String(value) };
}

/** Turns what JSON.parse() returned into what replacer() got. */
export function revived(data) {
  if (typeof data !== 'object' || data === null) return data;
  if (Array.isArray(data)) return data.map(revived);
  if (data.bigint !== undefined) return BigInt(data.bigint);
  if (data.number !== undefined) return Number(data.number);
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, revived(value)]));
}

// Describing answers

function described(value, side, operands, withContent) {
  if (typeof value === 'symbol') return String(value);
  if (typeof value === 'function') return value === side.Buffer ? 'Buffer' : 'function';
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : `${typeof value} ${value}`;

  const at = operands.findIndex(({ operand, memory }) => operand === value || memory === value);
  if (at >= 0) return `operand ${at}`;
  if (ArrayBuffer.isView(value)) {
    const isBuffer = Object.getPrototypeOf(value) === side.Buffer.prototype;
    const over = operands.findIndex(({ room }) => contains(room, value));
    const where = over >= 0 ? ` over operand ${over} at ${value.byteOffset - operands[over].room.byteOffset}` : '';
    const content = withContent ? ` ${shown(value)}` : '';
    return `${isBuffer ? 'Buffer' : value.constructor.name} of ${value.length}${where}${content}`;
  }
  return JSON.stringify(value);
}

function contains(room, view) {
  return room.buffer === view.buffer && room.byteOffset <= view.byteOffset &&
    view.byteOffset + view.byteLength <= room.byteOffset + room.byteLength;
}

// Bytes as hex; of many bytes, a checksum.
function shown(view) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  if (bytes.length > 1000) return `${bytes.length} bytes ${sumOf(bytes.length, (index) => bytes[index])}`;
  let digits = '';
  for (let i = 0; i < bytes.length; i++) digits += (256 + bytes[i]).toString(16).slice(1);
  return digits;
}

// FNV-1a.
function sumOf(length, at) {
  let sum = 0x811c9dc5;
  for (let i = 0; i < length; i++) sum = Math.imul(sum ^ at(i), 0x01000193);
  return (sum >>> 0).toString(16);
}

// An error's text is complete. Of long values and long bytes, it shows the beginning, the length and a
// checksum.
function shortened(text) {
  if (text.length <= 120 || text.startsWith('threw ')) return text;
  return `${text.slice(0, 40)}... ${text.length} ${sumOf(text.length, (index) => text.charCodeAt(index))}`;
}

function describedError(error) {
  if (error === null || typeof error !== 'object') return `threw ${String(error)}`;
  return `threw ${error.constructor.name} ${error.name} ${error.code} [${Reflect.ownKeys(error).map(String).join()}] ` +
    `${error instanceof Error ? String(error) : error.message}`;
}

// The part of an answer that is the same in every engine: of an error without a code only the class, because
// its text is the engine's.
function describedErrorAnywhere(error) {
  if (error === null || typeof error !== 'object') return `threw ${String(error)}`;
  return `threw ${error.constructor.name}${error.code === undefined ? '' : ` ${error.code} ${String(error)}`}`;
}

const withoutContent = new Set(['allocUnsafe', 'allocUnsafeSlow']);

/**
 * Makes a call on one side, and describes its outcome.
 * @param {{ on: string, name: string }} row
 * @param {{ target: object, args: object[] }} plans
 * @param {{ module: object, Buffer: function, realm: object }} side
 * @returns {{ outcome: string, after: string }} the value or the error; and the bytes of each operand and
 *   around it, or '=' when none has changed
 */
export function answer(row, plans, side) {
  return answerIn(row, plans, side, describedError);
}

/** As answer(), but short, and without what depends on the engine. */
export function answerAnywhere(row, plans, side) {
  const { outcome, after } = answerIn(row, plans, side, describedErrorAnywhere);
  return { outcome: shortened(outcome), after: shortened(after) };
}

function answerIn(row, plans, side, describeError) {
  const operands = [];
  const target = build(plans.target, side, operands);
  const args = plans.args.map((plan) => build(plan, side, operands));
  let outcome;
  try {
    outcome = described(call(row, target, args, side), side, operands, !withoutContent.has(row.name));
  } catch (error) {
    outcome = describeError(error);
  }
  const after = operands.map(({ memory, room, before }) => {
    const bytes = memory.byteLength === 0 ? '' : shown(room);
    return bytes === before ? '=' : bytes;
  });
  return { outcome, after: after.join(' ') };
}

function call(row, target, args, side) {
  switch (row.on) {
    case 'prototype': return Reflect.apply(side.Buffer.prototype[row.name], target, args);
    case 'getter': return Object.getOwnPropertyDescriptor(side.Buffer.prototype, row.name).get.call(target);
    case 'Buffer': return Reflect.apply(side.Buffer[row.name], target, args);
    case 'Buffer()': return side.Buffer(...args);
    case 'new Buffer()': return new side.Buffer(...args);
    default: return side.module[row.name](...args);
  }
}
