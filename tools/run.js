// Runs every check, cheapest first, and stops at the first failure with that check's exit code.
//
// Usage    node tools/run.js [step...]      (no step: all but the last, in the order of the table)
// Assumes  tools/set-up.js has run.
// Holds    a step that finds nothing to check fails.
//          node:test is last, so that its summary closes the log.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeBinary } from '../compare/node.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const environment = { ...process.env, PATH: join(root, 'node_modules/.bin') + delimiter + process.env.PATH };
// Some tools colour whatever CI reads, and the summaries are read by programs there.
if (!process.stdout.isTTY) environment.NO_COLOR = '1';

const steps = {
  lint: () => [
    ['eslint', '--max-warnings', '0', '.'],
    ['clang-format', '--dry-run', '-Werror', ...files('src', /\.[ch]$/), ...files('tests', /\.[ch]$/)],
    ['cmake', '--preset', 'native'], // writes the compile_commands.json that clang-tidy reads
    ['clang-tidy', '--quiet', '-p', 'build/native', ...files('src', /\.c$/), ...files('tests', /\.c$/)],
  ],
  build: () => [[process.execPath, 'tools/build.js', '--check']],
  native: () => [
    ['cmake', '--preset', 'native'],
    ['cmake', '--build', '--preset', 'native'],
    ['ctest', '--preset', 'native', '--no-tests=error'],
  ],
  libfuzzer: () => [[process.execPath, 'tools/libfuzzer.js', '--seconds', '60']],
  wasm: () => [
    ['cmake', '--preset', 'wasm'],
    ['cmake', '--build', '--preset', 'wasm'],
    ['ctest', '--preset', 'wasm', '--no-tests=error'],
  ],
  // Loaded natively, because Vite would bundle all that the configuration imports.
  vitest: () => [['vitest', 'run', '--configLoader', 'native', '--config', 'tests/vitest.config.js']],
  // What is published is what some of these tests take, so it is packed first.
  node: async () => packedAndTested('tests'),
  // Tools that take a minute each, and a gigabyte together.
  apps: async () => packedAndTested('tests/tools'),
};

function stop(message, exitCode) {
  console.error(`run: ${message}`);
  process.exit(exitCode);
}

function files(folder, pattern) {
  const found = readdirSync(join(root, folder)).filter((name) => pattern.test(name)).sort();
  if (found.length === 0) stop(`nothing in ${folder}/ matches ${pattern}`, 1);
  return found.map((name) => `${folder}/${name}`);
}

function folder(name) {
  mkdirSync(join(root, name), { recursive: true });
  return name;
}

async function packedAndTested(name) {
  return [
    ['npm', 'pack', '--silent', '--pack-destination', folder('build')],
    [await nodeBinary('26'), '--test', '--test-reporter=spec', '--test-timeout=600000', ...files(name, /\.node\.js$/)],
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

const names = process.argv.slice(2);
const unknown = names.find((name) => !Object.hasOwn(steps, name));
if (unknown !== undefined) stop(`unknown step '${unknown}', expected any of: ${Object.keys(steps).join(', ')}`, 2);

let before = '';
for (const name of Object.keys(steps)) {
  if (names.length > 0 ? !names.includes(name) : name === 'apps') continue;
  // A step's time stands on the next step's line, so that the last lines are the last runner's own.
  console.log(`${before}== ${name}`);
  const start = performance.now();
  for (const command of await steps[name]()) run(...command);
  before = `== ${name} ok, ${((performance.now() - start) / 1000).toFixed(1)} s\n`;
}
