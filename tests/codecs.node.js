// Our codecs, number methods and error texts, compared with those of the Node that runs this file, which
// must be Node 26. Every run prints its seed; SEED=n repeats a run.
import assert from 'node:assert/strict';
import { Buffer, transcode as transcodeOfNode } from 'node:buffer';
import { suite, test } from 'node:test';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { decodeFrom, encodeInto, encodingOf, encodings, normalizeEncoding } from '../js/encodings.js';
import { invalidArgType, invalidArgValue, outOfRange, unknownEncoding } from '../js/errors.js';
import { installNumbers } from '../js/numbers.js';
import { transcode } from '../js/text.js';

const seed = process.env.SEED === undefined ? Date.now() % 2 ** 31 : Number(process.env.SEED);
if (!Number.isInteger(seed)) {
  console.error(`codecs: SEED must be an integer, not '${process.env.SEED}'`);
  process.exit(2);
}
console.log(`codecs: SEED=${seed}`);

function holds(property, numRuns) {
  fc.assert(property, { seed, numRuns });
}

// The result or the error of a call, as an object that deepEqual can compare.
function outcomeOf(call) {
  try {
    return { result: call() };
  } catch (error) {
    return {
      keys: Reflect.ownKeys(error),
      class: error.constructor,
      code: error.code,
      text: error.toString(),
      line: error.stack.split('\n')[0],
    };
  }
}

// Texts, short and long: units of one kind, with some of another kind among them.

function unitsOf(text) {
  return fc.constantFrom(...text);
}

