// The differential fuzz: makes the same call on the Buffer of the Node that runs this, and on ours, in one
// process.
//
// Usage    npm run fuzz (tools/suite.js)
// Owns     the generators, one row of a table for each function; and the exclusions, mostly for older lines
//          of Node, with their reasons. calls.js owns the plans and the comparison.
// Holds    the value, the bytes of all operands and around them, and the error (class, code, own keys, text)
//          are equal. A divergence is shrunk, and reported with the seed that reproduces it.

import nodeModule from 'node:buffer';
import vm from 'node:vm';
import fc from 'fast-check';
import ourModule from '../js/index.js';
import { answer, bytesOf, viewTypes } from './calls.js';
import { Failure, inRounds } from './rounds.js';

const line = Number(process.versions.node.split('.')[0]);

// Sides

const realm = vm.runInNewContext('({ Uint8Array, ArrayBuffer })');
/** Node's, then ours. */
export const sides = [nodeModule, ourModule].map((module) => ({ module, Buffer: module.Buffer, realm }));

// Lengths that reach every way of js/bytes.js and js/encodings.js: above each of their thresholds, in
// several staged blocks, and longer than a slab.
const longLength = fc.oneof({ weight: 40, arbitrary: fc.integer({ min: 10, max: 320 }) },
  { weight: 3, arbitrary: fc.integer({ min: 4990, max: 5010 }) },
  { weight: 1, arbitrary: fc.integer({ min: 69990, max: 70010 }) });

// Plans describe operands as plain data, so that each side can make its own, and a report can show them.

const edgeNumbers = [0, -0, 1, -1, 2, 3, 4, 5, 6, 7, 8, 0.5, -0.5, 1.9, -1.9, 127, 128, 255, 256, -128, -129,
  32767, 32768, 65535, 65536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, -(2 ** 31),
  -(2 ** 31) - 1, 2 ** 40, 2 ** 47, 2 ** 48, -(2 ** 47) - 1,
  2 ** 53 - 1, 2 ** 53, -(2 ** 53), 2 ** 63, 1e21, 1e300, NaN, Infinity, -Infinity, 5e-324, 3.4e38, 3.5e38];
const smallInteger = fc.integer({ min: -10, max: 50 });
const number = fc.oneof({ weight: 4, arbitrary: smallInteger }, { weight: 1, arbitrary: fc.nat(320) },
  { weight: 1, arbitrary: fc.constantFrom(...edgeNumbers) }, { weight: 1, arbitrary: fc.double() });
const bigint = fc.oneof(fc.constantFrom(0n, 1n, -1n, 255n, 2n ** 63n, 2n ** 63n - 1n, -(2n ** 63n),
  -(2n ** 63n) - 1n, 2n ** 64n - 1n, 2n ** 64n), fc.bigInt({ min: -(2n ** 66n), max: 2n ** 66n }));

const unit = fc.oneof(fc.nat(0x7f), fc.nat(0xff), fc.nat(0xffff), fc.integer({ min: 0xd800, max: 0xdfff }),
  fc.constantFrom(0x20ac, 0xfeff, 0xfffd, 0x0100, 0x61, 0x62, 0));
const units = fc.oneof({ weight: 6, arbitrary: fc.array(unit, { maxLength: 12 }) },
  fc.array(unit, { maxLength: 120 }));
const alphabetText = (alphabet, maxLength) =>
  fc.array(fc.constantFrom(...alphabet), { maxLength }).map((list) => list.join(''));
const text = fc.oneof(
  units.map((list) => String.fromCharCode(...list)),
  alphabetText('abc', 6),
  alphabetText('0123456789abcdefABCDEFg', 40),
  alphabetText('ABCDwxyz0189+/-_= \n*', 60),
  alphabetText(['a', 'é', '€', '😀', '\ud83d', '\ude00', '\u0000'], 40),
  fc.constantFrom('', 'a', 'ab', 'abc', 'abcabc', 'é', '😀', '\ud800', '61', '6162', 'zz', 'YWI=', 'YWI', '扡', 'ucs2', 'hex'),
);
const encodingNames = ['utf8', 'utf-8', 'UTF8', 'Utf-8', 'ucs2', 'ucs-2', 'UCS2', 'utf16le', 'utf-16le', 'UTF-16LE', 'latin1', 'LATIN1',
  'binary', 'Binary', 'ascii', 'ASCII', 'hex', 'HEX', 'base64', 'BASE64', 'base64url', 'Base64Url'];
