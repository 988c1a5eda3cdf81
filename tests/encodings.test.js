// The codecs' bytes and texts, written by hand, and that they never write where they must not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodingOf, encodings, normalizeEncoding } from '../js/encodings.js';

const longest = 536870888;

function bytesOf(row, string, room = row.byteLength(string)) {
  const target = new Uint8Array(room);
  return Array.from(target.subarray(0, row.write(target, string, 0, room)));
}

function textOf(row, bytes) {
  return row.slice(Uint8Array.from(bytes), 0, bytes.length);
}

describe('names', () => {
  test.each([
    ['utf8', 'utf8'], ['UTF-8', 'utf8'], ['ucs2', 'utf16le'], ['UCS-2', 'utf16le'], ['utf16le', 'utf16le'],
    ['UTF-16LE', 'utf16le'], ['latin1', 'latin1'], ['Binary', 'latin1'], ['ascii', 'ascii'],
    ['base64', 'base64'], ['Base64URL', 'base64url'], ['HEX', 'hex'],
  ])('%s means %s', (name, canonical) => {
    expect(encodingOf(name)).toBe(encodings[canonical]);
    expect(normalizeEncoding(name)).toBe(canonical);
  });

  test.each([['utf9'], ['utf16'], ['utf8 '], ['hex\0'], ['constructor'], ['x'.repeat(1000)]])('%s means nothing', (name) => {
    expect(encodingOf(name)).toBe(undefined);
    expect(normalizeEncoding(name)).toBe(undefined);
  });

  test('encodingOf converts what it is given, and knows no default', () => {
    expect(encodingOf(['hex'])).toBe(encodings.hex);
    expect(encodingOf({ toString: () => 'latin1', valueOf: () => 'hex' })).toBe(encodings.hex);
    expect([undefined, null, '', 5].map(encodingOf)).toEqual([undefined, undefined, undefined, undefined]);
    expect(() => encodingOf(Symbol('hex'))).toThrow(TypeError);
  });

  test('normalizeEncoding takes nothing at all for utf8, and converts only what has the length of a name', () => {
    expect([undefined, null, ''].map(normalizeEncoding)).toEqual(['utf8', 'utf8', 'utf8']);
    expect(normalizeEncoding(Object('hex'))).toBe('hex');
    expect([5, {}, ['hex'], true].map(normalizeEncoding)).toEqual([undefined, undefined, undefined, undefined]);
  });
});

describe('strings become bytes', () => {
  test.each([
    ['utf8', 'aé€😀', [0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80]],
    ['utf8', '\ufeffa', [0xef, 0xbb, 0xbf, 0x61]],
    ['utf8', '\ud800a', [0xef, 0xbf, 0xbd, 0x61]],
    ['utf8', 'a\udc00', [0x61, 0xef, 0xbf, 0xbd]],
    ['utf8', '\ud800\ud800\udc00', [0xef, 0xbf, 0xbd, 0xf0, 0x90, 0x80, 0x80]],
    ['utf16le', 'a€\ud800', [0x61, 0, 0xac, 0x20, 0, 0xd8]],
    ['latin1', 'aé€\u0141', [0x61, 0xe9, 0xac, 0x41]],
    ['ascii', 'aé€', [0x61, 0xe9, 0xac]],
    ['hex', '00ffAb', [0, 0xff, 0xab]],
    ['hex', 'abc', [0xab]],
    ['hex', 'abxxcd', [0xab]],
    ['hex', 'abcxef', [0xab]],
    ['hex', '\u0161\u0162', [0xab]],
    ['base64', 'YWJj', [0x61, 0x62, 0x63]],
    ['base64', 'YWI=', [0x61, 0x62]],
    ['base64', 'YWI', [0x61, 0x62]],
    ['base64', 'YQ==', [0x61]],
    ['base64', 'Y', []],
    ['base64', '-_+/', [0xfb, 0xff, 0xbf]],
    ['base64', 'Y W\nJ*j', [0x61, 0x62, 0x63]],
    ['base64', 'YQ==YWJj', [0x61]],
    ['base64', '=YWJj', []],
    ['base64', '\u0159WJj', [0x61, 0x62, 0x63]],
    ['base64', 'YWJj\u013dYWJj', [0x61, 0x62, 0x63]],
    ['base64url', '-_+/', [0xfb, 0xff, 0xbf]],
    ['base64url', 'YQ==', [0x61]],
  ])('%s: %j', (name, string, bytes) => {
    expect(bytesOf(encodings[name], string)).toEqual(bytes);
  });

  // In Node 26, encodeInto stops short of a last character of two bytes that fits exactly.
  test.each([['utf8', 'a'.repeat(40)], ['utf8', `${'é'.repeat(39)}é`], ['utf8', `${'漢'.repeat(39)}é`],
    ['utf8', `${'a'.repeat(39)}\ud83d`], ['utf8', '😀'.repeat(20)],
  ])('%s, long: %j fills exactly its byteLength', (name, string) => {
    const row = encodings[name];
    expect(textOf(row, bytesOf(row, string))).toBe(string.replace(/\ud83d$/, '\ufffd'));
    expect(bytesOf(row, string)).toHaveLength(row.byteLength(string));
  });
});

