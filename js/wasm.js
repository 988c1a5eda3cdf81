// wasm.js: the C code, compiled once, and the memories that slabs live in.
//
// Owns        the home memory, where the ledger's state lies and operands are staged that lie on no linear
//             slab. No Buffer ever lies there.
// Assumes     nothing of the page: where a policy refuses compiled code, or there is no WebAssembly at all,
//             the same C runs as plain JS, which wasm2js made of it.
// Always      a slab's memory has initial === maximum and is never grown: growing, even by 0, detaches
//             every view of it.
//
// The only file that says WebAssembly.

import { asmFunc } from './pool.plain.js';
import { digits as stringDigits } from './strings.bytes.js';
import { digits, kernelsIn } from './wasm.bytes.js';

const PAGE = 65536;

// The home memory: a page for the ledger, and two staging areas.
const STAGE_PAGES = 4;
const homeMemory = createMemory(PAGE + 2 * STAGE_PAGES * PAGE);

/**
 * Whether slabs can be memories at all. A policy that refuses compiled code does not refuse memories. In
 * Jest's node environment they come with another realm's ArrayBuffers, which `instanceof` does not know.
 */
export const hasMemories = typeof WebAssembly === 'object' && WebAssembly !== null &&
  typeof WebAssembly.Memory === 'function' && (!homeMemory || homeMemory.buffer instanceof ArrayBuffer);

const wasmModule = homeMemory && compile(digits);
const stringModule = wasmModule && compile(stringDigits);

const homeStrings = stringModule && instantiate(stringModule, homeMemory);

/** Whether src/strings.wat is among the kernels: an engine that lacks the builtins lacks what it imports. */
export const hasStrings = Boolean(homeStrings);

const compiled = wasmModule && instantiate(wasmModule, homeMemory);

/** Which code runs: 'wasm', or 'plain' where compiling is refused. */
export const path = compiled ? 'wasm' : 'plain';

/** The ledger's functions, by the letters that js/ledger.js gives their names. */
export const code = compiled || asmFunc({ memory: { buffer: new ArrayBuffer(PAGE) } });

/** Where the ledger's state lies in the home memory: the first argument of every function in
 * js/ledger.js. Not 0, because C would take that for no pointer at all. */
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
 * A fixed memory.
 * @param {number} size bytes, rounded up to whole pages
 * @returns {WebAssembly.Memory|undefined} all zero; its ArrayBuffer cannot be detached or transferred.
 *   Nothing where the engine refuses, whatever it throws: Firefox throws a string
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
 * The kernels over a slab's memory, to run on its slices in place.
 * @param {WebAssembly.Memory} memory
 * @returns {object|null} the functions of src/kernels.h; null where compiled code is refused
 */
export function kernelsOver(memory) {
  const exports = wasmModule && instantiate(wasmModule, memory);
  const strings = exports && hasStrings && instantiate(stringModule, memory);
  return exports && Boolean(strings) === hasStrings ? kernelsIn(exports, strings) : null;
}

// WebKit refuses the instance where Chromium and Firefox refuse the module. Whatever the reason, the plain
// twin does the ledger's work, and what short inputs take anyway the kernels'.
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
