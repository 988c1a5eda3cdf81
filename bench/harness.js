// The harness: checks, warms and times every implementation, one row of the matrix at a time.
//
// Owns        how a cell becomes a number: nanoseconds per operation, the median over rounds of the median
//             over batches. tinybench samples and does the statistics. A batch is a loop of our own, long
//             enough (milliseconds) for the clock of any engine; tinybench gets its mean.
// Assumes     the first rival is ours. A rival is { name, B }, B as matrix.js says; one that has an API of
//             its own is { name, B, lib, hasOwnApi }: it runs the row's expression of its name, with `lib`
//             as `s.lib`.
// Holds       a cell whose answers differ is never timed. For ours and for native that is an error; any
//             other rival is left out of the cell and listed. All rivals of a cell take turns, round by
//             round, in an order that rotates. Each cell and rival has a loop of its own, from source that no
//             other has, so that no two share an engine's feedback. The libraries themselves are loaded once
//             and see all cells, as in a whole application, and as native does.

import { Bench } from 'tinybench';

/** How much is measured: `warm` and `batch` in milliseconds. */
export const efforts = {
  full: { warm: 40, batch: 1.5, rounds: 7, samples: 4 },
  quick: { warm: 20, batch: 1, rounds: 3, samples: 3 },
};

// A slow operation is a batch of its own. From this time on, fewer batches are enough.
const slow = 5; // milliseconds

// A page whose policy forbids this compiles beforehand, see tools/build-page.js.
const compileNow = (parameters, body) => new Function(...parameters, body);

/** An answer that is not what it must be. */
export class WrongAnswer extends Error {}

// ---- answers ----------------------------------------------------------------------------------------------

// FNV-1a, over bytes or UTF-16 units.
function hashOf(length, unitAt) {
  let hash = 0x811c9dc5;
  for (let index = 0; index < length; index++) hash = Math.imul(hash ^ unitAt(index), 0x01000193);
  return (hash >>> 0).toString(16);
}

function digest(value) {
  if (typeof value === 'string') return `${value.length} units ${hashOf(value.length, (i) => value.charCodeAt(i))}`;
  if (ArrayBuffer.isView(value)) return `${value.length} bytes ${hashOf(value.length, (i) => value[i])}`;
  if (typeof value === 'object' && value !== null) return digest(JSON.stringify(value));
  return Object.is(value, -0) ? '-0' : `${typeof value} ${value}`;
}

function expressionOf(row, rival) {
  return rival.hasOwnApi ? row[rival.name].run : row.run;
}

const stateOf = (row, rival) => Object.assign(row.make(rival.B), { lib: rival.lib });

const answerSource = (row, rival) => [['s', 'i'], `'use strict'; return ${expressionOf(row, rival)};`];

/**
 * What a rival returns in a cell: one text for all four inputs, and the type of the value.
 *
 * @throws whatever the operation throws
 */
export function answerOf(row, rival, compile = compileNow) {
  const state = stateOf(row, rival);
  const run = compile(...answerSource(row, rival));
  const answers = [];
  let type;
  for (let i = 0; i < 4; i++) {
    const result = run(state, i);
    type = typeof result;
    answers.push(digest(row.answer ? row.answer(result) : result));
    if (row.after) answers.push(digest(row.after(state, i)));
  }
  return { text: answers.join(', '), type };
}

function isOffered(row, rival) {
  if (!rival.hasOwnApi) return true;
  const own = row[rival.name];
  return own !== undefined && (!own.needs || own.needs in Uint8Array.prototype);
}

// The rivals that return the same in this cell, with the type of the answer.
function agreeing(row, rivals, expected, compile, leaveOut) {
  const [ours] = rivals;
  const { text: right, type } = answerOf(row, ours, compile);
  if (expected !== undefined && right !== expected) {
    throw new WrongAnswer(`${row.name}: ${ours.name} answers ${right}, expected ${expected}`);
  }
  const runners = [ours];
  for (const rival of rivals.slice(1)) {
    if (!isOffered(row, rival)) continue;
    let reason;
    try {
      const { text } = answerOf(row, rival, compile);
      if (text !== right) reason = 'answers differently';
    } catch (error) {
      reason = `throws ${error.message.split('\n')[0]}`;
    }
    if (reason === undefined) runners.push(rival);
    else if (rival.mustAgree) throw new WrongAnswer(`${row.name}: ${rival.name} ${reason} from ${ours.name}`);
    else leaveOut({ cell: row.name, rival: rival.name, reason });
  }
  return { runners, type };
}

// ---- times ------------------------------------------------------------------------------------------------

// Uses a result, so that no engine may skip making it. An engine may delay building a string until somebody
// reads a unit of it.
const sinks = {
  string: 'total += result.charCodeAt(result.length >> 1);',
  number: 'total += result;',
  boolean: 'total += result ? 1 : 0;',
};

