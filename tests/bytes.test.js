// Every way to work on bytes, compared with one plain loop: slices of the pool (kernels in place), private
// Buffers (kernels on a copy), plain Uint8Arrays, and views of two slabs at once. Sizes cross every
// threshold of js/bytes.js and js/encodings.js.
import { describe, expect, test } from 'vitest';
import { Buffer, isAscii, isUtf8, pool } from '../js/index.js';

const { SEED } = globalThis.process ? globalThis.process.env : {};
const seed = Number(SEED || 1 + Math.floor(Math.random() * 1e9));
console.log(`SEED=${seed}`);

let state = seed;
function draw(below) { // mulberry32
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ state >>> 15, 1 | state);
  t = (t + Math.imul(t ^ t >>> 7, 61 | t)) ^ t;
  return ((t ^ t >>> 14) >>> 0) % below;
}

const lengths = [
  ...Array(66).keys(), 127, 128, 129, 1000, 2047, 2048, 2049, 5000, 32767, 32768, 40000, 70001,
];

const makers = {
  'a slice': (length) => Buffer.allocUnsafe(length),
  'a slice of another slab': (length) => {
    pool.source = 'heap';
    pool.source = 'linear';
    return Buffer.allocUnsafe(length);
  },
  'a part of a slice': (length) => Buffer.allocUnsafe(length + 9).subarray(3, 3 + length),
  'a private Buffer': (length) => Buffer.alloc(length),
  'a heap slice': (length) => {
    pool.source = 'heap';
    const buffer = Buffer.allocUnsafe(length);
    pool.source = 'linear';
    return buffer;
  },
  'a plain Uint8Array': (length) => new Uint8Array(length + 5).subarray(5),
};
const methods = Buffer.prototype;

function filled(make, length, values) {
  const view = make(length);
  for (let i = 0; i < length; i++) view[i] = draw(values);
  return view;
}

function copied(make, view) {
  const copy = make(view.length);
  copy.set(view);
  return copy;
}

function indexSlowly(haystack, needle, isForward) {
  const last = haystack.length - needle.length;
  for (let i = 0; i <= last; i++) {
    const at = isForward ? i : last - i;
    let same = 0;
    while (same < needle.length && haystack[at + same] === needle[same]) same++;
    if (same === needle.length) return at;
  }
  return -1;
}

const pairs = Object.keys(makers).flatMap((left) => Object.keys(makers).map((right) => [left, right]));

