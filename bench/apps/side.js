// One engine's side of bench/apps: a job with each library, in one page or process.
//
// Owns        how a job becomes numbers: answers first, then warm-up, then rounds in which the libraries
//             take turns. tinybench samples and does the statistics, as in bench/harness.js; a sample is a
//             loop of some milliseconds.
// Assumes     run.js bundles this file. A library is { name, url, mustAgree }, ours first; its module is what
//             bundle.js makes.
// Holds       a library whose answers differ is not timed: it is listed, and `isWrong` if it had to agree.
//             A ratio is taken within a round, where both sides have the same conditions. The figure is the
//             median over rounds, its spread the range of the middle half of them. Where that is wide, more
//             rounds are run.

import { Bench } from 'tinybench';
import { breathe } from '../harness.js';
import { Data } from './data.js';

/**
 * How much is measured: `warm` and `batch` in milliseconds, `retries` at most while the spread is above
 * `wide`, and none when `most` milliseconds are gone.
 */
export const efforts = {
  full: { warm: 160, batch: 12, rounds: 9, samples: 2, retries: 2, wide: 0.05, most: 2500 },
  quick: { warm: 40, batch: 5, rounds: 3, samples: 2, retries: 0, wide: 1, most: 0 },
};

const answers = 8; // inputs whose answers are compared

// ---- answers ----------------------------------------------------------------------------------------------

// The same text for the same value, whoever made the bytes in it.
function canonical(value) {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) {
    return Object.is(value, -0) ? '-0' : typeof value === 'string' ? JSON.stringify(value) : String(value);
  }
  if (ArrayBuffer.isView(value)) return `bytes ${Array.from(value)}`;
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (value instanceof Date) return value.toISOString();
  const keys = Object.keys(value).filter((key) => typeof value[key] !== 'function').sort();
  return `{${keys.map((key) => `${key}: ${canonical(value[key])}`)}}`;
}

// FNV-1a over UTF-16 units, and the length.
function digest(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return `${(hash >>> 0).toString(16)} ${text.length}`;
}

async function answerOf(run) {
  const found = [];
  for (let i = 0; i < answers; i++) found.push(canonical(await run(i)));
  return digest(found.join('\n'));
}

// ---- libraries --------------------------------------------------------------------------------------------

// The module of a library puts it into globalThis.Buffer while it loads.
async function load(url) {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'Buffer');
  try {
    return await import(url);
  } finally {
    if (before) Object.defineProperty(globalThis, 'Buffer', before);
    else delete globalThis.Buffer;
  }
}

async function open({ name, url, mustAgree }, { job, seed }) {
  const run = await (await load(url))[job](new Data(seed));
  const first = run(0);
  const isAsync = typeof (first && first.then) === 'function';
  await first;
  return { name, mustAgree, run, isAsync, count: 1, next: 0, medians: [] };
}

/** Which libraries answer as expected, and what the others do. Without `expected`, the first one is right. */
async function agreeing({ libraries, expected, ...asked }) {
  const runners = [];
  const leftOut = [];
  let right = expected;
  for (const library of libraries) {
    let reason;
    try {
      const runner = await open(library, asked);
      const answer = await answerOf(runner.run);
      if (right === undefined) right = answer;
      if (answer === right) runners.push(runner);
      else reason = `answers ${answer}, expected ${right}`;
    } catch (error) {
      reason = `throws ${String(error && error.message).split('\n')[0]}`;
    }
    const isWrong = library.mustAgree === true;
    if (reason !== undefined) leftOut.push({ rival: library.name, reason, isWrong });
  }
  return { runners, leftOut, answer: right };
}

// ---- times ------------------------------------------------------------------------------------------------

const kept = { value: undefined };

// Both return milliseconds for `count` runs of the job. The inputs continue where the last batch stopped.
function batchSync(runner, count) {
  const { run } = runner;
  let i = runner.next;
  const start = performance.now();
  for (const end = i + count; i < end; i++) kept.value = run(i);
  const elapsed = performance.now() - start;
  runner.next = i;
  return elapsed;
}

async function batchAsync(runner, count) {
  const { run } = runner;
  let i = runner.next;
  const start = performance.now();
  for (const end = i + count; i < end; i++) kept.value = await run(i);
  const elapsed = performance.now() - start;
  runner.next = i;
  return elapsed;
}

