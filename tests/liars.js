// Liars: arguments and receivers that return another value at each conversion or read, and run code
// meanwhile. They take every position of every public function.
//
// Owns     their generators, one row of a table for each function, and the checks after each call.
// Assumes  nothing of Node: in browsers, only the safety of ours is checked. When run() gets Node's module,
//          the answers are compared, too.
// Holds    after each call no two live Buffers overlap, the bytes around each operand have not changed, no
//          answer shows them, and the ledger's numbers add up. Compared with Node, the answer, the bytes,
//          and the number and order of the conversions and reads are equal, but for the cases in `listed`.

import fc from 'fast-check';
import ourModule from '../js/index.js';
import { Failure, inRounds } from './rounds.js';

// The byte around operands. It occurs in no argument: operands and texts are letters, and no two neighbours
// among them read as a5.
const canary = 0xa5;
const shownCanary = /[\xa5\ua5a5]|a5|paWl/;
const margin = 32;

// Plans

const letter = fc.integer({ min: 97, max: 122 }).filter((one) => one !== 105); // iiiii has paWl in base64
const letters = fc.array(letter, { maxLength: 48 });
const number = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -18, max: 60 }) },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 4, 8, 16, 24, 64, 100, 300) },
  { weight: 1, arbitrary: fc.constantFrom(-0, 0.5, -0.5, 7.9, NaN, Infinity, -Infinity, 32767, 32768,
    65536, 2 ** 31,
    2 ** 31 - 1, -(2 ** 31), -(2 ** 31) - 1, 2 ** 32, 2 ** 32 + 8, 2 ** 53 - 1, 2 ** 53, 2 ** 63,
      -(2 ** 63)) });
// Lengths that need little memory, or so much that no engine tries.
const length = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: -3, max: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 8, 64, 300, 0.5, 7.9, NaN, -Infinity, Infinity, 32767, 32768,
    65536, 2 ** 53) });
const encodingText = fc.constantFrom('utf8', 'utf8', 'UTF-8', 'latin1', 'latin1', 'binary', 'ascii', 'hex', 'hex', 'base64',
  'base64url', 'ucs2', 'utf16le', 'UCS-2', '', 'none', 'buffer');
const text = fc.oneof(
  fc.array(fc.constantFrom('b', 'c', 'é', '漢', '😀', '\ud83d', 'dd'), { maxLength: 12 }).map((list) => list.join('')),
  fc.constantFrom('', 'b', 'bc', '6263646566676869', '62636465666768696a6b6c6d6e6f', 'YmNkZWZnaGk=', 'bcbcbcbcbcbcbcbcbcbc'),
  fc.integer({ min: 1, max: 300 }).map((length) => 'b'.repeat(length)),
);

// What a liar does at its `at`-th conversion or read. The last three acts detach, shrink or grow memory.
const acts = ['none', 'none', 'none', 'none', 'allocate', 'allocate', 'write', 'poolSize', 'source', 'throw', 'nested',
  'detach', 'shrink', 'grow'];
const act = fc.record({ does: fc.constantFrom(...acts), at: fc.nat(4), with: fc.nat(60) });
const answersOf = (arbitrary) => fc.array(arbitrary, { minLength: 1, maxLength: 5 });

const value = (arbitrary) => arbitrary.map((one) => ({ kind: 'value', value: one }));
const liar = (arbitrary) => fc.record({
  kind: fc.constant('liar'), how: fc.constantFrom('valueOf', 'toString', 'primitive', 'both', 'boxed'),
  answers: answersOf(arbitrary), act,
});
const anyLiar = liar(fc.oneof(number, encodingText, text));

