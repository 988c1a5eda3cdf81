// pool.js: the slabs behind small Buffers. Offsets in, offsets out; no Buffer is known here.
//
// Owns        the current slab and its life. The ledger (src/pool.c) decides where a slice starts, when a
//             slab is full and of which kind the next one is; this file makes the memory.
// Always      a slab is an ArrayBuffer that holds nothing else: a WebAssembly memory (linear) or a plain one
//             (heap). The pool holds on to nothing but the current slab. Views hold their ArrayBuffer, so a
//             slab is freed when the last Buffer on it is. Its memory is not used again: docs/storage.md says
//             why not. A memory that is refused is a heap slab.

import { invalidArgType, invalidArgValue, memoryAllocationFailed } from './errors.js';
import {
  POOL_BYTES_HANDED_OUT, POOL_BYTES_LOST_TO_ALIGNMENT, POOL_BYTES_LOST_TO_TAILS, POOL_CURSOR, POOL_FULL,
  POOL_LINEAR_DIED, POOL_LINEAR_OPENED, POOL_PRIVATE_ALLOCATIONS, POOL_REFUSED_MEMORIES, POOL_SLABS_OPENED,
  SOURCES, poolCount, poolLinearSlabDied, poolOpenSlab, poolRefuse, poolRetireSlab, poolSendAway, poolShrink,
  poolTake, poolTakeAligned, poolWantsLinear,
} from './ledger.js';
import { LEDGER, createMemory, hasMemories, path } from './wasm.js';

// How many linear slabs may be live before 'auto' takes heap slabs. All realms of a Chromium process share
// 124 memories. docs/storage.md has the measurements.
const FEW = 8;

/**
 * The current slab: { buffer, bytes, memory, kernels, number, source, size }, the ArrayBuffer that addresses
 * are offsets into, all its bytes, what slice.js needs to run kernels there, and what locate() says;
 * undefined while there is none.
 */
export let slab;

// Whoever has a Buffer on a heap slab can transfer its ArrayBuffer, and its bytes are gone then.
let isDetachable = false;

let source = hasMemories ? 'auto' : 'heap';

// Puts a private field on an ArrayBuffer, by which locate() finds its slab. A WeakMap would cost 3 us a slab.
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
 * @returns {number} the address in `slab`, or a negative number: the slice gets an ArrayBuffer of its own
 * @throws {RangeError} as Node's engine for a slab of that size
 */
export function take(size, poolSize) {
  if (isDetachable) retireDetached();
  const address = poolTake(LEDGER, size, poolSize >>> 0);
  if (address !== POOL_FULL) return address;
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
 * Keeps the first `used` bytes of a slice, if it is the last one taken; else changes nothing.
 * @param {object} owner the slab it was taken from
 * @param {number} address what take() returned
 * @param {number} size what take() was given
 * @param {number} used bytes, at most `size`
 */
export function shrink(owner, address, size, used) {
  if (owner === slab) poolShrink(LEDGER, address, size, used);
}

/** Counts a slice that came to the pool, and gets an ArrayBuffer of its own. */
export function sendAway() {
  poolSendAway(LEDGER);
}

// A slab that cannot be had leaves none behind, as in Node: whoever asks next asks for it again.
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
  if (!poolWantsLinear(LEDGER, poolSize, SOURCES.indexOf(source), hasMemories ? FEW : 0)) return undefined;
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
 * The pool, to look at. An extension that Node does not have.
 */
export const pool = /* @__PURE__ */ Object.freeze({
  /**
   * Where slabs come from. 'linear': fixed WebAssembly memories, which nobody can transfer or detach, of
   * whole pages of 65,536 bytes. 'heap': plain ArrayBuffers of exactly `Buffer.poolSize` bytes, which a
   * transfer of any one Buffer's `.buffer` takes from all its neighbours. 'auto': a linear slab when
   * `Buffer.poolSize` is a whole number of pages and few linear slabs are live, else a heap slab. Assigning
   * another one abandons the current slab; Buffers on it stay what they are.
   * @throws {TypeError} ERR_INVALID_ARG_VALUE for anything else, and for 'auto' and 'linear' where there is
   *   no WebAssembly
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
   * What the pool is doing.
   * @returns {object} a plain object, new for each call:
   *   path                 'wasm', or 'plain' where compiled code is refused
   *   source               'auto', 'linear' or 'heap', as it was assigned
   *   current              { slab, source, base, cursor, size } of the current slab, or null: its ordinal
   *                        from 0, its kind ('linear' or 'heap'), its base in `.buffer`, which is 0, the
   *                        next slice's offset, and its size, both in bytes
   *   liveLinearSlabs      linear slabs that are not known to be freed
   *   slabsOpened, linearSlabsOpened, linearSlabsDied   counts since the module was loaded
   *   bytesHandedOut       bytes of all slices
   *   bytesLostToAlignment bytes between slices
   *   bytesLostToTails     bytes behind the last slice of slabs that are no longer current
   *   refusedMemories      memories that the engine refused; each became a heap slab
   *   privateAllocations   slices that came to the pool and got an ArrayBuffer of their own, because they
   *                        are half a slab or larger; alloc() and allocUnsafeSlow() do not come to the pool
   */
  inspect() {
    const count = (counter) => poolCount(LEDGER, counter);
    return {
      path,
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
   * @returns {object} { source, slab, base, size, offset, length }: the slab's kind ('linear' or 'heap'), its
   *   ordinal, its base in `.buffer`, which is 0, its size, the Buffer's offset and its length, all in bytes;
   *   or { source: 'private', length }
   * @throws {TypeError} ERR_INVALID_ARG_TYPE when `buffer` is not a view
   */
  locate(buffer) {
    if (!ArrayBuffer.isView(buffer)) throw invalidArgType('buffer', 'an instance of Buffer, TypedArray, or DataView', buffer);
    const length = buffer.byteLength;
    const owner = Stamp.slabOf(buffer.buffer);
    if (owner === undefined) return { source: 'private', length };
    const { source: kind, number, size } = owner;
    return { source: kind, slab: number, base: 0, size, offset: buffer.byteOffset, length };
  },
});
