// The codecs' bytes and texts, written by hand; and the codecs never write where they must not.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Buffer, isLatin1 } from '../js/index.js';
import { decodeFrom, encodeInto, encodingOf, encodings, normalizeEncoding } from '../js/encodings.js';

const longest = 536870888;

function bytesOf(row, string, room = row.byteLength(string)) {
  const target = new Uint8Array(room);
  return Array.from(target.subarray(0, encodeInto(row, target, string, 0, room)));
}

function textOf(row, bytes) {
  return decodeFrom(row, Uint8Array.from(bytes), 0, bytes.length);
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

  test('encodingOf converts its argument, and has no default', () => {
    expect(encodingOf(['hex'])).toBe(encodings.hex);
    expect(encodingOf({ toString: () => 'latin1', valueOf: () => 'hex' })).toBe(encodings.hex);
    expect([undefined, null, '', 5].map(encodingOf)).toEqual([undefined, undefined, undefined, undefined]);
    expect(() => encodingOf(Symbol('hex'))).toThrow(TypeError);
  });

  test('normalizeEncoding has utf8 as its default, and converts only what has the length of a name', () => {
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

  // In Node 26, encodeInto() stops before a last character of two bytes that fits exactly.
  test.each([['utf8', 'a'.repeat(40)], ['utf8', `${'é'.repeat(39)}é`], ['utf8', `${'漢'.repeat(39)}é`],
    ['utf8', `${'a'.repeat(39)}\ud83d`], ['utf8', '😀'.repeat(20)],
  ])('%s, long: %j fills exactly its byteLength', (name, string) => {
    const row = encodings[name];
    expect(textOf(row, bytesOf(row, string))).toBe(string.replace(/\ud83d$/, '\ufffd'));
    expect(bytesOf(row, string)).toHaveLength(row.byteLength(string));
  });
});

describe('the last bytes that fit', () => {
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

// A long text is decoded in parts. 4096 and 2**20 are where parts end.
describe('malformed text, wherever a part ends', () => {
  const wholes = [
    [[0xf0, 0x90, 0x80, 0x80, 0x80], '\u{10000}\ufffd'],
    [[0xe4, 0x80, 0x80, 0x80, 0x80, 0x80], '\u4000\ufffd\ufffd\ufffd'],
    [[0xf0, 0x90, 0xf0, 0x90, 0x80], '\ufffd\ufffd'],
    [[0x80, 0x80, 0x80, 0x80, 0x80], '\ufffd\ufffd\ufffd\ufffd\ufffd'],
  ];
  for (const [bytes, string] of wholes) {
    for (const end of [4096, 2 ** 20]) {
      test(`${bytes.map((byte) => byte.toString(16)).join(' ')} at ${end}`, () => {
        for (let at = end - 6; at <= end + 1; at++) {
          const text = new Uint8Array(at + 8).fill(0x61);
          text.set(bytes, at);
          const decoded = decodeFrom(encodings.utf8, text, 0, text.length);
          expect(decoded.slice(at, at + string.length)).toBe(string);
          expect(decoded).toHaveLength(text.length - bytes.length + string.length);
          expect(Buffer.stringLength(text)).toBe(decoded.length);
        }
      });
    }
  }
});

describe('stringLength()', () => {
  test.each([
    [undefined, 'aé€😀', 5], ['utf8', '\ufeff', 1], ['UTF-8', '', 0], ['utf16le', 'aé€', 3], ['latin1', 'é', 2],
    ['ascii', 'é', 2], ['hex', 'é', 4], ['base64', 'abcd', 8], ['base64url', 'abcd', 6],
  ])('%s: bytes of %j', (encoding, string, characters) => {
    expect(Buffer.stringLength(Buffer.from(string), encoding)).toBe(characters);
  });

  test.each([
    ['an ArrayBuffer', () => new ArrayBuffer(3), 3], ['elements of two bytes', () => new Uint16Array(3), 6],
    ['detached memory', () => {
      const memory = new ArrayBuffer(8);
      structuredClone(memory, { transfer: [memory] });
      return memory;
    }, 0],
  ])('%s', (_, make, characters) => {
    expect(Buffer.stringLength(make())).toBe(characters);
  });

  test.each([
    [['text'], 'ERR_INVALID_ARG_TYPE'], [[new DataView(new ArrayBuffer(3))], 'ERR_INVALID_ARG_TYPE'],
    [[Buffer.of(1), null], 'ERR_INVALID_ARG_TYPE'], [[Buffer.of(1), 'utf9'], 'ERR_UNKNOWN_ENCODING'],
  ])('%o', (args, code) => {
    expect(() => Buffer.stringLength(...args)).toThrow(expect.objectContaining({ code }));
  });
});

test.each([['', true], ['aé\xff', true], ['€', false], ['\ud800', false], [`${'a'.repeat(1000)}\u0100`, false]])(
  'isLatin1(%j)', (string, answer) => {
    expect(isLatin1(string)).toBe(answer);
  });

test('isLatin1() refuses what is no string', () => {
  expect(() => isLatin1(Buffer.of(1))).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
});

// Compares with the simplest code that is right, wherever bytes can lie, around every length from which on
// the codecs take another way.
describe('every way has the same result', () => {
  const lengths = [1, 7, 8, 9, 14, 15, 16, 17, 24, 25, 26, 27, 32, 33, 40, 41, 47, 48, 49, 64, 65, 80, 81,
    128, 129, 160, 161, 192, 193, 512, 513, 599, 600, 601, 1024, 1025, 2000, 2001, 4095, 4096, 4097, 8193];
  const kinds = {
    ascii: (index) => 0x20 + index * 7 % 0x5f,
    latin1: (index) => (index * 37 + 0x61) & 0xff,
    'a latin1 character in ASCII': (index, length) => (index === length - 1 ? 0xe9 : 0x61),
    cjk: (index) => 0x4e00 + index,
    emoji: (index) => (index % 2 === 0 ? 0xd83d : 0xde00 + index % 64),
    'lone surrogates': (index) => (index % 3 === 0 ? 0x61 : index % 3 === 1 ? 0xdc00 : 0xd800),
    mixed: (index) => [0x61, 0xe9, 0x20ac, 0xd83d, 0xde00][index % 5],
  };
  const textOfKind = (kind, length) =>
    Array.from({ length }, (_, index) => String.fromCharCode(kinds[kind](index, length))).join('');
  const plenty = 2 ** 20;
  const unitsOf = (string) => Array.from({ length: string.length }, (_, index) => string.charCodeAt(index));
  const charactersOf = (bytes) => bytes.map((byte) => String.fromCharCode(byte)).join('');
  const hexOf = (bytes) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const base64Of = (bytes) => btoa(charactersOf(bytes));
  const urlOf = (bytes) => base64Of(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');

  // The bytes of a text in an encoding of characters: as many as fit.
  const encode = {
    utf8(string, room) {
      const bytes = [];
      for (const character of string) {
        const more = new TextEncoder().encode(character);
        if (bytes.length + more.length > room) break;
        bytes.push(...more);
      }
      return bytes;
    },
    utf16le: (string, room) => unitsOf(string).flatMap((unit) => [unit & 0xff, unit >>> 8])
      .slice(0, room - room % 2),
    latin1: (string, room) => unitsOf(string).map((unit) => unit & 0xff).slice(0, room),
  };
  const decode = {
    utf8: (bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes)),
    utf16le: (bytes) => Array.from({ length: bytes.length >>> 1 },
      (_, index) => String.fromCharCode(bytes[index * 2] | bytes[index * 2 + 1] << 8)).join(''),
    latin1: charactersOf,
    ascii: (bytes) => charactersOf(bytes.map((byte) => byte & 0x7f)),
    hex: hexOf,
    base64: base64Of,
    base64url: urlOf,
  };
  const places = {
    'a slice of the pool': (size) => Buffer.allocUnsafe(size),
    'memory of its own': (size) => new Uint8Array(size),
    'a Buffer of its own': (size) => Buffer.allocUnsafeSlow(size),
    ...(typeof SharedArrayBuffer === 'undefined' ? {} :
      { 'shared memory': (size) => new Uint8Array(new SharedArrayBuffer(size)) }),
  };

  // Writes at an odd offset, between bytes that must not change: once with more room than needed, once with
  // less.
  function expectWritten(name, string, place, expected) {
    for (const room of [string.length * 3, string.length - 1, Math.ceil(string.length / 2)]) {
      const target = places[place](room + 8).fill(0xee);
      const bytes = expected(room);
      expect(encodeInto(encodings[name], target, string, 3, room)).toBe(bytes.length);
      expect(Array.from(target)).toEqual(
        [0xee, 0xee, 0xee, ...bytes, ...Array(room + 5 - bytes.length).fill(0xee)]);
    }
  }

  for (const place of Object.keys(places)) {
    for (const kind of Object.keys(kinds)) {
      test(`${kind} to and from ${place}`, () => {
        for (const length of lengths) {
          const string = textOfKind(kind, length);
          for (const name of Object.keys(encode)) {
            expectWritten(name, string, place, (room) => encode[name](string, room));
            expect(encodings[name].byteLength(string)).toBe(encode[name](string, plenty).length);
          }
          const bytes = encode.utf8(string, plenty);
          const source = places[place](bytes.length + 4);
          source.set(bytes, 3);
          for (const [name, textOfBytes] of Object.entries(decode)) {
            for (const end of [bytes.length, bytes.length - 1]) {
              const text = textOfBytes(bytes.slice(0, end));
              expect(decodeFrom(encodings[name], source, 3, 3 + end)).toBe(text);
              expect(decodeFrom(encodings[name], source.slice(3, 3 + end), 0, end)).toBe(text);
            }
          }
        }
      });
    }

    test(`hex and base64 to ${place}, with a character that is no digit`, () => {
      for (const length of lengths) {
        const bytes = Array.from({ length }, (_, index) => index * 37 & 0xff);
        // The low byte of U+0130 is that of a 0, and the low byte of U+0141 that of an A. Node looks at no
        // other.
        const hex = hexOf(bytes);
        const half = bytes.slice(0, length >>> 1);
        expectWritten('hex', hex, place, (room) => bytes.slice(0, room));
        expectWritten('hex', `${hexOf(half)}\u0130\u0141${hexOf(half)}`, place,
          (room) => [...half, 0x0a, ...half].slice(0, room));
        expectWritten('hex', `${hexOf(half)}0g${hexOf(half)}`, place, (room) => half.slice(0, room));
        for (const name of ['base64', 'base64url']) {
          expectWritten(name, base64Of(bytes), place, (room) => bytes.slice(0, room));
          expectWritten(name, urlOf(bytes), place, (room) => bytes.slice(0, room));
          // The first character that is in only one of the alphabets comes late.
          const late = [...Array(300).fill(0), ...bytes, 0xfb];
          expectWritten(name, urlOf(late), place, (room) => late.slice(0, room));
          expectWritten(name, `\u0141*${base64Of(bytes).slice(1)}=QUJD`, place,
            (room) => [...bytes].slice(0, room));
        }
      }
    });
  }

  test.each([
    [[0xc1, 0xbf]], [[0xe0, 0x9f, 0xbf]], [[0xed, 0xa0, 0x80]], [[0xf0, 0x8f, 0xbf, 0xbf]],
    [[0xf4, 0x90, 0x80, 0x80]], [[0xf5, 0x80, 0x80, 0x80]], [[0x80]], [[0xff]], [[0xc3]], [[0xe2, 0x82]],
    [[0xf0, 0x9f, 0x98]], [[0xe2, 0x28, 0xa1]],
  ])('%j is no UTF-8, at either end of a text', (wrong) => {
    for (const length of lengths) {
      const rest = encode.utf8(textOfKind('mixed', length), plenty);
      for (const bytes of [[...wrong, ...rest], [...rest, ...wrong]]) {
        expect(textOf(encodings.utf8, bytes)).toBe(decode.utf8(bytes));
      }
    }
  });
});

describe('strings that would be too long are refused with ERR_STRING_TOO_LONG', () => {
  test.each([
    ['latin1', 1], ['ascii', 1], ['hex', 2], ['base64', 4 / 3], ['base64url', 4 / 3],
  ])('%s', (name, growth) => {
    const length = Math.floor(longest / growth) + 1;
    const bytes = new Uint8Array(length);
    expect(() => decodeFrom(encodings[name], bytes, 0, length)).toThrow(expect.objectContaining({
      code: 'ERR_STRING_TOO_LONG', message: 'Cannot create a string longer than 0x1fffffe8 characters' }));
  });
});

describe('safety', () => {
  // Any units: surrogate pairs, lone surrogates, digits of every alphabet, other characters.
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
        const written = encodeInto(row, target, string, offset, room);
        expect(written).toBeLessThanOrEqual(room);
        expect(Array.from(target.subarray(0, offset))).toEqual(Array(offset).fill(0xee));
        expect(Array.from(target.subarray(offset + room))).toEqual(Array(9).fill(0xee));
      }), { numRuns: 300 });
    });

    test(`${name}: byteLength() bytes are enough`, () => {
      fc.assert(fc.property(anyText, (string) => {
        const room = row.byteLength(string);
        expect(bytesOf(row, string, room + 4)).toEqual(bytesOf(row, string, room));
      }), { numRuns: 300 });
    });

    test.each(Object.entries(holders))(`${name}: %s memory is read and written`, (_, hold) => {
      const string = decodeFrom(row, Uint8Array.from({ length: 99 }, (__, index) => index), 0, 99);
      const target = new Uint8Array(hold(120), 1, 110);
      const written = encodeInto(row, target, string, 2, 108);
      expect(decodeFrom(row, target, 2, 2 + written))
        .toBe(decodeFrom(row, new Uint8Array(target), 2, 2 + written));
      expect(Array.from(target.subarray(2, 101))).toEqual(
        Array.from({ length: name === 'utf16le' ? 98 : 99 }, (__, index) => index).concat(name === 'utf16le' ? 0 : []));
    });
  }

  test('millions of units neither exhaust the stack nor change on the way', () => {
    const length = 3_000_000;
    const bytes = Uint8Array.from({ length }, (_, index) => index * 7 & 0x7f);
    for (const row of Object.values(encodings)) {
      const string = decodeFrom(row, bytes, 0, length);
      const back = new Uint8Array(length);
      expect(encodeInto(row, back, string, 0, length)).toBe(length);
      expect(back.every((byte, index) => byte === bytes[index])).toBe(true);
    }
  });
});
