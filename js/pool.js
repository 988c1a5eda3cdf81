// pool.js: the slabs behind small Buffers. Offsets in, offsets out; no Buffer is known here.
//
// Owns        the current region and its life. The ledger (src/pool.c) decides where a slice starts, when a
//             slab is full and how large the next region is; this file makes and drops the memory it asks
//             for.
// Always      the pool holds on to nothing but the current region. Views hold their ArrayBuffer, so a
//             region is freed when the last Buffer on it is; a FinalizationRegistry only tells the ledger
//             that it is gone. Its memory is not used again: docs/storage.md says why not. Where memory is
//             refused, a slice is a private ArrayBuffer: slower, never wrong.

import { invalidArgType, invalidArgValue } from './errors.js';
import {
  LEDGER, createMemory, hasMemories, path, poolCommit, poolCount, poolNextRegionSize, poolOpenRegion,
  poolOpenSlab, poolRegionDied, poolRefuse, poolReserve, poolRetireRegion, poolSendAway, poolTake,
  poolTakeAligned, poolUndo,
} from './wasm.js';

// pool_take() and its kin answer an address or one of two negative numbers (src/pool.h).
const POOL_FULL = -2;

// What pool_count() is asked for, in the order of enum pool_counter (src/pool.h).
const [CURSOR, SLAB_BASE, SLAB_SIZE, REGION_SIZE, LIVE_SLABS, LIVE_REGIONS, SLABS_OPENED, REGIONS_OPENED,
  REGIONS_DIED, BYTES_HANDED_OUT, BYTES_LOST_TO_ALIGNMENT, BYTES_LOST_TO_TAILS, REFUSED_MEMORIES,
  PRIVATE_ALLOCATIONS] = Array(14).keys();

/**
 * The current region: { buffer, bytes, memory, kernels }, the ArrayBuffer that addresses are offsets into,
 * all its bytes, and what slice.js needs to run kernels there; undefined while there is none.
 */
export let region;

let isHeap = !hasMemories;
const source = () => (isHeap ? 'heap' : 'linear');

// ArrayBuffer of a region -> { source, slabs: [{ slab, base, size }] }, for locate(). Weak: it keeps none
// alive.
const regions = new WeakMap();

const regionsThatDie = typeof FinalizationRegistry === 'function' ?
  new FinalizationRegistry((slabs) => poolRegionDied(LEDGER, slabs)) : undefined;

/**
 * Takes a slice from the pool.
 * @param {number} size bytes, > 0
 * @param {*} poolSize `Buffer.poolSize` as it stands
 * @returns {number} the address in `region`, or a negative number: the slice gets an ArrayBuffer of its own
 */
export function take(size, poolSize) {
  if (isHeap) retireDetached();
  const address = poolTake(LEDGER, size, poolSize >>> 0);
  return address < 0 ? takeAnew(size, poolSize, address) : address;
}

// Apart, so that engines build the above into the code around it.
function takeAnew(size, poolSize, answer) {
  let address = answer;
  if (address === POOL_FULL && openSlab(poolSize)) address = poolTake(LEDGER, size, poolSize >>> 0);
  if (address < 0) poolSendAway(LEDGER, size);
  return address;
}

/**
 * Takes a slice whose address is a multiple of `alignment`.
 * @param {number} size bytes, > 0
 * @param {*} poolSize `Buffer.poolSize` as it stands
 * @param {number} alignment a power of two
 * @returns {number} as take()
 */
export function takeAligned(size, poolSize, alignment) {
  if (isHeap) retireDetached();
  const slabSize = poolSize >>> 0;
  let address = poolTakeAligned(LEDGER, size, slabSize, alignment);
  if (address === POOL_FULL && openSlab(poolSize)) {
    address = poolTakeAligned(LEDGER, size, slabSize, alignment);
  }
  if (address < 0) poolSendAway(LEDGER, size);
  return address;
}

/**
 * Finds room for a slice whose length is not known yet; commit() makes it one.
 * @param {number} size bytes, the most that may be used
 * @param {*} poolSize `Buffer.poolSize` as it stands
 * @returns {number} the address in `region`, or a negative number: not for the pool
 */
export function reserve(size, poolSize) {
  if (isHeap) retireDetached();
  const address = poolReserve(LEDGER, size, poolSize >>> 0);
  return address === POOL_FULL && openSlab(poolSize) ? poolReserve(LEDGER, size, poolSize >>> 0) : address;
}

/**
 * Hands out the first `used` bytes of what was reserved last.
 * @param {number} used bytes
 */
export function commit(used) {
  poolCommit(LEDGER, used);
}

/**
 * Counts a slice that was reserved in vain, and gets an ArrayBuffer of its own.
 * @param {number} size bytes
 */
export function sendAway(size) {
  poolSendAway(LEDGER, size);
}

/**
 * Takes back a slice, if it is the last one taken; else changes nothing.
 * @param {object} owner the region it was taken from
 * @param {number} address what take() returned
 * @param {number} size what take() was given
 */
export function undo(owner, address, size) {
  if (owner === region) poolUndo(LEDGER, address, size);
}

/**
 * Opens the next slab, in a new region if need be, and abandons the tail of the current one.
 * @param {*} poolSize `Buffer.poolSize` as it stands; any value, as Node takes it
 * @returns {boolean} false when the engine refuses the memory: the current slab is kept, and asked again
 *   later
 * @throws {RangeError} when `poolSize` is negative, with the text that Node's engine has for it
 */