const bytes = fc.record({
  kind: fc.constant('bytes'), list: letters,
  type: fc.constantFrom('Buffer', 'Buffer', 'Buffer', 'Uint8Array', 'Uint16Array', 'DataView'),
  memory: fc.constantFrom('pooled', 'pooled', 'pooled', 'private', 'resizable'),
});
const byteView = bytes.map((plan) => ({ ...plan, type: plan.type.startsWith('U') ? 'Uint8Array' : 'Buffer' }));
const memory = bytes.map((plan) => ({ ...plan, type: 'memory', memory: plan.memory === 'pooled' ? 'private' : plan.memory }));
// A view with own properties, which hide the engine's.
const dressed = fc.record({
  kind: fc.constant('dressed'), over: byteView, act,
  property: fc.constantFrom('length', 'length', 'byteLength', 'byteOffset', 'buffer', 'constructor', 'toString', '0', '-1',
    'fill', 'set', 'subarray', 'slice', 'valueOf'),
  answers: answersOf(number),
});
const proxied = byteView.map((over) => ({ kind: 'proxied', over }));
const list = fc.record({
  kind: fc.constant('list'), shape: fc.constantFrom('arrayLike', 'arrayLike', 'proxy', 'accessors', 'json', 'jsonProxy'),
  lengths: answersOf(fc.oneof(length, length, length, liar(length))),
  items: fc.array(fc.oneof(value(fc.integer({ min: 97, max: 122 })), value(fc.integer({ min: 97, max: 122 })),
    liar(fc.integer({ min: 97, max: 122 }))), { maxLength: 20 }),
  act,
});
const parts = fc.record({
  kind: fc.constant('parts'), first: fc.array(fc.oneof({ weight: 6, arbitrary: byteView }, dressed, value(number)), { maxLength: 4 }),
  then: fc.array(byteView, { maxLength: 4 }), lengths: fc.option(answersOf(fc.nat(5)),
    { nil: undefined }), act,
});
const optionsLiar = fc.record({ kind: fc.constant('options'), answers: answersOf(fc.boolean()), act });
const nothing = fc.constant({ kind: 'value', value: undefined });
const odd = fc.oneof(nothing, fc.constantFrom(null, true, false).map((one) => ({ kind: 'value', value: one })), anyLiar, list, bytes);

const kinds = {
  offset: fc.oneof({ weight: 5, arbitrary: liar(number) }, { weight: 4, arbitrary: value(number) },
    { weight: 1, arbitrary: nothing },
    { weight: 1, arbitrary: odd }),
  encoding: fc.oneof({ weight: 4, arbitrary: liar(encodingText) }, { weight: 5,
    arbitrary: value(encodingText) },
    { weight: 1, arbitrary: nothing }, { weight: 1, arbitrary: odd }),
  bytes: fc.oneof({ weight: 6, arbitrary: bytes }, { weight: 4, arbitrary: dressed }, { weight: 1,
    arbitrary: proxied },
    { weight: 1, arbitrary: odd }),
  text: fc.oneof({ weight: 8, arbitrary: value(text) }, { weight: 2, arbitrary: liar(text) }, { weight: 1,
    arbitrary: odd }),
  number: fc.oneof({ weight: 4, arbitrary: liar(number) }, { weight: 4, arbitrary: value(number) },
    { weight: 1, arbitrary: odd }),
  bigint: fc.oneof(value(fc.constantFrom(0n, 1n, -1n, 97n, 2n ** 63n, 2n ** 64n)),
    liar(fc.constantFrom(0n, 5n, 2n ** 64n))),
  size: fc.oneof({ weight: 3, arbitrary: liar(number) }, { weight: 6, arbitrary: value(fc.nat(300)) },
    { weight: 1, arbitrary: odd }),
  source: fc.oneof({ weight: 5, arbitrary: list }, { weight: 2, arbitrary: dressed }, { weight: 2,
    arbitrary: liar(text) },
    { weight: 2, arbitrary: memory }, { weight: 1, arbitrary: value(text) }, { weight: 1, arbitrary: odd }),
  view: fc.oneof({ weight: 4, arbitrary: bytes }, { weight: 4, arbitrary: dressed }, { weight: 1,
    arbitrary: odd }),
  parts: fc.oneof({ weight: 8, arbitrary: parts }, { weight: 1, arbitrary: odd }),
  options: optionsLiar,
};
kinds.filling = fc.oneof(kinds.text, kinds.bytes, kinds.number);
kinds.sought = fc.oneof(kinds.text, kinds.bytes, kinds.number);
kinds.offsetOrEncoding = fc.oneof(kinds.offset, kinds.offset, kinds.encoding);
kinds.any = fc.oneof(kinds.source, kinds.number, odd);
const receiver = fc.oneof({ weight: 8, arbitrary: byteView }, { weight: 4, arbitrary: dressed },
  { weight: 1, arbitrary: bytes },
  { weight: 1, arbitrary: proxied });

