// The C code under libFuzzer, with ASan and UBSan: every kernel, and scripts for the ledger.
//
// Usage    npm run libfuzzer -- [--seconds N] [--seed S]      (600 seconds, shared by the targets)
// Owns     the build of the preset `fuzz`, and the corpora: tests/*.corpus has an input a line, as hex.
// Holds    what is found anew stays in build/; an input that fails is printed, and the exit code is 1.
//          Arguments that make no sense: 2.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const targets = { kernels: { longest: 600 }, pool: { longest: 400 } };

function stop(message) {
  console.error(`libfuzzer: ${message}`);
  process.exit(2);
}

function options() {
  try {
    const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } });
    const { seconds = '600', seed = `${1 + Math.floor(Math.random() * 2 ** 31)}` } = values;
    for (const [name, value] of Object.entries({ seconds, seed })) {
      if (!/^[1-9]\d{0,9}$/.test(value)) throw new Error(`--${name} must be a whole number from 1 up, not '${value}'`);
    }
    return { seconds: Number(seconds), seed };
  } catch (error) {
    return stop(error.message.split('\n')[0]);
  }
}

// libFuzzer says a line for each input that is new, and what words it has learned.
const isNoise = /^#\d+\s+(NEW|REDUCE|RELOAD)\b|# Uses:|^#+ .*dictionary|^INFO: /;

async function run(command, ...args) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'pipe'] });
  child.on('error', (error) => stop(`cannot run ${command}: ${error.code || error.message}`));
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (!isNoise.test(line)) console.error(line);
  });
  const [code, signal] = await once(child, 'close');
  if (code === 0) return;
  console.error(`libfuzzer: ${command} ended with ${signal || `exit code ${code}`}`);
  process.exit(1);
}

function unpack(name) {
  const folder = `build/fuzz/corpus/${name}`;
  rmSync(`${root}${folder}`, { recursive: true, force: true });
  mkdirSync(`${root}${folder}`, { recursive: true });
  const inputs = readFileSync(`${root}tests/${name}.corpus`, 'utf8').trim().split('\n');
  inputs.forEach((hex, index) => writeFileSync(`${root}${folder}/${index}`, Buffer.from(hex, 'hex')));
  return folder;
}

const { seconds, seed } = options();
await run('cmake', '--preset', 'fuzz');
await run('cmake', '--build', '--preset', 'fuzz');
const share = Math.ceil(seconds / Object.keys(targets).length);
for (const [name, { longest }] of Object.entries(targets)) {
  console.log(`libfuzzer: ${name}, ${share} s, seed ${seed}`);
  await run(`build/fuzz/${name}_fuzz`, `-max_total_time=${share}`, `-max_len=${longest}`, `-seed=${seed}`, '-print_pcs=0',
    '-print_final_stats=1', `-artifact_prefix=build/fuzz/${name}-`, unpack(name));
}
