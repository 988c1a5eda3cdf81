// User code that runs while a call converts its arguments: it detaches, shrinks, grows, or allocates. The
// call may throw, or return anything from its own bytes. It must not show or change bytes beside them.
import { expect, test } from 'vitest';
import nodeModule, { Buffer, isAscii, isUtf8 } from '../js/index.js';

const secret = 0xa5;

// A Buffer of eight bytes 0x61, between secret bytes.
function victim(options) {
  const memory = new ArrayBuffer(24, options);
  new Uint8Array(memory).fill(secret);
  return Buffer.from(memory, 8, 8).fill(0x61);
}

const attacks = {
  detaches: { make: () => victim(), strike: (buffer) => structuredClone(0, { transfer: [buffer.buffer] }) },
  shrinks: { make: () => victim({ maxByteLength: 64 }), strike: (buffer) => buffer.buffer.resize(12) },
  'shrinks to nothing': { make: () => victim({ maxByteLength: 64 }), strike: (buffer) => buffer.buffer.resize(0) },
  grows: { make: () => victim({ maxByteLength: 64 }), strike: (buffer) => buffer.buffer.resize(64) },
  allocates: { make: () => victim(), strike: () => Buffer.allocUnsafe(64).fill(secret) },
};

// In each call, the argument `n` is an object that attacks when it is converted, and then becomes 4 or
// 'latin1'.
const calls = {
  'copy(target, n)': (b, n) => b.copy(Buffer.alloc(8), n),
  'copy(target, 0, n)': (b, n) => b.copy(Buffer.alloc(8), 0, n),
  'copy(target, 0, 0, n)': (b, n) => b.copy(Buffer.alloc(8), 0, 0, n),
  'copy(itself, n)': (b, n) => b.copy(b, n),
  'copy() from another': (b, n) => Buffer.alloc(8, 0x61).copy(b, n),
  'toString(n)': (b, n) => b.toString(n),
  'toString(utf8, n)': (b, n) => b.toString('utf8', n),
  'toString(latin1, 0, n)': (b, n) => b.toString('latin1', 0, n),
  'toString(hex, n, n)': (b, n) => b.toString('hex', n, n),
  'latin1Slice(n)': (b, n) => b.latin1Slice(n),
  'utf8Slice(0, n)': (b, n) => b.utf8Slice(0, n),
  'ucs2Slice(n)': (b, n) => b.ucs2Slice(n),
  'base64Slice(0, n)': (b, n) => b.base64Slice(0, n),
  'write(string, 0, 8, n)': (b, n) => b.write('bbbbbbbbbbbb', 0, 8, n),
  'utf8Write(string, n)': (b, n) => b.utf8Write('bbbbbbbbbbbb', n),
  'latin1Write(string, 0, n)': (b, n) => b.latin1Write('bbbbbbbbbbbb', 0, n),
  'hexWrite(string, n)': (b, n) => b.hexWrite('62626262626262626262', n),
  'ucs2Write(string, 0, n)': (b, n) => b.ucs2Write('bbbbbbbbbbbb', 0, n),
  'base64Write(string, n)': (b, n) => b.base64Write('YmJiYmJiYmJiYmJiYmJi', n),
  'fill(n)': (b, n) => b.fill(n),
  'fill(n, 2, 6)': (b, n) => b.fill(n, 2, 6),
  'indexOf(secret, n)': (b, n) => expect(b.indexOf(secret, n)).toBe(-1),
  'indexOf(secrets, n)': (b, n) => expect(b.indexOf(Buffer.alloc(2, secret), n)).toBe(-1),
  'lastIndexOf(secret, n)': (b, n) => expect(b.lastIndexOf(secret, n)).toBe(-1),
  'indexOf(string, 0, 8, n)': (b, n) => expect(b.indexOf('\xa5', 0, 8, n)).toBe(-1),
  'subarray(n)': (b, n) => b.subarray(n),
  'subarray(0, n)': (b, n) => b.subarray(0, n),
  'slice(n)': (b, n) => b.slice(n),
  'writeUInt8(n)': (b, n) => b.writeUInt8(n, 7),
  'writeInt32LE(n)': (b, n) => b.writeInt32LE(n, 4),
  'writeDoubleBE(n)': (b, n) => b.writeDoubleBE(n, 0),
  'writeUIntBE(n)': (b, n) => b.writeUIntBE(n, 2, 6),
  'concat()': (b, n) => Buffer.concat([b, { get length() { return Number(n); } }, b]),
  'Buffer.from(memory, n)': (b, n) => Buffer.from(b.buffer, 8, n).fill(0x61, 0, 0),
  'Buffer.from(array-like)': (b, n) => Buffer.from({ length: 3, 0: n, 1: 0x61, 2: n }),
};

