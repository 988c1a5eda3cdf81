// Sequences: random programs on live Buffers that alias each other, with Node's Buffer and with ours, in one
// process.
//
// Usage    npm run sequences (tools/suite.js); a call is a step here
// Owns     the steps, one row of a table for each kind; and the memories with which all programs begin.
// Holds    after each step, the answer and every byte of every memory are Node's. A program that fails is
//          shrunk, and reported with the seed that reproduces it.

import nodeModule from 'node:buffer';
import fc from 'fast-check';
import ourModule from '../js/index.js';
import { Failure, inRounds } from './rounds.js';

const mostSteps = 40;
const mostViews = 24;
const compareBytes = nodeModule.Buffer.compare;

// The memories. Pooled ones are parts of a slab, with the bytes around them.
const memories = [
  { name: 'pooled', size: 300 }, { name: 'pooled', size: 48 }, { name: 'private', size: 700 },
  { name: 'resizable', size: 200, most: 320 }, { name: 'shared', size: 130 }, { name: 'pooled', size: 9000 },
];

function beginning({ Buffer }) {
  const rooms = memories.map(({ name, size, most }) => {
    switch (name) {
      case 'pooled': return Buffer.allocUnsafe(size);
      case 'shared': return Buffer.from(new SharedArrayBuffer(size));
      default: return Buffer.from(new ArrayBuffer(size, most && { maxByteLength: most }));
    }
  });
  rooms.forEach((room, at) => {
    for (let i = 0; i < room.length; i++) room[i] = (i * (2 * at + 3) + (i >> 5)) & 0xff;
  });
  // A second view covers half of each memory, so that there are aliases from the first step on.
  return { Buffer, rooms, views: rooms.flatMap((room) => [room, room.subarray(room.length >> 2,
    room.length - 7)]) };
}

// Operands

const view = fc.nat(mostViews - 1);
const index = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: -6, max: 40 }) }, { weight: 4,
  arbitrary: fc.nat(320) },
  { weight: 1, arbitrary: fc.constantFrom(undefined, NaN, 1.5, 2 ** 31, 2 ** 32 + 1, -Infinity, Infinity,
    4096, 8999) });
const length = fc.oneof({ weight: 4, arbitrary: fc.nat(64) }, { weight: 1, arbitrary: fc.nat(320) },
  { weight: 1, arbitrary: fc.nat(9000) });
const encoding = fc.constantFrom('utf8', 'utf8', 'latin1', 'ascii', 'hex', 'base64', 'base64url', 'utf16le');
const text = fc.oneof(
  fc.array(fc.constantFrom('a', 'b', 'é', '€', '😀', '\ud83d', '61'), { maxLength: 40 }).map((list) => list.join('')),
  fc.tuple(fc.constantFrom('ab', 'abc', '6162', 'YWJj', 'é', '漢'), fc.integer({ min: 1, max: 200 })).map(([part, times]) => part.repeat(times)),
);
const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 97, 98));

// A step: the name of its row, and operands. `run` finds views by their numbers.

const kinds = [];
const kind = (name, operands, run) => kinds.push({ name, operands, run });
const numbers = Object.getOwnPropertyNames(nodeModule.Buffer.prototype);

kind('copy', { from: view, to: view, at: index, start: index, end: index }, (v, { from, to, at, start, end }) => v(from).copy(v(to), at, start, end));
kind('set', { from: view, to: view, at: index }, (v, { from, to, at }) => v(to).set(v(from), at));
kind('copyWithin', { of: view, at: index, start: index, end: index }, (v, { of, at, start, end }) => void v(of).copyWithin(at, start, end));
kind('fill', { of: view, value: byte, start: index, end: index }, (v, { of, value, start, end }) => void v(of).fill(value, start, end));
kind('fill text', { of: view, value: text, start: index, end: index, encoding },
  (v, { of, value, start, end, encoding }) => void v(of).fill(value, start, end, encoding));
kind('fill bytes', { of: view, value: view, start: index, end: index }, (v, { of, value, start, end }) => void v(of).fill(v(value), start, end));
kind('swap', { of: view, unit: fc.constantFrom(16, 32, 64) }, (v, { of, unit }) => void v(of)[`swap${unit}`]());
kind('reverse', { of: view }, (v, { of }) => void v(of).reverse());
kind('write', { of: view, value: text, at: index, length: index, encoding },
  (v, { of, value, at, length, encoding }) => v(of).write(value, at, length, encoding));
