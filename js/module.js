// module.js: the module object, which `require('buffer')` gives in Node.
//
// Always      the order of its properties is Node's, and INSPECT_MAX_BYTES can be assigned. Of the extensions
//             it has the pool alone, so that bundlers drop the others when nobody imports them.

import { kMaxLength } from './allocate.js';
import { Buffer, constants, inspectMaxBytes, kStringMaxLength, SlowBuffer } from './buffer.js';
import { pool } from './pool.js';
import { atob, Blob, btoa, File, isAscii, isUtf8, resolveObjectURL, transcode } from './text.js';

/** What inspectMaxBytes() says at first: a named import cannot be assigned. */
export const INSPECT_MAX_BYTES = inspectMaxBytes();

const moduleObject = { Buffer, transcode, isUtf8, isAscii, kMaxLength, kStringMaxLength, btoa, atob };
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
