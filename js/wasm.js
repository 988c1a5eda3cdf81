// wasm.js: the memories of linear slabs, and the kernels: the C code that works on bytes. No other file uses
// WebAssembly.
//
// Owns        the home memory: two staging areas, to which operands are copied that lie on no linear slab. No
//             Buffer ever lies there.
// Assumes     nothing of the page. Where a policy refuses compiled code, or there is no WebAssembly at all,
//             there are no kernels, and loops do their work.
// Always      nothing is compiled, and there is no home memory, until a kernel is needed: it would be a third
//             of the time of an import. A slab's memory has initial === maximum and never grows: growing it,
//             even by 0, detaches every view of it.

import { digits as stringDigits } from './strings.bytes.js';
import { digits, kernelsIn } from './wasm.bytes.js';

const PAGE = 65536;

/** Addresses of the two staging areas in the home memory, and how many bytes each has. */
export const STAGE_SIZE = 4 * PAGE;
export const STAGE_A = 0;
export const STAGE_B = STAGE_SIZE;

/**
 * Whether slabs can be memories at all. A policy that refuses compiled code still allows memories. In Jest's
 * node environment they cannot: WebAssembly is of another realm than ArrayBuffer, so `instanceof` fails.
 */
export const hasMemories = typeof WebAssembly === 'object' && WebAssembly !== null &&
  typeof WebAssembly.Memory === 'function' &&
  Object.getPrototypeOf(WebAssembly.Memory) === Object.getPrototypeOf(ArrayBuffer);

/**
 * The home memory, once hasKernels() has returned true: `kernels` over it (src/kernels.h), and all its
 * `bytes`. V8 takes what is added to an object once for constants, but not what a variable is assigned
 * later. The object inherits nothing, because Object.prototype may have a property of that name.
 */
export const home = Object.setPrototypeOf({}, null);

let isTried = false;
let kernelModule;
let stringModule;

// Kept from the time of import. A class that replaces the global one later may call this library while the
// kernels are made.
const Bytes = Uint8Array;

/**
 * Whether there are kernels. The first call compiles them.
 * @returns {boolean} false where compiling is refused
 */
export function hasKernels() {
  return home.kernels !== undefined || (!isTried && makeKernels());
}

/**
 * Whether src/strings.wat is among the kernels. It imports JS String Builtins, which not all engines have.
 * @returns {boolean}
 */
export function hasStrings() {
  return hasKernels() && home.kernels.units_text !== undefined;
}

function makeKernels() {
  isTried = true;
  const memory = createMemory(2 * STAGE_SIZE);
  kernelModule = memory && compile(digits);
  const exports = kernelModule && instantiate(kernelModule, memory);
  if (exports === undefined) return false;

  stringModule = compile(stringDigits);
  const strings = stringModule && instantiate(stringModule, memory);
  home.bytes = new Bytes(memory.buffer);
  home.kernels = kernelsIn(exports, strings);
  return true;
}

/**
 * A memory that cannot grow.
 * @param {number} size bytes, rounded up to whole pages
 * @returns {WebAssembly.Memory|undefined} all zero; its ArrayBuffer cannot be detached or transferred.
 *   undefined when the engine refuses it, whatever it throws: Firefox throws a string
 */
export function createMemory(size) {
  const pages = Math.ceil(size / PAGE);
  try {
    return new WebAssembly.Memory({ __proto__: null, initial: pages, maximum: pages });
  } catch {
    return undefined;
  }
}

/**
 * An instance of the kernels over a slab's memory: they run on its slices in place.
 * @param {WebAssembly.Memory} memory
 * @returns {object|null} the functions of src/kernels.h; null where compiled code is refused
 */
export function kernelsOver(memory) {
  if (!hasKernels()) return null;
  const exports = instantiate(kernelModule, memory);
  const strings = hasStrings() ? instantiate(stringModule, memory) : undefined;
  return exports && (strings || !hasStrings()) ? kernelsIn(exports, strings) : null;
}

// Under a strict policy Chromium and Firefox refuse the module, WebKit the instance.
function compile(hex) {
  try {
    const bytes = Uint8Array.fromHex ? Uint8Array.fromHex(hex) :
      Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
    return new WebAssembly.Module(bytes, { builtins: ['js-string'] });
  } catch {
    return undefined;
  }
}

function instantiate(compiledModule, memory) {
  try {
    return new WebAssembly.Instance(compiledModule, { env: { memory } }).exports;
  } catch {
    return undefined;
  }
}
