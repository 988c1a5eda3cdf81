// Mutants: faults, planted one at a time. A suite must find each of them.
//
// Usage    npm run mutants -- [--only NAME]
// Owns     the list: where a fault is planted, and which suite is to find it.
// Assumes  js/ is built from src/: what a mutant changes in src/ is found by the C tests.
// Holds    nothing is changed here: a mutant lives in a copy below build/. Exit code 0: each was found, 1:
//          one was not, 2: arguments that make no sense, or a fault whose place is gone.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { nodeBinary } from '../compare/node.js';

const root = fileURLToPath(new URL('..', import.meta.url));

// How each suite is run in a mutant's folder; what exits with another code than 0 has found something.
const suites = {
  liars: async () => [await nodeBinary('26'), '--no-deprecation', 'tools/suite.js', 'liars', '--seed', '5', '--calls', '60000'],
  sequences: async () => [await nodeBinary('26'), 'tools/suite.js', 'sequences', '--seed', '5', '--calls', '60000'],
  wrapped: async () => ['node_modules/.bin/vitest', 'run', '--configLoader', 'native', '--config', 'tests/vitest.config.js',
    '--project', 'node', 'tests/wrapped.test.js'],
  realms: async () => [await nodeBinary('26'), '--test', 'tests/frozen.node.js'],
  libfuzzer: async () => [process.execPath, 'tools/libfuzzer.js', '--seconds', '20', '--seed', '5'],
};

/** Each fault: { name, file, was, is, suite }; `was` stands once in the file. */
export const mutants = [
  { name: 'toString() trusts a start that was converted again', suite: 'liars', file: 'js/buffer.js',
    was: 'isUint8Array(this) && start >= 0 && end <= lengthOf(this)', is: 'isUint8Array(this) && end <= lengthOf(this)' },
  { name: 'Buffer.from() reads the length of an array-like twice', suite: 'liars', file: 'js/allocate.js',
    was: '  const buffer = slice(owner, address, length);\n  if (isUint8Array(list)',
    is: '  const buffer = slice(owner, address, list.length);\n  if (isUint8Array(list)' },
  { name: 'subarray() trusts the byteOffset of the view', suite: 'liars', file: 'js/buffer.js',
    was: 'viewBetween(this, byteOffsetOf(this),', is: 'viewBetween(this, this.byteOffset,' },
  { name: 'a writer keeps the length of before the conversion', suite: 'liars', file: 'js/buffer.js',
    was: '  const bytes = bytesOfView(buffer);\n  const room = lengthOf(bytes) - offset;',
    is: '  const bytes = bytesOfView(buffer);\n  const room = lengthOf(bytes) - offset + 1;' },
  { name: 'an offset of copy() is converted twice', suite: 'liars', file: 'js/buffer.js',
    was: '  value = toNumber(value);\n  return value >= Number.MIN_SAFE_INTEGER', is: '  value = toNumber(value) + 0 * value;\n  return value >= Number.MIN_SAFE_INTEGER' },
  { name: 'more is given back than was left over', suite: 'libfuzzer', file: 'src/pool.c',
    was: 'move_cursor(pool, pool->mark + used);', is: 'move_cursor(pool, pool->mark);' },
  { name: 'a slice that is not the last one is given back', suite: 'libfuzzer', file: 'src/pool.c',
    was: 'address != (uint32_t)pool->mark || size', is: 'size' },
  { name: 'a string is taken when it is written', suite: 'wrapped', file: 'js/allocate.js',
    was: '  const used = encodeInto(codec, owner.bytes, string, address, most);\n  shrink(owner, address, most, used);',
    is: '  shrink(owner, address, most, 0);\n  const used = encodeInto(codec, owner.bytes, string, address, most);\n' +
      '  if (used > 0) take(used, poolSizeNow());' },
  { name: 'the encoder gets memory that others use', suite: 'wrapped', file: 'js/encodings.js',
    was: '  aside = undefined;\n', is: '' },
  { name: 'copy() moves up from the first byte', suite: 'sequences', file: 'js/bytes.js',
    was: 'ahead > 0 && (ahead < count', is: 'ahead > 8 && (ahead < count' },
  { name: 'a short fill ends one byte late', suite: 'sequences', file: 'js/bytes.js',
    was: 'const looped = Math.min(end, start', is: 'const looped = Math.min(end + 1, start' },
  { name: 'a backward search begins one byte late', suite: 'sequences', file: 'js/search.js',
    was: 'const last = length - distance - 1;', is: 'const last = length - distance;' },
  { name: 'a needle of a single byte more is not looked for', suite: 'sequences', file: 'js/search.js',
    was: 'if (needleLength > length || needleLength < unit) return -1;', is: 'if (needleLength >= length || needleLength < unit) return -1;' },
  { name: 'descriptors inherit', suite: 'realms', file: 'js/errors.js',
    was: '{ __proto__: null, value: message, writable', is: '{ value: message, writable' },
  { name: 'compare_prefix() reads one byte too many', suite: 'libfuzzer', file: 'src/compare.c',
    was: 'while (i < length &&', is: 'while (i <= length &&' },
  { name: 'swap_units() takes a vector that is not there', suite: 'libfuzzer', file: 'src/swap.c',
    was: 'i + 16 <= length; i += 16', is: 'i + 8 <= length; i += 16' },
  { name: 'hex_encode() writes beyond its end', suite: 'libfuzzer', file: 'src/hex.c', was: 'i + 8 <= length', is: 'i + 7 <= length' },
];

function stop(message) {
  console.error(`mutants: ${message}`);
  process.exit(2);
}

/** The file with the fault in it. */
export function planted({ name, file, was, is }) {
  const text = readFileSync(root + file, 'utf8');
  if (text.split(was).length !== 2) throw new Error(`the place of '${name}' is gone from ${file}`);
  return text.replace(was, () => is);
}

async function isFound(mutant) {
  const folder = `${root}build/mutant`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of ['js', 'src', 'tests', 'tools', 'compare', 'CMakeLists.txt', 'CMakePresets.json', 'package.json', '.clang-tidy']) {
    cpSync(root + part, `${folder}/${part}`, { recursive: true });
  }
  symlinkSync(`${root}node_modules`, `${folder}/node_modules`);
  symlinkSync(`${root}.cache`, `${folder}/.cache`);
  writeFileSync(`${folder}/${mutant.file}`, planted(mutant));
  const [command, ...args] = await suites[mutant.suite]();
  const { status, signal, error } = spawnSync(command, args, { cwd: folder, stdio: 'ignore', timeout: 300000 });
  if (error && !signal) stop(`cannot run ${command}: ${error.message}`);
  return status === 1 || signal === 'SIGABRT' || signal === 'SIGSEGV';
}

async function main() {
  let only;
  try {
    ({ only } = parseArgs({ options: { only: { type: 'string' } } }).values);
  } catch (error) {
    stop(error.message.split('\n')[0]);
  }
  const chosen = mutants.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0) stop(`--only knows no mutant '${only}'`);
  let missed = 0;
  for (const mutant of chosen) {
    const found = await isFound(mutant);
    if (!found) missed++;
    console.log(`mutants: ${mutant.suite} ${found ? 'found' : 'DID NOT FIND'}: ${mutant.name} (${mutant.file})`);
  }
  console.log(`mutants: ${chosen.length}, ${missed} not found`);
  process.exit(missed === 0 ? 0 : 1);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main().catch((error) => stop(error.message));
}
