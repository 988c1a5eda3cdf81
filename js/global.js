// global.js: for code that takes Buffer from the global object.
//
// Owns        globalThis.Buffer, where there is none. A Buffer that is already there, Node's own or a
//             bundler's, stays.

import { Buffer } from './index.js';

if (globalThis.Buffer === undefined) {
  // Not enumerable, as in Node.
  Object.defineProperty(globalThis, 'Buffer', {
    __proto__: null, value: Buffer, writable: true, enumerable: false, configurable: true,
  });
}