describe(`differential, seed ${seed}`, () => {
  test.each(pairs)('%s and %s: equals() and compare() find the first difference', (left, right) => {
    for (const length of lengths) {
      const a = filled(makers[left], length, 256);
      const b = copied(makers[right], a);
      expect(methods.equals.call(a, b)).toBe(true);
      expect(methods.compare.call(a, b)).toBe(0);
      if (length === 0) continue;
      const at = draw(length);
      b[at] = a[at] ^ 1 << draw(8);
      if (draw(2)) b[length - 1] = ~a[length - 1];
      const first = Math.min(at, indexOfDifference(a, b));
      expect(methods.equals.call(a, b)).toBe(false);
      expect(methods.compare.call(a, b)).toBe(a[first] < b[first] ? -1 : 1);
      expect(Buffer.compare(a, b.subarray(0, first))).toBe(1);
    }
  });

  test.each(Object.keys(makers))('%s: indexOf(), lastIndexOf(), includes()', (name) => {
    for (const length of lengths) {
      const haystack = filled(makers[name], length, 3);
      const needleLength = 1 + draw(draw(2) ? 4 : 60);
      const needle = new Uint8Array(needleLength);
      const isInside = needleLength < length && draw(3) > 0;
      const from = isInside ? draw(length - needleLength) : 0;
      for (let i = 0; i < needleLength; i++) needle[i] = isInside ? haystack[from + i] : draw(4);
      expect(methods.indexOf.call(haystack, needle)).toBe(indexSlowly(haystack, needle, true));
      expect(methods.lastIndexOf.call(haystack, needle)).toBe(indexSlowly(haystack, needle, false));
      expect(methods.includes.call(haystack, needle)).toBe(indexSlowly(haystack, needle, true) >= 0);
      if (length > 0) haystack[draw(length)] = 77;
      expect(methods.indexOf.call(haystack, 77)).toBe(indexSlowly(haystack, [77], true));
      expect(methods.lastIndexOf.call(haystack, 77)).toBe(indexSlowly(haystack, [77], false));
      expect(methods.indexOf.call(haystack, 78)).toBe(-1);
      const start = draw(length + 1);
      const found = indexSlowly(haystack.subarray(start), needle, true);
      expect(methods.indexOf.call(haystack, needle, start)).toBe(found < 0 ? -1 : start + found);
    }
  });

  test('a needle longer than a staged block is found forward and backward', () => {
    const haystack = Buffer.alloc(200000);
    for (let i = 0; i < haystack.length; i++) haystack[i] = draw(2);
    for (const from of [0, 1, 50000, 130000]) {
      const needle = Buffer.from(haystack.subarray(from, from + 70000));
      expect([haystack.indexOf(needle), haystack.lastIndexOf(needle)]).toEqual([from, from]);
      needle[35000] ^= 1;
      expect([haystack.indexOf(needle), haystack.lastIndexOf(needle)]).toEqual([-1, -1]);
    }
  });

  test.each(Object.keys(makers))('%s: copy() to itself, where most ranges overlap', (name) => {
    for (const length of lengths) {
      const view = filled(makers[name], length, 256);
      const before = [...view];
      const start = draw(length + 1);
      const at = draw(2) ? draw(length + 1) : Math.min(start + draw(9), length);
      const end = draw(2) ? length : start + draw(length + 1 - start);
      const count = Math.min(end - start, length - at);
      expect(methods.copy.call(view, view, at, start, end)).toBe(count);
      const isHit = (i) => i >= at && i < at + count;
      expect([...view]).toEqual(before.map((byte, i) => (isHit(i) ? before[start + i - at] : byte)));
    }
  });

  const units = [['swap16', 2], ['swap32', 4], ['swap64', 8]];
  const swaps = Object.keys(makers).flatMap((name) => units.map(([method, unit]) => [name, method, unit]));
  test.each(swaps)('%s: %s() reverses each unit and touches no neighbour', (name, method, unit) => {
    for (const length of lengths) {
      const whole = length - length % unit;
      const view = filled(makers[name], whole, 256);
      const before = [...view];
      const around = new Uint8Array(view.buffer);
      const start = view.byteOffset;
      const sentinels = [around[start - 1], around[start + whole]];
      methods[method].call(view);
      expect(view.every((byte, i) => byte === before[i - i % unit + unit - 1 - i % unit])).toBe(true);
      expect([around[start - 1], around[start + whole]]).toEqual(sentinels);
    }
  });

  test.each(Object.keys(makers))('%s: isAscii() and isUtf8()', (name) => {
    for (const length of lengths) {
      const view = filled(makers[name], length, 128);
      expect([isAscii(view), isUtf8(view)]).toEqual([true, true]);
      if (length === 0) continue;
      view[draw(length)] = 128 + draw(64);
      expect([isAscii(view), isUtf8(view)]).toEqual([false, false]);
    }
  });

  test.each(Object.keys(makers))('%s: isUtf8() of text that is cut anywhere, and of a wrong byte', (name) => {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const isValid = (view) => {
      try {
        decoder.decode(new Uint8Array(view));
        return true;
      } catch {
        return false;
      }
    };
    for (const length of lengths) {
      const view = makers[name](length);
      // Up to three bytes come first, so that blocks end anywhere in a character.
      const text = ' '.repeat(draw(4)) + 'aé€😀'.repeat(length / 10);
      const bytes = [...text].flatMap((character) => utf8Of(character.codePointAt(0)));
      for (let i = 0; i < length; i++) view[i] = i < bytes.length ? bytes[i] : 0x61;
      expect(isUtf8(view)).toBe(isValid(view));
      view.fill(0x61, Math.max(0, length - 4));
      expect(isUtf8(view)).toBe(isValid(view));
      if (length > 0) view[draw(length)] = draw(256);
      expect(isUtf8(view)).toBe(isValid(view));
    }
  });

  const texts = {
    utf8: ['a', 'é', '€', '😀', '\ud800'], utf16le: ['a', '€', '\udc00', '😀'], latin1: ['a', 'é', 'ÿ'],
    ascii: ['a', '~'], hex: ['0', '9', 'a', 'F'], base64: ['A', 'z', '0', '+', '/', '-', '_', '\n'],
    base64url: ['A', 'z', '0', '-', '_', '='],
  };
  const names = Object.keys(texts);
  const coders = Object.keys(makers).flatMap((name) => names.map((encoding) => [name, encoding]));
  test.each(coders)('%s: write() as %s follows the definition, and toString() is its inverse', (name, encoding) => {
    for (const length of lengths.slice(0, -4)) {
      let text = '';
      for (let i = 0; i < length; i++) text += texts[encoding][draw(draw(3) ? 1 : texts[encoding].length)];
      const view = makers[name](Buffer.byteLength(text, encoding));
      const written = methods.write.call(view, text, 0, view.length, encoding);
      expect([...view.subarray(0, written)]).toEqual(bytesSlowly(text, encoding).slice(0, written));
      expect(written).toBe(bytesSlowly(text, encoding).length);
      const whole = methods.toString.call(view.subarray(0, written), encoding);
      expect(Buffer.from(whole, encoding).equals(view.subarray(0, written)) || encoding === 'utf8').toBe(true);
    }
  });
});