export function openSlab(poolSize) {
  if (poolSize < 0) throw new RangeError(`Invalid typed array length: ${poolSize}`);
  const slabSize = poolSize >>> 0;
  let base = poolOpenSlab(LEDGER, poolSize);
  if (base === POOL_FULL) {
    const next = createRegion(slabSize);
    if (next === undefined) {
      poolRefuse(LEDGER, slabSize);
      return false;
    }
    retireRegion();
    region = next;
    regions.set(region.buffer, { source: source(), slabs: [] });
    poolOpenRegion(LEDGER, region.buffer.byteLength);
    base = poolOpenSlab(LEDGER, poolSize);
  }
  const slab = poolCount(LEDGER, SLABS_OPENED) - 1;
  regions.get(region.buffer).slabs.push({ slab, base, size: slabSize });
  return true;
}

function createRegion(slabSize) {
  const size = poolNextRegionSize(LEDGER, slabSize);
  if (size === 0) return undefined;
  try {
    const memory = isHeap ? undefined : createMemory(size);
    const buffer = memory ? memory.buffer : new ArrayBuffer(slabSize);
    return { buffer, bytes: new Uint8Array(buffer), memory, kernels: undefined };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function retireRegion() {
  const slabs = poolRetireRegion(LEDGER);
  if (region !== undefined && regionsThatDie) regionsThatDie.register(region.buffer, slabs);
  region = undefined;
}

// A plain ArrayBuffer can be transferred by whoever has a Buffer on it; its bytes are gone then.
function retireDetached() {
  if (region !== undefined && region.buffer.byteLength === 0) retireRegion();
}

/**
 * The pool, to look at. An extension that Node does not have.
 */
export const pool = /* @__PURE__ */ Object.freeze({
  /**
   * Where slabs come from: 'linear', fixed WebAssembly memories, which nobody can transfer or detach; or
   * 'heap', plain ArrayBuffers of exactly `Buffer.poolSize` bytes, which a transfer of any one Buffer's
   * `.buffer` takes from all its neighbours. Assigning abandons the current slab; Buffers on it stay what
   * they are.
   * @throws {TypeError} ERR_INVALID_ARG_VALUE for anything else, and for 'linear' where there is no
   *   WebAssembly
   */
  get source() {
    return source();
  },

  set source(value) {
    if (value !== 'heap' && (value !== 'linear' || !hasMemories)) {
      throw invalidArgValue('pool.source', value, `must be ${hasMemories ? '\'linear\' or ' : ''}'heap'`);
    }
    if (value === source()) return;
    retireRegion();
    isHeap = value === 'heap';
  },

  /**
   * What the pool is doing.
   * @returns {object} a plain object, new for each call:
   *   path                 'wasm', or 'plain' where compiled code is refused
   *   source               where the next region comes from, 'linear' or 'heap'
   *   current              { slab, base, cursor, size, region } of the current slab, or null:
   *                        its ordinal from 0, its base in `.buffer`, the next slice's offset from that
   *                        base, its size, and the byteLength of `.buffer`, all in bytes
   *   liveSlabs            slabs in regions that are not known to be freed
   *   liveRegions          such regions
   *   slabsOpened, regionsOpened, regionsDied   counts since the module was loaded
   *   bytesHandedOut       bytes of all slices
   *   bytesLostToAlignment bytes between slices
   *   bytesLostToTails     bytes behind the last slice of slabs that are no longer current
   *   refusedMemories      regions that the engine refused
   *   privateAllocations   slices that came to the pool and got an ArrayBuffer of their own, because they
   *                        are half a slab or larger, or because memory was refused; alloc() and
   *                        allocUnsafeSlow() do not come to the pool
   */
  inspect() {
    const count = (counter) => poolCount(LEDGER, counter);
    return {
      path,
      source: source(),
      current: count(SLAB_SIZE) === 0 ? null : {
        slab: count(SLABS_OPENED) - 1,
        base: count(SLAB_BASE),
        cursor: count(CURSOR),
        size: count(SLAB_SIZE),
        region: count(REGION_SIZE),
      },
      liveSlabs: count(LIVE_SLABS),
      liveRegions: count(LIVE_REGIONS),
      slabsOpened: count(SLABS_OPENED),
      regionsOpened: count(REGIONS_OPENED),
      regionsDied: count(REGIONS_DIED),
      bytesHandedOut: count(BYTES_HANDED_OUT),
      bytesLostToAlignment: count(BYTES_LOST_TO_ALIGNMENT),
      bytesLostToTails: count(BYTES_LOST_TO_TAILS),
      refusedMemories: count(REFUSED_MEMORIES),
      privateAllocations: count(PRIVATE_ALLOCATIONS),
    };
  },

  /**
   * Where a Buffer's bytes lie.
   * @param {Uint8Array} buffer any view; one that starts where a slab ends is said to be on the next
   * @returns {object} { source, slab, base, size, offset, length }: the slab's ordinal, its base in
   *   `.buffer`, its size, the Buffer's offset from that base and its length, all in bytes; or { source:
   *   'private', length }
   * @throws {TypeError} ERR_INVALID_ARG_TYPE when `buffer` is not a view
   */
  locate(buffer) {
    if (!ArrayBuffer.isView(buffer)) throw invalidArgType('buffer', 'an instance of Buffer, TypedArray, or DataView', buffer);
    const length = buffer.byteLength;
    const owner = regions.get(buffer.buffer);
    if (owner === undefined) return { source: 'private', length };
    const { slab, base, size } = owner.slabs.filter((each) => each.base <= buffer.byteOffset).pop();
    return { source: owner.source, slab, base, size, offset: buffer.byteOffset - base, length };
  },
});