const encodingText = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...encodingNames) },
  fc.constantFrom('', 'utf', 'utf-16', 'utf8 ', 'hexx', 'buffer', 'ucs2\u0130', 'latın1', 'binary1', 'constructor', '__proto__'));

const byte = fc.oneof(fc.nat(255),
  fc.constantFrom(0, 97, 98, 99, 0x80, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0xff));
const byteList = fc.oneof({ weight: 6, arbitrary: fc.array(byte, { maxLength: 16 }) },
  fc.array(byte, { maxLength: 100 }), fc.array(fc.constantFrom(97, 98, 99), { maxLength: 24 }),
  fc.constantFrom([], [97], [97, 98, 99], [0x62, 0x61, 0x64, 0x63]));
const utf8List = [0x61, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80];
const patternList = fc.oneof(fc.array(byte, { minLength: 1, maxLength: 12 }),
  fc.constantFrom([0], [97], [97, 98, 99], [97, 98, 99, 100, 101, 102, 103, 104], [0x61, 0, 0xac, 0x20],
    utf8List));
const backings = ['plain', 'plain', 'plain', 'plain', 'pooled', 'pooled', 'pooled', 'pooled', 'shared', 'resizable', 'tracking', 'shrunk', 'detached', 'realm'];
const longBytes = fc.record({
  list: patternList,
  length: longLength,
  at: fc.oneof(fc.nat(320), fc.nat(70000)),
  byte,
});
const bytesPlan = (types) => fc.tuple(
  fc.record({
    kind: fc.constant('bytes'),
    type: fc.constantFrom(...types),
    backing: fc.constantFrom(...backings),
    lead: fc.constantFrom(0, 0, 1, 2, 3, 8, 16),
    named: fc.boolean(),
  }),
  fc.oneof({ weight: 3, arbitrary: byteList.map((list) => ({ list })) }, { weight: 1, arbitrary: longBytes }),
).map((parts) => Object.assign({}, ...parts));
const bufferPlan = bytesPlan(['Buffer']);
const uint8Plan = bytesPlan(['Buffer', 'Buffer', 'Buffer', 'Uint8Array']);
const viewPlan = bytesPlan(['Buffer', 'Uint8Array', ...viewTypes, 'subclass']);
const typedPlan = bytesPlan(['Buffer', 'Uint8Array', ...viewTypes.filter((type) => type !== 'DataView')]);
const memoryPlan = bytesPlan(['ArrayBuffer']);

const odd = fc.oneof(
  fc.constantFrom(...['undefined', 'null', 'true', 'false', 'symbol', 'function', 'object', 'bare', 'array', 'throwing', 'date', 'map']
    .map((name) => ({ kind: 'odd', name }))),
  number.map((value) => ({ kind: 'value', value })),
  bigint.map((value) => ({ kind: 'value', value })),
  text.map((value) => ({ kind: 'value', value })),
  number.map((value) => ({ kind: 'valueOf', value })),
  text.map((value) => ({ kind: 'toString', value })),
  text.map((value) => ({ kind: 'primitive', value })),
  fc.array(number, { maxLength: 5 }).map((list) => ({ kind: 'array', list })),
  fc.array(byte, { maxLength: 5 }).map((list) => ({ kind: 'json', list })),
  fc.array(byte, { maxLength: 5 }).map((list) => ({ kind: 'arrayLike', list })),
  viewPlan, memoryPlan,
);
const plain = (arbitrary) => arbitrary.map((value) => ({ kind: 'value', value }));
const textPattern = fc.oneof(text, alphabetText('0123456789abcdef', 16),
  alphabetText('ABCDwxyz0189+/', 16), fc.constantFrom('a', 'abc', 'abcdefgh', 'aé', 'a€', '61', 'YWJj')).filter((value) => value.length > 0);
const longText = fc.record({ value: textPattern, length: longLength, tail: text })
  .map(({ value, length, tail }) => ({ kind: 'repeated', value, times: Math.ceil(length / value.length), tail }));
const anyText = fc.oneof({ weight: 4, arbitrary: plain(text) }, { weight: 1, arbitrary: longText });
const nothing = fc.constant({ kind: 'odd', name: 'undefined' });
const mostly = (...arbitraries) =>
  fc.oneof(...arbitraries.map((arbitrary) => ({ weight: 9, arbitrary })), { weight: 3, arbitrary: odd });