// The functions: what each is called on, with which arguments, and whether its result is new memory.

/** All functions: { name, on, makes, args }. `args` are the kinds of the arguments. */
export const rows = [];
const row = (name, on, makes, ...args) => rows.push({ name, on, makes, args });

row('copy', 'prototype', false, 'bytes', 'offset', 'offset', 'offset');
for (const name of ['toString', 'toLocaleString']) row(name, 'prototype', false, 'encoding', 'offset', 'offset');
row('equals', 'prototype', false, 'bytes');
row('inspect', 'prototype', false, 'offset', 'options');
row('compare', 'prototype', false, 'bytes', 'offset', 'offset', 'offset', 'offset');
row('fill', 'prototype', false, 'filling', 'offsetOrEncoding', 'offsetOrEncoding', 'encoding');
row('write', 'prototype', false, 'text', 'offsetOrEncoding', 'offsetOrEncoding', 'encoding');
row('toJSON', 'prototype', false);
row('subarray', 'prototype', false, 'offset', 'offset');
row('slice', 'prototype', false, 'offset', 'offset');
for (const name of ['swap16', 'swap32', 'swap64']) row(name, 'prototype', false);
for (const name of ['indexOf', 'lastIndexOf', 'includes']) {
  row(name, 'prototype', false, 'sought', 'offsetOrEncoding', 'offsetOrEncoding', 'encoding');
}
for (const name of ['ascii', 'base64', 'base64url', 'latin1', 'hex', 'ucs2', 'utf8']) {
  row(`${name}Slice`, 'prototype', false, 'offset', 'offset');
  row(`${name}Write`, 'prototype', false, 'text', 'offset', 'offset');
}
for (const name of ['parent', 'offset']) row(name, 'getter', false);
row('from', 'Buffer', true, 'source', 'offsetOrEncoding', 'offset');
row('call', 'Buffer()', true, 'source', 'offsetOrEncoding', 'offset');
row('new', 'new Buffer()', true, 'source', 'offsetOrEncoding', 'offset');
row('copyBytesFrom', 'Buffer', true, 'view', 'offset', 'offset');
row('of', 'Buffer', true, 'any', 'any');
row('alloc', 'Buffer', true, 'size', 'filling', 'encoding');
row('allocUnsafe', 'Buffer', true, 'size', 'offset');
row('allocUnsafeSlow', 'Buffer', true, 'size', 'offset');
row('isBuffer', 'Buffer', false, 'any');
row('compare', 'Buffer', false, 'bytes', 'bytes');
row('isEncoding', 'Buffer', false, 'encoding');
row('concat', 'Buffer', true, 'parts', 'size');
row('byteLength', 'Buffer', false, 'source', 'encoding');
row('stringLength', 'Buffer', false, 'view', 'encoding');
for (const name of ['isUtf8', 'isAscii']) row(name, 'module', false, 'view');
row('transcode', 'module', true, 'bytes', 'encoding', 'encoding');
for (const name of ['atob', 'btoa', 'isLatin1']) row(name, 'module', false, 'text');

