// Runs one script on this Node's own Buffer, in a worker.
//
// Assumes     workerData is a script that passed checkScript().
// Holds       one message is posted: { rows } or { refused }, one line that says why.

import { Buffer } from 'node:buffer';
import { parentPort, workerData } from 'node:worker_threads';
import { runScript, strictLimits } from '../compare/script.js';

function run() {
  try {
    return { rows: runScript(workerData, { Buffer, limits: strictLimits }) };
  } catch (error) {
    return { refused: error.message };
  }
}

parentPort.postMessage(run());