const units = {
  ascii: fc.integer({ max: 0x7f }).map((code) => String.fromCharCode(code)),
  latin1: fc.integer({ max: 0xff }).map((code) => String.fromCharCode(code)),
  any: fc.integer({ max: 0xffff }).map((code) => String.fromCharCode(code)),
  surrogate: fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code)),
  pair: fc.integer({ min: 0x10000, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
  cjk: unitsOf('漢字語'),
  base64: unitsOf('ABCDxyz0189+/'),
  base64url: unitsOf('ABCDxyz0189-_'),
  garbage: unitsOf('= \n\r\t\v\f*!\u0141\u013d\u0120\u00e9'),
  hex: unitsOf('0123456789abcdefABCDEF'),
  notHex: unitsOf('gG \u0130\u0161\u0141'),
};
const kinds = Object.keys(units);
const ends = fc.constantFrom('', '', '=', '==', '===', '=A', 'A=', '\n');

function textOf(maxLength) {
  return fc.tuple(fc.constantFrom(...kinds), fc.constantFrom(...kinds), fc.constantFrom(0, 0, 1, 10)).chain(
    ([most, some, weight]) => {
      const unit = fc.oneof({ weight: 20, arbitrary: units[most] }, { weight, arbitrary: units[some] });
      return fc.tuple(fc.array(unit, { maxLength, size: 'max' }), ends).map(([list, end]) => list.join('') + end);
    });
}

const text = fc.oneof(textOf(4), textOf(40), textOf(300));

// Bytes: any bytes, ASCII, and pieces of UTF-8 in valid and invalid order.
const pieces = fc.constantFrom(0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0, 0xc0, 0x41);
const byteOrderMark = fc.constant([0xef, 0xbb, 0xbf]);
const byteList = fc.oneof(
  fc.array(fc.nat(0xff), { maxLength: 300, size: 'max' }),
  fc.array(fc.nat(0x7f), { maxLength: 300, size: 'max' }),
  fc.array(pieces, { maxLength: 300, size: 'max' }),
  fc.tuple(byteOrderMark, fc.array(pieces, { maxLength: 40 })).map((lists) => lists.flat()),
);
const bytes = fc.tuple(byteList, fc.constantFrom(1, 1, 1, 40)).map(([list, times]) =>
  Array.from({ length: times }, () => list).flat());

const share = fc.double({ min: 0, max: 1, noNaN: true });

const memories = {
  plain: (length) => new ArrayBuffer(length),
  shared: (length) => new SharedArrayBuffer(length),
  resizable: (length) => new ArrayBuffer(length, { maxByteLength: length + 8 }),
};

function viewOn(memory, byteOffset, length) {
  return new Uint8Array(memories[memory](byteOffset + length + 3), byteOffset, length);
}

suite('codecs equal node:buffer', () => {
  for (const [name, row] of Object.entries(encodings)) {
    test(`${name}: byteLength is Node's`, () => {
      holds(fc.property(text, (string) => {
        assert.equal(row.byteLength(string), Buffer.byteLength(string, name));
      }), 1000);
    });

    test(`${name}: write takes and leaves the same bytes as Node's, whatever the room`, () => {
      const where = fc.record({
        room: fc.oneof(share, fc.constant(1)),
        extra: fc.nat(4), offset: fc.nat(5), byteOffset: fc.nat(7),
        memory: fc.constantFrom('plain', 'plain', ...Object.keys(memories)),
      });
      holds(fc.property(text, where, (string, { room, extra, offset, byteOffset, memory }) => {
        const length = Math.floor(row.byteLength(string) * room) + extra;
        const theirs = Buffer.alloc(offset + length + 4, 0xee);
        const ours = viewOn(memory, byteOffset, offset + length + 4).fill(0xee);
        const written = encodeInto(row, ours, string, offset, length);
        assert.equal(written, theirs.write(string, offset, length, name));
        assert.deepEqual(Array.from(ours), Array.from(theirs));
      }), 2000);
    });

    test(`${name}: slice is Node's text, wherever the bytes lie`, () => {
      const where = fc.record({
        from: fc.oneof(fc.constant(0), share), to: share,
        byteOffset: fc.nat(7), memory: fc.constantFrom('plain', 'plain', ...Object.keys(memories)),
      });
      holds(fc.property(bytes, where, (list, { from, to, byteOffset, memory }) => {
        const start = Math.floor(Math.min(from, to) * list.length);
        const end = Math.ceil(Math.max(from, to) * list.length);
        const ours = viewOn(memory, byteOffset, list.length);
        ours.set(list);
        assert.equal(decodeFrom(row, ours, start, end), Buffer.from(list).toString(name, start, end));
      }), 1000);
    });

    test(`${name}: three million bytes, off the even address, come out as Node's and go back in`, () => {
      const length = 3_000_001;
      const ours = viewOn('plain', 1, length);
      for (let index = 0, state = seed; index < length; index++) {
        state = Math.imul(state, 1664525) + 1013904223 | 0;
        ours[index] = state >>> 24;
      }
      const string = decodeFrom(row, ours, 0, length);
      assert.ok(string === Buffer.from(ours).toString(name), 'the texts are equal');

      const target = new Uint8Array(length * 3);
      const theirs = Buffer.alloc(length * 3);
      const written = encodeInto(row, target, string, 0, target.length);
      assert.equal(written, theirs.write(string, 0, theirs.length, name));
      assert.ok(theirs.equals(target), 'the bytes are equal');
    });
  }
});

suite('transcode equals node:buffer', () => {
  const halves = fc.array(fc.constantFrom(0x00, 0x41, 0xd8, 0xdb, 0xdc, 0xdf, 0xff), { maxLength: 9 });
  const names = ['utf8', 'utf16le', 'latin1', 'ascii'];
  for (const from of names) {
    for (const to of names) {
      test(`${from} to ${to}, whole or cut anywhere`, () => {
        holds(fc.property(fc.oneof(halves, byteList), (list) => {
          const source = Uint8Array.from(list);
          const theirs = outcomeOf(() => Array.from(transcodeOfNode(source, from, to)));
          const ours = outcomeOf(() => Array.from(transcode(source, from, to)));
          assert.deepEqual(ours.result || ours.code, theirs.result || theirs.code);
        }), 2000);
      });
    }
  }
});

suite('encoding names equal node:buffer', () => {
  const names = ['utf8', 'utf-8', 'ucs2', 'ucs-2', 'utf16le', 'utf-16le', 'latin1', 'binary', 'ascii', 'base64',
    'base64url', 'hex'];
  const nineFlags = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 });
  const letterCases = fc.tuple(fc.constantFrom(...names), nineFlags).map(([name, isUpper]) =>
    Array.from(name, (letter, index) => (isUpper[index] ? letter.toUpperCase() : letter)).join(''));
  const other = fc.oneof(fc.string({ maxLength: 10 }),
    fc.constantFrom('utf16', 'utf8 ', 'buffer', 'hex\0', 'ucs4'));

  test('encodingOf finds a row exactly for the names that toString takes, and a row that reads the same', () => {
    const sample = Buffer.from([0xe9, 0x41, 0xf0, 0x9f, 0x98, 0x80]);
    holds(fc.property(fc.oneof(letterCases, other, letterCases.map((name) => [name])), (name) => {
      const row = encodingOf(name);
      const theirs = outcomeOf(() => sample.toString(name));
      if (row === undefined) assert.equal(theirs.code, 'ERR_UNKNOWN_ENCODING');
      else assert.equal(decodeFrom(row, sample, 0, sample.length), theirs.result);
    }), 2000);
  });

  test('normalizeEncoding knows exactly the names that isEncoding knows', () => {
    holds(fc.property(fc.oneof(letterCases, other.filter((name) => name !== '')), (name) => {
      assert.equal(normalizeEncoding(name) !== undefined, Buffer.isEncoding(name));
    }), 2000);
  });
});

class Ours extends Uint8Array {}
installNumbers(Ours.prototype);
const methods = Object.getOwnPropertyNames(Ours.prototype).filter((name) => name !== 'constructor');

const edges = [7, 8, 15, 16, 23, 24, 31, 32, 39, 40, 47, 48, 53, 63, 64].flatMap((bits) =>
  [-1n, 0n, 1n].flatMap((step) => [2n ** BigInt(bits) + step, -(2n ** BigInt(bits)) + step]));
const odd = fc.constantFrom(undefined, null, '', '5', '0x10', 'x', '99999999999999999999999', true, {}, [], [7],
  [2n ** 70n], Symbol('s'), NaN, Infinity, -Infinity, -0, 1e21, 1e300, () => 1, { valueOf: () => 300 },
  { valueOf: () => 2n ** 65n }, { [Symbol.toPrimitive]: () => -(2n ** 70n) }, Object.create(null));
