// Makes a fresh machine ready: system commands, npm packages, the reference Node.
//
// Usage    node tools/set-up.js [build] [lint] [browsers] [npm] [node26]      (no word: all of them)
//          a command of the table, as `chromium`, is a word, too
// Assumes  nothing but Node itself: it runs before node_modules exists.
// Holds    a machine that has everything is not touched, and nothing is fetched.
//          What is missing and cannot be installed is named in one line, and the exit code is 2.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandPath } from '../compare/command.js';
import { nodeBinary } from '../compare/node.js';

const root = fileURLToPath(new URL('..', import.meta.url));

// One row per need: any one of the commands will do, or clang links with the library; and the package that
// brings it on Debian and Ubuntu.
const needs = [
  { group: 'build', commands: ['cmake'], aptPackage: 'cmake' },
  { group: 'build', commands: ['make'], aptPackage: 'make' },
  { group: 'build', commands: ['emcc'], aptPackage: 'emscripten' },
  { group: 'build', commands: ['wasm2js'], aptPackage: 'binaryen' },
  { group: 'build', commands: ['cc'], aptPackage: 'build-essential' },
  { group: 'build', commands: ['clang'], aptPackage: 'clang' },
  { group: 'build', commands: [], library: 'libclang_rt.fuzzer', aptPackage: 'libclang-rt-dev' },
  { group: 'lint', commands: ['clang-format'], aptPackage: 'clang-format' },
  { group: 'lint', commands: ['clang-tidy'], aptPackage: 'clang-tidy' },
  { group: 'browsers', commands: ['chromium'], aptPackage: 'chromium' },
  { group: 'browsers', commands: ['firefox-esr'], aptPackage: 'firefox-esr' },
  { group: 'browsers', commands: ['WebKitWebDriver'], aptPackage: 'webkit2gtk-driver' },
  { group: 'browsers', commands: ['Xvfb'], aptPackage: 'xvfb' },
];
const groups = ['build', 'lint', 'browsers', 'npm', 'node26'];

// clang names its libraries after the machine, or puts them in a folder of that name.
function hasLibrary(name) {
  const { stdout } = spawnSync('clang', ['-print-resource-dir'], { encoding: 'utf8' });
  if (!stdout) return false;
  return readdirSync(join(stdout.trim(), 'lib'), { recursive: true }).some((file) => basename(file).startsWith(name));
}

function missingFrom(wanted) {
  const isWanted = ({ group, commands }) => [group, ...commands].some((word) => wanted.includes(word));
  const isThere = ({ commands, library }) =>
    (library === undefined ? commands.some(commandPath) : hasLibrary(library));
  return needs.filter((need) => isWanted(need) && !isThere(need));
}

function namesOf({ commands, library }) {
  return library === undefined ? commands.join(' or ') : library;
}

function stop(message) {
  console.error(`set-up: ${message}`);
  process.exit(2);
}

function run(command, ...args) {
  console.log(`set-up: ${command} ${args.join(' ')}`);
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    // apt's own narration is hundreds of lines; what it has to say about a failure comes on stderr.
    stdio: ['ignore', command === 'apt-get' ? 'ignore' : 'inherit', 'inherit'],
  });
  if (status !== 0) {
    stop(`${command} ${args[0]} failed (${error ? error.message : `exit code ${status}`})`);
  }
}

function setUpCommands(wanted) {
  const missing = missingFrom(wanted);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((need) => need.aptPackage))];
  if (process.getuid?.() !== 0 || !commandPath('apt-get')) {
    stop(`not found on PATH: ${missing.map(namesOf).join(', ')}; on Debian: apt-get install ${packages.join(' ')}`);
  }
  run('apt-get', 'update', '-q');
  run('apt-get', 'install', '-q', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...packages);
  const still = missingFrom(wanted);
  if (still.length > 0) stop(`still not found on PATH: ${still.map(namesOf).join(', ')}`);
}

function setUpPackages() {
  const installed = join(root, 'node_modules/.package-lock.json'); // npm writes it last
  const locked = join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(locked).mtimeMs) return;
  // Without install scripts nothing comes from anywhere but the registry; Playwright's browsers least of all.
  run('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
}

function setUpReference() {
  const { status } = spawnSync(nodeBinary(26), ['--version'], { stdio: 'ignore' });
  if (status !== 0) stop('the reference Node 26 does not start');
}

function main(words) {
  const known = [...groups, ...needs.flatMap(({ commands }) => commands)];
  const unknown = words.find((word) => !known.includes(word));
  if (unknown !== undefined) stop(`unknown word '${unknown}', expected any of: ${known.join(', ')}`);
  const wanted = words.length > 0 ? words : groups;
  setUpCommands(wanted);
  if (wanted.includes('npm')) setUpPackages();
  if (wanted.includes('node26')) setUpReference();
}

try {
  main(process.argv.slice(2));
} catch (error) {
  stop(error.message);
}
