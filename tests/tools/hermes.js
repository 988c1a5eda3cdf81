// pagebuf in Hermes, bundled by Metro with React Native's preset.
//
// Holds    newer versions of Hermes are published as compilers only; 0.12 is the last one with its engine.
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, run } from '../application.js';

const tests = fileURLToPath(new URL('..', import.meta.url));

/** The tests of tests/vectors.test.js that cannot pass there: the name, and what Hermes does. */
export const impossible = {
  'prototype inspect': 'Babel compiles private fields to properties for Hermes 0.12',
  'prototype subarray': 'an empty view always starts at 0',
  'prototype slice': 'as subarray',
  'prototype readUint8': '`this` of a strict function is the global object where it was null',
  'prototype writeDoubleLE': 'as readUint8, for a string',
  'module atob': 'there is no DOMException',
  'module btoa': 'as atob',
};

/** Installs all packages, and returns the folder. */
export async function installed() {
  const folder = await install('tools/react-native');
  cpSync(join(tests, 'tools/react-native'), folder, { recursive: true });
  cpSync(join(tests, 'apps/page/ways.js'), join(folder, 'ways.js'));
  for (const name of ['hermes-engine-cli/linux64-bin/hermes', 'hermes-compiler/hermesc/linux64-bin/hermesc']) {
    chmodSync(join(folder, 'node_modules', name), 0o755); // npm sets the mode in scripts, which do not run here
  }
  return folder;
}

/** Bundles `entry`.js, runs it, and returns the JSON that it printed. */
export async function answersOf(folder, entry, config = 'metro.config.cjs') {
  await run(folder, process.execPath, 'bundle.js', config, `${entry}.js`, `${entry}.bundle`);
  return JSON.parse(await run(folder, 'node_modules/hermes-engine-cli/linux64-bin/hermes', '-w', `${entry}.bundle`));
}

/** The version of Hermes, and the tests of tests/vectors.test.js: { number, passed, failed, skipped }. */
export async function runVectors() {
  const folder = await installed();
  mkdirSync(join(folder, 'tests'), { recursive: true });
  for (const name of ['vectors.test.js', 'calls.js']) cpSync(join(tests, name), join(folder, 'tests', name));
  const text = readFileSync(join(tests, 'vectors.json'), 'utf8');
  writeFileSync(join(folder, 'tests/vectors.text.js'), `export default ${JSON.stringify(text)};\n`);
  const { passed, failed } = await answersOf(folder, 'vectors', 'vectors.config.cjs');
  const isPossible = ({ name }) => !Object.keys(impossible).some((row) => name.startsWith(`${row} `));
  const { version } = JSON.parse(readFileSync(join(folder, 'node_modules/hermes-engine-cli/package.json')));
  return {
    number: version,
    passed,
    failed: failed.filter(isPossible),
    skipped: failed.filter((test) => !isPossible(test)),
  };
}
