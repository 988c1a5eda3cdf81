// pool.js: the slabs behind small Buffers. Offsets in, offsets out: this file does not know Buffer.
//
// Owns        the current slab, until it is retired. The ledger (src/pool.c) decides where a slice starts,
//             when a slab is full, and which kind the next one is; this file makes the memory.
// Assumes     sizes that are checked, and a `Buffer.poolSize` that is converted to a number.
// Always      a slab is an ArrayBuffer that holds nothing else: that of a WebAssembly memory (linear), or a
//             plain one (heap). The pool refers to the current slab only. Views refer to their ArrayBuffer,
//             so a slab is freed with the last Buffer on it. Its memory is not reused: docs/storage.md says
//             why. When the engine refuses a memory, the slab is a heap slab.

import { invalidArgValue, memoryAllocationFailed, validateBuffer } from './errors.js';
import {
  LEDGER, POOL_BYTES_HANDED_OUT, POOL_BYTES_LOST_TO_ALIGNMENT, POOL_BYTES_LOST_TO_TAILS, POOL_CURSOR,
  POOL_FULL, POOL_LINEAR_DIED, POOL_LINEAR_OPENED, POOL_PRIVATE_ALLOCATIONS, POOL_REFUSED_MEMORIES,
  POOL_SLABS_OPENED, SOURCES, poolCount, poolCountPrivate, poolLinearSlabDied, poolOpenSlab, poolRefuse,
  poolRetireSlab, poolShrink, poolTake, poolTakeAligned, poolWantsLinear,
} from './ledger.js';
import { createMemory, hasKernels, hasMemories } from './wasm.js';

// 'auto' takes heap slabs when so many linear slabs are live. All realms of a Chromium process share 124
// memories. docs/storage.md has the measurements.
const LINEAR_MOST = 8;

/**
 * The current slab, or undefined: { buffer, bytes, memory, kernels, number, source, size }. Addresses are
 * offsets into `buffer`, and `bytes` is all of it. slice.js needs `memory` and `kernels` to run kernels
 * there. locate() returns the rest.
 */
export let slab;

// Anybody who has a Buffer on a heap slab can transfer its ArrayBuffer, which detaches the slab.
let isDetachable = false;

let source = hasMemories ? 'auto' : 'heap';

// Puts a private field on an ArrayBuffer, so that locate() finds its slab. A WeakMap takes 3 us for a slab.
class Stamp extends function returned(buffer) { return buffer; } {
  #slab;

  constructor(owner) {
    super(owner.buffer);
    this.#slab = owner;
  }

  static slabOf(buffer) {
    try {
      return buffer.#slab;
    } catch {
      return undefined;
    }
  }
}

const linearSlabs = typeof FinalizationRegistry === 'function' ?
  new FinalizationRegistry(() => poolLinearSlabDied(LEDGER)) : undefined;

/**
 * Takes a slice from the pool.
 * @param {number} size bytes, >= 0
 * @param {number} poolSize `Buffer.poolSize` as it stands
 * @returns {number} the address in `slab`; negative when the slice needs an ArrayBuffer of its own
 * @throws {RangeError} what Node's engine throws for a slab of that size; ERR_MEMORY_ALLOCATION_FAILED
 */
export function take(size, poolSize) {
  if (isDetachable) retireDetached();
  const address = poolTake(LEDGER, size, poolSize >>> 0);
  return address === POOL_FULL ? takeFirst(size, poolSize) : address;
}

function takeFirst(size, poolSize) {
  openSlab(poolSize);
  return poolTake(LEDGER, size, poolSize >>> 0);
}

/**
 * Takes a slice whose address is a multiple of `alignment`.
 * @param {number} size bytes, > 0
 * @param {number} poolSize `Buffer.poolSize` as it stands
 * @param {number} alignment a power of two
 * @returns {number} as take()
 * @throws {RangeError} as take()
 */
export function takeAligned(size, poolSize, alignment) {
  if (isDetachable) retireDetached();
  const address = poolTakeAligned(LEDGER, size, poolSize >>> 0, alignment);
  if (address !== POOL_FULL) return address;
  openSlab(poolSize);
  return poolTakeAligned(LEDGER, size, poolSize >>> 0, alignment);
}

/**
 * Gives the end of a slice back to the pool, if the slice is the last one taken. Otherwise nothing changes.
 * @param {object} owner the slab that it was taken from
 * @param {number} address what take() returned
 * @param {number} size bytes, as passed to take()
 * @param {number} used bytes to keep, at most `size`
 */
export function shrink(owner, address, size, used) {
  if (owner === slab) poolShrink(LEDGER, address, size, used);
}

/** Counts a private allocation: one for which take() or takeAligned() had no address. */
export function countPrivate() {
  poolCountPrivate(LEDGER);
}

// When this throws, there is no current slab, as in Node: the next allocation tries again.
function openSlab(poolSize) {
  retireSlab();
  if (poolSize < 0) throw new RangeError(`Invalid typed array length: ${poolSize}`);
  const memory = linearMemory(poolSize);
  const bytes = memory ? new Uint8Array(memory.buffer) : heapBytes(poolSize);
  const { buffer } = bytes;
  const next = {
    buffer,
    bytes,
    memory,
    kernels: undefined,
    number: poolCount(LEDGER, POOL_SLABS_OPENED),
    source: memory ? 'linear' : 'heap',
    size: Math.trunc(poolSize),
  };
  new Stamp(next);
  if (memory && linearSlabs) linearSlabs.register(buffer);
  poolOpenSlab(LEDGER, poolSize, memory ? 1 : 0);
  slab = next;
  isDetachable = !memory;
}

