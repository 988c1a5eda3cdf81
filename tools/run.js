// Runs every check, cheapest first, and stops at the first failure with that check's exit code. `quick` is
// the part of them that finds most in a minute.
//
// Usage    node tools/run.js [step...]          (no step: all but `apps`, in the order of the table)
//          node tools/run.js quick [word...]    the linter, the C tests if there is a compiler, tests in Node
//                                               and in Chromium. A word is a test, or the file that it is
//                                               about: `pool`, `js/pool.js` and `src/pool.c` are the same.
// Holds    what the steps need is set up first (tools/set-up.js).
//          A step that finds nothing to check fails. Arguments that make no sense: exit code 2.
//          node:test is last, so that its summary closes the log.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandPath, isMain, runCommand, UsageError } from '../compare/command.js';
import { nodeBinary } from '../compare/node.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const environment = { ...process.env, PATH: join(root, 'node_modules/.bin') + delimiter + process.env.PATH };
// Some tools colour whatever CI reads, and the summaries are read by programs there.
if (!process.stdout.isTTY) environment.NO_COLOR = '1';

// Each step: what it needs of tools/set-up.js, and its commands.
const steps = {
  lint: {
    needs: ['build', 'lint', 'npm'],
    commands: () => [
      eslint,
      ['clang-format', '--dry-run', '-Werror', ...files('src', /\.[ch]$/), ...files('tests', /\.[ch]$/)],
      ['cmake', '--preset', 'native'], // writes the compile_commands.json that clang-tidy reads
      ['clang-tidy', '--quiet', '-p', 'build/native', ...files('src', /\.c$/), ...files('tests', /\.c$/)],
    ],
  },
  build: { needs: ['build', 'npm'], commands: () => [[process.execPath, 'tools/build.js', '--check']] },
  native: { needs: ['build'], commands: () => ctest('native') },
  libfuzzer: {
    needs: ['build'],
    commands: () => [[process.execPath, 'tools/libfuzzer.js', '--seconds', '60']],
  },
  wasm: {
    needs: ['build', 'npm', 'node26'],
    commands: () => {
      // Node 20 crashes in 3 of 100 runs of the kernels' test, however it compiles the module. Node 26 does
      // not.
      const [configure, build, test] = ctest('wasm');
      return [configure, build, withReferenceNode(test)];
    },
  },
  vitest: {
    needs: ['browsers', 'npm', 'node26'],
    // Some faults, as with built-ins that somebody wrapped, show in one line of Node only.
    commands: () => [vitest, withReferenceNode([...vitest, '--project', 'node', '--project', 'node-checked'])],
  },
  node: {
    needs: ['build', 'browsers', 'npm', 'node26'],
    commands: () => packedAndTested(files('tests', /\.node\.js$/)),
  },
  // Tools that take a minute each, and a gigabyte together.
  apps: {
    needs: ['browsers', 'npm', 'node26'],
    commands: () => packedAndTested(files('tests/tools', /\.node\.js$/)),
  },
};

const eslint = ['eslint', '--max-warnings', '0', '.'];
// Loaded natively, because Vite would bundle all that the configuration imports.
const vitest = ['vitest', 'run', '--configLoader', 'native', '--config', 'tests/vitest.config.js'];

// Of the tests of node:test, what takes a few seconds.
const quickTests = ['api', 'codecs', 'commands', 'exports', 'frozen', 'global'];

/** The steps of these names, or all but `apps`, in the order of the table: [name, { needs, commands }]. */
export function stepsOf(names) {
  const unknown = names.find((name) => !Object.hasOwn(steps, name));
  if (unknown !== undefined) {
    throw new UsageError(`unknown step '${unknown}', expected any of: ${Object.keys(steps).join(', ')}; or quick first`);
  }
  return Object.entries(steps).filter(([name]) => (names.length > 0 ? names.includes(name) : name !== 'apps'));
}

