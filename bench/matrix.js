// The matrix: every operation of the API that moves bytes, by size, kind of data and place of the bytes.
//
// Owns        the rows and their data. A row is a cell of the report:
//               operation, kind, size (bytes), storage   what it is called
//               make(B)        the state `s` of one implementation: B has Buffer, isAscii and isUtf8
//               run            the expression that is timed, over `s` and the counter `i`; as text, because
//                              every cell and implementation gets code of its own, with literals in it
//               after(s, i)    what else must be equal: the bytes that `run` changed
//               answer(result) the part of the result that must be equal, when not all of it must be
//               platform       the same by the engine's own methods: { run, needs (of Uint8Array.prototype) }
//               and by the names of other libraries (anchors.js), the same by theirs: { run }
// Assumes     the platform's B can only make receivers: plain Uint8Arrays.
//             The machine is little-endian, as all machines of these engines are.
// Holds       four inputs per state, used in turn, so that nothing is constant in the loop. The same seed
//             makes the same rows. No Node imports: the browsers run this file, too.

import { mulberry32 } from '../compare/random.js';
import { anchorsOf } from './anchors.js';

export const sizes = [8, 64, 512, 4096, 65536, 2 ** 20];
const upTo = (most) => sizes.filter((size) => size <= most);

// From half a slab on nothing is pooled; the largest slab of any line of Node is 65,536 bytes.
const mostPooled = 32767;
const receivers = ['pooled', 'private'];
const mostKept = 2 ** 24; // bytes that stay alive

const inputs = [0, 1, 2, 3];

// ---- data -------------------------------------------------------------------------------------------------

const between = (random, low, high) => low + Math.floor(random() * (high - low + 1));

// One character of each kind of text. Latin1 is a mixture, as in real text: four of five are ASCII.
const characters = {
  ascii: (random) => between(random, 0x20, 0x7e),
  latin1: (random) => (random() < 0.2 ? between(random, 0xa1, 0xff) : between(random, 0x20, 0x7e)),
  cjk: (random) => between(random, 0x4e00, 0x9fff),
  emoji: (random) => between(random, 0x1f600, 0x1f64f),
};

const utf8Width = (code) => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

function codesOf(random, kind, size, widthOf) {
  const codes = [];
  for (let left = size; left > 0; left -= widthOf(codes[codes.length - 1])) {
    const code = characters[kind](random);
    codes.push(widthOf(code) <= left ? code : between(random, 0x61, 0x7a));
  }
  return codes;
}

function randomBytes(random, size) {
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index++) bytes[index] = between(random, 0, 255);
  return bytes;
}

// A joined string is flat in every engine. A concatenated one may be a tree, which the first reader has to
// flatten.
function stringOf(codes) {
  const parts = [];
  for (let start = 0; start < codes.length; start += 4096) {
    parts.push(String.fromCodePoint(...codes.slice(start, start + 4096)));
  }
  return parts.join('');
}

const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const hexOf = (bytes) => Array.from(bytes, (byte) => hexDigits[byte]).join('');
const base64Of = (bytes) => btoa(stringOf(bytes));

const utf8Text = (random, kind, size) => {
  const string = stringOf(codesOf(random, kind, size, utf8Width));
  return { string, bytes: new TextEncoder().encode(string) };
};
const bytewiseText = (random, kind, size) => {
  const codes = kind === 'random' ? randomBytes(random, size) : codesOf(random, kind, size, () => 1);
  return { string: stringOf(codes), bytes: Uint8Array.from(codes) };
};
const encodedBytes = (encode) => (random, kind, size) => {
  const bytes = randomBytes(random, size);
  return { string: encode(bytes), bytes };
};

