// extensions.js: what Node does not have, for programs whose Buffers share slabs.
//
// Owns        no state but the list of formatters in the global object.
// Assumes     what pool.js promises: a slab lives as long as any Buffer on it.
// Always      each function stands alone, so that a bundler drops those that are not used.

import { Buffer } from './buffer.js';
import { bufferOrBytes, invalidArgType, validateBuffer } from './errors.js';
import { pool } from './pool.js';
import { isUint8Array } from './views.js';

/**
 * The same bytes in an ArrayBuffer of their own, to post, transfer, store or keep. `postMessage()`,
 * `structuredClone()` and IndexedDB copy a view's whole `.buffer`: 64 KiB and more for a small Buffer. And a
 * small Buffer keeps its whole slab alive. An extension that Node does not have.
 * @param {Uint8Array} buffer
 * @returns {Buffer} `buffer` itself when its ArrayBuffer holds nothing else, else a copy that does not come
 *   from the pool
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @throws {RangeError} ERR_MEMORY_ALLOCATION_FAILED
 */
export function toOwned(buffer) {
  if (!isUint8Array(buffer)) throw invalidArgType('buffer', bufferOrBytes, buffer);
  if (Buffer.isBuffer(buffer) && buffer.byteLength === buffer.buffer.byteLength) return buffer;

  const owned = Buffer.allocUnsafeSlow(buffer.length);
  owned.set(buffer);
  return owned;
}

/**
 * How much memory Buffers keep alive: all of each ArrayBuffer that one of them lies on. An extension that
 * Node does not have.
 * @param {Iterable<ArrayBufferView>} buffers views that stay alive; each counts once
 * @returns {object} { buffers, usedBytes, retainedBytes, owners }: how many views there are, how many bytes
 *   they cover (a byte that two of them share counts once), how many bytes of memory they keep, and the same
 *   for each ArrayBuffer in `owners`: [{ source, buffers, usedBytes, retainedBytes }], the one that wastes
 *   most first; `source` is that of pool.locate(): 'linear', 'heap' or 'private'
 * @throws {TypeError} ERR_INVALID_ARG_TYPE when one is not a view
 */
export function retained(buffers) {
  const viewsOf = new Map();
  for (const view of new Set(buffers)) {
    validateBuffer(view, 'buffers');
    if (!viewsOf.has(view.buffer)) viewsOf.set(view.buffer, []);
    viewsOf.get(view.buffer).push(view);
  }
  const owners = [...viewsOf].map(([owner, views]) => ({
    source: pool.locate(views[0]).source,
    buffers: views.length,
    usedBytes: bytesCovered(views),
    retainedBytes: owner.byteLength,
  }));
  owners.sort((a, b) => (b.retainedBytes - b.usedBytes) - (a.retainedBytes - a.usedBytes));
  const sum = (key) => owners.reduce((total, owner) => total + owner[key], 0);
  return { buffers: sum('buffers'), usedBytes: sum('usedBytes'), retainedBytes: sum('retainedBytes'), owners };
}

function bytesCovered(views) {
  const ranges = views.map((view) => [view.byteOffset, view.byteOffset + view.byteLength]);
  ranges.sort((a, b) => a[0] - b[0]);
  let covered = 0;
  let reached = 0;
  for (const [start, end] of ranges) {
    if (end <= reached) continue;
    covered += end - Math.max(start, reached);
    reached = end;
  }
  return covered;
}

/**
 * Makes the console of Chromium's and Firefox's developer tools print a Buffer as `<Buffer 68 69> slab 0
 * +8`, once "custom formatters" is switched on in their settings. An extension that Node does not have.
 * @returns {Function} removes the formatter
 */
export function installFormatter() {
  const formatter = {
    header: (value) => (Buffer.isBuffer(value) ? ['span', {}, value.inspect(), ['span', FAINT, where(value)]] : null),
    hasBody: () => false,
  };
  const others = globalThis.devtoolsFormatters || [];
  globalThis.devtoolsFormatters = [...others, formatter];
  return () => {
    globalThis.devtoolsFormatters = globalThis.devtoolsFormatters.filter((each) => each !== formatter);
  };
}

const FAINT = { style: 'opacity: 0.6; margin-left: 1ch' };

function where(buffer) {
  const { source, slab, offset, length } = pool.locate(buffer);
  return source === 'private' ? `private, ${length} bytes` : `slab ${slab} +${offset}, ${length} bytes`;
}
