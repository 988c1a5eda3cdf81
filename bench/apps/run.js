// npm run bench:apps [-- --quick] [--only PATTERN | --profile PATTERN] [--seed S]
//                    [--engines chromium,firefox,node26]
//
// Owns        the engines, one after the other, and what is printed. A run of all jobs is written to
//             docs/bench/apps.* and README.md; with --quick (less time per job) or --only (jobs whose name
//             matches the regular expression) it is printed, and left in build/bench/apps/. With --profile
//             the jobs that match are measured and sampled: self time per function of ours, and the ratio
//             if ours took no time.
// Assumes     chromium and firefox-esr are on PATH. The packages are installed when they are not there.
// Holds       exit code 0: measured, 1: an answer is wrong or a job failed, 2: arguments that make no
//             sense. The answers of native Buffer of Node 26 are right. Each job has a page or a process of
//             its own, with all libraries in it.

import { execFile, execFileSync, fork } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium, firefox } from 'playwright';
import { rolldown } from 'rolldown';
import { commandPath, integerArgument, isMain, readArguments, runCommand, UsageError } from '../../compare/command.js';
import { nodeBinary } from '../../compare/node.js';
import { serve } from '../run.js';
import { bundle, libraries } from './bundle.js';
import { jobs as allJobs } from './jobs.js';
import { filesOf, readGecko, readV8, sumOf, textOfProfile } from './profile.js';
import { textOf, writeReports } from './report.js';
import { efforts } from './side.js';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const work = join(root, 'build/bench/apps');
const patience = 120000; // milliseconds for one job
const spinning = 1500; // milliseconds that are sampled
const sampled = 200; // microseconds between V8's samples
const geckoProfiler = {
  MOZ_PROFILER_STARTUP: '1', MOZ_PROFILER_STARTUP_INTERVAL: '1', MOZ_PROFILER_STARTUP_FEATURES: 'js,stackwalk',
  MOZ_PROFILER_STARTUP_FILTERS: 'GeckoMain',
};
const memoryFor = 1e8; // nanoseconds of ours: how long each library does a job before its memory is measured

// ---- code -------------------------------------------------------------------------------------------------

/** The packages of the jobs, in bench/apps/node_modules. */
export async function install() {
  const installed = join(here, 'node_modules/.package-lock.json'); // npm writes it last
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(here, 'package-lock.json')).mtimeMs) return;
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await promisify(execFile)('npm', args, { cwd: here, shell: process.platform === 'win32' });
}

async function bundleSide() {
  const build = await rolldown({ input: join(here, 'side.js'), platform: 'browser', logLevel: 'silent' });
  const { output: [{ code }] } = await build.generate({ format: 'es' });
  await build.close();
  return code;
}

/** [file][library]: code. */
async function bundleJobs(jobs) {
  const code = {};
  for (const file of new Set(jobs.map((job) => job.file))) {
    code[file] = {};
    for (const library of Object.keys(libraries)) code[file][library] = await bundle(file, library);
  }
  return code;
}

// ---- engines ----------------------------------------------------------------------------------------------

function within(promise, give) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => {
      give();
      reject(new Error(`took more than ${patience / 1000} s`));
    }, patience);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const pathOf = ({ file, job }, library) => `/jobs/${file}/${job}/${library}.js`;

/** A task of child.js in a process of its own. */
export async function inNode(binary, task, asked) {
  const child = fork(join(here, 'child.js'), {
    execPath: binary,
    execArgv: ['--expose-gc', '--no-warnings', ...task === 'memory' ? ['--min-semi-space-size=64', '--max-semi-space-size=64'] : []],
  });
  const answer = new Promise((resolve, reject) => {
    child.once('message', ({ result, failed }) => (failed ? reject(new Error(failed)) : resolve(result)));
    child.once('error', reject);
    child.once('disconnect', () => reject(new Error('the process ended without an answer')));
    child.send({ task, asked });
  });
  return within(answer, () => child.kill('SIGKILL'));
}

/** Writes the code of a job for Node; a library as side.js wants it. */
export function librariesInNode({ file }, names, code, folder = work) {
  return names.map((name) => {
    const path = join(folder, `${file}.${name}.mjs`);
    writeFileSync(path, code[file][name]);
    return { name, url: pathToFileURL(path).href, mustAgree: name !== 'buffer@6' };
  });
}

