// npm run soak [-- node] [chromium] [firefox] [resident] [survivors] [...] [--write]
//
// Owns        the bars: how much the storage may keep, copy and take, each beside its figure.
//             Words choose engines and parts. --write measures all, and writes the table in
//             docs/storage.md between the two marks below.
// Assumes     Linux, whose /proc shows what is resident; chromium and firefox-esr are on PATH. Some 6 GiB of
//             memory are free. Nothing else that this process started is alive.
// Holds       exit code 0: all bars are met, 1: one is not, or an engine failed, 2: arguments that make no
//             sense. Each figure has a process of its own.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, firefox } from 'playwright';
import { commandPath, isMain, runCommand, UsageError } from '../compare/command.js';
import { nodeBinary } from '../compare/node.js';
import { bundle, serve } from './run.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const document = join(root, 'docs/storage.md');
const begin = '<!-- npm run soak -->\n';
const end = '<!-- end of soak -->\n';

const slab = 65536;
const MiB = 2 ** 20;
const GB = 1e9;

// ---- what is resident -------------------------------------------------------------------------------------

// The processes that this one started, and theirs.
function descendants() {
  const children = new Map();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      // After the command's name, which may hold any character: the state, and the parent.
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'latin1').replace(/^.*\) /s, '').split(' ');
      children.set(parent, [...children.get(parent) || [], name]);
    } catch {
      // It has ended.
    }
  }
  const found = [String(process.pid)];
  for (const pid of found) found.push(...children.get(pid) || []);
  return found.slice(1);
}

// The resident bytes of the process that runs the load (in a browser, the largest of those that run pages),
// and of all processes, where shared memory counts once.
function resident() {
  const found = { bytes: 0, all: 0 };
  for (const pid of descendants()) {
    try {
      const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
      const bytesOf = (name) => 1024 * Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)[1]);
      found.all += bytesOf('Pss');
      if (!/loads\.js[\0 ]|--type=renderer[\0 ]|[\0 ]tab[\0 ]/.test(readFileSync(`/proc/${pid}/cmdline`, 'latin1'))) continue;
      found.bytes = Math.max(found.bytes, bytesOf('Rss'));
    } catch {
      // It has ended.
    }
  }
  if (found.bytes === 0) throw new Error('no process runs the load');
  return found;
}

// ---- engines ----------------------------------------------------------------------------------------------

const nodeFiles = { pagebuf: '../js/index.js', 'Node 26': 'node:buffer' };

let served;

async function browserFiles() {
  const packaged = (file) => readFileSync(join(root, 'node_modules', file));
  return {
    '/loads.js': await bundle(`export { loads } from './loads.js';`, false),
    '/pagebuf': await bundle(`export { Buffer, pool } from '../js/index.js';`, true),
    '/buffer@6': await bundle(`export { Buffer } from 'feross-buffer';`, true),
    '/idle.js': `import { Buffer } from '/pagebuf'; postMessage(Buffer.poolSize);`,
    '/protobuf.js': packaged('protobufjs/dist/protobuf.min.js'),
    '/sql.js': packaged('sql.js/dist/sql-wasm-browser.js'),
    '/sql.wasm': packaged('sql.js/dist/sql-wasm-browser.wasm'),
  };
}

async function onNode(implementation, load, options) {
  const samples = [];
  const child = fork(join(root, 'bench/loads.js'), { execPath: nodeBinary(26), execArgv: ['--no-warnings'] });
  const ended = once(child, 'exit');
  let answer = {};
  child.on('message', (message) => {
    if (message.told) {
      samples.push(resident());
      child.send({});
    } else {
      answer = message;
    }
  });
  child.send({ load, file: nodeFiles[implementation], options });
  const [code, signal] = await ended;
  if (!('result' in answer)) throw new Error(answer.failed || `ended with ${signal || `code ${code}`}`);
  return { result: answer.result, samples };
}

