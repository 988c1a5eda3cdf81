// The command line of what is generated: node tools/suite.js fuzz|liars|sequences.
//
// Usage    npm run fuzz -- [--calls N] [--seed S] [--node PATH] [--only NAME]      (liars, sequences: the
//          same)
// Holds    the suite runs on the reference Node 26, or on the one that is given, and says every five seconds
//          how far it is. Exit code 0: nothing failed, 1: something did, 2: arguments that make no sense.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const standardCalls = { fuzz: 100000, liars: 2000000, sequences: 5000000 };

function stop(name, message) {
  console.error(`${name}: ${message}`);
  process.exit(2);
}

function integer(name, option, value, isMeant, kind) {
  const number = Number(value);
  if (value.trim() === '' || !isMeant(number)) stop(name, `--${option} must be ${kind}, not '${value}'`);
  return number;
}

function optionsOf(name, args) {
  const known = { calls: { type: 'string' }, seed: { type: 'string' }, node: { type: 'string' }, only: { type: 'string' } };
  try {
    const { calls, seed, ...rest } = parseArgs({ args, options: known }).values;
    return {
      ...rest,
      calls: calls === undefined ? standardCalls[name] :
        integer(name, 'calls', calls, (number) => Number.isSafeInteger(number) && number > 0, 'a whole number from 1 up'),
      seed: seed === undefined ? Math.floor(Math.random() * 2 ** 31) :
        integer(name, 'seed', seed, (number) => Number.isInteger(number) && Math.abs(number) < 2 ** 31, 'a 32-bit integer'),
    };
  } catch (error) {
    return stop(name, error.message.split('\n')[0]);
  }
}

async function startNode(name, { node, only, calls, seed }) {
  const { nodeBinary } = node === undefined ? await import('../compare/node.js') : {};
  const binary = node === undefined ? await nodeBinary('26') : node;
  const args = ['--no-deprecation', '--no-warnings', '--expose-gc', fileURLToPath(import.meta.url), name,
    '--calls', `${calls}`, '--seed', `${seed}`, ...only === undefined ? [] : ['--only', only]];
  const { status, signal, error } = spawnSync(binary, args, {
    stdio: 'inherit', env: { ...process.env, PAGEBUF_SUITE_NODE: binary },
  });
  if (error) stop(name, `cannot run ${binary}: ${error.code || error.message}`);
  if (signal) console.error(`${name}: ${binary} was ended by ${signal}`);
  process.exit(signal ? 1 : status);
}

const [name = '', ...args] = process.argv.slice(2);
if (!Object.hasOwn(standardCalls, name)) {
  stop('suite', `unknown suite '${name}', expected one of: ${Object.keys(standardCalls).join(', ')}`);
}
const options = optionsOf(name, args);
if (process.env.PAGEBUF_SUITE_NODE === undefined) await startNode(name, options);

const suite = await import(`../tests/${name}.js`);
if (options.only !== undefined && !suite.rows.some((row) => row.name === options.only)) {
  stop(name, `--only knows no function '${options.only}'`);
}
console.log(`${name}: Node ${process.versions.node}, ${options.calls} calls, seed ${options.seed}`);
let last = performance.now();
const { calls, functions, failures, notes } = await suite.run({
  ...options,
  onProgress(made, failed) {
    if (performance.now() - last < 5000) return;
    last = performance.now();
    console.log(`${name}: ${made} of ${options.calls} calls, ${failed} functions fail`);
  },
});
for (const text of failures) console.log(text);
for (const note of notes) console.log(`${name}: ${note}`);
console.log(`${name}: ${calls} calls of ${functions} functions, ${failures.length} fail`);
process.exit(failures.length === 0 ? 0 : 1);