/** The files of `quick`, by what runs them: { native, vitest, node }. */
export function quickTestsOf(words) {
  const all = {
    native: files('tests', /\.test\.c$/),
    vitest: files('tests', /\.test\.js$/),
    node: files('tests', /\.node\.js$/),
  };
  const stemOf = (path) => basename(path).split('.')[0];
  if (words.length === 0) {
    return { ...all, node: all.node.filter((file) => quickTests.includes(stemOf(file))) };
  }
  const isAbout = (file, word) => stemOf(word) !== '' && stemOf(file).includes(stemOf(word));
  const everything = Object.values(all).flat();
  const unknown = words.find((word) => !everything.some((file) => isAbout(file, word)));
  if (unknown !== undefined) throw new UsageError(`no test in tests/ is about '${unknown}'; quick without a word runs all`);
  return Object.fromEntries(Object.entries(all).map(([kind, list]) =>
    [kind, list.filter((file) => words.some((word) => isAbout(file, word)))]));
}

function quick(words) {
  const tests = quickTestsOf(words);
  const hasCompiler = ['cmake', 'make', 'cc'].every(commandPath);
  const programs = tests.native.map((file) => basename(file, '.test.c'));
  const projects = ['node', 'node-plain', 'chromium'].flatMap((name) => ['--project', name]);
  return {
    needs: ['chromium', 'npm', 'node26'],
    commands: () => [
      [...eslint, '--cache', '--cache-location', '.cache/eslint/'],
      ...(hasCompiler && programs.length > 0 ? ctest('native', '-R', `^(${programs.join('|')})-`) : []),
      // By itself Vitest leaves a CPU alone.
      ...(tests.vitest.length > 0 ? [[...vitest, '--maxWorkers', '100%', ...projects, ...tests.vitest]] : []),
      ...(tests.node.length > 0 ? packedAndTested(tests.node) : []),
    ],
  };
}

function ctest(preset, ...args) {
  return [
    ['cmake', '--preset', preset],
    ['cmake', '--build', '--preset', preset],
    ['ctest', '--preset', preset, '--no-tests=error', ...args],
  ];
}

function withReferenceNode(command) {
  return ['env', `PATH=${dirname(nodeBinary(26))}${delimiter}${environment.PATH}`, ...command];
}

function stop(message, exitCode) {
  console.error(`run: ${message}`);
  process.exit(exitCode);
}

function files(folder, pattern) {
  const found = readdirSync(join(root, folder)).filter((name) => pattern.test(name)).sort();
  if (found.length === 0) stop(`nothing in ${folder}/ matches ${pattern}`, 1);
  return found.map((name) => `${folder}/${name}`);
}

// Some of these tests import the package as it is published, so it is packed first.
function packedAndTested(tests) {
  mkdirSync(join(root, 'build'), { recursive: true });
  return [
    ['npm', 'pack', '--silent', '--pack-destination', 'build'],
    [nodeBinary(26), '--test', '--test-reporter=spec', '--test-timeout=600000', ...tests],
  ];
}

function run(command, ...args) {
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status === 0) return;
  const outcome = error ? error.message : signal ? `killed by ${signal}` : `exit code ${status}`;
  stop(`${[command, args[0]].join(' ')} failed (${outcome})`, status || 1);
}

function setUp(needs) {
  const { status } = spawnSync(process.execPath, ['tools/set-up.js', ...needs], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status || 1);
}

function main([first, ...rest]) {
  const chosen = first === 'quick' ? [[first, quick(rest)]] : stepsOf(first === undefined ? [] : [first, ...rest]);
  setUp(new Set(chosen.flatMap(([, { needs }]) => needs)));
  let before = '';
  for (const [name, { commands }] of chosen) {
    // A step's time stands on the next step's line, so that the last lines are the last runner's own.
    console.log(`${before}== ${name}`);
    const start = performance.now();
    for (const command of commands()) run(...command);
    before = `== ${name} ok, ${((performance.now() - start) / 1000).toFixed(1)} s\n`;
  }
  return true;
}

if (isMain(import.meta.url)) await runCommand('run', main);
