// slice.js: the class of all Buffers, and the kernels that can run on a Buffer's bytes where they lie.
//
// Owns        the link from a slice to the memory below it. It is a private field, because that is found in
//             1 ns and `.buffer` in 12: as long as a whole kernel takes on 64 bytes.
// Always      a view that has such a link lies in that memory. Nobody but slice() makes one:
//             `Buffer[Symbol.species]` hands the class to everybody, so the class has no public way to do
//             it.

import { kernelsOver } from './wasm.js';

// With fixed parameters V8 makes a view in 13 ns; with rest parameters it takes several times as long. The
// defaults are there for the class's `length`, which is 0 in Node.
export class FastBuffer extends Uint8Array {
  #owner;

  constructor(source = undefined, byteOffset = undefined, length = undefined) {
    super(source, byteOffset, length);
  }

  static slice(owner, address, length) {
    const view = new FastBuffer(owner.buffer, address, length);
    view.#owner = owner;
    return view;
  }

  static ownerOf(view) {
    return #owner in view ? view.#owner : undefined;
  }
}

/**
 * A view of a region's bytes that knows its region.
 * @param {object} owner `{ buffer, memory, kernels }`, as pool.js keeps it
 * @param {number} address bytes from the region's start
 * @param {number} length bytes
 * @returns {FastBuffer}
 */
export const { slice } = FastBuffer;

/**
 * The region below a view.
 * @param {Uint8Array} view
 * @returns {object|undefined} what slice() was given
 */
export const { ownerOf } = FastBuffer;

delete FastBuffer.slice;
delete FastBuffer.ownerOf;

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

// What a view says of itself, by the getters: a property of the same name on the view would lead outside of
// its bytes.
const viewPrototype = Object.getPrototypeOf(Uint8Array.prototype);
const getterOf = (name) => Object.getOwnPropertyDescriptor(viewPrototype, name).get;
export const bufferOf = getterOf('buffer');
export const byteLengthOf = getterOf('byteLength');
export const byteOffsetOf = getterOf('byteOffset');
export const lengthOf = getterOf('length');
export const typeNameOf = getterOf(Symbol.toStringTag);

/**
 * The bytes of [start, end): `view` itself when that is all of them, because making a view costs more than
 * many a call that it is made for.
 * @param {Uint8Array} view
 * @param {number} start within the view
 * @param {number} end within the view, not before `start`
 * @returns {Uint8Array}
 */
export function part(view, start, end) {
  if (start === 0 && end === lengthOf.call(view)) return view;
  return new Uint8Array(bufferOf.call(view), byteOffsetOf.call(view) + start, end - start);
}
