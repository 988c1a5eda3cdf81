// slice.js: the class of all Buffers, and the kernels that can run on a Buffer's bytes where they lie.
//
// Owns        the link from a slice to the memory below it. It is a private field, because that is found in
//             1 ns and `.buffer` in 12: as long as a whole kernel takes on 64 bytes.
// Always      a view that has such a link lies in that memory. Nobody but slice() makes one.

import { kernelsOver } from './wasm.js';

/** Whether the engine is Firefox's, which alone has this global: other calls are cheap there, and dear. */
export const isSpiderMonkey = typeof globalThis.InternalError === 'function';

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

// What a view says of itself, by the getters: a property of the same name on the view would lead outside of
// its bytes. V8 builds a getter into the code around it only where it has seen what kind of view it is asked
// of, as reading an element shows it, and forgets it when the view itself is compared with anything in
// between, be it with undefined: 1 ns, not 4. SpiderMonkey does so where a property is looked up, not
// where a function is called: 1 ns, not 9, for `super`, which passes the view's own properties by.
const viewPrototype = Object.getPrototypeOf(Uint8Array.prototype);
export const getterOf = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).get;
const bufferGetter = getterOf(viewPrototype, 'buffer');
const byteLengthGetter = getterOf(viewPrototype, 'byteLength');
const byteOffsetGetter = getterOf(viewPrototype, 'byteOffset');
const lengthGetter = getterOf(viewPrototype, 'length');
const typeNameGetter = getterOf(viewPrototype, Symbol.toStringTag);

// A class, because Babel leaves `super` in an object as it is, and older Hermes does not know it.
class Looked {
  byteLength() { return super.byteLength; }
  byteOffset() { return super.byteOffset; }
  length() { return super.length; }
}
const looked = Object.setPrototypeOf(Looked.prototype, ownGetters('byteLength', 'byteOffset', 'length'));

// Descriptors of the engine inherit from Object.prototype, which may have a `value`.
function ownGetters(...names) {
  const holder = Object.create(null);
  for (const name of names) {
    Object.defineProperty(holder, name, { __proto__: null, get: getterOf(viewPrototype, name) });
  }
  return holder;
}

export function bufferOf(view) {
  return bufferGetter.call(view);
}

export function byteLengthOf(view) {
  if (isSpiderMonkey) return looked.byteLength.call(view);
  try { void view[0]; } catch { /* the getter throws */ }
  return byteLengthGetter.call(view);
}

export function byteOffsetOf(view) {
  if (isSpiderMonkey) return looked.byteOffset.call(view);
  void view[0];
  return byteOffsetGetter.call(view);
}

export function lengthOf(view) {
  if (isSpiderMonkey) return looked.length.call(view);
  try { void view[0]; } catch { /* the getter throws */ }
  return lengthGetter.call(view);
}

/** The name of a typed array's class, or undefined for any other value. */
export function typeNameOf(value) {
  return typeNameGetter.call(value);
}

// Taken now, because bytes are staged while views are made: a class that has replaced it may come here, too.
const Bytes = Uint8Array;

/**
 * The bytes of [start, end): `view` itself when that is all of them, because making a view costs more than
 * many a call that it is made for.
 * @param {Uint8Array} view
 * @param {number} start within the view
 * @param {number} end within the view, not before `start`
 * @returns {Uint8Array}
 */
export function part(view, start, end) {
  if (start === 0 && end === lengthOf(view)) return view;
  return new Bytes(bufferOf(view), byteOffsetOf(view) + start, end - start);
}

/**
 * Gives a function the name that Node's has, which minifiers take away.
 * @param {Function} callable
 * @param {string} name
 * @returns {Function} the same
 */
export function named(callable, name) {
  return Object.defineProperty(callable, 'name', { __proto__: null, value: name, configurable: true });
}

/**
 * Makes a function a property, as assignment does. Assignment throws where the owner inherits a property of
 * that name from a frozen object.
 * @param {object} owner
 * @param {string|symbol} key
 * @param {Function} callable
 * @param {string} [name] the function's
 */
export function method(owner, key, callable, name = key) {
  const value = named(callable, name);
  const rest = { writable: true, enumerable: true, configurable: true };
  Object.defineProperty(owner, key, { __proto__: null, value, ...rest });
}
