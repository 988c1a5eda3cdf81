// npm run compare:lines: the side by side against real Node 22, 24 and 26, with slabs of every kind.
//
// Owns        the command  node compare/lines.js [--ops N] [--seed S]
// Holds       exit codes as compare.js.

import { integerArgument, isMain, progressLine, readArguments, runCommand } from './command.js';
import { compareRandom, openOurs, sources, textOfFailure } from './compare.js';
import { lines, nodeBinary, openNode } from './node.js';

async function main(args) {
  const values = readArguments(args, {
    ops: { type: 'string', default: '200000' },
    seed: { type: 'string', default: String(Date.now() % 1000000) },
  });
  const count = integerArgument('ops', values.ops, 1, 1e9);
  const seed = integerArgument('seed', values.seed, 0, 2 ** 32 - 1);
  let isSame = true;
  for (const line of lines) {
    for (const source of sources) {
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
