// views.js: what a typed array, a DataView or an ArrayBuffer is, and where its bytes lie.
//
// Owns        the link, a private field by which a Buffer is recognised. It leads to the slab on which the
//             Buffer lies; what a slab is, this file does not know.
// Assumes     a typed array, or what the name says. typeNameOf(), isUint8Array() and isAnyArrayBuffer() take
//             any value.
// Always      what has a link is a Uint8Array. Otherwise the engine's own getters answer. A property of the
//             same name on a view does not count: to trust it would lead outside of the view's bytes. No user
//             code runs on a view.

/** Whether the engine is SpiderMonkey, Firefox's: only it has this global. Other ways are fast there. */
export const isSpiderMonkey = typeof globalThis.InternalError === 'function';

// V8 inlines a getter only if it knows which function it is, and the kind of the view.
// - Bundlers turn a file's constants into variables. V8 then calls the getter: 12 ns, not 1. What a function
//   encloses stays constant. So each getter is a parameter of a function that is called once.
// - V8 knows the kind from reading an element (`view[0]`), and forgets it when the view itself is compared
//   with anything in between, even with undefined.
// SpiderMonkey inlines a getter where a property is looked up, not where a function is called. `super` looks
// up, past the view's own properties: 1 ns, not 9.
const viewPrototype = Object.getPrototypeOf(Uint8Array.prototype);
export const getterOf = (prototype, name) => Object.getOwnPropertyDescriptor(prototype, name).get;

// A class, not an object: Babel does not compile `super` in an object, and older Hermes does not have it.
class Looked {
  byteLength() { return super.byteLength; }
  byteOffset() { return super.byteOffset; }
  length() { return super.length; }
}
// Constants, because to look up the method takes another 2 ns. To change the prototype takes V8 0.1 ms.
const { byteLength: lookByteLength, byteOffset: lookByteOffset, length: lookLength } = isSpiderMonkey ?
  Object.setPrototypeOf(Looked.prototype, ownGetters('byteLength', 'byteOffset', 'length')) : Looked.prototype;

// The engine's descriptors inherit from Object.prototype, which may have a `value`. These do not.
function ownGetters(...names) {
  const holder = Object.create(null);
  for (const name of names) {
    Object.defineProperty(holder, name, { __proto__: null, get: getterOf(viewPrototype, name) });
  }
  return holder;
}

/** The ArrayBuffer of a typed array. */
export const bufferOf = ((getter) => (view) => getter.call(view))(getterOf(viewPrototype, 'buffer'));

/** How many bytes a typed array has: 0 when it is detached. */
export const byteLengthOf = isSpiderMonkey ? (view) => lookByteLength.call(view) : ((getter) => (view) => {
  try { void view[0]; } catch { /* the getter throws */ }
  return getter.call(view);
})(getterOf(viewPrototype, 'byteLength'));

/** Where a typed array starts in its ArrayBuffer, in bytes; 0 when it is detached. */
export const byteOffsetOf = isSpiderMonkey ? (view) => lookByteOffset.call(view) : ((getter) => (view) => {
  void view[0];
  return getter.call(view);
})(getterOf(viewPrototype, 'byteOffset'));

/** How many elements a typed array has: 0 when it is detached. */
export const lengthOf = isSpiderMonkey ? (view) => lookLength.call(view) : ((getter) => (view) => {
  try { void view[0]; } catch { /* the getter throws */ }
  return getter.call(view);
})(getterOf(viewPrototype, 'length'));

/** The name of a typed array's class; undefined for any other value. */
export const typeNameOf =
  ((getter) => (value) => getter.call(value))(getterOf(viewPrototype, Symbol.toStringTag));

// Kept from the time of import. A class that replaces the global one later may call this library, and would
// overwrite bytes that are staged while a view is made.
const Bytes = Uint8Array;

/**
 * The bytes of [start, end). Returns `view` itself when that is all of them: making a view often takes
 * longer than the call that it is made for.
 * @param {Uint8Array} view
 * @param {number} start within the view
 * @param {number} end within the view, not before `start`
 * @returns {Uint8Array}
 */
export function part(view, start, end) {
  if (start === 0 && end === lengthOf(view)) return view;
  return new Bytes(bufferOf(view), byteOffsetOf(view) + start, end - start);
}

const dataViewLengthOf = getterOf(DataView.prototype, 'byteLength');
const dataViewOffsetOf = getterOf(DataView.prototype, 'byteOffset');
const dataViewBufferOf = getterOf(DataView.prototype, 'buffer');

/**
 * The key of a property of Buffer.prototype. Whatever inherits it most likely has a link. To find out that an
 * object has none takes microseconds.
 */
export const linkable = Symbol('pagebuf.linkable');

/**
 * Adds the link to an existing view: `super()` returns the view, and the field is put on it. A field of the
 * class of Buffers would be as fast in V8, and take SpiderMonkey 15 ns less. But then only `#owner in view`,
 * which is not ES2020, could recognise a Buffer that was made in another way.
 * pre: `view` is a Uint8Array
 */
export class Link extends function given(view) { return view; } {
  #owner;

