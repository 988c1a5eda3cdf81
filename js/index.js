// index.js: the public names. No logic.
//
// The default export is the module object: `require('buffer')` of Node, with INSPECT_MAX_BYTES to be
// assigned to, and the pool. The other extensions are named exports alone, so that bundlers drop what is not
// used.

import { kMaxLength } from './allocate.js';
import { Buffer, constants, inspectMaxBytes, kStringMaxLength, SlowBuffer } from './buffer.js';
import { installFormatter, retained, toOwned } from './extensions.js';
import { pool } from './pool.js';
import { atob, Blob, btoa, File, isAscii, isUtf8, resolveObjectURL, transcode } from './text.js';

const INSPECT_MAX_BYTES = inspectMaxBytes();

export {
  atob, Blob, btoa, Buffer, constants, File, INSPECT_MAX_BYTES, installFormatter, isAscii, isUtf8, kMaxLength,
  kStringMaxLength, pool, resolveObjectURL, retained, SlowBuffer, toOwned, transcode,
};

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
