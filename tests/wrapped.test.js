// Wraps built-in functions, one at a time, as instrumentation does: the wrapper makes Buffers, and then
// calls the built-in. Answers must be the same as without it, and no two Buffers may overlap.
import { afterEach, describe, expect, test } from 'vitest';
import nodeModule, { Buffer, pool } from '../js/index.js';

const TypedArray = Object.getPrototypeOf(Uint8Array);
const holders = {
  Math, Reflect, Object, Number, JSON, Array, ArrayBuffer, String, Symbol, WebAssembly,
  'Array.prototype': Array.prototype, 'String.prototype': String.prototype, 'Number.prototype': Number.prototype,
  'Object.prototype': Object.prototype, 'Function.prototype': Function.prototype, 'RegExp.prototype': RegExp.prototype,
  'Map.prototype': Map.prototype, 'WeakMap.prototype': WeakMap.prototype, 'ArrayBuffer.prototype': ArrayBuffer.prototype,
  'DataView.prototype': DataView.prototype, 'TypedArray.prototype': TypedArray.prototype, TypedArray,
  'Uint8Array.prototype': Uint8Array.prototype, Uint8Array, 'TextEncoder.prototype': TextEncoder.prototype,
  'TextDecoder.prototype': TextDecoder.prototype, 'Error.prototype': Error.prototype, globalThis,
};
// Built-ins that the wrappers and the test use themselves. They call nothing of ours.
const spared = new Set(['Function.prototype call', 'Function.prototype apply', 'Function.prototype bind', 'Reflect apply',
  'Object.prototype constructor', 'Function.prototype constructor']);
const globals = ['atob', 'btoa', 'Uint8Array', 'Uint16Array', 'ArrayBuffer', 'TextDecoder', 'TextEncoder', 'String', 'Number', 'Array', 'parseInt'];

const targets = Object.entries(holders).flatMap(([name, holder]) => {
  const keys = holder === globalThis ? globals : Reflect.ownKeys(holder);
  return keys.map((key) => ({ name: `${name} ${String(key)}`, holder, key, descriptor: Object.getOwnPropertyDescriptor(holder, key) }))
    .filter(({ name: each, descriptor }) => descriptor && descriptor.configurable && !spared.has(each) &&
      (typeof descriptor.value === 'function' || typeof descriptor.get === 'function'));
});

const made = [];
let isInside = false;

// What a wrapper does: it makes small Buffers of each kind, and encodes a text that is long enough for the
// engine's coder.
function allocate() {
  if (isInside) return;
  isInside = true;
  try {
    made.push(Buffer.allocUnsafe(24).fill(0xa5), Buffer.from('\xa5\xa5\xa5', 'latin1'), Buffer.from([0xa5, 0xa5]));
    if (made.length > 300) made.splice(0, 150);
    Buffer.from('\u6f22'.repeat(90)).toString();
    Buffer.from('b7'.repeat(40), 'hex').toString('ucs2');
    Buffer.alloc(90).fill('\u6f22').indexOf('\u6f22\u5b57');
  } finally {
    isInside = false;
  }
}

function wrapped(callable) {
  return new Proxy(callable, {
    apply(target, self, args) {
      allocate();
      const result = Reflect.apply(target, self, args);
      allocate();
      return result;
    },
    construct(target, args, newTarget) {
      allocate();
      return Reflect.construct(target, args, newTarget);
    },
  });
}

const texts = ['short', 'h\xe9llo w\xf6rld', 'a longer text, which is ASCII and takes the way of long ones'.repeat(3),
  '\u6f22\u5b57'.repeat(60), '\ud83d\ude00 pairs and \ud83d halves'.repeat(9), '62'.repeat(100), 'YmNkZWZn'.repeat(30)];
const encodings = ['utf8', 'utf16le', 'latin1', 'ascii', 'hex', 'base64', 'base64url'];

