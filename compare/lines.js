// The side by side against real Node 22, 24 and 26, from both sources.
//
// Owns        where the binaries come from: the npm packages node-<platform>-<arch>, which are put into
//             .cache/ when they are missing; and the command  node compare/lines.js [--ops N] [--seed S]
// Holds       exit codes as compare.js.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  UsageError, compareRandom, integerArgument, isMain, openNode, openOurs, progressLine, readArguments,
  runCommand, textOfFailure,
} from './compare.js';

/** The lines that ours is compared with; the last one is the reference. */
export const lines = [22, 24, 26];

const cache = fileURLToPath(new URL('../.cache/', import.meta.url));

/**
 * The binary of a line of Node, which is installed first when it is not there.
 *
 * @param {number} line 22, 24 or 26
 * @returns {string} path
 * @throws {UsageError} when it cannot be installed
 */
export function nodeBinary(line) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = join(cache, `node-${line}`);
  const binary = join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  const args = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--loglevel=error',
    `${name}@${line}`];
  try {
    execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], shell: platform === 'win' });
  } catch (error) {
    const [reason = error.message] = String(error.stderr || '').split('\n').filter((text) => text.trim());
    throw new UsageError(`cannot install ${name}@${line}: ${reason}`);
  }
  if (!existsSync(binary)) throw new UsageError(`${name}@${line} has no ${binary}`);
  return binary;
}

async function main(args) {
  const values = readArguments(args, {
    ops: { type: 'string', default: '200000' },
    seed: { type: 'string', default: String(Date.now() % 1000000) },
  });
  const count = integerArgument('ops', values.ops, 1, 1e9);
  const seed = integerArgument('seed', values.seed, 0, 2 ** 32 - 1);
  let isSame = true;
  for (const line of lines) {
    for (const source of ['linear', 'heap']) {
      const theirs = await openNode(nodeBinary(line));
      try {
        const ours = await openOurs(source);
        const label = `${theirs.name}, ${source}`;
        const progress = progressLine(label, count);
        const result = await compareRandom(ours, theirs, { count, seed, progress });
        const known = result.known > 0 ? `, ${result.known} rows with a known byteLength` : '';
        process.stdout.write(result.failure
          ? `${label}: ${textOfFailure(result.failure, [ours, theirs])}\n`
          : `${label}: ${result.done} operations, 0 divergences${known}, seed ${seed}\n`);
        isSame = isSame && !result.failure;
      } finally {
        theirs.close();
      }
    }
  }
  return isSame;
}

if (isMain(import.meta.url)) await runCommand('compare:lines', main);
