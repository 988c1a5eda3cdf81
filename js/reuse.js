// reuse.js: the memories of regions that died, to be used again while `pool.reuse` is on.
//
// Owns        the memories that wait, and a getter of `.buffer` on the Buffers' prototype, which is there
//             from the first time on that `pool.reuse` is switched on. Until then nothing of this file runs.
// Assumes     that the collector knows which regions are dead. That no Buffer's bytes are shown in another
//             does not hang on it: were it wrong, Buffers would lose their bytes.
// Always      a memory is used again only when its ArrayBuffer is detached and all its bytes are zero. A view
//             that still is on that ArrayBuffer, because it was made of a Buffer behind the Buffer's back,
//             has length 0 from then on. A region whose `.buffer` was asked for is left to the collector.

import { bufferOf, FastBuffer, ownerOf } from './slice.js';
import { renewMemory } from './wasm.js';

// What waits is lost to the rest of the page, and is kept as long as the page lives. 32 MiB are the most that
// one region has, and what a page that does not allocate in long loops drops between two collections; of
// memories Chromium has 125 for the whole page.
const MOST_BYTES = 32 * 2 ** 20;
const MOST_MEMORIES = 32;

const memories = [];

/** Bytes of the memories that wait. */
export let bytesWaiting = 0;

/** How many regions had a memory that had been used before. */
export let regionsReused = 0;

// ArrayBuffer that was handed out -> its region, which so dies no earlier than it.
const handedOut = new WeakMap();

/**
 * Keeps a memory that no region is on any more, or leaves it to the collector when there are enough.
 * @param {WebAssembly.Memory} memory
 */
export function keep(memory) {
  const { byteLength } = memory.buffer;
  if (memories.length >= MOST_MEMORIES || bytesWaiting + byteLength > MOST_BYTES) return;
  memories.push(memory);
  bytesWaiting += byteLength;
}

/**
 * The largest memory that waits and has the right size, as good as a new one.
 * @param {number} least bytes
 * @param {number} most bytes
 * @returns {WebAssembly.Memory|undefined} undefined when there is none
 */
export function take(least, most) {
  let best;
  for (const memory of memories) {
    const { byteLength } = memory.buffer;
    const fits = byteLength >= least && byteLength <= most;
    if (fits && (best === undefined || byteLength > best.buffer.byteLength)) best = memory;
  }
  if (best === undefined) return undefined;
  memories.splice(memories.indexOf(best), 1);
  bytesWaiting -= best.buffer.byteLength;
  if (!renewMemory(best)) return undefined;
  regionsReused++;
  return best;
}

/** Leaves all that waits to the collector. */
export function leaveAll() {
  memories.length = 0;
  bytesWaiting = 0;
}

/**
 * Has Buffers tell when they are asked for their ArrayBuffer: who has that sees their bytes without them.
 */
export function watchBuffers() {
  Object.defineProperty(FastBuffer.prototype, 'buffer', {
    configurable: true,
    get() {
      const owner = ownerOf(this);
      if (owner !== undefined && owner.estate.memory !== undefined) {
        owner.estate.memory = undefined;
        handedOut.set(owner.buffer, owner);
      }
      return bufferOf(this);
    },
  });
}