// How a text of `size` bytes is made, per encoding.
const makers = {
  utf8: utf8Text,
  ascii: bytewiseText,
  latin1: bytewiseText,
  utf16le(random, kind, size) {
    const codes = codesOf(random, kind, size, () => 2);
    return { string: stringOf(codes), bytes: new Uint8Array(Uint16Array.from(codes).buffer) };
  },
  hex: encodedBytes(hexOf),
  base64: encodedBytes(base64Of),
  base64url: encodedBytes((bytes) => base64Of(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')),
};

// ---- rows -------------------------------------------------------------------------------------------------

const texts = [
  ['utf8', 'ascii'], ['utf8', 'latin1'], ['utf8', 'cjk'], ['utf8', 'emoji'],
  ['latin1', 'random'], ['ascii', 'ascii'], ['utf16le', 'cjk'], ['utf16le', 'ascii'],
  ['hex', 'random'], ['base64', 'random'], ['base64url', 'random'],
];

// The engine's own coders, where they do the same.
const url = `{ alphabet: 'base64url', omitPadding: true }`;
const platformCoders = {
  utf8: {
    from: { run: 's.encoder.encode(s.strings[i & 3])' },
    write: { run: 's.encoder.encodeInto(s.strings[i & 3], s.targets[i & 3]).written' },
    toString: { run: 's.utf8.decode(s.buffers[i & 3])' },
  },
  utf16le: { toString: { run: 's.utf16le.decode(s.buffers[i & 3])' } },
  hex: {
    from: { run: 'Uint8Array.fromHex(s.strings[i & 3])', needs: 'setFromHex' },
    write: { run: 's.targets[i & 3].setFromHex(s.strings[i & 3]).written', needs: 'setFromHex' },
    toString: { run: 's.buffers[i & 3].toHex()', needs: 'toHex' },
  },
  base64: {
    from: { run: 'Uint8Array.fromBase64(s.strings[i & 3])', needs: 'setFromBase64' },
    write: { run: 's.targets[i & 3].setFromBase64(s.strings[i & 3]).written', needs: 'setFromBase64' },
    toString: { run: 's.buffers[i & 3].toBase64()', needs: 'toBase64' },
  },
  base64url: {
    from: { run: `Uint8Array.fromBase64(s.strings[i & 3], { alphabet: 'base64url' })`, needs: 'setFromBase64' },
    write: {
      run: `s.targets[i & 3].setFromBase64(s.strings[i & 3], { alphabet: 'base64url' }).written`,
      needs: 'setFromBase64',
    },
    toString: { run: `s.buffers[i & 3].toBase64(${url})`, needs: 'toBase64' },
  },
};

const coders = () => ({
  encoder: new TextEncoder(),
  utf8: new TextDecoder('utf-8', { ignoreBOM: true }),
  utf16le: new TextDecoder('utf-16le', { ignoreBOM: true }),
});

// Numbers, with the DataView method that does the same.
const numbers = [
  ['UInt8', 1, 'Uint8(@)', 'i & 0x7f'],
  ['Int16LE', 2, 'Int16(@, true)', 'i & 0x7fff'],
  ['UInt16BE', 2, 'Uint16(@)', 'i & 0xffff'],
  ['UInt32LE', 4, 'Uint32(@, true)', 'i & 0x7fffffff'],
  ['Int32BE', 4, 'Int32(@)', 'i & 0x7fffffff'],
  ['FloatLE', 4, 'Float32(@, true)', 'i + 0.5'],
  ['DoubleBE', 8, 'Float64(@)', 'i + 0.25'],
  ['BigUInt64LE', 8, 'BigUint64(@, true)', 's.bigs[i & 3]'],
  ['BigInt64BE', 8, 'BigInt64(@)', 's.bigs[i & 3]'],
  ['UIntLE', 6, undefined, 'i * 4096'],
  ['IntBE', 3, undefined, 'i & 0x7fffff'],
];

function place(B, storage, bytes) {
  const buffer = storage === 'pooled' ? B.Buffer.allocUnsafe(bytes.length) : B.Buffer.allocUnsafeSlow(bytes.length);
  buffer.set(bytes);
  return buffer;
}

const placesOf = (size) => receivers.filter((storage) => storage === 'private' || size <= mostPooled);

/**
 * The matrix.
 *
 * @param {number} seed of the data, 32 bits
 * @returns {object[]} rows, as the head of this file says, each with its `name`
 */
export function matrix(seed) {
  const rows = [];
  const known = new Map();
  const add = (operation, kind, size, storage, row) => {
    const name = [operation, kind, size, storage].filter((part) => part !== '').join(' ');
    const { run } = row;
    rows.push({ name, operation, kind, size, storage, ...anchorsOf({ operation, kind, storage, run }),
      ...row });
  };

  // Data is made when the first cell uses it, and is the same for all cells.
  function data(key, make) {
    if (!known.has(key)) {
      let hash = seed;
      for (const character of key) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
      const random = mulberry32(hash);
      known.set(key, inputs.map(() => make(random)));
    }
    return known.get(key);
  }
  const textOf = (encoding, kind, size) =>
    data(`${encoding} ${kind} ${size}`, (random) => makers[encoding](random, kind, size));
  const bytesOf = (encoding, kind, size) => textOf(encoding, kind, size).map(({ bytes }) => bytes);
  const stringsOf = (encoding, kind, size) => textOf(encoding, kind, size).map(({ string }) => string);
  const random = (size) => bytesOf('latin1', 'random', size);
  const buffers = (storage, bytes) => (B) => ({ B, buffers: bytes().map((one) => place(B, storage, one)) });

  // -- making Buffers
  const made = { alloc: 'new Uint8Array(s.size)', allocUnsafe: undefined, allocUnsafeSlow: undefined };
  for (const operation of Object.keys(made)) {
    const answer = operation === 'alloc' ? undefined : (buffer) => buffer.length;
    for (const storage of ['short-lived', 'kept']) {
      for (const size of storage === 'kept' ? upTo(65536) : sizes) {
        const kept = storage === 'kept' ? 's.kept[i & s.mask] = ' : '';
        const mask = Math.min(1024, mostKept / size) - 1;
        add(operation, '', size, storage, {
          make: ({ Buffer }) => ({ Buffer, size, mask, kept: new Array(mask + 1).fill(null) }),
          run: `${kept}s.Buffer.${operation}(s.size)`,
          answer,
          platform: made[operation] && { run: kept + made[operation] },
        });
      }
    }
  }
  for (const [encoding, kind] of texts) {
    for (const size of sizes) {
      add('from string', `${encoding} ${kind}`, size, 'short-lived', {
        make: ({ Buffer }) => ({ Buffer, strings: stringsOf(encoding, kind, size), ...coders() }),
        run: `s.Buffer.from(s.strings[i & 3], '${encoding}')`,
        platform: platformCoders[encoding] && platformCoders[encoding].from,
      });
    }
  }
  for (const size of upTo(4096)) {
    add('from string', 'utf8 ascii', size, 'kept', {
      make: ({ Buffer }) => ({
        Buffer, strings: stringsOf('utf8', 'ascii', size), kept: new Array(1024).fill(null), ...coders(),
      }),
      run: `s.kept[i & 1023] = s.Buffer.from(s.strings[i & 3], 'utf8')`,
      platform: { run: 's.kept[i & 1023] = s.encoder.encode(s.strings[i & 3])' },
    });
  }
  for (const size of upTo(65536)) {
    add('from array', 'random', size, 'short-lived', {
      make: ({ Buffer }) => ({ Buffer, arrays: random(size).map((bytes) => Array.from(bytes)) }),
      run: 's.Buffer.from(s.arrays[i & 3])',
      platform: { run: 'new Uint8Array(s.arrays[i & 3])' },
    });
  }
  for (const size of sizes) {
    add('from Uint8Array', 'random', size, 'short-lived', {
      make: ({ Buffer }) => ({ Buffer, views: random(size) }),
      run: 's.Buffer.from(s.views[i & 3])',
      platform: { run: 'new Uint8Array(s.views[i & 3])' },
    });
    add('copyBytesFrom', 'random', size, 'short-lived', {
      make: ({ Buffer }) => ({ Buffer, views: random(size) }),
      run: 's.Buffer.copyBytesFrom(s.views[i & 3])',
      platform: { run: 's.views[i & 3].slice()' },
    });
  }
  for (const parts of [2, 16, 256]) {
    for (const size of upTo(4096)) { // of each part
      add('concat', `of ${parts}`, size, 'short-lived', {
        make: (B) => ({
          Buffer: B.Buffer,
          lists: inputs.map((first) => Array.from({ length: parts }, (_, part) =>
            place(B, 'pooled', random(size)[(first + part) & 3]))),
        }),
        run: 's.Buffer.concat(s.lists[i & 3])',
      });
    }
  }

  // -- text
  for (const [encoding, kind] of [...texts, ['utf8', 'random']]) {
    for (const size of sizes) {
      for (const storage of placesOf(size)) {
        const bytes = () => bytesOf(kind === 'random' ? 'latin1' : encoding, kind, size);
        add('toString', `${encoding} ${kind}`, size, storage, {
          make: (B) => ({ ...buffers(storage, bytes)(B), ...coders() }),
          run: `s.buffers[i & 3].toString('${encoding}')`,
          platform: platformCoders[encoding] && platformCoders[encoding].toString,
        });
      }
    }
  }
  for (const [encoding, kind] of texts) {
    for (const size of sizes) {
      for (const storage of placesOf(size)) {
        add('write', `${encoding} ${kind}`, size, storage, {
          make: (B) => ({
            targets: inputs.map(() => place(B, storage, new Uint8Array(size))),
            strings: stringsOf(encoding, kind, size),
            ...coders(),
          }),
          run: `s.targets[i & 3].write(s.strings[i & 3], '${encoding}')`,
          after: (s, i) => s.targets[i & 3],
          platform: platformCoders[encoding] && platformCoders[encoding].write,
        });
      }
    }
  }
  for (const [encoding, kind] of texts) {
    for (const size of encoding === 'utf8' ? sizes : [64, 4096]) {
      add('byteLength', `${encoding} ${kind}`, size, '', {
        make: ({ Buffer }) => ({ Buffer, strings: stringsOf(encoding, kind, size) }),
        run: `s.Buffer.byteLength(s.strings[i & 3], '${encoding}')`,
      });
    }
  }

  // -- two operands, and searching
  for (const size of sizes) {
    for (const storage of placesOf(size)) {
      const pairs = (change) => (B) => ({
        buffers: random(size).map((bytes) => place(B, storage, bytes)),
        others: random(size).map((bytes) => {
          const other = place(B, storage, bytes);
          if (change) other[size - 1] ^= 1;
          return other;
        }),
      });
      add('equals', 'same', size, storage, {
        make: pairs(false), run: 's.buffers[i & 3].equals(s.others[i & 3])',
      });
      add('compare', 'same', size, storage, {
        make: pairs(false), run: 's.buffers[i & 3].compare(s.others[i & 3])',
      });
      add('compare', 'last byte differs', size, storage, {
        make: pairs(true), run: 's.buffers[i & 3].compare(s.others[i & 3])',
      });
    }
  }
  // Lower-case letters, with the needle at the end (or at the start, for lastIndexOf). Its first letter is
  // everywhere.
  const sought = (size) => (size < 16 ? 'aX' : 'another1');
  const letters = (size, atStart) => data(`letters ${size} ${atStart}`, (next) => {
    const bytes = Uint8Array.from({ length: size }, () => between(next, 0x61, 0x7a));
    bytes.set(new TextEncoder().encode(sought(size)), atStart ? 0 : size - sought(size).length);
    return bytes;
  });
  const searches = [
    ['indexOf', 'byte hit', '0x31', '0x58'], ['indexOf', 'byte miss', '0x5a'], ['indexOf', 'Buffer', 's.needle'],
    ['indexOf', 'string', 's.string'], ['lastIndexOf', 'byte miss', '0x5a'], ['lastIndexOf', 'Buffer', 's.needle'],
    ['lastIndexOf', 'string', 's.string'], ['includes', 'byte miss', '0x5a'], ['includes', 'string', 's.string'],
  ];
  for (const [operation, kind, needle, shortNeedle = needle] of searches) {
    for (const size of sizes) {
      for (const storage of placesOf(size)) {
        const run = `s.buffers[i & 3].${operation}(${size < 16 ? shortNeedle : needle})`;
        const bytes = () => letters(size, operation === 'lastIndexOf');
        add(operation, kind, size, storage, {
          make: (B) => ({
            ...buffers(storage, bytes)(B),
            string: sought(size),
            needle: place(B, 'pooled', new TextEncoder().encode(sought(size))),
          }),
          run,
          platform: kind.startsWith('byte') ? { run } : undefined,
        });
      }
    }
  }
  for (const size of sizes) {
    for (const storage of placesOf(size)) {
      add('isAscii', 'ascii', size, storage, {
        make: buffers(storage, () => bytesOf('utf8', 'ascii', size)), run: 's.B.isAscii(s.buffers[i & 3])',
      });
      for (const kind of ['ascii', 'cjk']) {
        add('isUtf8', kind, size, storage, {
          make: buffers(storage, () => bytesOf('utf8', kind, size)), run: 's.B.isUtf8(s.buffers[i & 3])',
        });
      }
    }
  }

  // -- changing bytes in place, and moving them
  const inPlace = (storage, size) => ({
    make: buffers(storage, () => random(size)),
    after: (s, i) => s.buffers[i & 3],
  });
  for (const size of sizes) {
    for (const storage of placesOf(size)) {
      add('fill', 'byte', size, storage, {
        ...inPlace(storage, size),
        run: 's.buffers[i & 3].fill(i & 0xff)',
        platform: { run: 's.buffers[i & 3].fill(i & 0xff)' },
      });
      add('fill', 'string', size, storage, {
        ...inPlace(storage, size), run: `s.buffers[i & 3].fill('abc')`,
      });
      for (const operation of ['swap16', 'swap32', 'swap64']) {
        add(operation, 'random', size, storage, {
          ...inPlace(storage, size), run: `s.buffers[i & 3].${operation}()`,
        });
      }
      const move = {
        make: (B) => ({
          size,
          buffers: random(size).map((bytes) => place(B, storage, bytes)),
          targets: inputs.map(() => place(B, storage, new Uint8Array(size))),
        }),
        after: (s, i) => s.targets[i & 3],
      };
      add('copy', 'whole', size, storage, {
        ...move,
        run: 's.buffers[i & 3].copy(s.targets[i & 3])',
        platform: { run: '(s.targets[i & 3].set(s.buffers[i & 3]), s.size)' },
      });
      add('copy', 'part', size, storage, {
        ...move,
        run: `s.buffers[i & 3].copy(s.targets[i & 3], ${size / 4}, ${size / 4}, ${size * 3 / 4})`,
        platform: {
          run: `(s.targets[i & 3].set(s.buffers[i & 3].subarray(${size / 4}, ${size * 3 / 4}), ${size / 4}),
            ${size / 2})`,
        },
      });
    }
  }
  for (const size of [64, 4096, 65536]) {
    for (const storage of placesOf(size)) {
      add('subarray', '', size, storage, {
        make: buffers(storage, () => random(size)),
        run: `s.buffers[i & 3].subarray(4, ${size / 2})`,
        platform: { run: `s.buffers[i & 3].subarray(4, ${size / 2})` },
      });
    }
  }
  for (const size of upTo(4096)) {
    for (const storage of placesOf(size)) {
      add('toJSON', 'random', size, storage, {
        make: buffers(storage, () => random(size)), run: 's.buffers[i & 3].toJSON()',
      });
      const run = '((buffer) => { let sum = 0; for (const byte of buffer) sum += byte; return sum; })(s.buffers[i & 3])';
      add('iterate', 'random', size, storage, {
        make: buffers(storage, () => random(size)), run, platform: { run },
      });
    }
  }

  // -- numbers
  for (const [method, width, view, value] of numbers) {
    const isVariable = view === undefined;
    const viewCall = (verb, more) => `s.views[i & 3].${verb}${view.replace('@', `i & 31${more}`)}`;
    for (const storage of receivers) {
      // Plain bytes get one DataView each, as code without Buffer would make it.
      const make = (B) => {
        const { buffers: list } = buffers(storage, () => random(64))(B);
        return {
          buffers: list,
          views: list.map((bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)),
          bigs: [0n, 1n, 2n ** 40n, 2n ** 62n],
        };
      };
      add('read number', method, 64, storage, {
        make,
        run: `s.buffers[i & 3].read${method}(i & 31${isVariable ? `, ${width}` : ''})`,
        platform: isVariable ? undefined : { run: viewCall('get', '') },
      });
      add('write number', method, 64, storage, {
        make,
        run: `s.buffers[i & 3].write${method}(${value}, i & 31${isVariable ? `, ${width}` : ''})`,
        after: (s, i) => s.buffers[i & 3],
        platform: isVariable
          ? undefined
          : { run: `(${viewCall('set', `, ${value}`)}, (i & 31) + ${width})` },
      });
    }
  }
  return rows;
}