for (const name of Object.getOwnPropertyNames(ourModule.Buffer.prototype)) {
  if (name.startsWith('read')) row(name, 'prototype', false, 'offset', 'offset');
  if (/^write./.test(name)) row(name, 'prototype', false, name.includes('Big') ? 'bigint' : 'number', 'offset', 'offset');
}

function plansOf({ on, args }) {
  return fc.record({
    target: on === 'prototype' || on === 'getter' ? receiver : nothing,
    args: fc.tuple(...args.map((kind) => kinds[kind])).chain((all) => fc.oneof(
      { weight: 3, arbitrary: fc.constant(all) },
      { weight: 1, arbitrary: fc.nat(all.length).map((count) => all.slice(0, count)) })),
  });
}

// One side's world: the log of conversions and reads, the operands, and the Buffers that must not overlap.

class World {
  constructor(side) {
    this.side = side;
    this.asked = [];
    this.guarded = []; // { room, at, length }: operands, with the bytes around them
    this.made = []; // views that must share no bytes with others, and their contents
    this.depth = 0;
  }

  ask(question, { answers, act: todo }, count) {
    this.asked.push(question);
    if (todo !== undefined && todo.at === count) this.act(todo);
    return answers[Math.min(count, answers.length - 1)];
  }

  keep(view, byte) {
    this.made.push({ view, byte });
    return view;
  }

  act({ does, with: size }) {
    const { Buffer, pool } = this.side.module;
    if (this.depth > 2) return;
    this.depth++;
    const [first] = this.guarded;
    switch (does) {
      case 'allocate': this.keep(Buffer.allocUnsafe(size).fill(canary), canary); break;
      case 'write': this.keep(Buffer.from('\xa5'.repeat(size), 'latin1'), canary); break;
      case 'nested': {
        const all = [Buffer.from({ length: 3, 0: canary, 1: canary, 2: canary }),
          Buffer.concat([Buffer.alloc(size, canary)])];
        for (const view of all) this.keep(view, canary);
        break;
      }
      case 'poolSize': Buffer.poolSize = [0, 100, 8192, 16384, 65536, 131072, 65537, 4096.5][size % 8]; break;
      case 'source': if (pool) pool.source = size % 2 === 0 ? 'heap' : 'linear'; break;
      case 'throw': throw new Error('a liar');
      case 'detach': if (first) try { structuredClone(0, { transfer: [first.room.buffer] }); } catch { /* not this one */ } break;
      case 'shrink': if (first && first.room.buffer.resizable) first.room.buffer.resize(margin + 2); break;
      case 'grow': if (first && first.room.buffer.resizable) first.room.buffer.resize(first.room.buffer.maxByteLength); break;
      default:
    }
    this.depth--;
  }

  build(plan) {
    if (typeof plan !== 'object' || plan === null) return plan;
    switch (plan.kind) {
      case 'value': return plan.value;
      case 'liar': return this.buildLiar(plan);
      case 'bytes': return this.buildBytes(plan);
      case 'dressed': return this.buildDressed(plan);
      case 'proxied': return new Proxy(this.buildBytes(plan.over), {});
      case 'list': return this.buildList(plan);
      case 'parts': return this.buildParts(plan);
      default: return this.buildOptions(plan);
    }
  }

  buildLiar(plan) {
    let count = 0;
    const answer = (question) => this.ask(question, plan, count++);
    const all = {
      valueOf: { valueOf: () => answer('valueOf') },
      toString: { toString: () => answer('toString') },
      primitive: { [Symbol.toPrimitive]: (hint) => answer(hint) },
      both: { valueOf: () => answer('valueOf'), toString: () => answer('toString') },
    };
    if (plan.how !== 'boxed') return all[plan.how];
    // The length may or may not be that of an encoding's name.
    return Object.assign(new String('utf8'), { toString: () => answer('toString'), valueOf: () => answer('valueOf') });
  }

