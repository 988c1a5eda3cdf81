// npm run bench [-- --quick] [--only PATTERN] [--engines node20,node26,chromium,firefox] [--seed S]
//
// Owns        the engines, one after the other so that none disturbs another, and what is printed. A run of
//             the whole matrix is written to docs/bench/; with --quick (less time per cell) or --only (the
//             cells whose name matches the regular expression) it is printed, and its numbers are left in
//             build/bench/.
// Assumes     chromium and firefox-esr are on PATH; lines of Node are installed when they are missing.
// Holds       exit code 0: measured, 1: an answer is wrong or an engine failed, 2: arguments that make no
//             sense. What is right is what this Node's own Buffer answers, in every engine. Pages are
//             cross-origin isolated, which gives them the finest clock that there is.

import { execFileSync, fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import * as native from 'node:buffer';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { chromium, firefox } from 'playwright';
import { rolldown } from 'rolldown';
import { integerArgument, isMain, readArguments, runCommand, UsageError } from '../compare/command.js';
import { nodeBinary } from '../compare/node.js';
import { digits } from '../js/wasm.bytes.js';
import { commandPath } from '../tests/set-up.js';
import { answerOf } from './harness.js';
import { matrix } from './matrix.js';
import { textOf, textOfSizes, writeReports } from './report.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const work = join(root, 'build/bench');
const startups = 11; // pages that are opened for one figure
const touched = 2 ** 29; // bytes

// ---- code -------------------------------------------------------------------------------------------------

// One file of code for what `source` imports, as a bundler gives it to a page.
export async function bundle(source, minify) {
  const entry = 'entry.js';
  const build = await rolldown({
    input: entry,
    cwd: root,
    platform: 'browser',
    logLevel: 'silent',
    plugins: [{
      name: 'entry',
      resolveId: (id) => (id === entry ? join(root, 'bench', entry) : null),
      load: (id) => (id === join(root, 'bench', entry) ? source : null),
    }],
  });
  const { output: [{ code }] } = await build.generate({ format: 'es', minify });
  await build.close();
  return code;
}

async function bundles() {
  const [side, ours, feross] = await Promise.all([
    bundle(`export { run } from './side.js';`, false),
    bundle(`export { Buffer } from '../js/index.js';`, true),
    bundle(`export { Buffer } from 'feross-buffer';`, true),
  ]);
  const sizeOf = (name, code) => ({
    name: `export { Buffer } from '${name}'`, minified: Buffer.byteLength(code), gzipped: gzipSync(code, { level: 9 }).length,
  });
  return {
    files: {
      '/side.js': side,
      '/pagebuf.js': ours,
      '/feross.js': feross,
      '/empty.js': 'export const Buffer = { from() {} };',
    },
    codeSize: {
      bundles: [sizeOf('pagebuf', ours), sizeOf('buffer@6', feross)],
      wasm: digits.length / 2,
    },
  };
}

// ---- engines ----------------------------------------------------------------------------------------------

async function onNode(line, { files }, options, progress) {
  const binary = await nodeBinary(line);
  const file = join(work, 'side.mjs');
  writeFileSync(file, files['/side.js']);
  const child = fork(file, { execPath: binary, execArgv: ['--expose-gc', '--no-warnings'] });
  const ended = once(child, 'exit');
  let answer = {};
  child.on('message', (message) => {
    if (message.done === undefined) {
      answer = message;
    } else {
      progress(message.done);
      child.send({});
    }
  });
  child.send(options);
  const [code, signal] = await ended;
  if (answer.result === undefined) throw new Error(answer.failed || `ended with ${signal || `code ${code}`}`);
  const version = execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim();
  return { version: `Node ${version.slice(1)}`, ...answer.result };
}

/**
 * A server of files of code, by path, and of an empty page for every other; pages are cross-origin
 * isolated.
 */
export function serve(files) {
  const server = createServer((request, response) => {
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-embedder-policy', 'require-corp');
    response.setHeader('cache-control', 'no-store');
    const code = files[request.url];
    if (code === undefined) response.setHeader('content-type', 'text/html').end('<!doctype html><title>bench</title>');
    else response.setHeader('content-type', 'text/javascript').end(code);
  });
  return new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(server)); });
}

// Milliseconds from import() to the first Buffer, each time on a new page, and how many tasks were long. The
// code is on the page already: what is measured is the engine, not the way to it. It has yet to run a module
// that was preloaded, as bundlers have pages do it; and to read one that comes from a Blob, too.
async function startupOf(browser, origin, file, isPreloaded) {
  const found = [];
  for (let count = 0; count < startups; count++) {
    const page = await browser.newPage();
    await page.goto(origin);
    found.push(await page.evaluate(async ([path, isThere]) => {
      const { document, PerformanceObserver } = window; // eslint-disable-line no-undef
      let longTasks = 0;
      const observer = new PerformanceObserver((list) => { longTasks += list.getEntries().length; });
      let url = path;
      if (isThere) {
        const link = Object.assign(document.createElement('link'), { rel: 'modulepreload', href: path });
        await new Promise((resolve, reject) => {
          Object.assign(link, { onload: resolve, onerror: reject });
          document.head.append(link);
        });
      } else {
        const code = new Blob([await (await fetch(path)).text()], { type: 'text/javascript' });
        url = URL.createObjectURL(code);
      }
      // Until the browser is done with opening the page: on few cores it would be measured, too.
      await new Promise((resolve) => { setTimeout(resolve, 1000); });
      observer.observe({ entryTypes: ['longtask'] });
      const start = performance.now();
      const { Buffer } = await import(url);
      Buffer.from('x');
      const time = performance.now() - start;
      await new Promise((resolve) => { setTimeout(resolve, 100); });
      return { time, longTasks };
    }, [file, isPreloaded]));
    await page.close();
  }
  const times = found.map(({ time }) => time).sort((a, b) => a - b);
  return { time: times[startups >> 1], longTasks: found.reduce((sum, { longTasks }) => sum + longTasks, 0) };
}