async function openNode({ code }) {
  const binary = await nodeBinary(26);
  const version = execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim();
  const names = ['pagebuf', 'native', 'buffer@6'];
  return {
    version: `Node ${version.slice(1)}`,
    measure: (job, asked) => inNode(binary, 'measure', { ...asked, libraries: librariesInNode(job, names, code) }),
    async memory(job, given, asked) {
      // All at once: nothing is timed.
      return Object.fromEntries(await Promise.all(librariesInNode(job, given, code).map(async (library) =>
        [library.name, await inNode(binary, 'memory', { ...asked, libraries: [library] })])));
    },
    async profile(job, asked) {
      const given = librariesInNode(job, ['pagebuf'], code);
      const profile = await inNode(binary, 'profile', { ...asked, libraries: given, interval: sampled });
      return readV8(profile, filesOf(code[job.file].pagebuf), `${job.file}.pagebuf.mjs`);
    },
    async close() {},
  };
}

async function openBrowser(type, command, flags, { code, side }) {
  const executablePath = commandPath(command);
  if (!executablePath) throw new UsageError(`${command} is not on PATH`);
  const files = { '/side.js': side };
  const server = await serve(files);
  const origin = `http://127.0.0.1:${server.address().port}`;
  const browser = await type.launch({ executablePath, ...flags });
  const librariesOf = (job, names) => names.map((name) => {
    files[pathOf(job, name)] = code[job.file][name];
    return { name, url: pathOf(job, name), mustAgree: name !== 'buffer@6' };
  });
  // Calls a function of side.js in a page of its own.
  const inPage = async (call, asked, around = (_, work) => work()) => {
    const page = await browser.newPage();
    try {
      await page.goto(origin);
      return await within(around(page, () => page.evaluate(async ([name, given]) => {
        if (!crossOriginIsolated) throw new Error('the page is not cross-origin isolated'); // eslint-disable-line no-undef
        return (await import('/side.js'))[name](given);
      }, [call, asked])), () => {});
    } finally {
      await page.close();
    }
  };
  return {
    version: `${command} ${browser.version()}`,
    measure: (job, asked) =>
      inPage('measure', { ...asked, libraries: librariesOf(job, ['pagebuf', 'buffer@6']) }),
    spin: (job, asked, around) => inPage('spin', { ...asked, libraries: librariesOf(job, ['pagebuf']) }, around),
    async close() {
      await browser.close();
      server.close();
    },
  };
}

async function openChromium(given) {
  const opened = await openBrowser(chromium, 'chromium', { args: ['--no-sandbox'] }, given);
  return {
    ...opened,
    async profile(job, asked) {
      const profile = await new Promise((resolve, reject) => {
        opened.spin(job, asked, async (page, spin) => {
          const session = await page.context().newCDPSession(page);
          await session.send('Profiler.enable');
          await session.send('Profiler.setSamplingInterval', { interval: sampled });
          await session.send('Profiler.start');
          await spin();
          resolve((await session.send('Profiler.stop')).profile);
        }).catch(reject);
      });
      return readV8(profile, filesOf(given.code[job.file].pagebuf), pathOf(job, 'pagebuf'));
    },
  };
}