  buildBytes({ list: items, type, memory: where }) {
    const { Buffer } = this.side.module;
    const isWide = type === 'Uint16Array';
    const length = isWide ? items.length - items.length % 2 : items.length;
    const total = margin + length + margin;
    let room;
    if (where === 'pooled') {
      const { buffer, byteOffset } = Buffer.allocUnsafe(total);
      room = new Uint8Array(buffer, byteOffset, total);
    } else {
      room = new Uint8Array(new ArrayBuffer(total, where === 'resizable' ? { maxByteLength: total + 64 } : undefined));
    }
    room.fill(canary);
    if (type === 'memory') room.fill(97);
    else room.set(items.slice(0, length), margin);
    this.guarded.push({ room, at: margin, length, isMemory: type === 'memory' });
    const at = room.byteOffset + margin;
    if (type === 'memory') return room.buffer;
    if (type === 'Buffer') return Buffer.from(room.buffer, at, length);
    if (type === 'DataView') return new DataView(room.buffer, at, length);
    return isWide ? new Uint16Array(room.buffer, at, length / 2) : new Uint8Array(room.buffer, at, length);
  }

  buildDressed(plan) {
    const view = this.buildBytes(plan.over);
    const { property } = plan;
    let count = 0;
    const get = () => {
      const answer = this.ask(`get ${property}`, plan, count++);
      if (property === 'buffer') return new ArrayBuffer(64);
      return /^[a-z]/.test(property) && !/ength$|byteOffset/.test(property) ? () => answer : answer;
    };
    try {
      Object.defineProperty(view, property, { get, configurable: true });
    } catch {
      // An index is the view's own.
    }
    return view;
  }

  buildList(plan) {
    const { shape } = plan;
    const items = plan.items.map((item) => this.build(item));
    let count = 0;
    const length = () => this.build(this.ask('get length', { answers: plan.lengths, act: plan.act }, count++));
    switch (shape) {
      case 'arrayLike': return Object.defineProperty({ ...items }, 'length', { get: length });
      case 'proxy': return this.proxyOf(items, length);
      case 'accessors': {
        const act = { answers: [98], act: plan.act };
        return Object.defineProperty([...items], 0, { get: () => this.ask('get 0', act, count++), enumerable: true });
      }
      case 'json': return { type: 'Buffer', get data() { length(); return items.slice(count % 4); } };
      default: return { type: 'Buffer', data: this.proxyOf(items, length) };
    }
  }

  proxyOf(items, length) {
    return new Proxy(items, {
      get: (target, key) => {
        if (key === 'length') {
          const answer = length();
          return typeof answer === 'number' && !(answer > 1e5) ? answer : 300; // an engine reads an iterable to its end
        }
        if (typeof key === 'symbol' && key.description.startsWith('pagebuf.')) return undefined;
        this.asked.push(`get ${String(key)}`);
        return target[key];
      },
    });
  }

  buildParts(plan) {
    const first = plan.first.map((item) => this.build(item));
    const then = plan.then.map((item) => this.build(item));
    if (plan.lengths === undefined) return first;
    let count = 0;
    const seen = new Map();
    return new Proxy(first, {
      get: (target, key) => {
        if (key === 'length') return this.ask('get length', { answers: plan.lengths, act: plan.act }, count++);
        const times = seen.get(key) || 0;
        seen.set(key, times + 1);
        this.asked.push(`get ${String(key)}`);
        return times > 0 && then.length > 0 ? then[Number(key) % then.length] : target[key];
      },
    });
  }

  buildOptions(plan) {
    let count = 0;
    return { get showHidden() { return count++ === 0 ? plan.answers[0] :
      plan.answers[plan.answers.length - 1]; } };
  }