async function startupsOf(browser, origin) {
  const modules = [['pagebuf', '/pagebuf.js'], ['buffer@6', '/feross.js'], ['empty', '/empty.js']];
  const found = { preloaded: {}, read: {}, longTasks: 0 };
  for (const [name, file] of modules) {
    const preloaded = await startupOf(browser, origin, file, true);
    const read = await startupOf(browser, origin, file, false);
    found.preloaded[name] = preloaded.time;
    found.read[name] = read.time;
    if (name === 'pagebuf') found.longTasks = preloaded.longTasks + read.longTasks;
  }
  return found;
}

async function onBrowser(type, command, flags, { files }, options, progress) {
  const executablePath = commandPath(command);
  if (!executablePath) throw new UsageError(`${command} is not on PATH`);
  const server = await serve(files);
  const browser = await type.launch({ executablePath, ...flags });
  try {
    const origin = `http://127.0.0.1:${server.address().port}/`;
    const startup = options.effort === 'full' ? await startupsOf(browser, origin) : undefined;
    const page = await browser.newPage();
    await page.exposeFunction('progress', progress);
    await page.goto(origin);
    const result = await page.evaluate(async (asked) => {
      if (!crossOriginIsolated) throw new Error('the page is not cross-origin isolated'); // eslint-disable-line no-undef
      const { run } = await import('/side.js');
      return run(asked, window.progress); // eslint-disable-line no-undef
    }, options);
    return { version: `${command} ${browser.version()}`, startup, ...result };
  } finally {
    await browser.close();
    server.close();
  }
}

const engines = {
  node20: (...given) => onNode('20', ...given),
  node26: (...given) => onNode('26', ...given),
  chromium: (...given) =>
    onBrowser(chromium, 'chromium', { args: ['--no-sandbox', '--js-flags=--expose-gc'] }, ...given),
  firefox: (...given) => onBrowser(firefox, 'firefox-esr', { channel: 'moz-firefox' }, ...given),
};

// ---- the command ------------------------------------------------------------------------------------------

// A virtual machine takes ten times as long for a page of memory that it has not had for a while (12 us) as
// for one that some process has just given back. That would be measured in whoever takes it, so every cell
// finds enough of the latter.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');

function giveMemoryBack() {
  touchMemory();
  collect();
}

function touchMemory() {
  const bytes = new Uint8Array(touched);
  for (let at = 0; at < touched; at += 4096) bytes[at] = 1;
}

function progressOf(engine, total) {
  const start = performance.now();
  let said = start;
  return (done) => {
    if (performance.now() - said < 10000) return;
    said = performance.now();
    process.stderr.write(`bench: ${engine}: ${done} of ${total} cells, ${Math.round((said - start) / 1000)} s\n`);
  };
}

function readCommand(args) {
  const { quick, only, engines: list, seed } = readArguments(args, {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    engines: { type: 'string', default: Object.keys(engines).join(',') },
    seed: { type: 'string', default: '1' },
  });
  const names = list.split(',');
  const unknown = names.find((name) => !Object.hasOwn(engines, name));
  if (unknown !== undefined) {
    throw new UsageError(`unknown engine "${unknown}", expected any of: ${Object.keys(engines).join(', ')}`);
  }
  let pattern = /^/;
  try {
    if (only !== undefined) pattern = new RegExp(only);
  } catch (error) {
    throw new UsageError(`--only: ${error.message}`);
  }
  const rows = matrix(integerArgument('seed', seed, 0, 2 ** 32 - 1)).filter(({ name }) => pattern.test(name));
  if (rows.length === 0) throw new UsageError(`--only "${only}" matches no cell`);
  return { effort: quick ? 'quick' : 'full', isWhole: !quick && only === undefined, names, rows, seed: Number(seed) };
}

async function main(args) {
  const { effort, isWhole, names, rows, seed } = readCommand(args);
  const expected = Object.fromEntries(rows.map((row) => [row.name, answerOf(row, { B: native }).text]));
  const code = await bundles();
  const about = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${availableParallelism()} x ${cpus()[0].model.trim()}, ${platform()} ${arch()}`,
    seed,
    codeSize: code.codeSize,
  };
  const options = { seed, names: rows.map(({ name }) => name), effort, expected };
  mkdirSync(work, { recursive: true });
  const results = [];
  for (const engine of names) {
    process.stderr.write(`bench: ${engine}: ${rows.length} cells\n`);
    try {
      const tell = progressOf(engine, rows.length);
      const result = await engines[engine](code, options, (done) => {
        tell(done);
        giveMemoryBack();
      });
      results.push({ engine, ...about, ...result });
    } catch (error) {
      if (error instanceof UsageError) throw error;
      process.stderr.write(`bench: ${engine}: ${error.message.split('\n')[0]}\n`);
      return false;
    }
    if (!isWhole) {
      const result = results[results.length - 1];
      writeFileSync(join(work, `${engine}.json`), JSON.stringify(result));
      process.stdout.write(`${textOf(result)}\n`);
    }
  }
  process.stdout.write(`${textOfSizes(code.codeSize).join('\n')}\n`);
  if (isWhole) {
    const folder = join(root, 'docs/bench');
    mkdirSync(folder, { recursive: true });
    writeReports(folder, results);
    process.stdout.write(`written: docs/bench/README.md, and ${names.join(', ')} beside it\n`);
  }
  return true;
}

if (isMain(import.meta.url)) await runCommand('bench', main);
