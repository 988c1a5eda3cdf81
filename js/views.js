// views.js: what a typed array, a DataView or an ArrayBuffer is, and where its bytes lie.
//
// Owns        nothing. No Buffer is known here, and no memory.
// Always      the engine's own getters answer. A property of the same name on a view does not count, because
//             it would lead outside of the view's bytes. No user code runs.

/** Whether the engine is Firefox's, which alone has this global: other calls are cheap there, and dear. */
export const isSpiderMonkey = typeof globalThis.InternalError === 'function';

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

const dataViewLengthOf = getterOf(DataView.prototype, 'byteLength');
const dataViewOffsetOf = getterOf(DataView.prototype, 'byteOffset');
const dataViewBufferOf = getterOf(DataView.prototype, 'buffer');

export function isUint8Array(value) {
  return typeNameOf(value) === 'Uint8Array';
}

// As `byteLength`, which Node asks the view itself, and then copies as many bytes as that says.
export function sizeOf(view) {
  return typeNameOf(view) === undefined ? dataViewLengthOf.call(view) : byteLengthOf(view);
}

// The bytes below any view, and how many there are. A detached view, or one that its ArrayBuffer has become
// too short for, has none.
export function viewLength(view) {
  if (typeNameOf(view) !== undefined) return byteLengthOf(view);
  try {
    return dataViewLengthOf.call(view);
  } catch {
    return 0;
  }
}

export function bytesOfView(view) {
  if (isUint8Array(view)) return view;
  const length = viewLength(view);
  if (length === 0) return new Uint8Array();
  if (typeNameOf(view) !== undefined) {
    return new Uint8Array(bufferOf(view), byteOffsetOf(view), length);
  }
  return new Uint8Array(dataViewBufferOf.call(view), dataViewOffsetOf.call(view), length);
}

// A plain Uint8Array on what there is of the range.
export function bytesBetween(view, start, end) {
  const bytes = bytesOfView(view);
  const stop = Math.min(end, lengthOf(bytes));
  if (start >= stop) return new Uint8Array();
  return new Uint8Array(bufferOf(bytes), byteOffsetOf(bytes) + start, stop - start);
}

const arrayBufferLength = getterOf(ArrayBuffer.prototype, 'byteLength');
const sharedLength = typeof SharedArrayBuffer === 'function' ?
  getterOf(SharedArrayBuffer.prototype, 'byteLength') : undefined;

// By brand, so that another realm's is known, too. The first two lines only keep the slow question from
// common values.
export function isAnyArrayBuffer(value) {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return false;
  if (hasBrand(value, arrayBufferLength)) return true;
  return sharedLength === undefined ? isUnnamedShared(value) : hasBrand(value, sharedLength);
}

// A page that is not isolated is not told the name of SharedArrayBuffer, but WebAssembly gives it some.
function isUnnamedShared(value) {
  return Object.prototype.toString.call(value) === '[object SharedArrayBuffer]' &&
    new Uint8Array(value).buffer === value;
}

function hasBrand(value, getter) {
  try {
    getter.call(value);
    return true;
  } catch {
    return false;
  }
}