const offset = mostly(plain(smallInteger), plain(smallInteger), nothing, plain(number));
const encoding = mostly(plain(encodingText), plain(encodingText), nothing);
const encodingOrOffset = mostly(plain(encodingText), plain(smallInteger), nothing);
const string = mostly(anyText, anyText);
const bytes = mostly(uint8Plan, viewPlan);
// Sizes that need little memory, or so much that no engine tries.
const edgeSizes = [0, -1, 1.5, NaN, 2 ** 52, 2 ** 53 - 1, 2 ** 53, Infinity, -0, 32767, 32768, 40000];
const size = mostly(plain(fc.nat(300)), plain(longLength), plain(fc.constantFrom(...edgeSizes)));
const receiver = fc.oneof({ weight: 12, arbitrary: bufferPlan }, { weight: 4, arbitrary: typedPlan },
  { weight: 1, arbitrary: viewPlan }, { weight: 1, arbitrary: odd });
// Node ends the process when `end` is not a number. On views without a length, it is undefined.
const searchReceiver = fc.oneof({ weight: 12, arbitrary: bufferPlan }, { weight: 4, arbitrary: typedPlan });
const end = fc.oneof(nothing, plain(number), plain(smallInteger), plain(encodingText));
const sought = mostly(anyText, plain(number), uint8Plan);

// The functions: where each is, what it is called on, and with which arguments.

/** All functions: { name, on, target, args }. `target` and `args` are generators of plans. */
export const rows = [];
const row = (name, on, target, ...args) => rows.push({ name, on, target, args });
const method = (name, ...args) => row(name, 'prototype', receiver, ...args);
const search = (name) => row(name, 'prototype', searchReceiver, sought, mostly(plain(number), encodingOrOffset), end, encoding);
const fixed = (name, ...args) => row(name, 'Buffer', fc.constant({ kind: 'Buffer' }), ...args);
const loose = (name, ...args) => row(name, 'module', nothing, ...args);

method('copy', bytes, offset, offset, offset);
method('toString', encoding, offset, offset);
method('toLocaleString', encoding, offset, offset);
method('equals', bytes);
method('inspect', offset, fc.oneof(nothing, fc.constantFrom({ kind: 'options', showHidden: true }, { kind: 'options', showHidden: false })));
method('compare', bytes, offset, offset, offset, offset);
method('fill', mostly(anyText, plain(number), viewPlan), encodingOrOffset, encodingOrOffset, encoding);
method('write', string, encodingOrOffset, encodingOrOffset, encoding);
method('toJSON');
method('subarray', offset, offset);
method('slice', offset, offset);
for (const name of ['swap16', 'swap32', 'swap64']) method(name);
for (const name of ['indexOf', 'lastIndexOf', 'includes']) search(name);
for (const name of ['ascii', 'base64', 'base64url', 'latin1', 'hex', 'ucs2', 'utf8']) {
  method(`${name}Slice`, offset, offset);
  method(`${name}Write`, string, offset, offset);
}
for (const name of Object.getOwnPropertyNames(nodeModule.Buffer.prototype)) {
  const value = name.includes('Big') ? mostly(plain(bigint)) : mostly(plain(number), plain(fc.double()));
  if (name.startsWith('read')) row(name, 'prototype', receiver, offset, offset);
  if (/^write./.test(name)) row(name, 'prototype', receiver, value, offset, offset);
}
row('parent', 'getter', receiver);
// Node and ours are free to choose where a slab begins in its memory.
row('offset', 'getter',
  receiver.map((plan) => plan.backing === 'pooled' ? { ...plan, backing: 'plain' } : plan));

const source = mostly(anyText, uint8Plan, memoryPlan, viewPlan);
fixed('from', source, encodingOrOffset, offset);
fixed('copyBytesFrom', viewPlan, offset, offset);
fixed('of', odd, odd, odd);
fixed('alloc', size, mostly(anyText, plain(number), viewPlan), encoding);
fixed('allocUnsafe', size, mostly(nothing, plain(fc.constantFrom(1, 2, 3, 8, 64, 128, 4096))));
fixed('allocUnsafeSlow', size, mostly(nothing, plain(fc.constantFrom(1, 2, 3, 8, 64, 128, 4096))));
fixed('isBuffer', bytes);
fixed('compare', bytes, bytes);
fixed('isEncoding', encoding);
const parts = fc.array(mostly(uint8Plan, uint8Plan, uint8Plan), { maxLength: 4 });
fixed('concat', mostly(parts.map((list) => ({ kind: 'list', list }))), offset);
fixed('byteLength', mostly(anyText, viewPlan, memoryPlan), encoding);
fixed('stringLength', mostly(viewPlan, memoryPlan, anyText), encoding);
row('call', 'Buffer()', nothing, mostly(source, size), encodingOrOffset, offset);
row('new', 'new Buffer()', nothing, mostly(source, size), encodingOrOffset, offset);
loose('isUtf8', mostly(viewPlan, memoryPlan));
loose('isAscii', mostly(viewPlan, memoryPlan));
loose('isLatin1', mostly(anyText));
loose('transcode', bytes, encoding, encoding);
loose('atob', mostly(plain(alphabetText('ABab01+/= \n\t\f-_*é', 10)), string));
loose('btoa', string);
loose('resolveObjectURL', string);

