// Node's own tests of node:buffer, run against ours. None of them is in this repository.
//
// Usage    npm run conformance -- --node-src DIR [--node PATH] [--node-src DIR --node PATH ...]
//          DIR is a source tree of Node; test/common, test/fixtures and test/parallel are read. PATH
//          is a Node of the same line, the one that runs this if left out.
// Owns     which files are run, and docs/conformance.md, which it writes.
// Holds    each file runs in a process of its own, in which `buffer`, `Buffer`, `atob` and `btoa` are ours.
//          Exit code 0: every file passes, but for those that Node 26 itself does not pass; 1: some do not;
//          2: arguments that make no sense.

import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const patterns = [/^test-buffer-.*\.js$/, /^test-string-decoder.*\.js$/, /^test-btoa-atob\.js$/];

const outOfScope = {
  'test-buffer-alloc-unsafe-is-initialized-with-zero-fill-flag.js': 'a flag of the command line',
  'test-buffer-alloc-unsafe-is-uninitialized.js': 'counters of a debug build',
  'test-buffer-constructor-node-modules-paths.js': 'DEP0005, by names of folders',
  'test-buffer-constructor-node-modules.js': 'DEP0005, by names of folders',
  'test-buffer-pending-deprecation.js': 'a flag of the command line',
  'test-buffer-zero-fill-cli.js': 'a flag of the command line',
};

const timeLimit = 120000; // milliseconds

async function replaceBuffer() {
  const { default: ours } = await import('../js/index.js');
  const load = Module._load;
  Module._load = function (request, ...rest) {
    return request === 'buffer' || request === 'node:buffer' ? ours : load.call(this, request, ...rest);
  };
  for (const name of ['Buffer', 'atob', 'btoa']) {
    Object.defineProperty(globalThis, name, { value: ours[name], writable: true, configurable: true });
  }
  // Its answers are compared with ours, prototype and all.
  const { randomBytes } = crypto;
  crypto.randomBytes = (size) => ours.Buffer.from(randomBytes(size));
}

function stop(message) {
  console.error(`conformance: ${message}`);
  process.exit(2);
}

function suites() {
  const known = { 'node-src': { type: 'string', multiple: true }, node: { type: 'string', multiple: true } };
  let values;
  try {
    ({ values } = parseArgs({ options: known }));
  } catch (error) {
    stop(error.message.split('\n')[0]);
  }
  const { 'node-src': sources = [], node: binaries = [process.execPath] } = values;
  if (sources.length === 0) stop('--node-src DIR is missing: a source tree of Node');
  if (binaries.length !== sources.length) stop('there must be one --node for each --node-src');
  for (const source of sources) {
    if (!existsSync(join(source, 'test/parallel'))) stop(`no test/parallel in '${source}'`);
  }
  return sources.map((source, index) => ({ tests: join(resolve(source), 'test/parallel'), binary: binaries[index] }));
}

function run(binary, file, isOurs) {
  const [, flags = ''] = /^\/\/ Flags: (.*)$/m.exec(readFileSync(file, 'utf8')) || [];
  const replacing = isOurs ? ['--import', fileURLToPath(import.meta.url)] : [];
  const env = { ...process.env, CONFORMANCE: isOurs ? 'child' : '' };
  return new Promise((settle) => {
    const child = spawn(binary, [...flags.split(' ').filter(Boolean), ...replacing, file],
      { env, stdio: ['ignore', 'ignore', 'pipe'], timeout: timeLimit });
    let complaint = '';
    child.stderr.on('data', (text) => { complaint = (complaint + text).slice(-20000); });
    child.on('error', (error) => stop(`cannot run ${binary}: ${error.code || error.message}`));
    child.on('close', (code, signal) => {
      const [reason = ''] = complaint.split('\n').filter((text) => /Error|Mismatched/.test(text));
      settle({ passes: code === 0, reason: signal || reason.trim() });
    });
  });
}

async function runSuite({ tests, binary }, reference) {
  const names = readdirSync(tests).filter((name) => patterns.some((pattern) => pattern.test(name))).sort();
  const wanted = names.filter((name) => outOfScope[name] === undefined);
  const results = new Map();
  const queue = [...wanted];
  await Promise.all(Array.from({ length: availableParallelism() }, async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const ours = await run(binary, join(tests, name), true);
      const theirs = ours.passes ? undefined : await run(reference, join(tests, name), false);
      results.set(name, { ...ours, isRight: ours.passes || !theirs.passes });
      if (!ours.passes) console.log(`${name}: ${results.get(name).isRight ? 'as Node 26' : 'fails'}: ${ours.reason}`);
    }
  }));
  return { wanted, left: names.filter((name) => outOfScope[name] !== undefined), results };
}

function version(binary) {
  return new Promise((settle) => {
    const child = spawn(binary, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.on('error', (error) => stop(`cannot run ${binary}: ${error.code || error.message}`));
    child.stdout.on('data', (text) => settle(String(text).trim().slice(1)));
  });
}

function section(name, { wanted, left, results }) {
  const passed = wanted.filter((file) => results.get(file).passes);
  const others = wanted.filter((file) => !results.get(file).passes);
  const rows = [
    ...others.map((file) => `| ${file} | ${results.get(file).isRight ? 'fails, as Node 26 itself does' : 'fails'} |`),
    ...left.map((file) => `| ${file} | out of scope: ${outOfScope[file]} |`),
    ...passed.map((file) => `| ${file} | passes |`),
  ];
  return `## The tests of Node ${name.split('.')[0]}, run by Node ${name}\n\n` +
    `${passed.length} of ${wanted.length} files pass.\n\n| file | result |\n| --- | --- |\n${rows.join('\n')}\n`;
}

async function main() {
  const chosen = suites();
  const { nodeBinary } = await import('../compare/node.js');
  const reference = await nodeBinary('26');
  const sections = [];
  let isRight = true;
  for (const suite of chosen) {
    const name = await version(suite.binary);
    const outcome = await runSuite(suite, reference);
    const list = [...outcome.results.values()];
    console.log(`Node ${name}: ${list.filter(({ passes }) => passes).length} of ${list.length} files pass`);
    isRight = isRight && list.every((result) => result.isRight);
    sections.push(section(name, outcome));
  }
  writeFileSync(new URL('../docs/conformance.md', import.meta.url), `# Node's own tests

\`npm run conformance -- --node-src DIR\` writes this page. It runs the files of Node's test suite that are about \`node:buffer\`
and \`node:string_decoder\`, with pagebuf in the place of \`node:buffer\`. A file passes when it exits with status 0.

${sections.join('\n')}`);
  process.exit(isRight ? 0 : 1);
}

await (process.env.CONFORMANCE === 'child' ? replaceBuffer() : main());