function indexOfDifference(a, b) {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return i;
  }
  return a.length;
}

// Encodes a text character by character, as the encoding is defined.
function bytesSlowly(text, encoding) {
  if (encoding === 'utf8') return [...text].flatMap((character) => utf8Of(character.codePointAt(0)));
  const codes = [...Array(text.length).keys()].map((i) => text.charCodeAt(i));
  if (encoding === 'utf16le') return codes.flatMap((code) => [code & 255, code >>> 8]);
  if (encoding === 'latin1' || encoding === 'ascii') return codes.map((code) => code & 255);
  if (encoding === 'hex') return (text.match(/../g) || []).map((pair) => parseInt(pair, 16));
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const digits = text.split('=')[0].replace(/-/g, '+').replace(/_/g, '/').replace(/[^A-Za-z0-9+/]/g, '');
  const bits = [...digits].map((digit) => alphabet.indexOf(digit).toString(2).padStart(6, '0')).join('');
  return (bits.match(/.{8}/g) || []).map((byte) => parseInt(byte, 2));
}

function utf8Of(point) {
  if (point >= 0xd800 && point < 0xe000) return utf8Of(0xfffd);
  if (point < 0x80) return [point];
  if (point < 0x800) return [0xc0 | point >>> 6, 0x80 | point & 63];
  if (point < 0x10000) return [0xe0 | point >>> 12, 0x80 | point >>> 6 & 63, 0x80 | point & 63];
  return [0xf0 | point >>> 18, 0x80 | point >>> 12 & 63, 0x80 | point >>> 6 & 63, 0x80 | point & 63];
}

// The answers are Node 26's.
describe('literal: a search for a byte ends at the length that a view says', () => {
  test.each([
    [0, -1, -1, -1], [-0, -1, -1, -1], [-1, -1, -1, -1], [NaN, -1, -1, -1], [Infinity, -1, -1, -1],
    [3, 1, -1, 1], [3.5, 1, -1, 1], [5.5, 1, -1, 3], [6, 1, 5, 3], [9, 1, 5, 3], [2 ** 31, 1, 5, 3],
    [2 ** 33, 1, 5, 3],
  ])('%d', (length, two, six, lastTwo) => {
    const buffer = Object.defineProperty(Buffer.from([1, 2, 3, 2, 5, 6]), 'length', { value: length });
    expect([buffer.indexOf(2), buffer.indexOf(6), buffer.lastIndexOf(2), buffer.indexOf(256 + 2)])
      .toEqual([two, six, lastTwo, two]);
    expect([buffer.includes(2), buffer.includes(6), buffer.includes(7)]).toEqual([two > 0, six > 0, false]);
  });

  test('a length that is no number is refused', () => {
    const buffer = Object.defineProperty(Buffer.alloc(2), 'length', { value: '2' });
    expect(() => buffer.indexOf(0)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
  });
});

describe('literal: fill() ends at the whole part of the length that a view says', () => {
  test.each([[0, 0], [0.5, 0], [2, 2], [2.5, 2], [3.9, 3], [4, 4]])('%d', (length, count) => {
    const buffer = Object.defineProperty(Buffer.alloc(4), 'length', { value: length });
    buffer.fill(7);
    expect([buffer[0], buffer[1], buffer[2], buffer[3]]).toEqual([7, 7, 7, 7].fill(0, count));
  });
});

test('literal: compare() counts a range of a DataView as long as it was asked for', () => {
  const view = new DataView(Uint8Array.of(1, 2).buffer);
  const compare = (target, ...range) => methods.compare.call(view, Buffer.from(target), ...range);
  expect([compare([1, 2]), compare([1, 2, 3]), compare([1, 2, 3], 0, 3, 0, 9)]).toEqual([0, -1, 1]);
  expect([compare([1, 2, 3], 0, 2, 0, 2), compare([1, 3], 0, 2, 0, 9)]).toEqual([0, -1]);
});