// Uses a bit of everything. Returns the results, and passes all Buffers that it makes to `keep`.
function use(keep) {
  const said = [];
  for (const text of texts) {
    for (const encoding of encodings) {
      const buffer = keep(Buffer.from(text, encoding));
      said.push(buffer.length, buffer.toString(encoding), Buffer.byteLength(text, encoding));
      const target = keep(Buffer.allocUnsafe(100).fill(0x2e));
      said.push(target.write(text, 3, encoding), target.toString('latin1'));
      if (buffer.length > 0) said.push(keep(Buffer.alloc(50)).fill(text, encoding).toString('latin1'));
      said.push(target.indexOf(text.slice(0, 4), 0, encoding), target.includes(buffer));
    }
  }
  const list = keep(Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]));
  const wide = keep(Buffer.from({ length: 72, 0: 5 }));
  said.push(keep(Buffer.concat([list, wide, list])).toString('hex'), keep(Buffer.concat([list, wide], 30)).toString('hex'));
  said.push(list.compare(wide), list.equals(list.subarray(0)), wide.copy(list, 2), list.swap16().toString('hex'), wide.swap64().toString('hex'));
  said.push(list.readUInt32LE(1), list.writeDoubleBE(1.5), JSON.stringify(list), list.inspect(),
    list.readBigInt64LE());
  said.push(keep(Buffer.copyBytesFrom(new Uint16Array([1, 2, 3]), 1)).toString('hex'), keep(Buffer.of(1, 2)).toString('hex'));
  said.push(nodeModule.isUtf8(wide), nodeModule.isAscii(wide), nodeModule.isLatin1('é'), Buffer.stringLength(wide));
  said.push(keep(nodeModule.transcode(wide, 'latin1', 'utf8')).toString('hex'));
  try { list.toString('none'); } catch (error) { said.push(error.message); }
  try { list.readInt8(99); } catch (error) { said.push(error.message); }
  return said;
}

function overlapping(buffers) {
  const places = buffers.filter(({ length }) => length > 0).map((buffer) => ({ memory: buffer.buffer,
    from: buffer.byteOffset, to: buffer.byteOffset + buffer.length }));
  return places.some((a, i) => places.some((b, j) => i < j && a.memory === b.memory && a.from < b.to &&
    b.from < a.to));
}

const source = pool.source;
afterEach(() => {
  made.length = 0;
  pool.source = source;
});

describe('safety', () => {
  for (const kind of source === 'heap' ? ['heap'] : [source, 'heap']) {
    test(`${targets.length} built-ins, one at a time, on ${kind} slabs`, () => {
      pool.source = kind;
      const expected = use((buffer) => buffer);
      const wrong = [];
      for (const { name, holder, key, descriptor } of targets) {
        const kept = [];
        const keep = (buffer) => kept[kept.length] = buffer;
        const field = typeof descriptor.value === 'function' ? 'value' : 'get';
        Object.defineProperty(holder, key, { ...descriptor, [field]: wrapped(descriptor[field]) });
        let said;
        let error;
        try {
          said = use(keep);
        } catch (thrown) {
          error = thrown;
        }
        Object.defineProperty(holder, key, descriptor);
        if (error) wrong.push(`${name}: ${error.stack}`);
        else if (JSON.stringify(said, shown) !== JSON.stringify(expected, shown)) wrong.push(`${name}: another answer`);
        if (overlapping([...kept, ...made])) wrong.push(`${name}: Buffers overlap`);
        if (made.some((buffer) => buffer.some((byte) => byte !== 0xa5))) wrong.push(`${name}: a Buffer that was made meanwhile has changed`);
        made.length = 0;
      }
      expect(wrong).toEqual([]);
    }, 120000);
  }
});

describe('safety', () => {
  const coders = [[TextEncoder.prototype, 'encodeInto'], [TextDecoder.prototype, 'decode'], [Uint8Array.prototype, 'setFromBase64'],
    [Uint8Array.prototype, 'setFromHex']].filter(([holder, key]) => typeof holder[key] === 'function');
  // Where the library was imported without coders, there is nothing to test.
  test.skipIf(globalThis.isBare)('the engine\'s coders never get the memory in which the ledger lies', () => {
    const seen = new Set();
    const note = (value) => {
      if (ArrayBuffer.isView(value)) seen.add(value.buffer);
    };
    const kept = coders.map(([holder, key]) => [holder, key, Object.getOwnPropertyDescriptor(holder, key)]);
    for (const [holder, key, descriptor] of kept) {
      Object.defineProperty(holder, key, {
        ...descriptor,
        value: new Proxy(descriptor.value, {
          apply(target, self, args) {
            [self, ...args].forEach(note);
            return Reflect.apply(target, self, args);
          },
        }),
      });
    }
    try {
      use((buffer) => buffer);
      Buffer.from('\u6f22'.repeat(90000)).toString('utf16le');
    } finally {
      for (const [holder, key, descriptor] of kept) Object.defineProperty(holder, key, descriptor);
    }
    expect(seen.size).toBeGreaterThan(0);
    const slab = Buffer.allocUnsafe(1).buffer;
    for (const memory of seen) {
      if (memory === slab || memory.byteLength === 0) continue;
      const before = new Uint8Array(new Uint8Array(memory));
      for (let i = 0; i < 3; i++) Buffer.allocUnsafe(24);
      const after = new Uint8Array(memory);
      expect(before.every((byte, index) => byte === after[index])).toBe(true);
    }
  });
});

function shown(key, value) {
  return typeof value === 'bigint' ? String(value) : value;
}
