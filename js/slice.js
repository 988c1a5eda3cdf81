// slice.js: the class of all Buffers, and the kernels that can run on a Buffer's bytes where they lie.
//
// Owns        FastBuffer.
// Assumes     slabs as pool.js makes them: an address is an offset into the slab's ArrayBuffer.
// Always      every Buffer that this class makes has a link. It leads to a slab only if the Buffer lies
//             there: only slice() makes it lead.

import { Link, linkable, ownerOf } from './views.js';
import { kernelsOver } from './wasm.js';

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
Object.defineProperty(FastBuffer.prototype, linkable, { __proto__: null, value: true });

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
 * The kernels that can run on a view's bytes in place, with its `byteOffset` as the address.
 * @param {Uint8Array} view
 * @returns {object|null|undefined} the functions of src/kernels.h; null or undefined when the bytes lie on
 *   no linear slab, or compiled code is refused
 */
export function kernelsOf(view) {
  const owner = ownerOf(view);
  return owner === undefined ? undefined : kernelsOn(owner);
}

function kernelsOn(owner) {
  if (owner.kernels === undefined) owner.kernels = owner.memory ? kernelsOver(owner.memory) : null;
  return owner.kernels;
}

