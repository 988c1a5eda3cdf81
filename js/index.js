// index.js: the public names. No logic.
//
// Always      every name is exported from the file that defines it. So a bundler that drops unused code
//             keeps only what is behind the names that an application imports.

export { kMaxLength } from './allocate.js';
export { Buffer, constants, kStringMaxLength, SlowBuffer } from './buffer.js';
export { installFormatter, retained, toOwned } from './extensions.js';
export { default, INSPECT_MAX_BYTES } from './module.js';
export { pool } from './pool.js';
export { atob, Blob, btoa, File, isAscii, isLatin1, isUtf8, resolveObjectURL, transcode } from './text.js';