async function onBrowser(type, command, flags, [implementation, load, options]) {
  const executablePath = commandPath(command);
  if (!executablePath) throw new UsageError(`${command} is not on PATH`);
  served = served || await browserFiles();
  const samples = [];
  const profile = mkdtempSync(join(tmpdir(), 'soak-'));
  const server = await serve(served);
  const browser = await type.launchPersistentContext(profile, { executablePath, ...flags });
  try {
    const page = await browser.newPage();
    await page.exposeFunction('told', () => { samples.push(resident()); });
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const result = await page.evaluate(async (given) => {
      const { loads } = await import('/loads.js');
      return loads[given.load](() => import(given.file), given.options, globalThis.told);
    }, { file: `/${implementation}`, load, options });
    return { result, samples };
  } finally {
    await browser.close();
    server.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

const engines = {
  node: { name: 'Node 26', rival: 'Node 26', run: onNode },
  chromium: {
    name: 'Chromium', rival: 'buffer@6',
    run: (...given) => onBrowser(chromium, 'chromium', { args: ['--no-sandbox'] }, given),
  },
  firefox: {
    name: 'Firefox', rival: 'buffer@6',
    run: (...given) => onBrowser(firefox, 'firefox-esr', { channel: 'moz-firefox' }, given),
  },
};

// ---- bars -------------------------------------------------------------------------------------------------

const units = {
  MiB: (bytes) => `${(bytes / MiB).toFixed(Math.abs(bytes) < 10 * MiB ? 2 : 0)} MiB`,
  bytes: (bytes) => bytes.toLocaleString('en'),
  s: (seconds) => `${seconds.toFixed(1)} s`,
  us: (seconds) => `${(seconds * 1e6).toFixed(0)} µs`,
  times: (ratio) => `${ratio.toFixed(2)} x`,
  count: (count) => count.toLocaleString('en'),
};

const noteOnAll = (found) =>
  `with all other processes ${found.filter(Boolean).map(({ all }) => units.MiB(all)).join(' against ')}`;
const meanOf = (numbers) => numbers.reduce((sum, number) => sum + number) / numbers.length;

// Our figure and the rival's. Tests leave out the rival where no bar depends on it.
async function compared(run, rival, isAlone) {
  return [await run('pagebuf'), isAlone ? undefined : await run(rival)];
}

// Each part measures on one engine, and returns rows: what was measured, its unit, our figure and, where
// there is one, the rival's; and the bar, `most` or `least`.
const parts = {
  async resident(engine, { loads = residentLoads[engine === engines.node ? 'node' : 'browser'], isAlone }) {
    const rows = [];
    const isNode = engine === engines.node;
    for (const { gigabytes, every, most, at = gigabytes } of loads) {
      const [ours, theirs] = await compared(async (name) => {
        const { result, samples } = await engine.run(name, 'churn', { gigabytes, every, most });
        const seconds = result.seconds.slice(0, at).reduce((sum, each) => sum + each);
        return { ...samples[at], seconds, survivors: result.survivors, samples };
      }, engine.rival, isAlone && !isNode);
      const what = `${at} GB of small Buffers, one in ${every} survives` +
        (most < 1e6 ? `, ${units.count(most)} at most` : '');
      const bar = isNode ? 1.2 * theirs.bytes : 1.2 * ours.survivors * slab + 150 * MiB;
      rows.push({
        what: `${what}: resident`, unit: 'MiB', ours: ours.bytes, theirs: theirs && theirs.bytes, most: bar,
        note: noteOnAll([ours, theirs]),
      });
      if (!isNode) continue;
      rows.push({ what: `${what}: time`, unit: 's', ours: ours.seconds, theirs: theirs.seconds });
      if (gigabytes < 20) continue;
      const levelOf = (samples) => meanOf(samples.map(({ bytes }) => bytes));
      const before = levelOf(ours.samples.slice(-8, -4));
      rows.push({
        what: `${what}: more resident from 16 to 20 GB than from 12 to 16`, unit: 'MiB',
        ours: levelOf(ours.samples.slice(-4)) - before, most: Math.max(before / 10, 32 * MiB),
        theirs: levelOf(theirs.samples.slice(-4)) - levelOf(theirs.samples.slice(-8, -4)),
      });
    }
    return rows;
  },

  async survivors(engine, { bytes = 128 * MiB, count = 32, isAlone }) {
    const keep = async (name) => (await engine.run(name, 'survivors', { bytes, count })).result;
    const [ours, theirs] = await compared(keep, engine.rival, isAlone);
    return [{
      what: `${count} survivors of ${bytes / MiB} MiB keep`, unit: 'MiB', ours, theirs, most: (count + 1.6) * slab,
    }];
  },

  async sync(engine, { gigabytes = 10 }) {
    const { result } = await engine.run('pagebuf', 'sync', { gigabytes, every: 500, most: 2000 });
    return [{
      what: `${gigabytes} GB in one task: the second half's speed by the first gigabyte's`, unit: 'times',
      ours: result[0] / meanOf(result.slice(gigabytes / 2)), least: 0.5,
    }];
  },

  async post(engine, { bytes = 128 * MiB, isAlone }) {
    const post = async (name) => (await engine.run(name, 'post', { bytes })).result;
    const [ours, theirs] = await compared(post, engine.rival, isAlone);
    const what = `${bytes / MiB} MiB of small Buffers live, one of 6 bytes posted`;
    return [
      {
        what, unit: 'us', ours: ours.full.seconds, theirs: theirs && theirs.full.seconds,
        most: 3 * ours.empty.seconds,
      },
      { what: `${what}: its clone's byteLength`, unit: 'bytes', ours: ours.full.cloned, most: slab, least: slab },
    ];
  },

  async puts(engine, { bytes = 128 * MiB, count = 40, isAlone }) {
    const take = async (name) => (await engine.run(name, 'puts', { bytes, count })).result;
    const [ours, theirs] = await compared(take, engine.rival, isAlone);
    return [{
      what: `${bytes / MiB} MiB of small Buffers live, ${count} of some bytes put into IndexedDB: usage`,
      unit: 'MiB', ours, theirs, most: count * 1.2 * slab,
    }];
  },

  async others(engine, { loads = otherLoads }) {
    const rows = [];
    for (const { what, ...options } of loads) {
      const { result: { memories, databases, failures } } = await engine.run('pagebuf', 'others', options);
      rows.push({
        what: `${what}: others' memories that were refused`, unit: 'count', ours: failures.length, most: 0,
        note: [`${memories} memories and ${databases} databases of others`, ...failures.slice(0, 1)].join(', '),
        // Without tries, no refusals: then the figure says nothing.
        isVoid: memories < 10 || databases < 2,
      });
    }
    return rows;
  },

  async workers(engine, { count = 60, limit = 200 }) {
    const { result } = await engine.run('pagebuf', 'workers', { count, limit });
    return [{
      what: `${count} idle workers with the library: memories left, of ${limit} asked for`, unit: 'count',
      ours: result, least: 60,
    }];
  },

  async taken(engine, { bytes = GB / 10, rounds = 40 }) {
    const rows = [];
    for (const isImportedBefore of [false, true]) {
      const { result } = await engine.run('pagebuf', 'taken', { isImportedBefore, bytes, rounds });
      rows.push({
        what: `all memories taken by others ${isImportedBefore ? 'after' : 'before'} import: allocUnsafe(1000)` +
          `'s speed by that of 'heap'`,
        unit: 'times', ours: result.ratio, least: 0.8,
        note: `${result.taken} taken, ${result.refused} refused, ${result.megabytes.toFixed(0)} MB/s`,
        isVoid: result.text !== 'still works' || result.refused === 0,
      });
    }
    return rows;
  },

  async steady(engine, { rounds = 30 }) {
    const [ours, theirs] = await compared(async (name) => {
      const { samples } = await engine.run(name, 'messages', { rounds, protobuf: '/protobuf.js' });
      return samples.slice(rounds / 3).sort((a, b) => a.bytes - b.bytes)[Math.floor(rounds / 3)];
    }, engine.rival);
    return [{
      what: `protobufjs writes and reads ${units.count(rounds * 50000)} messages: resident`, unit: 'MiB',
      ours: ours.bytes, theirs: theirs.bytes, most: 1.1 * theirs.bytes, note: noteOnAll([ours, theirs]),
    }];
  },
};

const residentLoads = {
  node: [
    { gigabytes: 20, every: 500, most: 12000, at: 6 },
    { gigabytes: 20, every: 500, most: 2000 },
    { gigabytes: 20, every: 5000, most: 200 },
  ],
  browser: [{ gigabytes: 3, every: 500, most: 1e6 }],
};

const otherLoads = [
  { what: '512 MiB of small Buffers live', live: 512 * MiB },
  { what: '20 GB of them in tasks', churned: 20 * GB },
  { what: '3 GB of them in one task', churned: 3 * GB, inOneTask: true },
];

const partsOf = {
  node: ['resident', 'survivors', 'sync'],
  chromium: ['resident', 'survivors', 'post', 'puts', 'others', 'workers', 'taken', 'sync', 'steady'],
  firefox: ['resident', 'survivors', 'post', 'puts', 'others', 'workers', 'taken', 'sync', 'steady'],
};

/**
 * Measures a part on an engine.
 *
 * @param {string} engine 'node', 'chromium' or 'firefox'
 * @param {string} part a key of `parts`
 * @param {object} [sizes] other sizes than the bars are for; isAlone leaves out the rival
 * @returns {Promise<object[]>} rows: { what, unit, ours, theirs?, most?, least?, note?, isMet }
 */
export async function measure(engine, part, sizes = {}) {
  const rows = await parts[part](engines[engine], sizes);
  return rows.map((row) => {
    const { ours, least = -Infinity, most = Infinity, isVoid = false } = row;
    return { ...row, engine, isMet: ours >= least && ours <= most && !isVoid };
  });
}

// ---- the command ------------------------------------------------------------------------------------------

function textsOf({ engine, what, unit, ours, theirs, most, least, isMet }) {
  const text = (value) => (value === undefined ? '' : units[unit](value));
  const bar = most === least ? text(most) : most === undefined ? `at least ${text(least)}` : `at most ${text(most)}`;
  const { name, rival } = engines[engine];
  return {
    engine: name, what, ours: text(ours), rival, theirs: text(theirs),
    bar: most === undefined && least === undefined ? '' : bar, met: isMet ? 'met' : 'not met',
  };
}

function lineOf(row) {
  const { engine, what, ours, rival, theirs, bar, met } = textsOf(row);
  return `${engine}: ${what}: ${ours}${theirs && ` (${rival}: ${theirs})`}${bar && `, ${bar}: ${met}`}` +
    (row.note ? ` (${row.note})` : '');
}

function tableOf(rows) {
  return ['| engine | what | pagebuf | Node 26 | buffer@6 | bar | |',
    '| --- | --- | ---: | ---: | ---: | ---: | --- |',
    ...rows.map(textsOf).map(({ engine, what, ours, rival, theirs, bar, met }) => {
      const [native, feross] = rival === 'Node 26' ? [theirs, ''] : ['', theirs];
      return `| ${[engine, what, ours, native, feross, bar, bar && met].join(' | ')} |`;
    })];
}

function readCommand(args) {
  let given;
  try {
    given = parseArgs({ args, options: { write: { type: 'boolean', default: false } }, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error.message.split('\n')[0].replace(/\. To specify.*$/, ''));
  }
  const { values: { write }, positionals: words } = given;
  const known = [...Object.keys(engines), ...Object.keys(parts)];
  const unknown = words.find((word) => !known.includes(word));
  if (unknown !== undefined) throw new UsageError(`unknown word "${unknown}", expected any of: ${known.join(', ')}`);
  if (write && words.length > 0) throw new UsageError('--write takes all engines and parts');
  const chosen = (all) => {
    const some = all.filter((name) => words.includes(name));
    return some.length > 0 ? some : all;
  };
  const wanted = chosen(Object.keys(engines)).flatMap((engine) => chosen(Object.keys(parts))
    .filter((part) => partsOf[engine].includes(part))
    .map((part) => [engine, part]));
  if (wanted.length === 0) throw new UsageError(`nothing is measured of: ${words.join(', ')}`);
  if (!existsSync('/proc/self/smaps_rollup')) throw new UsageError('there is no /proc/self/smaps_rollup');
  return { write, wanted };
}

function sectionsOf(file) {
  const [before, rest = '', ...more] = readFileSync(file, 'utf8').split(begin);
  const [, after, ...others] = rest.split(end);
  if (after === undefined || more.length + others.length > 0) {
    throw new UsageError(`${file} has no lines between ${begin.trim()} and ${end.trim()}`);
  }
  return [before, after];
}

async function main(args) {
  const { write, wanted } = readCommand(args);
  if (write) sectionsOf(document); // read again when all is measured: somebody may have written there
  const rows = [];
  let isWhole = true;
  for (const [engine, part] of wanted) {
    try {
      const found = await measure(engine, part);
      for (const row of found) process.stdout.write(`${lineOf(row)}\n`);
      rows.push(...found);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      process.stdout.write(`${engines[engine].name}: ${part}: ${error.message.split('\n')[0]}: not met\n`);
      isWhole = false;
    }
  }
  if (write && isWhole) {
    const [before, after] = sectionsOf(document);
    writeFileSync(document, `${before}${begin}${tableOf(rows).join('\n')}\n${end}${after}`);
  }
  return isWhole && rows.every(({ isMet }) => isMet);
}

if (isMain(import.meta.url)) await runCommand('soak', main);