for (const [does, { make, strike }] of Object.entries(attacks)) {
  test.each(Object.keys(calls))(`%s stays in its bytes when a conversion ${does}`, (name) => {
    const buffer = make();
    const { buffer: memory } = buffer;
    const n = {
      valueOf() {
        strike(buffer);
        return 4;
      },
      toString() {
        strike(buffer);
        return 'latin1';
      },
    };
    let answer;
    try {
      answer = calls[name](buffer, n);
    } catch (error) {
      if (error.name === 'AssertionError') throw error;
    }
    if (typeof answer === 'string') expect(answer).not.toMatch(/[\xa5\ua5a5\ufffd]|a5|paWl/);
    // Bytes that were added to memory are zero, and detached memory has none.
    const bytes = memory.byteLength === 0 ? [] : Array.from(new Uint8Array(memory)).slice(0, 24);
    const outside = bytes.filter((byte, index) => index < 8 || index >= 16);
    expect(outside.filter((byte) => byte !== secret)).toEqual([]);
  });
}

test('own properties of a view do not lead outside of its bytes', () => {
  const lies = { byteOffset: 0, byteLength: 24, length: 24, buffer: new ArrayBuffer(0) };
  for (const name of Object.keys(lies)) {
    const buffer = Object.defineProperty(victim(), name, { value: lies[name] });
    for (const encoding of ['utf8', 'ucs2', 'latin1', 'ascii', 'hex', 'base64', 'base64url']) {
      let answer = '';
      try {
        answer = buffer[`${encoding}Slice`](0, 24);
      } catch (error) {
        expect(error.code).toBe('ERR_OUT_OF_RANGE');
      }
      expect(answer).not.toMatch(/[\xa5\ua5a5\ufffd]|a5|paWl/);
      expect(buffer.toString(encoding, 0, 8)).not.toMatch(/[\xa5\ua5a5\ufffd]|a5|paWl/);
    }
  }
});

const askedOfLiars = {
  'indexOf(byte)': (b) => expect(b.indexOf(secret)).toBe(-1),
  'lastIndexOf(byte)': (b) => expect(b.lastIndexOf(secret)).toBe(-1),
  'includes(bytes)': (b) => expect(b.includes(Buffer.alloc(2, secret))).toBe(false),
  'lastIndexOf(bytes)': (b) => expect(b.lastIndexOf(Buffer.alloc(2, secret))).toBe(-1),
  'indexOf(text)': (b) => expect(b.indexOf('\xa5\xa5', 0, 'latin1')).toBe(-1),
  'equals()': (b, neighbour) => expect(b.equals(neighbour)).toBe(false),
  'compare()': (b) => expect(b.compare(Buffer.alloc(64, 0x61))).toBe(0),
  'toString()': (b) => expect(b.toString('latin1', 0, 4096)).toBe('a'.repeat(64)),
  'concat()': (b) => expect(Buffer.concat([b]).includes(secret)).toBe(false),
  'from()': (b) => expect(Buffer.from(b).includes(secret)).toBe(false),
  'subarray()': (b) => expect(b.subarray(0, 4096).includes(secret)).toBe(false),
  'copy()': (b) => {
    const target = Buffer.alloc(4096);
    b.copy(target);
    expect(target.includes(secret)).toBe(false);
  },
  'copy() to it': (b) => Buffer.alloc(4096).copy(b),
  'fill(byte)': (b) => b.fill(1),
  'fill(text)': (b) => b.fill('bcd'),
  'fill(text) of a range': (b) => b.fill('bcd', 8, 4096),
  'swap16()': (b) => b.swap16(),
  'write(text)': (b) => b.write('b'.repeat(4096)),
  'write(wide text)': (b) => b.write('\u6f22'.repeat(4096), 'utf16le'),
  'write(hex)': (b) => b.write('62'.repeat(4096), 'hex'),
  'utf8Write()': (b) => b.utf8Write('b'.repeat(4096), 0, 4096),
};

test.each(Object.keys(askedOfLiars))('own properties do not lead out of a slice: %s', (name) => {
  for (const [property, value] of Object.entries({ byteOffset: 0, byteLength: 4096, length: 4096 })) {
    const [before, buffer, after] = [secret, 0x61, secret].map((byte) => Buffer.allocUnsafe(64).fill(byte));
    Object.defineProperty(buffer, property, { value });
    try {
      askedOfLiars[name](buffer, after);
    } catch (error) {
      if (error.name === 'AssertionError') throw error;
    }
    expect([...before, ...after].filter((byte) => byte !== secret)).toEqual([]);
  }
});

