// index.js: the public names. No logic.
//
// The default export is the module object: `require('buffer')` of Node, with INSPECT_MAX_BYTES to be
// assigned to. Names that Node does not have stand behind Node's.

import { Buffer, constants, inspectMaxBytes, kMaxLength, kStringMaxLength, SlowBuffer } from './buffer.js';
import { pool } from './pool.js';
import { atob, Blob, btoa, File, isAscii, isUtf8, resolveObjectURL, transcode } from './text.js';

const INSPECT_MAX_BYTES = inspectMaxBytes();

export {
  atob, Blob, btoa, Buffer, constants, File, INSPECT_MAX_BYTES, isAscii, isUtf8, kMaxLength, kStringMaxLength,
  pool, resolveObjectURL, SlowBuffer, transcode,
};

const moduleObject = { Buffer, transcode, isUtf8, isAscii, kMaxLength, kStringMaxLength, btoa, atob };
Object.defineProperties(moduleObject, {
  constants: { enumerable: true, value: constants },
  INSPECT_MAX_BYTES: {
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
