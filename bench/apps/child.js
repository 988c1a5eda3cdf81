// Node's side of bench/apps, as a process: does one task that it is sent, answers, and ends.
//
// Holds       `memory` counts bytes over a stretch without a collection: how much the JavaScript heap and the
//             bytes outside of it (of ArrayBuffers, WebAssembly memories) have grown.

import { Session } from 'node:inspector/promises';
import { GCProfiler, getHeapStatistics } from 'node:v8';
import { measure, spin } from './side.js';

const tries = 5;
const most = 2 ** 24; // bytes, well below what makes V8 collect

function taken() {
  const { used_heap_size: inside, external_memory: outside } = getHeapStatistics();
  return inside + outside;
}

// Bytes that the job allocates in `count` runs; undefined when something was collected meanwhile.
async function bytesOf(asked, count) {
  const profiler = new GCProfiler();
  let start;
  const begin = () => {
    // Twice: ArrayBuffers that the first one found dead are freed later, and would be subtracted.
    globalThis.gc();
    globalThis.gc();
    profiler.start();
    start = taken();
  };
  const { last: bytes } = await spin({ ...asked, count, before: begin, after: () => taken() - start });
  return profiler.stop().statistics.length === 0 ? bytes : undefined;
}

async function memory({ count, ...asked }) {
  await spin({ ...asked, count });
  const resident = process.memoryUsage.rss();
  let some = 16;
  let each;
  for (let attempt = 0; attempt < tries; attempt++) {
    const bytes = await bytesOf(asked, some);
    if (bytes === undefined) {
      some = Math.max(1, some >> 2);
      continue;
    }
    each = bytes / some;
    if (some === 1000 || bytes > most / 4) break;
    some = Math.min(1000, Math.max(some, Math.floor(most / 2 / Math.max(each, 1))));
  }
  return { bytes: each && Math.round(each), resident };
}

async function profile({ interval, ...asked }) {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval });
  await spin({ ...asked, milliseconds: asked.milliseconds / 3 });
  await session.post('Profiler.start');
  await spin(asked);
  const { profile: found } = await session.post('Profiler.stop');
  session.disconnect();
  return found;
}

const tasks = { measure, memory, profile };

process.once('message', async ({ task, asked }) => {
  const answer = await tasks[task](asked)
    .then((result) => ({ result }), (error) => ({ failed: error.stack }));
  // A long answer takes time to send; disconnecting at once would lose it.
  process.send(answer, () => process.disconnect());
});