const sink = { total: 0, value: undefined };

const loopSource = (row, rival, type) => [['s', 'count', 'sink'], `'use strict'; // ${row.name}, ${rival.name}
    let total = 0;
    for (let i = 0; i < count; i++) {
      const result = ${expressionOf(row, rival)};
      ${sinks[type] || 'sink.value = result;'}
    }
    sink.total += total;`];

// A runner: the state of one implementation, and its loop.
function runnerOf(row, rival, type, compile) {
  const loop = compile(...loopSource(row, rival, type));
  const state = stateOf(row, rival);
  const batch = (count) => {
    const start = performance.now();
    loop(state, count, sink);
    return performance.now() - start;
  };
  return { name: rival.name, batch, count: 1, medians: [] };
}

// The milliseconds of a batch. When it is too short for the clock, because the engine has compiled better
// code since, it is repeated with more operations.
function timed(runner, effort) {
  let elapsed = runner.batch(runner.count);
  while (elapsed < effort.batch / 2) {
    runner.count *= 2;
    elapsed = runner.batch(runner.count);
  }
  return elapsed;
}

// Runs until the engine had its chance to compile. Returns the milliseconds of one operation.
function warmUp(runner, effort) {
  let each = Infinity;
  const start = performance.now();
  while (each === Infinity || performance.now() - start < effort.warm) {
    each = Math.min(each, timed(runner, effort) / runner.count);
  }
  runner.count = Math.max(1, Math.round(effort.batch / each));
  return each;
}

/** Lets the engine run what it keeps for idle moments, finalizers above all. */
export function breathe() {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

function medianOf(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

async function timesOf(row, rivals, type, { effort, compile, firstTurn = 0 }) {
  const runners = rivals.map((rival) => runnerOf(row, rival, type, compile));
  if (globalThis.gc) globalThis.gc(); // what the cell before has left
  await breathe();
  const isSlow = runners.map((runner) => warmUp(runner, effort)).some((each) => each > slow);
  const rounds = isSlow ? 3 : effort.rounds;
  for (let round = 0; round < rounds; round++) {
    const iterations = isSlow ? 1 : effort.samples;
    const bench = new Bench({ iterations, time: 0, warmup: false, throws: true });
    for (let turn = 0; turn < runners.length; turn++) {
      const runner = runners[(firstTurn + round + turn) % runners.length];
      bench.add(runner.name, () => {
        const elapsed = timed(runner, effort);
        return { overriddenDuration: elapsed / runner.count, overriddenIterationCost: elapsed };
      }, { async: false });
    }
    bench.runSync();
    for (const runner of runners) {
      const { state, error, latency } = bench.getTask(runner.name).result;
      if (state !== 'completed') throw error || new Error(`${row.name}, ${runner.name}: ${state}`);
      runner.medians.push(latency.p50 * 1e6);
    }
    await breathe();
  }
  const nanoseconds = ({ medians }) => Number(medianOf(medians).toPrecision(4));
  return Object.fromEntries(runners.map((runner) => [runner.name, nanoseconds(runner)]));
}

/**
 * What measure() compiles for a row: [parameters, body] of each function.
 *
 * @param {object} row of the matrix
 * @param {object[]} rivals ours first
 * @returns {[string[], string][]}
 */
export function sourcesOf(row, rivals) {
  const { type } = answerOf(row, rivals[0]);
  return rivals.filter(({ name, hasOwnApi }) => !hasOwnApi || row[name])
    .flatMap((rival) => [answerSource(row, rival), loopSource(row, rival, type)]);
}

/**
 * Check and time rows.
 *
 * @param {object[]} rows of the matrix
 * @param {object} options `rivals`, ours first; `effort` as `efforts` has them; `expected` answers by the
 *   name of the cell, where known; `progress(done)` is called before each cell and at the end, and awaited;
 *   `compile(parameters, body)` makes functions; `firstTurn` says which rival begins, for callers that call
 *   this once a round
 * @returns {Promise<{ cells: object[], leftOut: { cell, rival, reason }[] }>} a cell has `times`: nanoseconds
 *   by the name of the rival
 * @throws {WrongAnswer} when ours does not answer as expected, or as a rival that it must agree with
 */
export async function measure(rows, options) {
  const { rivals, effort, expected = {}, progress = () => {}, compile = compileNow, firstTurn } = options;
  const cells = [];
  const leftOut = [];
  for (const row of rows) {
    await progress(cells.length);
    const leave = (entry) => leftOut.push(entry);
    const { runners, type } = agreeing(row, rivals, expected[row.name], compile, leave);
    const { name, operation, kind, size, storage } = row;
    const times = await timesOf(row, runners, type, { effort, compile, firstTurn });
    cells.push({ name, operation, kind, size, storage, times });
  }
  await progress(cells.length);
  return { cells, leftOut };
}
