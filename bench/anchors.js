// Other libraries for bytes: what each runs in a row of the matrix.
//
// Owns        which of their functions does what a row of the matrix does; `s.lib` is the library. In
//             browsers and in Node it is the build that a bundler takes for browsers.
// Assumes     expressions as matrix.js writes them.
// Holds       where two of a library's functions would do, this file takes the lenient one, because ours is
//             lenient, too. No imports: bench/side.js brings the libraries.

const string = 's.strings[i & 3]';
const bytes = 's.buffers[i & 3]';
const other = 's.others[i & 3]';

// By operation, and by encoding where there is one.
const exodus = {
  'from string': {
    utf8: `utf8fromStringLoose(${string})`, latin1: `latin1fromString(${string})`,
    utf16le: `utf16fromStringLoose(${string}, 'uint8-le')`, hex: `fromHex(${string})`, base64: `fromBase64(${string})`,
    base64url: `fromBase64url(${string})`,
  },
  toString: {
    utf8: `utf8toStringLoose(${bytes})`, latin1: `latin1toString(${bytes})`,
    utf16le: `utf16toStringLoose(${bytes}, 'uint8-le')`, hex: `toHex(${bytes})`, base64: `toBase64(${bytes})`,
    base64url: `toBase64url(${bytes})`,
  },
};

const extras = {
  'from string': {
    utf8: `stringToUint8Array(${string})`, hex: `hexToUint8Array(${string})`, base64: `base64ToUint8Array(${string})`,
    base64url: `base64ToUint8Array(${string})`,
  },
  toString: {
    utf8: `uint8ArrayToString(${bytes})`, hex: `uint8ArrayToHex(${bytes})`, base64: `uint8ArrayToBase64(${bytes})`,
    base64url: `uint8ArrayToBase64(${bytes}, { urlSafe: true })`,
  },
  concat: 'concatUint8Arrays(s.lists[i & 3])',
  equals: `areUint8ArraysEqual(${bytes}, ${other})`,
  compare: `compareUint8Arrays(${bytes}, ${other})`,
  indexOf: { Buffer: `indexOf(${bytes}, s.needle)` },
  includes: { Buffer: `includes(${bytes}, s.needle)` },
};

// b4a's functions are Buffer's, with the receiver as the first argument.
const same = new Set(['alloc', 'allocUnsafe', 'allocUnsafeSlow', 'from string', 'from array', 'from Uint8Array', 'concat',
  'toString', 'write', 'byteLength', 'equals', 'compare', 'indexOf', 'lastIndexOf', 'includes', 'fill', 'swap16', 'swap32',
  'swap64', 'copy', 'read number', 'write number']);
const numbers = /^(UInt32|Int32|Float|Double)[LB]E$/;

function b4aOf(operation, kind, run) {
  if (!same.has(operation) || kind.startsWith('base64url') || (operation.endsWith('number') && !numbers.test(kind))) return;
  return run.replace('s.Buffer.', 's.lib.').replace(/^(s\.\w+\[i & 3\])\.(\w+)\(/, (_, receiver, method) =>
    `s.lib.${method}(${receiver}, `).replace(', )', ')');
}

function tableOf(table, operation, kind) {
  const entry = table[operation];
  const call = typeof entry === 'object' ? entry[kind.split(' ')[0]] : entry;
  return call && `s.lib.${call}`;
}

/**
 * What the libraries run in a row.
 *
 * @param {{ operation: string, kind: string, storage: string, run: string }} row of the matrix
 * @returns {object} by the library's name, { run }, for those that have it
 */
export function anchorsOf({ operation, kind, storage, run }) {
  const isKept = operation === 'from string' && storage === 'kept';
  const found = {
    '@exodus/bytes': isKept ? undefined : tableOf(exodus, operation, kind),
    'uint8array-extras': isKept ? undefined : tableOf(extras, operation, kind),
    b4a: b4aOf(operation, kind, run),
  };
  return Object.fromEntries(Object.entries(found).filter(([, text]) => text).map(([name, text]) => [name,
    { run: text }]));
}

/** The libraries' names. */
export const anchors = ['@exodus/bytes', 'uint8array-extras', 'b4a'];
