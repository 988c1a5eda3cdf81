// module.js: the module object, which `require('buffer')` returns in Node.
//
// Owns        the module object. It is the default export of index.js.
// Always      its properties are in Node's order, and INSPECT_MAX_BYTES can be assigned. Of the extensions
//             it has only the pool, so that bundlers drop the others when nobody imports them.

import { kMaxLength } from './allocate.js';
import { Buffer, constants, inspectMaxBytes, kStringMaxLength, SlowBuffer } from './buffer.js';
import { pool } from './pool.js';
import { atob, Blob, btoa, File, isAscii, isLatin1, isUtf8, resolveObjectURL, transcode } from './text.js';

/** The initial limit of inspect(), in bytes. To change it, assign the module object's property. */
export const INSPECT_MAX_BYTES = inspectMaxBytes();

const moduleObject = {
  Buffer, transcode, isUtf8, isAscii, isLatin1, kMaxLength, kStringMaxLength, btoa, atob,
};
Object.defineProperties(moduleObject, {
  constants: { __proto__: null, enumerable: true, value: constants },
  INSPECT_MAX_BYTES: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      return inspectMaxBytes();
    },
    set(bytes) {
      inspectMaxBytes(bytes);
    },
  },
});
Object.assign(moduleObject, { Blob, resolveObjectURL, File, SlowBuffer, pool });

export default moduleObject;