// The calls that older lines answer differently, each with its reason.

const exclusions = [];
const exclude = (lines, reason, isMeant) => {
  if (lines.includes(line)) exclusions.push({ reason, isMeant, count: 0 });
};
const all = [20, 22, 24, 26];
const older = [20, 22, 24];
const searches = ['indexOf', 'lastIndexOf', 'includes'];
const isWide = (plan) => /^(ucs|utf-?16)/i.test(String(plan.value || plan.list));
const isBuffer = (plan) => plan.kind === 'bytes' && plan.type === 'Buffer';

const unlisted = /^(threw [^]*(?:ArrayBuffer|DataView|Map)(?:\(\d+\))? \{)(?: named: \d+ )?\}$/;
exclude(all, 'an error does not list the contents of an ArrayBuffer, a DataView or a Map',
  (row, plans, expected, actual) => {
  const [, upTo] = unlisted.exec(actual.outcome) || [];
  return upTo !== undefined && expected.outcome.replace(/Map\(\d+\)/, 'Map').startsWith(upTo);
});

exclude(older, 'before 26 methods call other methods of their receiver: a receiver that is no Buffer fails elsewhere',
  (row, plans) => ['prototype', 'getter'].includes(row.on) && !isBuffer(plans.target));
exclude(older, 'before 26 there is no stringLength() and no isLatin1()', (row) => ['stringLength', 'isLatin1'].includes(row.name));
exclude([20, 22], 'before 24 a search takes no end', (row, { args }) =>
  searches.includes(row.name) && (args.length > 3 || (args.length > 2 && typeof args[2].value !== 'string')));
exclude([20, 22], 'before 24 a slicer refuses a start behind the end', (row, plans, expected, actual) =>
  row.name.endsWith('Slice') && expected.outcome.endsWith('Index out of range') && actual.outcome === 'string ');
exclude([20, 22], 'before 24 three of the writers cut offset and length instead of checking them', (row, plans) =>
  ['asciiWrite', 'latin1Write', 'utf8Write'].includes(row.name) && plans.args.length > 1);
const refusal = /allocation failed|Failed to allocate memory/;
exclude([20, 22], 'before 24 the error of a refused allocation has another text', (row, plans, expected, actual) =>
  refusal.test(expected.outcome) && refusal.test(actual.outcome));
exclude([20, 22], 'before 24 concat() reads the lengths of its parts, and allocates, before it checks them',
  (row, plans, expected, actual) => row.name === 'concat' && actual.outcome.includes('ERR_INVALID_ARG_TYPE') &&
    (refusal.test(expected.outcome) || expected.outcome.includes('Cannot read properties')));

exclude([20, 22], 'before 24 an error shows keys that are symbols in brackets',
  (row, plans, expected, actual) => expected.outcome.replace(/\[(Symbol\([\w.]+\))\](?=:)/g, '$1') === actual.outcome);
exclude(older, 'before 26 there is no alignment', (row, plans) => ['allocUnsafe', 'allocUnsafeSlow'].includes(row.name) && plans.args.length > 1);
exclude([20, 22], 'before 24 a failed search for UTF-16 in an odd number of bytes returns the end', (row, plans) =>
  searches.includes(row.name) && bytesOf(plans.target).length % 2 === 1 && plans.args.some(isWide));
exclude([20, 22], 'before 24 concat() takes detached parts', (row, plans, expected, actual) =>
  row.name === 'concat' && actual.outcome.includes('detached'));
exclude([20, 22], 'before 24 isUtf8() and isAscii() refuse detached memory', (row, plans, expected) =>
  expected.outcome.endsWith('Cannot validate on a detached buffer'));