describe('the last bytes of the room', () => {
  test.each([
    ['utf8', 'a€b', 3, [0x61]], ['utf8', 'a😀b', 4, [0x61]], ['utf8', 'aéb', 2, [0x61]],
    ['utf8', '\ud800a', 2, []], ['utf8', `${'a'.repeat(30)}€b`, 32, Array(30).fill(0x61)],
    ['utf16le', 'ab', 3, [0x61, 0]], ['utf16le', 'ab', 1, []],
    ['latin1', 'abc', 2, [0x61, 0x62]],
    ['hex', 'abcdef', 2, [0xab, 0xcd]],
    ['base64', 'YWJj', 2, [0x61, 0x62]], ['base64', 'YWJjZGVm', 4, [0x61, 0x62, 0x63, 0x64]],
    ['base64', 'YWJj', 0, []],
  ])('%s: %j in %d bytes', (name, string, room, bytes) => {
    expect(bytesOf(encodings[name], string, room)).toEqual(bytes);
  });
});

describe('bytes become strings', () => {
  test.each([
    ['utf8', [], ''],
    ['utf8', [0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80], 'aé€😀'],
    ['utf8', [0xef, 0xbb, 0xbf, 0x61], '\ufeffa'],
    ['utf8', [0xc3], '\ufffd'],
    ['utf8', [0xe2, 0x82], '\ufffd'],
    ['utf8', [0xe2, 0x82, 0x61], '\ufffda'],
    ['utf8', [0xc0, 0x80], '\ufffd\ufffd'],
    ['utf8', [0xed, 0xa0, 0x80], '\ufffd\ufffd\ufffd'],
    ['utf8', [0xf4, 0x90, 0x80, 0x80], '\ufffd\ufffd\ufffd\ufffd'],
    ['utf16le', [0x61, 0, 0, 0xd8, 0xff], 'a\ud800'],
    ['utf16le', [0xff, 0xfe, 0x61, 0], '\ufeffa'],
    ['latin1', [0x61, 0x80, 0xe9, 0xff], 'a\x80éÿ'],
    ['latin1', Array.from({ length: 40 }, (_, index) => 0x80 + index),
      Array.from({ length: 40 }, (_, index) => String.fromCharCode(0x80 + index)).join('')],
    ['ascii', [0x61, 0xe1, 0xff], 'aa\x7f'],
    ['hex', [0, 0x0f, 0xab], '000fab'],
    ['base64', [0xfb, 0xff, 0xbf], '+/+/'],
    ['base64', [0x61], 'YQ=='],
    ['base64', [0x61, 0x62], 'YWI='],
    ['base64url', [0xfb, 0xff, 0xbf], '-_-_'],
    ['base64url', [0x61], 'YQ'],
    ['base64url', [0x61, 0x62], 'YWI'],
  ])('%s: %j', (name, bytes, string) => {
    expect(textOf(encodings[name], bytes)).toBe(string);
  });
});

