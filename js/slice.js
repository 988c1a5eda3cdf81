// slice.js: the class of all Buffers, and the kernels that can run on a Buffer's bytes where they lie.
//
// Owns        the link from a slice to the memory below it. It is a private field, because that is found in
//             1 ns and `.buffer` in 12: as long as a whole kernel takes on 64 bytes.
// Always      a view that has such a link lies in that memory. Nobody but slice() makes one.

import { kernelsOver } from './wasm.js';

// Puts the link on the view that it is given, because `super()` returns that. A field of FastBuffer would be
// as fast, but only `#owner in view`, which is no ES2020, could tell a Buffer that was made otherwise.
class Link extends function given(view) { return view; } {
  #owner;

  constructor(view) {
    super(view);
    this.#owner = undefined;
  }

  static ownerOf(view) {
    return view.#owner;
  }

  static lead(view, owner) {
    view.#owner = owner;
    return view;
  }
}

// With fixed parameters V8 makes a view in 13 ns; with rest parameters it takes several times as long. The
// defaults are there for the class's `length`, which is 0 in Node. Its name is the key's, which minifiers
// keep: to define the name again makes every view take 100 ns longer in V8.
export const { FastBuffer } = {
  FastBuffer: class extends Uint8Array {
    constructor(source = undefined, byteOffset = undefined, length = undefined) {
      super(source, byteOffset, length);
      new Link(this);
    }
  },
};
// `Buffer[Symbol.species]` hands the class to everybody. With another class below it, whose constructor
// returns what it likes, a foreign view would get a link. Node's can be extended.
Object.preventExtensions(FastBuffer);

/**
 * A view of a slab's bytes that knows its slab.
 * @param {object} owner `{ buffer, memory, kernels }`, as pool.js keeps it
 * @param {number} address bytes from the slab's start
 * @param {number} length bytes
 * @returns {FastBuffer}
 */
export function slice(owner, address, length) {
  return Link.lead(new FastBuffer(owner.buffer, address, length), owner);
}

/**
 * The slab below a view.
 * @param {Uint8Array} view
 * @returns {object|undefined} what slice() was given
 */
export function ownerOf(view) {
  // V8 takes 30 ns to find that a plain Uint8Array has no such field.
  if (!(view instanceof FastBuffer)) return undefined;
  try {
    return Link.ownerOf(view);
  } catch {
    adopt(view);
    return undefined;
  }
}

/**
 * What got Buffer's prototype elsewhere, by Object.setPrototypeOf(): to find that it has no link takes
 * microseconds, so it gets one that leads nowhere.
 * @param {Uint8Array} view
 * @returns {Uint8Array} the same
 */
export function adopt(view) {
  try {
    return new Link(view);
  } catch {
    return view; // an engine may refuse fields to what is not extensible
  }
}

/**
 * The kernels that can run on a view's bytes in place: its `byteOffset` is the address.
 * @param {Uint8Array} view
 * @returns {object|null|undefined} the functions of src/kernels.h, or nothing
 */
export function kernelsOf(view) {
  const owner = ownerOf(view);
  if (owner === undefined) return undefined;
  if (owner.kernels === undefined) owner.kernels = owner.memory ? kernelsOver(owner.memory) : null;
  return owner.kernels;
}