// V8 converts a negative integer to 0, or modulo 2**32. Which it does depends on how it stores the number.
exclude(all, 'Node fills with the number that an object converts to, and a negative one becomes sometimes one byte, sometimes another',
  (row, plans) => ['fill', 'alloc'].includes(row.name) && plans.args.some(({ kind, value, list }) =>
    ['valueOf', 'toString', 'primitive', 'array'].includes(kind) && Number(kind === 'array' ? list : value) < 0));

// All that occurs in a call, as one text.
function textOf({ value, times, tail }) {
  return times === undefined ? String(value) : value.repeat(2) + tail;
}

// Node's search for UTF-16 may loop forever when the units are not at even addresses. In Node 24, a search
// for a lone surrogate ends the process.
function mayHang(row, plans) {
  if (!searches.includes(row.name)) return false;
  if (line === 24 && plans.args.length > 0 && /\p{Surrogate}/u.test(textOf(plans.args[0]))) return true;
  return plans.args.some(isWide) && [plans.target, ...plans.args].some((plan) => plan.lead % 2 === 1);
}

// Node 24 copies one byte too many when it decodes an odd number of bytes of UTF-16 at an odd address. It
// crashes later, somewhere else.
function corruptsMemory(row, plans) {
  if (line !== 24 || !['toString', 'toLocaleString', 'ucs2Slice'].includes(row.name)) return false;
  return row.name === 'ucs2Slice' || plans.args.some(isWide);
}

// No call allocates gigabytes, which a machine may have or not.
function isHuge(row, plans) {
  return row.on !== 'prototype' &&
    plans.args.some(({ value }) => typeof value === 'number' && value > 2 ** 20 && value < 2 ** 50);
}

/** A generator of calls of a function: { target, args }, often with fewer arguments than there are. */
export function plansOf(row) {
  return fc.record({
    target: row.target,
    args: fc.tuple(...row.args).chain((args) => fc.oneof(
      { weight: 3, arbitrary: fc.constant(args) },
      { weight: 2, arbitrary: fc.nat(args.length).map((count) => args.slice(0, count)) })),
  });
}

/** Whether a call can be made at all, in a process that goes on afterwards. */
export function canBeMade(row, plans) {
  return !mayHang(row, plans) && !corruptsMemory(row, plans) && !isHuge(row, plans);
}

/**
 * Makes a call on both sides.
 * @param {object} row
 * @param {{ target: object, args: object[] }} plans
 * @returns {{ expected: object, actual: object, isEqual: boolean, exclusion?: object }} the answers of Node
 *   and of ours; if they differ, the exclusion that explains why
 */
export function compared(row, plans) {
  const [expected, actual] = sides.map((side) => answer(row, plans, side));
  const isEqual = expected.outcome === actual.outcome && expected.after === actual.after;
  const exclusion = isEqual ? undefined :
    exclusions.find(({ isMeant }) => isMeant(row, plans, expected, actual));
  return { expected, actual, isEqual, exclusion };
}

/**
 * Calls all functions that this Node has, or the one named `only`.
 * @param {{ calls: number, seed: number, only?: string, onProgress?: function }} options as inRounds()
 * @returns {{ calls: number, functions: number, failures: string[], notes: string[] }}
 */
export function run({ calls, seed, only, onProgress }) {
  const chosen = rows.filter((row) => (only === undefined || row.name === only) && exists(row));
  const check = (row, plans) => {
    if (!canBeMade(row, plans)) return;
    const { expected, actual, isEqual, exclusion } = compared(row, plans);
    if (isEqual) return;
    if (exclusion === undefined) throw new Failure(divergence(expected, actual));
    exclusion.count++;
  };
  const result = inRounds({ rows: chosen, calls, seed, plansOf, check, onProgress });
  const notes = exclusions.filter(({ count }) => count > 0)
    .map(({ reason, count }) => `excluded ${count} calls: ${reason}`);
  return { ...result, notes };
}

function exists(row) {
  if (row.on === 'prototype') return typeof nodeModule.Buffer.prototype[row.name] === 'function';
  if (row.on === 'Buffer') return typeof nodeModule.Buffer[row.name] === 'function';
  return row.on !== 'module' || typeof nodeModule[row.name] === 'function';
}

function divergence(expected, actual) {
  return [`Node  ${expected.outcome}`, `ours  ${actual.outcome}`, ...(expected.after === actual.after ? [] :
    [`Node's bytes  ${expected.after}`, `our bytes     ${actual.after}`])];
}