describe('estimates', () => {
  test.each([
    ['utf8', 'aé€😀\ud800', 13], ['utf16le', 'a😀', 6], ['latin1', 'a€', 2], ['hex', 'abc', 1], ['base64', '', 0],
    ['base64', 'YQ==', 1], ['base64', 'Y', 0], ['base64', '=', 0], ['base64', '==', 0], ['base64', 'Y W J j', 5],
  ])('%s: %j needs %d bytes at most', (name, string, bytes) => {
    expect(encodings[name].byteLength(string)).toBe(bytes);
  });
});

describe('strings that would be too long are refused with ERR_STRING_TOO_LONG', () => {
  test.each([
    ['latin1', 1], ['ascii', 1], ['hex', 2], ['base64', 4 / 3], ['base64url', 4 / 3],
  ])('%s', (name, growth) => {
    const length = Math.floor(longest / growth) + 1;
    const bytes = new Uint8Array(length);
    expect(() => encodings[name].slice(bytes, 0, length)).toThrow(expect.objectContaining({
      code: 'ERR_STRING_TOO_LONG', message: 'Cannot create a string longer than 0x1fffffe8 characters' }));
  });
});

describe('safety', () => {
  // Any units at all: pairs, lone surrogates, digits of every alphabet, garbage.
  const unit = fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd800, max: 0xdfff }),
    fc.integer({ min: 0x2b, max: 0x7a }));
  const anyText = fc.array(unit, { maxLength: 80, size: 'max' }).map((list) => String.fromCharCode(...list));
  const holders = {
    plain: (length) => new ArrayBuffer(length),
    resizable: (length) => new ArrayBuffer(length, { maxByteLength: length }),
    ...(typeof SharedArrayBuffer === 'undefined' ? {} : { shared: (length) => new SharedArrayBuffer(length) }),
  };

  for (const [name, row] of Object.entries(encodings)) {
    test(`${name}: write stays inside its room and returns at most that`, () => {
      fc.assert(fc.property(anyText, fc.nat(90), fc.nat(9), (string, room, offset) => {
        const target = new Uint8Array(offset + room + 9).fill(0xee);
        const written = row.write(target, string, offset, room);
        expect(written).toBeLessThanOrEqual(room);
        expect(Array.from(target.subarray(0, offset))).toEqual(Array(offset).fill(0xee));
        expect(Array.from(target.subarray(offset + room))).toEqual(Array(9).fill(0xee));
      }), { numRuns: 300 });
    });

    test(`${name}: byteLength is room enough`, () => {
      fc.assert(fc.property(anyText, (string) => {
        const room = row.byteLength(string);
        expect(bytesOf(row, string, room + 4)).toEqual(bytesOf(row, string, room));
      }), { numRuns: 300 });
    });

    test.each(Object.entries(holders))(`${name}: %s memory is read and written`, (_, hold) => {
      const string = row.slice(Uint8Array.from({ length: 99 }, (__, index) => index), 0, 99);
      const target = new Uint8Array(hold(120), 1, 110);
      const written = row.write(target, string, 2, 108);
      expect(row.slice(target, 2, 2 + written)).toBe(row.slice(new Uint8Array(target), 2, 2 + written));
      expect(Array.from(target.subarray(2, 101))).toEqual(
        Array.from({ length: name === 'utf16le' ? 98 : 99 }, (__, index) => index).concat(name === 'utf16le' ? 0 : []));
    });
  }

  test('millions of units neither exhaust the stack nor change on the way', () => {
    const length = 3_000_000;
    const bytes = Uint8Array.from({ length }, (_, index) => index * 7 & 0x7f);
    for (const row of Object.values(encodings)) {
      const string = row.slice(bytes, 0, length);
      const back = new Uint8Array(length);
      expect(row.write(back, string, 0, length)).toBe(length);
      expect(back.every((byte, index) => byte === bytes[index])).toBe(true);
    }
  });
});