const edge = fc.constantFrom(...edges);
const anyNumber = fc.oneof(
  edge.map(Number), fc.integer(), fc.integer({ min: -300, max: 300 }), fc.double(), fc.maxSafeInteger());
const values = {
  number: fc.oneof({ weight: 8, arbitrary: anyNumber },
    { weight: 1, arbitrary: edge }, { weight: 1, arbitrary: odd }),
  bigint: fc.oneof({ weight: 8, arbitrary: fc.oneof(edge, fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n })) },
    { weight: 1, arbitrary: anyNumber }, { weight: 1, arbitrary: odd }),
};
const place = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: -2, max: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom(1.5, -0.5, 2 ** 32 + 1, 2 ** 40, 1e21, 9n) },
  { weight: 1, arbitrary: odd });
const width = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, 7, -1, -0, 2.5, 3n, 2 ** 33) }, { weight: 1, arbitrary: odd });
const contents = fc.oneof(fc.uint8Array({ maxLength: 12 }), fc.uint8Array({ minLength: 9, maxLength: 12 }),
  fc.array(fc.constantFrom(0, 0x7f, 0x80, 0xff), { minLength: 9, maxLength: 12 }));

// The arguments that a method takes. Sometimes the last ones are left out.
function argumentsOf(name) {
  const given = name.startsWith('write') ? [name.includes('Big') ? values.bigint : values.number, place] : [place];
  if (/Int(LE|BE)$|int(LE|BE)$/.test(name)) given.push(width);
  return fc.tuple(fc.tuple(...given), fc.constantFrom(0, 0, 0, 0, 0, 1, 2)).map(([list, dropped]) =>
    list.slice(0, Math.max(0, list.length - dropped)));
}

suite('number methods equal node:buffer', () => {
  test('the same methods in the same order, with the same names, lengths, attributes and aliases', () => {
    const describe = (prototype) => Object.entries(Object.getOwnPropertyDescriptors(prototype))
      .filter(([name]) => /^(read|write)./.test(name))
      .map(([name, { value, ...attributes }]) => ({
        name, own: value.name, length: value.length, ...attributes,
        sameAs: Object.getOwnPropertyNames(prototype).find((other) => prototype[other] === value),
      }));
    assert.deepEqual(describe(Ours.prototype), describe(Buffer.prototype));
  });

  for (const name of methods) {
    test(`${name}: result, error and bytes are Node's`, () => {
      holds(fc.property(contents, argumentsOf(name), (list, given) => {
        const theirs = Buffer.from(list);
        const ours = Ours.from(list);
        assert.deepEqual(outcomeOf(() => ours[name](...given)), outcomeOf(() => theirs[name](...given)));
        assert.deepEqual(Array.from(ours), Array.from(theirs));
      }), 600);
    });
  }
});

suite('error texts equal those of Node', () => {
  // Few keys and items: Node sets columns of more than six by the width of characters, ours by their number.
  const anything = fc.oneof(odd, fc.anything({
    maxDepth: 3, maxKeys: 5, withBigInt: true, withBoxedValues: true, withDate: true, withNullPrototype: true,
    withSparseArray: true, key: fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('a', '__proto__', '12')),
    values: [odd, fc.string({ unit: 'binary', maxLength: 60 }), textOf(40), fc.double(), fc.bigInt(), fc.boolean()],
  }));
  test('a value out of range is shown as util.inspect shows it', () => {
    const shown = (value) => outOfRange('value', 'small', value).message.replace(/^[^]*?Received /, '');
    holds(fc.property(anything, (value) => {
      fc.pre(typeof value !== 'number' && typeof value !== 'bigint'); // those get separators
      assert.equal(shown(value), inspect(value));
    }), 3000);
  });

  test('a value of the wrong type is described as Node describes it', () => {
    holds(fc.property(anything.filter((value) => typeof value !== 'number'), (value) => {
      assert.deepEqual(outcomeOf(() => { throw invalidArgType('size', 'of type number', value); }),
        outcomeOf(() => Buffer.alloc(value)));
    }), 3000);
  });

  test('a fill that decodes to nothing is shown as Node shows it', () => {
    holds(fc.property(textOf(200), (value) => {
      const theirs = outcomeOf(() => Buffer.alloc(2, value, 'hex'));
      fc.pre(theirs.code === 'ERR_INVALID_ARG_VALUE');
      assert.deepEqual(outcomeOf(() => { throw invalidArgValue('value', value); }), theirs);
    }), 1000);
  });

  test('an unknown encoding is formatted as Node formats it', () => {
    const sample = Buffer.from('a');
    holds(fc.property(anything.filter((value) => value !== undefined), (value) => {
      const theirs = outcomeOf(() => sample.toString(value));
      fc.pre(theirs.code === 'ERR_UNKNOWN_ENCODING');
      assert.deepEqual(outcomeOf(() => { throw unknownEncoding(value); }), theirs);
    }), 2000);
  });
});
