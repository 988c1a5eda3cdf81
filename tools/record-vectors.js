// What Node 26 answers, as data: tests/vectors.json, which vectors.test.js holds ours to in every engine.
//
// Usage    npm run record:vectors
// Assumes  Node 26, which it starts itself with.
// Owns     how many calls of each function are recorded, and which.
// Holds    the same calls with the same fast-check. Not recorded is what fuzz.js excludes.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { nodeBinary } from '../compare/node.js';
import { answerAnywhere, replacer } from '../tests/calls.js';
import { canBeMade, compared, plansOf, rows, sides } from '../tests/fuzz.js';

const candidates = 200; // calls of each function, and how many of them are kept:
const returning = 25;
const throwing = 15;
const seed = 26;
const file = fileURLToPath(new URL('../tests/vectors.json', import.meta.url));

// Which NaN an engine stores in a Float32Array when it is given undefined.
function isTheEnginesOwn(row, { target, args }) {
  return row.name.startsWith('write') && /^Float/.test(target.type) &&
    (args.length === 0 || args[0].name === 'undefined');
}

function record(row, index) {
  const calls = fc.sample(plansOf(row), { seed: seed + index, numRuns: candidates })
    .filter((plans) => canBeMade(row, plans) && !isTheEnginesOwn(row, plans))
    .filter((plans) => compared(row, plans).exclusion === undefined)
    .map((plans) => ({ ...plans, ...answerAnywhere(row, plans, sides[0]) }));
  const throws = ({ outcome }) => outcome.startsWith('threw ');
  const returns = (call) => !throws(call);
  return [...calls.filter(returns).slice(0, returning), ...calls.filter(throws).slice(0, throwing)];
}

function stop(message) {
  console.error(`record:vectors: ${message}`);
  process.exit(2);
}

function main() {
  if (process.argv.length > 2) stop(`unexpected argument '${process.argv[2]}'`);
  if (process.env.RECORD_NODE === undefined) {
    const binary = nodeBinary('26');
    const { status, error } = spawnSync(binary, ['--no-deprecation', '--no-warnings', fileURLToPath(import.meta.url)],
      { stdio: 'inherit', env: { ...process.env, RECORD_NODE: binary } });
    if (error) stop(`cannot run ${binary}: ${error.code || error.message}`);
    process.exit(status);
  }

  // One call a line.
  const functions = rows.map((row, index) => {
    const calls = record(row, index).map((vector) => JSON.stringify(vector, replacer));
    return `{"on":"${row.on}","name":"${row.name}","calls":[\n${calls.join(',\n')}\n]}`;
  });
  const text = `{"node":"${process.versions.node}","functions":[\n${functions.join(',\n')}\n]}\n`;
  writeFileSync(file, text);
  const count = JSON.parse(text).functions.reduce((sum, { calls }) => sum + calls.length, 0);
  console.log(`record:vectors: ${count} calls of ${rows.length} functions, ${text.length} characters`);
}

main();
