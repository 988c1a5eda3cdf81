// What the page knows of the Buffers that it made, and which of them are still there.
//
// Owns        the records: a slice is { block, offset, length, name, call, colour, isView, isLive,
//             reference }, a block (a slab, or a private ArrayBuffer) is { source, number, region, base,
//             size, slices, live, isFreed }, a region (an ArrayBuffer) is { number, source, size }.
//             Offsets count bytes from the block's base. A slab's number is the pool's, a private block
//             has a number of its own.
// Assumes     pool.locate(): it says where every Buffer lies, and nothing more private is asked.
// Holds       nothing here keeps a Buffer or its memory alive: records are plain, and a slice refers to
//             its Buffer weakly. What died is what the engine's own collector says died.

import { pool } from '../js/index.js';

const mostFreed = 48; // that stay in the list

export class Watch {
  /** @param {() => void} changed is called when something died */
  constructor(changed) {
    this.blocks = new Map();       // key -> block, in the order in which they were first seen
    this.recordOf = new WeakMap(); // Buffer -> slice
    this.regionOf = new WeakMap(); // ArrayBuffer -> region
    this.regions = 0;
    this.privates = 0;
    this.changed = changed;
    this.buffersThatDie = new FinalizationRegistry((slice) => this.lose(slice));
    this.regionsThatDie = new FinalizationRegistry((region) => this.free(region));
  }

  /**
   * Take down where a Buffer lies. A Buffer that is known already gets the new facts.
   *
   * @param {Uint8Array} buffer
   * @param {object} facts whatever is to stand in its record
   * @returns {object} the record
   */
  add(buffer, facts) {
    const known = this.recordOf.get(buffer);
    if (known !== undefined) return Object.assign(known, facts);
    const { block, offset, length } = this.place(buffer);
    const slice = { block, offset, length, isLive: true, reference: new WeakRef(buffer), ...facts };
    block.slices.push(slice);
    block.live++;
    this.recordOf.set(buffer, slice);
    this.buffersThatDie.register(buffer, slice);
    return slice;
  }

  /** The block that a Buffer lies on, and where. */
  place(buffer) {
    const { source, slab, base = 0, size = buffer.buffer.byteLength, offset = buffer.byteOffset, length } =
      pool.locate(buffer);
    const region = this.region(buffer.buffer, source);
    const key = source === 'private' ? region : slab;
    if (!this.blocks.has(key)) {
      const number = source === 'private' ? this.privates++ : slab;
      this.blocks.set(key, { source, number, region, base, size, slices: [], live: 0, isFreed: false });
    }
    return { block: this.blocks.get(key), offset, length };
  }

  region(memory, source) {
    if (!this.regionOf.has(memory)) {
      const region = { number: this.regions++, source, size: memory.byteLength };
      this.regionOf.set(memory, region);
      this.regionsThatDie.register(memory, region);
    }
    return this.regionOf.get(memory);
  }

  lose(slice) {
    if (!slice.isLive) return;
    slice.isLive = false;
    slice.block.live--;
    this.changed();
  }

  free(region) {
    let freed = [...this.blocks].filter(([, block]) => {
      if (block.region === region) block.isFreed = true;
      return block.isFreed;
    });
    // Empty memory is nothing to see.
    freed = freed.filter(([key, { size }]) => size > 0 || !this.blocks.delete(key));
    for (const [key] of freed.slice(0, -mostFreed)) this.blocks.delete(key);
    this.changed();
  }

  /** A block's memory went elsewhere: its Buffers are empty. */
  takeAway(block) {
    block.slices.forEach((slice) => this.lose(slice));
    block.isFreed = true;
    this.changed();
  }

  /** Strike what was freed off the list. */
  forgetFreed() {
    for (const [key, { isFreed }] of this.blocks) if (isFreed) this.blocks.delete(key);
  }

  /** The blocks that have bytes, those of one region side by side. */
  list() {
    return [...this.blocks.values()].filter(({ size }) => size > 0)
      .sort((a, b) => a.region.number - b.region.number || a.base - b.base);
  }

  totals() {
    const all = this.list();
    const live = all.filter(({ isFreed }) => !isFreed);
    const sum = (key) => live.reduce((total, block) => total + key(block), 0);
    return {
      slabs: live.filter(({ source }) => source !== 'private').length,
      regions: new Set(live.filter(({ source }) => source !== 'private').map(({ region }) => region)).size,
      privates: live.filter(({ source }) => source === 'private').length,
      freed: all.length - live.length,
      liveSlices: sum(({ live: count }) => count),
      deadSlices: sum(({ slices, live: count }) => slices.length - count),
    };
  }
}

/** The Buffer of a slice, or undefined when it is gone; to read, not to keep. */
export function bytesOf({ reference }) {
  return reference.deref();
}

/** Where the next slice of a block starts, as far as its slices tell: they are aligned to 8 bytes. */
export function reachOf({ slices, size }) {
  let end = 0;
  for (const { offset, length, isView } of slices) if (!isView) end = Math.max(end, offset + length);
  return Math.min(size, Math.ceil(end / 8) * 8);
}