function linearMemory(poolSize) {
  const most = hasMemories ? LINEAR_MOST : 0;
  if (!poolWantsLinear(LEDGER, poolSize, SOURCES.indexOf(source), most)) return undefined;
  const memory = createMemory(poolSize);
  if (memory === undefined) poolRefuse(LEDGER);
  return memory;
}

function heapBytes(poolSize) {
  try {
    return new Uint8Array(poolSize);
  } catch {
    throw memoryAllocationFailed();
  }
}

function retireSlab() {
  poolRetireSlab(LEDGER);
  slab = undefined;
  isDetachable = false;
}

function retireDetached() {
  if (slab.bytes.length === 0) retireSlab();
}

/**
 * What the pool does, and where its slabs come from. An extension that Node does not have.
 */
export const pool = /* @__PURE__ */ Object.freeze({
  /**
   * Where slabs come from. 'linear': WebAssembly memories of whole pages of 65,536 bytes, which nobody can
   * transfer or detach. 'heap': plain ArrayBuffers of exactly `Buffer.poolSize` bytes; whoever transfers the
   * `.buffer` of one Buffer takes the bytes of its neighbours, too. 'auto': a linear slab when
   * `Buffer.poolSize` is a whole number of pages and few linear slabs are live, else a heap slab. Assigning
   * another value abandons the current slab; Buffers on it stay as they are.
   * @throws {TypeError} ERR_INVALID_ARG_VALUE for any other value, and for 'auto' and 'linear' where there
   *   is no WebAssembly
   */
  get source() {
    return source;
  },

  set source(value) {
    const sources = hasMemories ? SOURCES : ['heap'];
    if (!sources.includes(value)) {
      throw invalidArgValue('pool.source', value, `must be ${sources.map((each) => `'${each}'`).join(' or ')}`);
    }
    if (value === source) return;
    retireSlab();
    source = value;
  },

  /**
   * The state of the pool.
   * @returns {object} a plain object, a new one for each call:
   *   path                 'wasm', or 'plain' where compiled code is refused: the kernels are compiled to
   *                        know, unless they are already
   *   source               pool.source: 'auto', 'linear' or 'heap'
   *   current              { slab, source, base, cursor, size } of the current slab, or null: its ordinal
   *                        from 0, its kind ('linear' or 'heap'), its base in `.buffer`, which is 0, the
   *                        next slice's offset, and its size, both in bytes
   *   liveLinearSlabs      linear slabs that are not known to be freed
   *   slabsOpened, linearSlabsOpened, linearSlabsDied   counts since the module was loaded
   *   bytesHandedOut       bytes of all slices
   *   bytesLostToAlignment bytes between slices
   *   bytesLostToTails     bytes behind the last slice of slabs that are no longer current
   *   refusedMemories      memories that the engine refused; heap slabs took their place
   *   privateAllocations   Buffers that got an ArrayBuffer of their own because they are half a slab or
   *                        larger; alloc() and allocUnsafeSlow() never use the pool and do not count
   */
  inspect() {
    const count = (counter) => poolCount(LEDGER, counter);
    return {
      path: hasKernels() ? 'wasm' : 'plain',
      source,
      current: slab === undefined ? null :
        { slab: slab.number, source: slab.source, base: 0, cursor: count(POOL_CURSOR), size: slab.size },
      liveLinearSlabs: count(POOL_LINEAR_OPENED) - count(POOL_LINEAR_DIED),
      slabsOpened: count(POOL_SLABS_OPENED),
      linearSlabsOpened: count(POOL_LINEAR_OPENED),
      linearSlabsDied: count(POOL_LINEAR_DIED),
      bytesHandedOut: count(POOL_BYTES_HANDED_OUT),
      bytesLostToAlignment: count(POOL_BYTES_LOST_TO_ALIGNMENT),
      bytesLostToTails: count(POOL_BYTES_LOST_TO_TAILS),
      refusedMemories: count(POOL_REFUSED_MEMORIES),
      privateAllocations: count(POOL_PRIVATE_ALLOCATIONS),
    };
  },

  /**
   * Where a Buffer's bytes lie.
   * @param {ArrayBufferView} buffer any view
   * @returns {object} { source, slab, base, size, offset, length }: the slab's kind ('linear' or 'heap'),
   *   its ordinal, its base in `.buffer`, which is 0, its size, the Buffer's offset and the Buffer's length,
   *   all in bytes; { source: 'private', length } for a view that lies on no slab
   * @throws {TypeError} ERR_INVALID_ARG_TYPE when `buffer` is not a view
   */
  locate(buffer) {
    validateBuffer(buffer);
    const length = buffer.byteLength;
    const owner = Stamp.slabOf(buffer.buffer);
    if (owner === undefined) return { source: 'private', length };
    const { source: kind, number, size } = owner;
    return { source: kind, slab: number, base: 0, size, offset: buffer.byteOffset, length };
  },
});