const disguised = [
  ['a view without bytes', Object.defineProperty(Uint16Array.of(0xffff), 'byteLength', { value: 0 })],
  ['memory without bytes', Object.defineProperty(Uint8Array.of(0xff).buffer, 'byteLength', { value: 0 })],
  ['a DataView', Object.defineProperty(Uint16Array.of(0xffff), Symbol.toStringTag, { value: 'DataView' })],
];
test.each(disguised)('isAscii() and isUtf8() see the bytes of what says that it is %s', (_, input) => {
  expect([isAscii(input), isUtf8(input)]).toEqual([false, false]);
});

test('isAscii() and isUtf8() refuse a DataView, whatever it says that it is', () => {
  const view = Object.defineProperty(new DataView(new ArrayBuffer(4)), Symbol.toStringTag, { value: 'Uint8Array' });
  for (const call of [isAscii, isUtf8]) {
    expect(() => call(view)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
  }
});

test('a class of its own may extend Buffer', () => {
  class Packet extends Buffer {}
  const packet = new Packet(3);
  expect(Buffer.isBuffer(packet)).toBe(true);
  expect(packet instanceof Uint8Array).toBe(true);
  expect(packet.length).toBe(3);
});

test('INSPECT_MAX_BYTES of the module object limits what is shown', () => {
  nodeModule.INSPECT_MAX_BYTES = 2;
  expect(Buffer.from('abcd').inspect()).toBe('<Buffer 61 62 ... 2 more bytes>');
  nodeModule.INSPECT_MAX_BYTES = 50;
  expect(Buffer.from('abcd').inspect()).toBe('<Buffer 61 62 63 64>');
  expect(() => { nodeModule.INSPECT_MAX_BYTES = -1; }).toThrow(/>= 0/);
});

test.runIf(typeof XMLHttpRequest === 'function')('resolveObjectURL() gives a copy of the Blob', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const url = URL.createObjectURL(new Blob([bytes], { type: 'image/png' }));
  const blob = nodeModule.resolveObjectURL(url);
  expect(blob.type).toBe('image/png');
  expect([...new Uint8Array(await blob.arrayBuffer())]).toEqual([...bytes]);
  URL.revokeObjectURL(url);
  expect(nodeModule.resolveObjectURL(url)).toBe(undefined);
});

// Literal: Buffer's prototype alone makes nothing a Uint8Array, and a Uint8Array is one without it. Asked
// three times, because the first answer leaves a mark on a view.
const inheriting = (view) => Object.setPrototypeOf(view, Buffer.prototype);
const origins = [
  ['a Buffer', () => Buffer.from('abc'), true],
  ['a Buffer on an ArrayBuffer', () => Buffer.from(new ArrayBuffer(3)), true],
  ['a Uint8Array', () => new Uint8Array(3), true],
  ['a Uint8Array with Buffer\'s prototype', () => inheriting(new Uint8Array(3)), true],
  ['the same, not extensible', () => Object.preventExtensions(inheriting(new Uint8Array(3))), true],
  ['a Buffer with another prototype', () => Object.setPrototypeOf(Buffer.from('abc'), null), true],
  ['a derived class', () => new (class extends Buffer[Symbol.species] {})(3), true],
  ['Reflect.construct()', () => Reflect.construct(Uint8Array, [3], Buffer), true],
  ['a Uint16Array with Buffer\'s prototype', () => inheriting(new Uint16Array(3)), false],
  ['a Uint8ClampedArray with Buffer\'s prototype', () => inheriting(new Uint8ClampedArray(3)), false],
  ['a DataView with Buffer\'s prototype', () => inheriting(new DataView(new ArrayBuffer(3))), false],
  ['an object with Buffer\'s prototype', () => Object.create(Buffer.prototype, { length: { value: 3 } }), false],
  ['an array with Buffer\'s prototype', () => inheriting([1, 2, 3]), false],
  ['an object that inherits from a Buffer', () => Object.create(Buffer.from('abc')), false],
  ['Buffer.prototype', () => Buffer.prototype, false],
  ['a Proxy of a Buffer', () => new Proxy(Buffer.from('abc'), {}), false],
];

test.each(origins)('%s: whether it counts as a Uint8Array', (_, make, isBytes) => {
  const value = make();
  for (let times = 0; times < 3; times++) {
    const call = () => Buffer.compare(value, Buffer.alloc(3));
    if (isBytes) expect(call()).toBeTypeOf('number');
    else expect(call).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
    try {
      Buffer.prototype.subarray.call(value, 1);
    } catch {
      // The engine's getters refuse what is no typed array.
    }
  }
});