  call({ name, on, makes }, { target, args }) {
    const { module } = this.side;
    const { Buffer } = module;
    const self = this.build(target);
    const all = args.map((plan) => this.build(plan));
    const { poolSize } = Buffer;
    let outcome;
    try {
      let result;
      switch (on) {
        case 'prototype': result = Reflect.apply(Buffer.prototype[name], self, all); break;
        case 'getter': result = Object.getOwnPropertyDescriptor(Buffer.prototype, name).get.call(self); break;
        case 'Buffer': result = Reflect.apply(Buffer[name], Buffer, all); break;
        case 'Buffer()': result = Buffer(...all); break;
        case 'new Buffer()': result = new Buffer(...all); break;
        default: result = module[name](...all);
      }
      this.result = result;
      if (makes && isView(result) && !this.guarded.some(({ room }) => room.buffer === bufferOf(result) &&
        room.byteOffset === 0)) {
        this.keep(result);
      }
      outcome = this.described(result, name);
    } catch (error) {
      outcome = describedError(error);
    } finally {
      Buffer.poolSize = poolSize;
    }
    return outcome;
  }

  described(result, name) {
    if (typeof result === 'function') return 'function';
    if (name === 'offset') return typeof result; // Node and ours are free to choose where a slab begins
    if (isView(result)) {
      const over = this.guarded.findIndex(({ room }) => isWithin(result, room));
      const content = name.startsWith('allocUnsafe') ? '' : hexOf(result);
      return over < 0 ? `Buffer of ${lengthOf(result)} ${content}` :
        `over ${over} at ${offsetOf(result) - this.guarded[over].room.byteOffset} of ${lengthOf(result)}`;
    }
    if (typeof result === 'object' && result !== null) return `object ${result.type ? JSON.stringify(result.data) : ''}`;
    return Object.is(result, -0) ? '-0' : `${typeof result} ${String(result)}`;
  }
}

// The part of a text that does not come from util.inspect(). fuzz.js compares the whole text.
function describedError(error) {
  if (!isError(error)) return `threw ${String(error)}`;
  return `threw ${error.constructor.name} ${error.code} ${error.code ? error.message.split(/ Received | \{/)[0] : ''}`;
}

// The engine's getters, which a liar cannot replace.
const { get: lengthGetter } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'byteLength');
const { get: bufferGetter } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'buffer');
const { get: offsetGetter } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'byteOffset');
const { get: tagGetter } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype),
  Symbol.toStringTag);
const isView = (value) => tagGetter.call(value) !== undefined;
const lengthOf = (view) => lengthGetter.call(view);
const bufferOf = (view) => bufferGetter.call(view);
const offsetOf = (view) => offsetGetter.call(view);
const isError = (error) => typeof error === 'object' && error !== null && 'message' in error;

function bytesOf(view) {
  if (lengthOf(view) === 0) return new Uint8Array(); // also of detached memory
  return new Uint8Array(bufferOf(view), offsetOf(view), lengthOf(view));
}

function hexOf(view) {
  let digits = '';
  for (const byte of bytesOf(view).subarray(0, 100)) digits += (256 + byte).toString(16).slice(1);
  return digits;
}

function isWithin(view, room) {
  return bufferOf(view) === room.buffer && offsetOf(view) >= room.byteOffset &&
    offsetOf(view) + lengthOf(view) <= room.byteOffset + room.byteLength;
}

function overlap(a, b) {
  return bufferOf(a) === bufferOf(b) && offsetOf(a) < offsetOf(b) + lengthOf(b) &&
    offsetOf(b) < offsetOf(a) + lengthOf(a);
}

