// npm run record: what Node 22, 24 and 26 answer to the examples and the lessons, for a page without a Node.
//
// Owns        web/recorded/<line>.json: { version, runs: { keyOf(script): rows } }; record(), which makes
//             them.
// Assumes     compare/node.js finds the binaries, or installs them.
// Holds       every script is recorded with a pool of 8 KiB (Node 22's) and of 64 KiB (today's).

import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMain, runCommand, UsageError } from '../compare/command.js';
import { examples } from '../compare/examples.js';
import { lines, nodeBinary, openNode } from '../compare/node.js';
import { strictLimits, checkScript } from '../compare/script.js';
import { keyOf } from '../web/beside.js';
import { lessons } from '../web/lessons.js';

const shown = [...examples, ...lessons].filter(({ script }) => script !== undefined);
const scripts = shown.flatMap(({ script }) => (
  [8192, 65536].map((poolSize) => checkScript({ ...script, poolSize }, strictLimits))));

/**
 * What a line of Node answers.
 *
 * @param {number} line 22, 24 or 26
 * @returns {Promise<{ version: string, runs: object }>}
 */
export async function record(line) {
  const node = await openNode(nodeBinary(line));
  try {
    const runs = {};
    for (const script of scripts) runs[keyOf(script)] = await node.run(script);
    return { version: node.about.version, runs };
  } finally {
    node.close();
  }
}

async function main(args) {
  if (args.length > 0) throw new UsageError(`unexpected argument '${args[0]}'`);
  const folder = fileURLToPath(new URL('../web/recorded/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const line of lines) {
    const recorded = await record(line);
    writeFileSync(`${folder}${line}.json`, `${JSON.stringify(recorded, undefined, 1)}\n`);
    console.log(`${recorded.version}: ${Object.keys(recorded.runs).length} scripts`);
  }
  return true;
}

if (isMain(import.meta.url)) await runCommand('record', main);