kind('write all', { of: view, value: text, encoding }, (v, { of, value, encoding }) => v(of).write(value, encoding));
kind('Write', { of: view, value: text, at: index, length: index, name: fc.constantFrom('utf8', 'latin1', 'ascii', 'hex', 'base64', 'ucs2') },
  (v, { of, value, at, length, name }) => v(of)[`${name}Write`](value, at, length));
kind('write number', { of: view, value: fc.integer({ min: -300, max: 70000 }), at: index,
  name: fc.constantFrom(...numbers.filter((name) => /^write(U?Int(8|16|32)|Float|Double)/.test(name))) },
(v, { of, value, at, name }) => v(of)[name](value, at));
kind('read number', { of: view, at: index, name: fc.constantFrom(...numbers.filter((name) => /^read(U?Int(8|16|32)|Float|Double|Big)/.test(name))) },
  (v, { of, at, name }) => v(of)[name](at));
kind('set byte', { of: view, value: byte, at: index }, (v, { of, value, at }) => {
  if (at >= 0 && at < v(of).length) v(of)[at] = value;
});
kind('toString', { of: view, encoding, start: index, end: index }, (v, { of, encoding, start, end }) => v(of).toString(encoding, start, end));
kind('compare', { a: view, b: view }, (v, { a, b }) => [v(a).compare(v(b)), v(a).equals(v(b))].join());
kind('compare parts', { a: view, b: view, at: index, to: index, from: index, end: index },
  (v, { a, b, at, to, from, end }) => v(a).compare(v(b), at, to, from, end));
kind('search byte', { of: view, value: byte, at: index }, (v, { of, value, at }) => [v(of).indexOf(value, at), v(of).lastIndexOf(value, at)].join());
kind('search bytes', { of: view, value: view, start: index, size: fc.nat(12), at: index }, (v, { of, value, start, size, at }) => {
  const needle = v(value).subarray(start, start + size);
  return [v(of).indexOf(needle, at), v(of).lastIndexOf(needle, at), v(of).includes(needle)].join();
});
kind('search whole', { of: view, value: view }, (v, { of, value }) => [v(of).indexOf(v(value)), v(of).lastIndexOf(v(value))].join());
kind('search text', { of: view, value: text, at: index, encoding: encoding.filter((name) => name !== 'utf16le') },
  (v, { of, value, at, encoding }) => [v(of).indexOf(value, at, encoding), v(of).lastIndexOf(value, at,
    encoding)].join());
kind('isUtf8', { of: view }, (v, { of }, { module }) => [module.isUtf8(v(of)), module.isAscii(v(of))].join());
kind('stringLength', { of: view, encoding }, (v, { of, encoding }, { Buffer }) => Buffer.stringLength(v(of), encoding));
// Steps that make views are as frequent as all others together, because this suite tests aliases.
const making = [];
const makes = (name, operands, run) => making.push({ name, operands, run });
makes('subarray', { of: view, start: index, end: index }, (v, { of, start, end }) => v(of).subarray(start, end));
makes('view', { of: view, at: fc.nat(60), length }, (v, { of, at, length }, { Buffer }) => {
  const { buffer, byteOffset, length: most } = v(of);
  return Buffer.from(buffer, byteOffset + Math.min(at, most), Math.min(length, Math.max(0, most - at)));
});
makes('Uint8Array', { of: view, start: index, end: index }, (v, { of, start, end }, { Buffer }) => {
  const part = Uint8Array.prototype.subarray.call(v(of), start, end);
  return Buffer.from(part.buffer, part.byteOffset, part.length);
});
makes('from', { of: view, start: index, end: index }, (v, { of, start, end }, { Buffer }) => Buffer.from(v(of).subarray(start, end)));
makes('from text', { value: text, encoding }, (v, { value, encoding }, { Buffer }) => Buffer.from(value, encoding));
makes('concat', { a: view, b: view, length: fc.option(fc.nat(400), { nil: undefined }) }, (v, { a, b, length }, { Buffer }) => Buffer.concat([v(a), v(b)], length));
makes('copyBytesFrom', { of: view, start: fc.nat(40), length: fc.nat(60) }, (v, { of, start, length }, { Buffer }) => Buffer.copyBytesFrom(v(of), start, length));
makes('alloc', { size: fc.nat(200), value: byte }, (v, { size, value }, { Buffer }) => Buffer.alloc(size, value));
makes('allocUnsafe', { size: fc.nat(200), value: byte }, (v, { size, value }, { Buffer }) => Buffer.allocUnsafe(size).fill(value));
// Steps that take memory away are rare, because nothing can happen on it afterwards.
const harsh = [];
const hits = (name, operands, run) => harsh.push({ name, operands, run });
hits('resize', { size: fc.nat(320) }, (v, { size }, { rooms }) => void rooms[3].buffer.resize(size));
hits('detach', { which: fc.constantFrom(2, 3) }, (v, { which }, { rooms }) => void structuredClone(0, { transfer: [rooms[which].buffer] }));