// Returns what is wrong after a call, as text, or undefined. `recent` are live Buffers of earlier calls.
function unsafety(world, outcome, recent, name) {
  const { guarded, made, result, side } = world;
  world.keep(side.module.Buffer.allocUnsafe(8)); // the bytes that the next caller would get
  for (const { room, at, length, isMemory } of guarded) {
    if (isMemory || lengthOf(room) === 0) continue;
    for (let i = 0; i < lengthOf(room); i++) {
      if ((i < at || i >= at + length) && room[i] !== canary) {
        // Bytes that were added to memory are zero.
        if (room[i] === 0 && room.buffer.resizable) continue;
        return `byte ${i - at} of an operand of ${length} bytes became ${room[i]}`;
      }
    }
  }
  for (const { view, byte } of made) {
    if (byte === undefined) continue;
    if (bytesOf(view).some((one) => one !== byte)) return `a Buffer that was made meanwhile holds ${hexOf(view)}`;
  }
  const live = [...made.map(({ view }) => view), ...guarded.filter(({ room }) =>
    lengthOf(room) > 0).map(({ room }) => room)];
  for (let i = 0; i < live.length; i++) {
    for (let j = 0; j < i; j++) if (overlap(live[i], live[j])) return 'two live Buffers overlap';
    for (const other of recent) if (overlap(live[i], other)) return 'a live Buffer overlaps one of an earlier call';
  }
  if (typeof result === 'string' && name !== 'atob' && shownCanary.test(result)) return `the answer shows what lies beside: ${result}`;
  if (isView(result) && !name.startsWith('alloc') && name !== 'transcode' && bytesOf(result).includes(canary)) return 'the answer has bytes from beside it';
  return brokenLedger(side.module.pool.inspect());
}

function brokenLedger(said) {
  const { current } = said;
  const negative = Object.entries(said).find(([, number]) => typeof number === 'number' && !(number >= 0));
  if (negative) return `the ledger counts ${negative.join(' ')}`;
  if (current !== null && !(current.cursor >= 0 && current.cursor < current.size + 8)) {
    return `the cursor is at ${current.cursor} of ${current.size}`;
  }
  return undefined;
}

// The cases in which ours does not answer as Node does, each with its reason. docs/differences.md has them,
// too.

const planText = (plans) => JSON.stringify(plans, (key, one) => typeof one === 'bigint' ? `${one}n` : one);
const does = (plans, ...names) => names.some((name) => planText(plans).includes(`"does":"${name}"`));
const searches = ['indexOf', 'lastIndexOf', 'includes'];
const isDressed = (plan, ...properties) => plan !== undefined && plan.kind === 'dressed' && properties.includes(plan.property);
const isText = (plan) => plan.kind === 'value' && ['string', 'number', 'undefined'].includes(typeof plan.value);

// The calls that would end the Node process, or make it write where it must not.
function harmsNode({ name }, { target, args }) {
  if (does({ target, args }, 'detach', 'shrink', 'grow')) return true;
  if (searches.includes(name)) {
    return (args.length > 2 && !isText(args[2])) || isDressed(target, 'length') || target.over === undefined && target.type === 'DataView' ||
      target.kind === 'proxied' || args.some((plan) => /ucs|utf-?16/i.test(planText(plan)));
  }
  // Node reads the view's own properties, and reads and writes bytes where they say.
  if ([target, ...args].some((plan) => isDressed(plan, 'byteLength', 'byteOffset', 'buffer'))) return true;
  return name === 'transcode' && isDressed(args[0], 'length');
}

const listed = [];
const differs = (reason, isMeant) => listed.push({ reason, isMeant, count: 0 });
differs('Node moves the cursor after it has read the items, so allocations meanwhile get the same bytes',
  ({ name, makes }, plans) => makes && does(plans, 'allocate', 'write', 'nested', 'poolSize', 'source') && name !== 'of');
differs('bytes of a new Buffer that are not written are zero; in Node they have old contents',
  ({ makes }, plans) => makes && /"property":"length"|"lengths":\[[^\]]*,/.test(planText(plans)));
differs('an error shows a value, and only Node does that without running code of a Proxy or a view',
  (each, plans, expected, actual, [theirs, ours]) => /^threw \S+ ERR_/.test(expected) && actual.startsWith('threw ') &&
    (ours.startsWith(theirs) || /accessors/.test(planText(plans))));
