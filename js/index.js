// index.js: the public names. No logic: a bundler that drops what is not used keeps the files behind the
// names that an application imports, and no others.

export { kMaxLength } from './allocate.js';
export { Buffer, constants, kStringMaxLength, SlowBuffer } from './buffer.js';
export { installFormatter, retained, toOwned } from './extensions.js';
export { default, INSPECT_MAX_BYTES } from './module.js';
export { pool } from './pool.js';
export { atob, Blob, btoa, File, isAscii, isUtf8, resolveObjectURL, transcode } from './text.js';
