// slice.js: the class of all Buffers, and the kernels that can run on a Buffer's bytes where they lie.
//
// Owns        FastBuffer, and the link from a slice to its slab. The link is a private field, which is read
//             in 1 ns. `.buffer` takes 12, as long as a whole kernel takes on 64 bytes.
// Assumes     slabs as pool.js makes them: an address is an offset into the slab's ArrayBuffer.
// Always      a view with a link to a slab lies on that slab. Only slice() makes such a link.

import { kernelsOver } from './wasm.js';

// Adds the link to an existing view: `super()` returns the view, and the field is put on it. A field of
// FastBuffer would be as fast. But then only `#owner in view`, which is not ES2020, could recognise a Buffer
// that was made in another way.
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

// V8 makes a view in 13 ns with fixed parameters; with rest parameters it takes several times as long. The
// defaults make the class's `length` 0, as in Node. The property's key names the class, because minifiers
// keep keys. To define the name afterwards would make every view take 100 ns longer in V8.
export const { FastBuffer } = {
  FastBuffer: class extends Uint8Array {
    constructor(source = undefined, byteOffset = undefined, length = undefined) {
      super(source, byteOffset, length);
      new Link(this);
    }
  },
};
// Everybody gets this class from `Buffer[Symbol.species]`. If somebody could replace its parent class by one
// whose constructor returns any object, foreign objects would get links. Node's class is extensible.
Object.preventExtensions(FastBuffer);

/**
 * A view of a slab's bytes, with a link to the slab.
 * @param {object} owner `{ buffer, memory, kernels }`, as pool.js keeps it
 * @param {number} address bytes from the slab's start
 * @param {number} length bytes
 * @returns {FastBuffer}
 */
export function slice(owner, address, length) {
  return Link.lead(new FastBuffer(owner.buffer, address, length), owner);
}

/**
 * The slab that a view lies on.
 * @param {Uint8Array} view
 * @returns {object|undefined} the `owner` that slice() got; undefined for a view that slice() did not make
 */
export function ownerOf(view) {
  // For speed alone: V8 takes 30 ns to find that a plain Uint8Array does not have the field.
  if (!(view instanceof FastBuffer)) return undefined;
  try {
    return Link.ownerOf(view);
  } catch {
    adopt(view);
    return undefined;
  }
}

/**
 * Gives a view an empty link. A view that got Buffer's prototype by Object.setPrototypeOf() has no link, and
 * it takes microseconds to find that out.
 * @param {Uint8Array} view
 * @returns {Uint8Array} `view`
 */
export function adopt(view) {
  try {
    return new Link(view);
  } catch {
    return view; // an engine may refuse to add a field to an object that is not extensible
  }
}

/**
 * The kernels that can run on a view's bytes in place, with its `byteOffset` as the address.
 * @param {Uint8Array} view
 * @returns {object|null|undefined} the functions of src/kernels.h; null or undefined when the bytes lie on
 *   no linear slab, or compiled code is refused
 */
export function kernelsOf(view) {
  const owner = ownerOf(view);
  if (owner === undefined) return undefined;
  if (owner.kernels === undefined) owner.kernels = owner.memory ? kernelsOver(owner.memory) : null;
  return owner.kernels;
}