differs('a length that is an object is converted once; in Node, at each of its five uses',
  ({ makes }, plans) => makes && /"lengths":\[[^\]]*"kind":"(value|liar)"/.test(planText(plans)));
differs('Node compares the own length of the target, even when it is too long',
  ({ name }, { args }) => name === 'compare' && isDressed(args[0], 'length'));
differs('text of own properties comes from util.inspect()',
  ({ name }, { target }) => name === 'inspect' && target.kind === 'dressed');
differs('Node fills with the number that an object converts to, and a negative one becomes sometimes one byte, sometimes another',
  ({ name }, { args }) => ['fill', 'alloc'].includes(name) && args.some(({ kind }) => kind === 'liar'));
// Liars can stop the cursor of Node's pool for good. Later calls then overwrite their own operands. It is not
// known which liar does, so docs/differences.md does not have this.
differs('every allocation of Node\'s gets the same bytes since an earlier call', (each, plans, expected, actual, questions, { Buffer }) => {
  const [first, second] = [Buffer.allocUnsafe(8), Buffer.allocUnsafe(8)];
  return first.buffer === second.buffer && first.byteOffset === second.byteOffset;
});

/**
 * Makes calls with liars, and checks after each.
 * @param {{ calls: number, seed: number, only?: string, node?: object, onProgress?: function }} options as
 *   inRounds(); `node` is Node's module, to compare with
 * @returns {{ calls: number, functions: number, failures: string[], notes: string[] }}
 */
export function liars({ calls, seed, only, node, onProgress }) {
  // Readers and writers of numbers are half of all functions, and much the same.
  const isNumeric = ({ name }) => /^(read|write.)/.test(name);
  const chosen = rows.filter((each) => only === undefined || each.name === only);
  const weighted = chosen.flatMap((each) => isNumeric(each) ? [each] : [each, each, each]);
  const recent = [];
  let compared = 0;
  const check = (each, plans) => {
    const ours = new World({ module: ourModule });
    const actual = ours.call(each, plans);
    if (ourModule.pool.source !== source) ourModule.pool.source = source;
    const wrong = unsafety(ours, actual, recent, each.name);
    if (wrong !== undefined) throw new Failure([`unsafe: ${wrong}`, `ours  ${actual}`]);
    recent.push(...ours.made.map(({ view }) => view));
    recent.splice(0, recent.length - 32);
    if (node === undefined || harmsNode(each, plans)) return;

    compared++;
    const theirs = new World({ module: node });
    const expected = theirs.call(each, plans);
    const after = [theirs, ours].map(({ guarded }) => guarded.map(({ room }) => hexOf(room)).join(' '));
    const questions = [theirs, ours].map(({ asked }) => asked.join(', '));
    if (expected === actual && after[0] === after[1] && questions[0] === questions[1]) return;
    const excuse = listed.find(({ isMeant }) => isMeant(each, plans, expected, actual, questions, node));
    if (excuse === undefined) {
      throw new Failure([`Node  ${expected}`, `ours  ${actual}`, `Node asked  ${questions[0]}`, `ours asked  ${questions[1]}`,
        ...after[0] === after[1] ? [] : [`Node's bytes  ${after[0]}`, `our bytes     ${after[1]}`]]);
    }
    excuse.count++;
  };
  const { source } = ourModule.pool;
  const result = inRounds({ rows: weighted, calls, seed, plansOf, check, onProgress });
  const notes = listed.filter(({ count }) => count > 0).map(({ reason, count }) => `listed ${count} calls: ${reason}`);
  if (node !== undefined) notes.push(`${compared} calls were compared with Node`);
  return { ...result, notes };
}

/** As liars(), compared with the Node that runs this. */
export async function run(options) {
  const { default: node } = await import('node:buffer');
  return liars({ ...options, node });
}