  constructor(view) {
    super(view);
    this.#owner = undefined;
  }

  // Two functions read the field. If one called the other for it, the call would take SpiderMonkey 3 ns.

  /**
   * Where a view's link leads.
   * @param {Uint8Array} view
   * @returns {object|undefined} the slab that slice() in slice.js got; undefined for a view of another origin
   */
  static ownerOf(view) {
    if (view[linkable] !== true) return undefined;
    try {
      return view.#owner;
    } catch {
      adopt(view);
      return undefined;
    }
  }

  /** Whether a value is a Uint8Array of any realm, or of a class derived from it. */
  // A link is found in 1 ns. The getter takes 4 ns in V8 and 7 in SpiderMonkey.
  static isUint8Array(value) {
    if (value === undefined || value === null || value[linkable] !== true) return isUint8ArrayByName(value);
    try {
      void value.#owner;
      return true;
    } catch {
      return adopt(value);
    }
  }

  static lead(view, owner) {
    view.#owner = owner;
    return view;
  }
}

// Bundlers keep whatever a property is read of, but drop a call marked like this when nobody uses its result.
export const isUint8Array = /* @__PURE__ */ (() => Link.isUint8Array)();
export const ownerOf = /* @__PURE__ */ (() => Link.ownerOf)();

// A function of its own: SpiderMonkey inlines short functions only, and isUint8Array() is short only without
// this. Inlined it takes 1 ns, not 6.
function isUint8ArrayByName(value) {
  return typeNameOf(value) === 'Uint8Array';
}

// A view that got Buffer's prototype by Object.setPrototypeOf() has no link. It gets one, to be faster the
// next time.
function adopt(value) {
  if (!isUint8ArrayByName(value)) return false;
  try {
    new Link(value);
  } catch {
    // An engine may refuse to add a field to an object that is not extensible.
  }
  return true;
}

/**
 * How many bytes any view has. Node reads the view's own `byteLength` instead, and copies as many bytes as
 * that says.
 * @param {ArrayBufferView} view
 * @param {boolean} isBytes whether it is known to be a Uint8Array, which saves a check
 */
export function sizeOf(view, isBytes) {
  if (isBytes) return lengthOf(view);
  return typeNameOf(view) === undefined ? dataViewLengthOf.call(view) : byteLengthOf(view);
}

/** How many bytes any view has: 0 when it is detached, or its ArrayBuffer has become too short for it. */
export function viewLength(view) {
  if (typeNameOf(view) !== undefined) return byteLengthOf(view);
  try {
    return dataViewLengthOf.call(view);
  } catch {
    return 0;
  }
}

/** A Uint8Array over all bytes of any view: `view` itself if it is one. */
export function bytesOfView(view) {
  return isUint8Array(view) ? view : bytesOver(view);
}

function bytesOver(view) {
  const length = viewLength(view);
  if (length === 0) return new Uint8Array();
  if (typeNameOf(view) !== undefined) {
    return new Uint8Array(bufferOf(view), byteOffsetOf(view), length);
  }
  return new Uint8Array(dataViewBufferOf.call(view), dataViewOffsetOf.call(view), length);
}

/** A Uint8Array over the bytes from `start` to `end`, or over as many of them as the view has. */
export function bytesBetween(view, start, end) {
  const bytes = bytesOfView(view);
  const stop = Math.min(end, lengthOf(bytes));
  if (start >= stop) return new Uint8Array();
  return part(bytes, start, stop);
}

const arrayBufferLength = getterOf(ArrayBuffer.prototype, 'byteLength');
const sharedLength = typeof SharedArrayBuffer === 'function' ?
  getterOf(SharedArrayBuffer.prototype, 'byteLength') : undefined;

/** Whether a value is an ArrayBuffer or a SharedArrayBuffer, of any realm. */
// All but the last condition are there for speed alone: they answer for common values.
export function isAnyArrayBuffer(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value) &&
    isBranded(value);
}

function isBranded(value) {
  if (hasBrand(value, arrayBufferLength)) return true;
  return sharedLength === undefined ? isUnnamedShared(value) : hasBrand(value, sharedLength);
}

/** The bytes of a TypedArray, an ArrayBuffer or a SharedArrayBuffer; undefined for other values. */
export function bytesOfMemory(value) {
  if (isUint8Array(value)) return value; // for speed alone
  if (typeNameOf(value) !== undefined) return bytesOfView(value);
  if (!isAnyArrayBuffer(value)) return undefined;
  try {
    return new Uint8Array(value);
  } catch {
    return new Uint8Array(); // a detached ArrayBuffer has no bytes, and no view can be made over it
  }
}

// A page that is not cross-origin isolated has no global SharedArrayBuffer, but a shared WebAssembly memory
// still has such a buffer.
function isUnnamedShared(value) {
  return Object.prototype.toString.call(value) === '[object SharedArrayBuffer]' &&
    new Uint8Array(value).buffer === value;
}

// Getters throw unless the value has the internal slot that they read.
function hasBrand(value, getter) {
  try {
    getter.call(value);
    return true;
  } catch {
    return false;
  }
}