const byName = new Map([...kinds, ...making, ...harsh].map((each) => [each.name, each]));
const stepOf = ({ name, operands }) => fc.record({ does: fc.constant(name), ...operands });
const anyOf = (list) => fc.oneof(...list.map(stepOf));
const step = fc.oneof({ weight: 12, arbitrary: anyOf(kinds) }, { weight: 6, arbitrary: anyOf(making) },
  { weight: 1, arbitrary: anyOf(harsh) });
const steps = fc.array(step, { minLength: 1, maxLength: mostSteps, size: 'max' });

/** One row, because there is only one kind of program. */
export const rows = [{ name: 'program', on: 'a set of Buffers' }];

function described(answer) {
  if (ArrayBuffer.isView(answer)) return `Buffer of ${answer.length}`;
  if (typeof answer === 'string') return `${answer.length} ${answer}`;
  return `${typeof answer} ${String(answer)}`;
}

// Runs the step on one side, and keeps the view that it returns.
function made(step, side) {
  const { run } = byName.get(step.does);
  const at = (number) => side.views[number % side.views.length];
  let answer;
  try {
    answer = run(at, step, side);
  } catch (error) {
    return `threw ${error.constructor.name} ${error.code} ${error.code ? error.message : ''}`;
  }
  if (ArrayBuffer.isView(answer)) {
    if (side.views.length < mostViews) side.views.push(answer);
    else side.views[side.turn++ % mostViews] = answer;
  }
  return described(answer);
}

function differingBytes([theirs, ours]) {
  for (const list of ['rooms', 'views']) {
    for (let i = 0; i < theirs[list].length; i++) {
      const [a, b] = [theirs[list][i], ours[list][i]];
      if (a.length === b.length && (a.length === 0 || compareBytes(a, b) === 0)) continue;
      const at = a.findIndex((one, index) => one !== b[index]);
      return [`${list} ${i}: byte ${at} of ${a.length} (ours ${b.length})`, `Node's  ${a[at]}`, `ours    ${b[at]}`];
    }
  }
  return undefined;
}

function check(row, { program }) {
  const sides = [nodeModule, ourModule].map((module) => ({ module, turn: 0, ...beginning(module) }));
  for (let i = 0; i < program.length; i++) {
    const [expected, actual] = sides.map((side) => made(program[i], side));
    if (expected !== actual) throw new Failure([`after step ${i}`, `Node  ${expected}`, `ours  ${actual}`]);
    const differing = differingBytes(sides);
    if (differing) throw new Failure([`after step ${i}, ${differing[0]}`, ...differing.slice(1)]);
    stepsMade++;
  }
}

let stepsMade = 0;

/**
 * Runs programs until `calls` steps are done.
 * @param {{ calls: number, seed: number, onProgress?: function }} options as inRounds()
 * @returns {{ calls: number, functions: number, failures: string[], notes: string[] }}
 */
export function run({ calls, seed, onProgress = () => {} }) {
  stepsMade = 0;
  const failures = [];
  for (let round = 0; stepsMade < calls && failures.length === 0; round++) {
    const roundSeed = round === 0 ? seed : Math.imul(seed ^ Math.imul(round, 0x9e3779b1), 0x85ebca6b);
    failures.push(...inRounds({
      rows, calls: 200, seed: roundSeed, check, plansOf: () => fc.record({ program: steps }),
    }).failures);
    onProgress(stepsMade, failures.length);
  }
  return { calls: stepsMade, functions: byName.size, failures, notes: [] };
}
