// Generates calls in rounds of one function each, and shrinks those that fail. A seed reproduces a run.
//
// Owns     the loop of fuzz.js, liars.js and sequences.js.
// Assumes  nothing of Node: this file also runs in browsers.

import fc from 'fast-check';

const callsPerRound = 500;

/** A fault that a call shows. `lines` describe it in a report. */
export class Failure extends Error {
  constructor(lines) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

/**
 * Calls functions in turn, in rounds of one function each. Keeps the first failure of each function.
 * @param {{ rows: object[], calls: number, seed: number, plansOf: function, check: function,
 *   onProgress?: function }} options `rows` have a `name`, and `on`, what it is called on; `plansOf(row)`
 *   generates calls; `check(row, plan)` makes one, and throws when something is wrong; `onProgress` gets the
 *   number of calls that were made and of functions that failed
 * @returns {{ calls: number, functions: number, failures: string[] }}
 */
export function inRounds({ rows, calls, seed, plansOf, check, onProgress = () => {} }) {
  const failures = new Map();
  let made = 0;
  for (let round = 0; made < calls; round++) {
    const row = rows[round % rows.length];
    // The first round has the seed itself, so that a report's seed and --only reproduce it. Later seeds are
    // far off.
    const roundSeed = round === 0 ? seed : Math.imul(seed ^ Math.imul(round, 0x9e3779b1), 0x85ebca6b);
    const runs = Math.min(callsPerRound, calls - made, Math.ceil(calls / rows.length));
    if (!failures.has(row)) {
      const property = fc.property(plansOf(row), (plan) => check(row, plan));
      const result = fc.check(property, { seed: roundSeed, numRuns: runs });
      if (result.failed) failures.set(row, report(row, result, roundSeed));
    }
    made += runs;
    onProgress(made, failures.size);
  }
  return { calls: made, functions: new Set(rows).size, failures: [...failures.values()] };
}

function report(row, { counterexample: [plan], errorInstance: error }, seed) {
  const said = error instanceof Failure ? error.lines : [error && error.stack];
  const parts = Object.entries(plan).map(([name, part]) => `  ${name}  ${fc.stringify(part)}`);
  return [`${row.on} ${row.name} (seed ${seed})`, ...parts, ...said.map((line) => `  ${line}`)].join('\n');
}