const batch = (runner, count) => (runner.isAsync ? batchAsync(runner, count) : batchSync(runner, count));

async function warmUp(runner, effort) {
  const start = performance.now();
  let each = Infinity;
  while (performance.now() - start < effort.warm) {
    const elapsed = await batch(runner, runner.count);
    if (elapsed < effort.batch / 2) runner.count *= 2;
    else each = Math.min(each, elapsed / runner.count);
  }
  if (each < Infinity) runner.count = Math.max(1, Math.round(effort.batch / each));
}

async function round(runners, effort, turn) {
  const bench = new Bench({ iterations: effort.samples, time: 0, warmup: false, throws: true });
  for (let index = 0; index < runners.length; index++) {
    const runner = runners[(turn + index) % runners.length];
    bench.add(runner.name, async () => {
      const elapsed = await batch(runner, runner.count);
      return { overriddenDuration: elapsed / runner.count, overriddenIterationCost: elapsed };
    }, { async: true });
  }
  await bench.run();
  for (const runner of runners) {
    const { state, error, latency } = bench.getTask(runner.name).result;
    if (state !== 'completed') throw error || new Error(`${runner.name}: ${state}`);
    runner.medians.push(latency.p50 * 1e6);
  }
  await breathe();
}

function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const low = Math.floor(at);
  return sorted[low] + (sorted[Math.ceil(at)] - sorted[low]) * (at - low);
}

const rounded = (value) => Number(value.toPrecision(4));

// Each rival's time over ours, and the range of the middle half of the rounds.
function ratiosOf([ours, ...rivals]) {
  return Object.fromEntries(rivals.map(({ name, medians }) => {
    const ratios = medians.map((time, index) => time / ours.medians[index]);
    const ratio = quantile(ratios, 0.5);
    const spread = (quantile(ratios, 0.75) - quantile(ratios, 0.25)) / ratio;
    return [name, { ratio: rounded(ratio), spread: rounded(spread) }];
  }));
}

async function timesOf(runners, effort) {
  for (const runner of runners) await warmUp(runner, effort);
  const start = performance.now();
  let rounds = 0;
  let ratios;
  for (let tries = 0; tries <= effort.retries; tries++) {
    for (let turn = 0; turn < effort.rounds; turn++) await round(runners, effort, rounds++);
    ratios = ratiosOf(runners);
    if (Object.values(ratios).every(({ spread }) => spread <= effort.wide)) break;
    if (performance.now() - start > effort.most) break;
  }
  const times = runners.map(({ name, medians }) => [name, rounded(quantile(medians, 0.5))]);
  return { times: Object.fromEntries(times), ratios, rounds };
}

/**
 * A job with each library.
 *
 * @param {object} asked `job`: the name of the function; `seed`; `libraries`, ours first; `effort`;
 *   `expected`: the answer, where known
 * @returns {Promise<object>} `answer`, `leftOut`; and `times` in nanoseconds, `ratios` { ratio, spread },
 *   `rounds`, unless ours or another that must agree did not
 */
export async function measure({ effort, ...asked }) {
  const { runners, leftOut, answer } = await agreeing(asked);
  if (effort === undefined || leftOut.some(({ isWrong }) => isWrong)) return { answer, leftOut };
  return { answer, leftOut, ...await timesOf(runners, effort) };
}

/**
 * Do the job with one library again and again.
 *
 * @param {object} asked as measure(), with one library; `count` times, or for `milliseconds`; `before()` is
 *   called when the job is ready, and `after()` at the end, whose answer is `last`
 * @returns {Promise<{ count: number, milliseconds: number, last: any }>}
 */
export async function spin({ libraries, count, milliseconds = Infinity, before, after, ...asked }) {
  const runner = await open(libraries[0], asked);
  if (before) before();
  let done = 0;
  let elapsed = 0;
  while (elapsed < milliseconds && (count === undefined || done < count)) {
    const some = count === undefined ? 8 : Math.min(8, count - done);
    elapsed += await batch(runner, some);
    done += some;
  }
  return { count: done, milliseconds: elapsed, last: after && after() };
}