// Gecko's profiler is on from the start, in every process of the browser, and writes what it has at the end.
// So a job is sampled in a browser of its own.
async function openFirefox(given) {
  const launch = (more) => openBrowser(firefox, 'firefox-esr', { channel: 'moz-firefox', ...more }, given);
  const opened = await launch({});
  return {
    ...opened,
    async profile(job, asked) {
      const folder = mkdtempSync(join(tmpdir(), 'gecko-'));
      const file = join(folder, 'profile.json');
      try {
        const env = { ...process.env, ...geckoProfiler, MOZ_PROFILER_SHUTDOWN: file };
        const sampling = await launch({ env });
        await sampling.spin(job, asked).finally(sampling.close);
        if (!existsSync(file)) throw new Error('Firefox has written no profile');
        const profile = JSON.parse(readFileSync(file, 'utf8'));
        return readGecko(profile, filesOf(given.code[job.file].pagebuf), pathOf(job, 'pagebuf'));
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

const engines = { chromium: openChromium, firefox: openFirefox, node26: openNode };

// ---- the command ------------------------------------------------------------------------------------------

/** The answers of native Buffer of Node 26, by the name of the job. */
async function answersOf(jobs, code, seed) {
  const binary = await nodeBinary(26);
  const expected = {};
  for (const job of jobs) {
    const libraries = librariesInNode(job, ['native'], code);
    const { answer, leftOut } = await inNode(binary, 'measure', { job: job.job, seed, libraries });
    if (answer === undefined) throw new Error(`${job.name}: native ${leftOut[0].reason}`);
    expected[job.name] = answer;
  }
  return expected;
}

function readPattern(name, text) {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new UsageError(`--${name}: ${error.message}`);
  }
}

function readCommand(args) {
  const { quick, only, engines: list, seed, profile } = readArguments(args, {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    engines: { type: 'string', default: Object.keys(engines).join(',') },
    seed: { type: 'string', default: '1' },
    profile: { type: 'string' },
  });
  const names = list.split(',');
  const unknown = names.find((name) => !Object.hasOwn(engines, name));
  if (unknown !== undefined) {
    throw new UsageError(`unknown engine "${unknown}", expected any of: ${Object.keys(engines).join(', ')}`);
  }
  if (only !== undefined && profile !== undefined) throw new UsageError('--only and --profile both choose jobs: give one');
  const [option, text] = profile === undefined ? ['only', only] : ['profile', profile];
  const pattern = text === undefined ? /^/ : readPattern(option, text);
  const jobs = allJobs.filter(({ name }) => pattern.test(name));
  if (jobs.length === 0) throw new UsageError(`--${option} "${text}" matches no job`);
  return {
    effort: efforts[quick ? 'quick' : 'full'], names, jobs, seed: integerArgument('seed', seed, 0, 2 ** 32 - 1),
    isWhole: !quick && text === undefined, withMemory: !quick && profile === undefined,
    isProfiled: profile !== undefined,
  };
}

function progressOf(engine, total) {
  const start = performance.now();
  let said = start;
  return (done) => {
    if (performance.now() - said < 10000) return;
    said = performance.now();
    process.stderr.write(`bench:apps: ${engine}: ${done} of ${total} jobs, ${Math.round((said - start) / 1000)} s\n`);
  };
}

async function measureJob(opened, job, { effort, seed, expected, withMemory }) {
  const asked = { job: job.job, seed };
  const found = { name: job.name };
  try {
    Object.assign(found, await opened.measure(job, { ...asked, effort, expected: expected[job.name] }));
    if (withMemory && opened.memory && found.times) {
      const count = Math.max(8, Math.round(memoryFor / found.times.pagebuf));
      found.memory = await opened.memory(job, Object.keys(found.times), { ...asked, count });
    }
  } catch (error) {
    found.failed = error.message.split('\n')[0];
  }
  return found;
}

async function profileJob(opened, job, seed) {
  try {
    return await opened.profile(job, { job: job.job, seed, milliseconds: spinning });
  } catch (error) {
    return { failed: error.message.split('\n')[0] };
  }
}

async function runEngine(engine, given, { jobs, seed, isProfiled, ...options }) {
  const opened = await engines[engine](given);
  const tell = progressOf(engine, jobs.length);
  const measured = [];
  const profiles = [];
  try {
    for (const job of jobs) {
      tell(measured.length);
      measured.push(await measureJob(opened, job, { ...options, seed }));
      if (isProfiled) profiles.push(await profileJob(opened, job, seed));
    }
  } finally {
    await opened.close();
  }
  return { engine, version: opened.version, jobs: measured, profiles };
}

function textOfProfiles({ engine, jobs, profiles }) {
  const each = profiles.map((profile, index) =>
    textOfProfile(jobs[index].name, profile, jobs[index].ratios || {}));
  const all = jobs.length > 1 ? [textOfProfile(`${engine}, all ${jobs.length} jobs alike`, sumOf(profiles), {}, 25)] : [];
  return [...each, ...all, ''].join('\n');
}

async function main(args) {
  const { names, ...options } = readCommand(args);
  const { jobs, seed, isWhole, isProfiled } = options;
  await install();
  mkdirSync(work, { recursive: true });
  const given = { code: await bundleJobs(jobs), side: await bundleSide() };
  const expected = await answersOf(jobs, given.code, seed);
  const about = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${availableParallelism()} x ${cpus()[0].model.trim()}, ${platform()} ${arch()}`,
    seed,
  };
  const results = [];
  for (const engine of names) {
    process.stderr.write(`bench:apps: ${engine}: ${jobs.length} jobs\n`);
    const { profiles, ...result } = await runEngine(engine, given, { ...options, expected });
    results.push({ ...about, ...result });
    process.stdout.write(`${textOf(result)}\n`);
    if (isProfiled) process.stdout.write(`${textOfProfiles({ ...result, profiles })}\n`);
    else if (!isWhole) writeFileSync(join(work, `${engine}.json`), JSON.stringify({ ...about, ...result }));
  }
  if (isWhole) {
    writeReports(join(root, 'docs/bench'), join(root, 'README.md'), results, jobs);
    process.stdout.write('written: docs/bench/apps.md, apps.json, apps.svg, and the figures in README.md\n');
  }
  return results.every((result) => result.jobs.every(({ leftOut = [], failed }) =>
    !failed && !leftOut.some(({ isWrong }) => isWrong)));
}

if (isMain(import.meta.url)) await runCommand('bench:apps', main);
