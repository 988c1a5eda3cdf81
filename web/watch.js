// The watch: records of the Buffers that the page made, and which of them are still alive.
//
// Owns        the records. A slice is { block, offset, length, name, call, colour, isView, isLive,
//             reference }. A block is an ArrayBuffer, a slab's or a private one: { source, number, size,
//             byteLength, slices, live, isFreed }. `source` is 'linear', 'heap' or 'private'. `size` is what
//             slices may take, `byteLength` is the ArrayBuffer's. Offsets count bytes from its start. A slab
//             has the pool's number for it, a private block has a number of its own.
// Assumes     pool.locate() says where a Buffer lies. Nothing more private is read.
// Holds       a record keeps no Buffer and no memory alive: a slice refers to its Buffer weakly. A slice is
//             dead when the engine's collector says so.

import { pool } from '../js/index.js';

const mostFreed = 48; // that stay in the list

export class Watch {
  /** @param {() => void} changed is called when something died */
  constructor(changed) {
    this.blocks = new Set();       // in the order in which they were first seen
    this.recordOf = new WeakMap(); // Buffer -> slice
    this.blockOf = new WeakMap();  // ArrayBuffer -> block
    this.privates = 0;
    this.changed = changed;
    this.buffersThatDie = new FinalizationRegistry((slice) => this.lose(slice));
    this.blocksThatDie = new FinalizationRegistry((block) => this.free(block));
  }

  /**
   * Record where a Buffer lies. A record that is there already gets the new facts.
   *
   * @param {Uint8Array} buffer
   * @param {object} facts more properties of the record
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
  place({ buffer: memory, byteOffset: offset, length }) {
    if (!this.blockOf.has(memory)) this.open(memory);
    return { block: this.blockOf.get(memory), offset, length };
  }

  open(memory) {
    const { byteLength } = memory;
    const { source, slab, size = byteLength } = pool.locate(new Uint8Array(memory));
    const number = source === 'private' ? this.privates++ : slab;
    const block = { source, number, size, byteLength, slices: [], live: 0, isFreed: false };
    this.blockOf.set(memory, block);
    this.blocks.add(block);
    this.blocksThatDie.register(memory, block);
  }

  lose(slice) {
    if (!slice.isLive) return;
    slice.isLive = false;
    slice.block.live--;
    this.changed();
  }

  free(block) {
    block.isFreed = true;
    // A block without bytes is never shown.
    if (block.size === 0) this.blocks.delete(block);
    const freed = [...this.blocks].filter(({ isFreed }) => isFreed);
    for (const each of freed.slice(0, -mostFreed)) this.blocks.delete(each);
    this.changed();
  }

  /** A block's memory was transferred: its Buffers are empty. */
  takeAway(block) {
    block.slices.forEach((slice) => this.lose(slice));
    block.isFreed = true;
    this.changed();
  }

  /** Remove freed blocks from the list. */
  forgetFreed() {
    for (const block of this.blocks) if (block.isFreed) this.blocks.delete(block);
  }

  /** The blocks that have bytes. */
  list() {
    return [...this.blocks].filter(({ size }) => size > 0);
  }

  totals() {
    const all = this.list();
    const live = all.filter(({ isFreed }) => !isFreed);
    const from = (source) => live.filter((block) => block.source === source).length;
    const sum = (key) => live.reduce((total, block) => total + key(block), 0);
    return {
      linear: from('linear'),
      heap: from('heap'),
      private: from('private'),
      freed: all.length - live.length,
      liveSlices: sum(({ live: count }) => count),
      deadSlices: sum(({ slices, live: count }) => slices.length - count),
    };
  }
}

/** The Buffer of a slice, or undefined when it is gone. Read it and do not keep it. */
export function bytesOf({ reference }) {
  return reference.deref();
}

/** Where the next slice of a block would start, judged by its slices: starts are multiples of 8. */
export function reachOf({ slices, size }) {
  let end = 0;
  for (const { offset, length, isView } of slices) if (!isView) end = Math.max(end, offset + length);
  return Math.min(size, Math.ceil(end / 8) * 8);
}
