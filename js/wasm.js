// wasm.js: the C code, compiled once, and the memories of linear slabs. No other file uses WebAssembly.
//
// Owns        the home memory. It holds the ledger's state, and two areas to which operands are copied that
//             lie on no linear slab. No Buffer ever lies there.
// Assumes     nothing of the page. Where a policy refuses compiled code, or there is no WebAssembly at all,
//             the ledger runs as plain JS, which wasm2js made of the same C.
// Always      a slab's memory has initial === maximum and never grows: growing it, even by 0, detaches every
//             view of it.

import { asmFunc } from './pool.plain.js';
import { digits as stringDigits } from './strings.bytes.js';
import { digits, kernelsIn } from './wasm.bytes.js';

const PAGE = 65536;

// The home memory: a page for the ledger, and two staging areas.
const STAGE_PAGES = 4;
const homeMemory = createMemory(PAGE + 2 * STAGE_PAGES * PAGE);

/**
 * Whether slabs can be memories at all. A policy that refuses compiled code still allows memories. In Jest's
 * node environment they cannot: a memory's ArrayBuffer comes from another realm, so `instanceof` fails.
 */
export const hasMemories = typeof WebAssembly === 'object' && WebAssembly !== null &&
  typeof WebAssembly.Memory === 'function' && (!homeMemory || homeMemory.buffer instanceof ArrayBuffer);

const wasmModule = homeMemory && compile(digits);
const stringModule = wasmModule && compile(stringDigits);

const homeStrings = stringModule && instantiate(stringModule, homeMemory);

/**
 * Whether src/strings.wat is among the kernels. It imports JS String Builtins, which not all engines have.
 */
export const hasStrings = Boolean(homeStrings);

const compiled = wasmModule && instantiate(wasmModule, homeMemory);

/** Which code runs: 'wasm', or 'plain' where compiling is refused. */
export const path = compiled ? 'wasm' : 'plain';

/** The ledger's functions, by the letters under which they are exported. js/ledger.js names them. */
export const code = compiled || asmFunc({ memory: { buffer: new ArrayBuffer(PAGE) } });

/**
 * The address of the ledger's state in the home memory: the first argument of every function in
 * js/ledger.js. Not 0, which is the null pointer in C.
 */
export const LEDGER = 64;

/** The kernels over the home memory (src/kernels.h); undefined where compiling is refused. */
export const homeKernels = compiled && kernelsIn(compiled, homeStrings);

/** All bytes of the home memory; undefined where compiling is refused. */
export const homeBytes = compiled && new Uint8Array(homeMemory.buffer);

/** Addresses of the two staging areas in the home memory, and how many bytes each has. */
export const STAGE_A = PAGE;
export const STAGE_SIZE = STAGE_PAGES * PAGE;
export const STAGE_B = STAGE_A + STAGE_SIZE;

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
  const exports = wasmModule && instantiate(wasmModule, memory);
  const strings = exports && hasStrings && instantiate(stringModule, memory);
  return exports && Boolean(strings) === hasStrings ? kernelsIn(exports, strings) : null;
}

// Under a strict policy Chromium and Firefox refuse the module, WebKit the instance. Then the plain JS does
// the ledger's work, and the loops for short inputs do the kernels'.
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
