// The real Node's side of a comparison. The binary that runs it is the one that ours is compared with, Node
// 20 or later.
//
// It reads one JSON request per line and answers each with one line. The first line it writes says which Node
// it is.
//   { script, limits }  ->  { rows } or { refused }; limits as for runScript(), they may be left out
//   { claim }           ->  { result } or { failed }: an experiment of claims.js on this Node's Buffer,
//                           or, when the request has a `source`, on ours
// Reading and writing take from Node's pool. That happens only between scripts, because a script runs to its
// end in one turn.

import * as nodeBuffer from 'node:buffer';
import { createInterface } from 'node:readline';
import { runScript } from './script.js';

const { Buffer, constants } = nodeBuffer;

async function libraryOf({ source }) {
  if (source === undefined) return nodeBuffer;
  const ours = await import('../js/index.js');
  ours.pool.source = source;
  return ours;
}

async function answer(request) {
  if (request.claim !== undefined) {
    const { runClaim } = await import('./claims.js');
    try {
      return { result: await runClaim(request.claim, await libraryOf(request)) };
    } catch (error) {
      return { failed: String(error.stack) };
    }
  }
  try {
    return { rows: runScript(request.script, { Buffer, limits: request.limits }) };
  } catch (error) {
    return { refused: String(error.message) };
  }
}

function alignsPool() {
  try {
    Buffer.allocUnsafe(1, 3);
    return false;
  } catch {
    return true;
  }
}

function write(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

write({
  version: process.version,
  engine: process.versions.v8,
  poolSize: Buffer.poolSize,
  maxLength: constants.MAX_LENGTH,
  maxStringLength: constants.MAX_STRING_LENGTH,
  alignment: alignsPool(),
});

for await (const line of createInterface({ input: process.stdin })) write(await answer(JSON.parse(line)));
