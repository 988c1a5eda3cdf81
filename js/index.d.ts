// index.d.ts: the types of index.js.
//
// Owns     what TypeScript knows of the package. Generic as in @types/node: Buffer<TArrayBuffer> says what
//          `.buffer` is.
// Assumes  lib ES2020 or later; neither the DOM's types nor @types/node. TypeScript before 5.7, where no
//          Uint8Array is generic, gets what tools/rolldown.config.js makes of this file.
// Always   no global is declared (pagebuf/global does that), and whatever @types/node says of a Buffer is
//          true of this one, so that either can be handed to code written for Node's. What this says
//          beyond @types/node is listed in tests/types/node.ts.

/** The names of encodings. Any letter case is taken when the program runs; these are the ones to write. */
export type BufferEncoding =
  | 'ascii'
  | 'utf8'
  | 'utf-8'
  | 'utf16le'
  | 'utf-16le'
  | 'ucs2'
  | 'ucs-2'
  | 'base64'
  | 'base64url'
  | 'latin1'
  | 'binary'
  | 'hex';

/** The encodings that `transcode()` knows. */
export type TranscodeEncoding =
  | 'ascii'
  | 'utf8'
  | 'utf-8'
  | 'utf16le'
  | 'utf-16le'
  | 'ucs2'
  | 'ucs-2'
  | 'latin1'
  | 'binary';

/** A `T`, or an object that `Buffer.from()` turns into one: by `valueOf`, a string also by `toPrimitive`. */
export type WithImplicitCoercion<T> =
  | T
  | { valueOf(): T }
  | (T extends string ? { [Symbol.toPrimitive](hint: 'string'): T } : never);

/** Any typed array, so a Buffer, too; not a DataView. */
export interface TypedArray extends ArrayBufferView {
  readonly BYTES_PER_ELEMENT: number;
  readonly length: number;
}

/** What `JSON.stringify()` makes of a Buffer, and `Buffer.from()` takes. */
export interface BufferJSON {
  type: 'Buffer';
  /** The bytes. */
  data: number[];
}

/** What `.buffer` of `Buffer.from(value)` is. */
type ArrayBufferOf<T> = T extends ArrayBufferLike ? T :
  T extends { valueOf(): infer V extends ArrayBufferLike } ? V : never;

/** `Buffer`, the function. */
export interface BufferConstructor {
  readonly prototype: Buffer;

  /** @deprecated Use `Buffer.from(string, encoding)`. */
  new (string: string, encoding?: BufferEncoding): Buffer<ArrayBuffer>;
  /** @deprecated Use `Buffer.alloc(size)`. */
  new (size: number): Buffer<ArrayBuffer>;
  /** @deprecated Use `Buffer.from(array)`. */
  new (array: ArrayLike<number>): Buffer<ArrayBuffer>;
  /** @deprecated Use `Buffer.from(arrayBuffer, byteOffset, length)`. */
  new <TArrayBuffer extends ArrayBufferLike = ArrayBuffer>(
    arrayBuffer: TArrayBuffer, byteOffset?: number, length?: number): Buffer<TArrayBuffer>;

  /**
   * Bytes of a slab of the pool. Slices smaller than half of it come from the pool, from the moment it is
   * assigned; the next slab has the new size. 0 switches the pool off.
   * @default 65536
   */
  poolSize: number;

  /**
   * A Buffer with a copy of the numbers, each modulo 256. It may come from the pool.
   * @param array an array, another Buffer or typed array, or anything with a `length`
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   */
  from(array: WithImplicitCoercion<ArrayLike<number>>): Buffer<ArrayBuffer>;
  /**
   * A view of an ArrayBuffer. Nothing is copied.
   * @param arrayBuffer what to look at
   * @param byteOffset bytes to skip
   * @param length bytes of the view; all that follow if left out
   * @throws {RangeError} ERR_BUFFER_OUT_OF_BOUNDS when offset or length lie outside of the ArrayBuffer
   */
  from<T extends WithImplicitCoercion<ArrayBufferLike>>(
    arrayBuffer: T, byteOffset?: number, length?: number): Buffer<ArrayBufferOf<T>>;
  /**
   * A Buffer with the bytes of a string. It may come from the pool.
   * @param string what to encode
   * @param encoding utf8 if left out
   * @throws {TypeError} ERR_UNKNOWN_ENCODING
   */
  from(string: WithImplicitCoercion<string>, encoding?: BufferEncoding): Buffer<ArrayBuffer>;
  /** A Buffer with a copy of the numbers, or with the bytes of the string in UTF-8. */
  from(arrayOrString: WithImplicitCoercion<ArrayLike<number> | string>): Buffer<ArrayBuffer>;
  /** A Buffer with the bytes that another one's `toJSON()` told. */
  from(json: { readonly type: 'Buffer'; readonly data: readonly number[] }): Buffer<ArrayBuffer>;

  /**
   * A Buffer with a copy of the bytes below a typed array. It may come from the pool.
   * @param view what to copy
   * @param offset elements of `view` to skip
   * @param length elements of `view` to copy; all that follow if left out
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   * @throws {RangeError} ERR_OUT_OF_RANGE
   */
  copyBytesFrom(view: TypedArray, offset?: number, length?: number): Buffer<ArrayBuffer>;

  /**
   * A Buffer of the arguments. It never comes from the pool.
   * @param items bytes
   */
  of(...items: number[]): Buffer<ArrayBuffer>;

  /**
   * A Buffer of `size` bytes, all zero or filled. It never comes from the pool.
   * @param size bytes
   * @param fill what to fill it with, again and again
   * @param encoding of a string; utf8 if left out
   * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_UNKNOWN_ENCODING
   * @throws {RangeError} ERR_OUT_OF_RANGE
   */
  alloc(size: number, fill?: string | Uint8Array | number, encoding?: BufferEncoding): Buffer<ArrayBuffer>;

  /**
   * A Buffer of `size` bytes that may come from the pool. What is in it is unspecified.
   * @param size bytes
   * @param alignment where it starts is a multiple of it: a power of two, at most 2**30
   * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE
   * @throws {RangeError} ERR_OUT_OF_RANGE, ERR_MEMORY_ALLOCATION_FAILED
   */
  allocUnsafe(size: number, alignment?: number): Buffer<ArrayBuffer>;

  /**
   * A Buffer of `size` bytes that never comes from the pool. What is in it is unspecified.
   * @param size bytes
   * @param alignment as `allocUnsafe()`
   * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE
   * @throws {RangeError} ERR_OUT_OF_RANGE, ERR_MEMORY_ALLOCATION_FAILED
   */
  allocUnsafeSlow(size: number, alignment?: number): Buffer<ArrayBuffer>;

  /** Whether `value` is a Buffer. */
  isBuffer(value: unknown): value is Buffer;

  /**
   * Which of two comes first when they are sorted byte by byte.
   * @returns 0 when they are equal, -1 when `buf1` comes first, 1 when `buf2` does
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   */
  compare(buf1: Uint8Array, buf2: Uint8Array): -1 | 0 | 1;

  /** Whether `encoding` names an encoding, in any letter case. */
  isEncoding(encoding: unknown): encoding is BufferEncoding;

  /**
   * A Buffer with the bytes of all of `list`, one after the other. It may come from the pool.
   * @param list what to join
   * @param totalLength bytes of the result: what is over is cut, what is missing is zero
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   * @throws {RangeError} ERR_OUT_OF_RANGE
   */
  concat(list: readonly Uint8Array[], totalLength?: number): Buffer<ArrayBuffer>;

  /**
   * How many bytes a string takes in an encoding, or a view or an ArrayBuffer has. For base64 and hex it is
   * an upper bound.
   * @param encoding utf8 if left out
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   */
  byteLength(string: string | ArrayBufferView | ArrayBufferLike, encoding?: BufferEncoding): number;
}

/** Bytes: a Uint8Array with Node's methods. Small ones are slices of the pool's slabs. */
export interface Buffer<TArrayBuffer extends ArrayBufferLike = ArrayBufferLike>
  extends Uint8Array<TArrayBuffer> {
  /** `.buffer`, by an older name. Not in Node's documentation. */
  readonly parent: TArrayBuffer;
  /** `.byteOffset`, by an older name. Not in Node's documentation. */
  readonly offset: number;

  // Integers and floats. `offset` is in bytes from the start, 0 if left out. Reading and writing throw
  // ERR_INVALID_ARG_TYPE (TypeError), ERR_OUT_OF_RANGE and ERR_BUFFER_OUT_OF_BOUNDS (RangeError). Writing
  // returns `offset` plus the bytes written.

  /** Reads 1 byte as an unsigned integer. */
  readUInt8(offset?: number): number;
  /** As `readUInt8()`. */
  readUint8(offset?: number): number;
  /** Reads 1 byte as a signed integer. */
  readInt8(offset?: number): number;
  /** Reads 2 bytes as an unsigned integer, little-endian. */
  readUInt16LE(offset?: number): number;
  /** As `readUInt16LE()`. */
  readUint16LE(offset?: number): number;
  /** Reads 2 bytes as a signed integer, little-endian. */
  readInt16LE(offset?: number): number;
  /** Reads 2 bytes as an unsigned integer, big-endian. */
  readUInt16BE(offset?: number): number;
  /** As `readUInt16BE()`. */
  readUint16BE(offset?: number): number;
  /** Reads 2 bytes as a signed integer, big-endian. */
  readInt16BE(offset?: number): number;
  /** Reads 4 bytes as an unsigned integer, little-endian. */
  readUInt32LE(offset?: number): number;
  /** As `readUInt32LE()`. */
  readUint32LE(offset?: number): number;
  /** Reads 4 bytes as a signed integer, little-endian. */
  readInt32LE(offset?: number): number;
  /** Reads 4 bytes as an unsigned integer, big-endian. */
  readUInt32BE(offset?: number): number;
  /** As `readUInt32BE()`. */
  readUint32BE(offset?: number): number;
  /** Reads 4 bytes as a signed integer, big-endian. */
  readInt32BE(offset?: number): number;
  /** Reads 8 bytes as an unsigned integer, little-endian. */
  readBigUInt64LE(offset?: number): bigint;
  /** As `readBigUInt64LE()`. */
  readBigUint64LE(offset?: number): bigint;
  /** Reads 8 bytes as a signed integer, little-endian. */
  readBigInt64LE(offset?: number): bigint;
  /** Reads 8 bytes as an unsigned integer, big-endian. */
  readBigUInt64BE(offset?: number): bigint;
  /** As `readBigUInt64BE()`. */
  readBigUint64BE(offset?: number): bigint;
  /** Reads 8 bytes as a signed integer, big-endian. */
  readBigInt64BE(offset?: number): bigint;
  /** Reads `byteLength` bytes, 1 to 6, as an unsigned integer, little-endian. */
  readUIntLE(offset: number, byteLength: number): number;
  /** As `readUIntLE()`. */
  readUintLE(offset: number, byteLength: number): number;
  /** Reads `byteLength` bytes, 1 to 6, as a signed integer, little-endian. */
  readIntLE(offset: number, byteLength: number): number;
  /** Reads `byteLength` bytes, 1 to 6, as an unsigned integer, big-endian. */
  readUIntBE(offset: number, byteLength: number): number;
  /** As `readUIntBE()`. */
  readUintBE(offset: number, byteLength: number): number;
  /** Reads `byteLength` bytes, 1 to 6, as a signed integer, big-endian. */
  readIntBE(offset: number, byteLength: number): number;
  /** Reads 4 bytes as a float, little-endian. */
  readFloatLE(offset?: number): number;
  /** Reads 4 bytes as a float, big-endian. */
  readFloatBE(offset?: number): number;
  /** Reads 8 bytes as a double, little-endian. */
  readDoubleLE(offset?: number): number;
  /** Reads 8 bytes as a double, big-endian. */
  readDoubleBE(offset?: number): number;

  /** Writes an unsigned integer of 1 byte. */
  writeUInt8(value: number, offset?: number): number;
  /** As `writeUInt8()`. */
  writeUint8(value: number, offset?: number): number;
  /** Writes a signed integer of 1 byte. */
  writeInt8(value: number, offset?: number): number;
  /** Writes an unsigned integer of 2 bytes, little-endian. */
  writeUInt16LE(value: number, offset?: number): number;
  /** As `writeUInt16LE()`. */
  writeUint16LE(value: number, offset?: number): number;
  /** Writes a signed integer of 2 bytes, little-endian. */
  writeInt16LE(value: number, offset?: number): number;
  /** Writes an unsigned integer of 2 bytes, big-endian. */
  writeUInt16BE(value: number, offset?: number): number;
  /** As `writeUInt16BE()`. */
  writeUint16BE(value: number, offset?: number): number;
  /** Writes a signed integer of 2 bytes, big-endian. */
  writeInt16BE(value: number, offset?: number): number;
  /** Writes an unsigned integer of 4 bytes, little-endian. */
  writeUInt32LE(value: number, offset?: number): number;
  /** As `writeUInt32LE()`. */
  writeUint32LE(value: number, offset?: number): number;
  /** Writes a signed integer of 4 bytes, little-endian. */
  writeInt32LE(value: number, offset?: number): number;
  /** Writes an unsigned integer of 4 bytes, big-endian. */
  writeUInt32BE(value: number, offset?: number): number;
  /** As `writeUInt32BE()`. */
  writeUint32BE(value: number, offset?: number): number;
  /** Writes a signed integer of 4 bytes, big-endian. */
  writeInt32BE(value: number, offset?: number): number;
  /** Writes an unsigned integer of 8 bytes, little-endian. */
  writeBigUInt64LE(value: bigint, offset?: number): number;
  /** As `writeBigUInt64LE()`. */
  writeBigUint64LE(value: bigint, offset?: number): number;
  /** Writes a signed integer of 8 bytes, little-endian. */
  writeBigInt64LE(value: bigint, offset?: number): number;
  /** Writes an unsigned integer of 8 bytes, big-endian. */
  writeBigUInt64BE(value: bigint, offset?: number): number;
  /** As `writeBigUInt64BE()`. */
  writeBigUint64BE(value: bigint, offset?: number): number;
  /** Writes a signed integer of 8 bytes, big-endian. */
  writeBigInt64BE(value: bigint, offset?: number): number;
  /** Writes an unsigned integer of `byteLength` bytes, 1 to 6, little-endian. */
  writeUIntLE(value: number, offset: number, byteLength: number): number;
  /** As `writeUIntLE()`. */
  writeUintLE(value: number, offset: number, byteLength: number): number;
  /** Writes a signed integer of `byteLength` bytes, 1 to 6, little-endian. */
  writeIntLE(value: number, offset: number, byteLength: number): number;
  /** Writes an unsigned integer of `byteLength` bytes, 1 to 6, big-endian. */
  writeUIntBE(value: number, offset: number, byteLength: number): number;
  /** As `writeUIntBE()`. */
  writeUintBE(value: number, offset: number, byteLength: number): number;
  /** Writes a signed integer of `byteLength` bytes, 1 to 6, big-endian. */
  writeIntBE(value: number, offset: number, byteLength: number): number;
  /** Writes a float of 4 bytes, little-endian. */
  writeFloatLE(value: number, offset?: number): number;
  /** Writes a float of 4 bytes, big-endian. */
  writeFloatBE(value: number, offset?: number): number;
  /** Writes a double of 8 bytes, little-endian. */
  writeDoubleLE(value: number, offset?: number): number;
  /** Writes a double of 8 bytes, big-endian. */
  writeDoubleBE(value: number, offset?: number): number;

  /**
   * Copies bytes into another view, which may overlap.
   * @param target where to
   * @param targetStart bytes of `target` to skip
   * @param sourceStart bytes of this to skip
   * @param sourceEnd bytes from the start at which to stop
   * @returns bytes copied
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   * @throws {RangeError} ERR_OUT_OF_RANGE
   */
  copy(target: Uint8Array, targetStart?: number, sourceStart?: number, sourceEnd?: number): number;

  /**
   * The bytes from `start` to `end` as a string. `toLocaleString()` is the same function; its type stays
   * the one of Uint8Array, which TypeScript wants kept.
   * @param encoding utf8 if left out
   * @param start bytes to skip
   * @param end bytes from the start at which to stop
   * @throws {TypeError} ERR_UNKNOWN_ENCODING
   */
  toString(encoding?: BufferEncoding, start?: number, end?: number): string;
  /** The Buffer in short, as `<Buffer 68 69>`; what Node's `util.inspect()` prints. */
  inspect(recurseTimes?: number | null, context?: object): string;
  /** What `JSON.stringify()` makes of it. */
  toJSON(): BufferJSON;

  /**
   * Whether both have the same bytes.
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   */
  equals(otherBuffer: Uint8Array): boolean;

  /**
   * Which of two comes first when they are sorted byte by byte. Ranges are in bytes, ends are not included.
   * @returns 0 when they are equal, 1 when `target` comes first, -1 when this does
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   * @throws {RangeError} ERR_OUT_OF_RANGE
   */
  compare(
    target: Uint8Array, targetStart?: number, targetEnd?: number, sourceStart?: number, sourceEnd?: number,
  ): -1 | 0 | 1;

  /**
   * Where `value` is first found.
   * @param value a string, bytes, or one byte
   * @param start byte at which to begin; from the end if negative
   * @param end byte at which to stop; from the end if negative
   * @param encoding of a string; utf8 if left out
   * @returns bytes from the start, or -1
   * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING
   */
  indexOf(
    value: string | number | Uint8Array, start?: number, end?: number, encoding?: BufferEncoding): number;
  indexOf(value: string | number | Uint8Array, start: number, encoding: BufferEncoding): number;
  indexOf(value: string | number | Uint8Array, encoding: BufferEncoding): number;
  /** Where `value` is last found, at `start` or before it; else as `indexOf()`. */
  lastIndexOf(
    value: string | number | Uint8Array, start?: number, end?: number, encoding?: BufferEncoding): number;
  lastIndexOf(value: string | number | Uint8Array, start: number, encoding: BufferEncoding): number;
  lastIndexOf(value: string | number | Uint8Array, encoding: BufferEncoding): number;
  /** Whether `indexOf()` finds `value`. */
  includes(
    value: string | number | Uint8Array, start?: number, end?: number, encoding?: BufferEncoding): boolean;
  includes(value: string | number | Uint8Array, start: number, encoding: BufferEncoding): boolean;
  includes(value: string | number | Uint8Array, encoding: BufferEncoding): boolean;

  /**
   * Fills the bytes from `offset` to `end` with a value, again and again.
   * @param value a string, bytes, or one byte
   * @param offset bytes to skip
   * @param end bytes from the start at which to stop
   * @param encoding of a string; utf8 if left out
   * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE when the value has no bytes,
   *   ERR_UNKNOWN_ENCODING
   * @throws {RangeError} ERR_OUT_OF_RANGE
   */
  fill(value: string | Uint8Array | number, offset?: number, end?: number, encoding?: BufferEncoding): this;
  fill(value: string | Uint8Array | number, offset: number, encoding: BufferEncoding): this;
  fill(value: string | Uint8Array | number, encoding: BufferEncoding): this;

  /**
   * Writes a string. A character that does not fit whole is left out.
   * @param string what to write
   * @param offset bytes to skip
   * @param length bytes to write at most
   * @param encoding utf8 if left out
   * @returns bytes written
   * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING
   * @throws {RangeError} ERR_OUT_OF_RANGE
   */
  write(string: string, encoding?: BufferEncoding): number;
  write(string: string, offset: number, encoding?: BufferEncoding): number;
  write(string: string, offset: number, length: number, encoding?: BufferEncoding): number;

  /**
   * A Buffer on the same bytes; nothing is copied. Negative numbers count from the end.
   * @param start bytes to skip
   * @param end bytes from the start at which to stop
   */
  subarray(start?: number, end?: number): Buffer<TArrayBuffer>;
  /**
   * As `subarray()`: nothing is copied, unlike `Uint8Array.prototype.slice()`, which is also why the type
   * says ArrayBuffer.
   * @deprecated Use `subarray()`.
   */
  slice(start?: number, end?: number): Buffer<ArrayBuffer>;

  /** Turns the order of the bytes around, in place. */
  reverse(): this;
  /**
   * Swaps the bytes of each 2, in place.
   * @throws {RangeError} ERR_INVALID_BUFFER_SIZE when the length is no multiple of 2
   */
  swap16(): this;
  /**
   * Swaps the bytes of each 4, in place.
   * @throws {RangeError} ERR_INVALID_BUFFER_SIZE when the length is no multiple of 4
   */
  swap32(): this;
  /**
   * Swaps the bytes of each 8, in place.
   * @throws {RangeError} ERR_INVALID_BUFFER_SIZE when the length is no multiple of 8
   */
  swap64(): this;

  // What `toString()` and `write()` come down to; serializers call them. Not in Node's documentation.

  /** The bytes from `start` to `end` as ASCII: the low 7 bits of each byte. */
  asciiSlice(start?: number, end?: number): string;
  /** The bytes from `start` to `end` as base64. */
  base64Slice(start?: number, end?: number): string;
  /** The bytes from `start` to `end` as base64url. */
  base64urlSlice(start?: number, end?: number): string;
  /** The bytes from `start` to `end` as latin1. */
  latin1Slice(start?: number, end?: number): string;
  /** The bytes from `start` to `end` as hex. */
  hexSlice(start?: number, end?: number): string;
  /** The bytes from `start` to `end` as UTF-16, little-endian. */
  ucs2Slice(start?: number, end?: number): string;
  /** The bytes from `start` to `end` as UTF-8. */
  utf8Slice(start?: number, end?: number): string;
  /** Writes `string` as ASCII, which is written as latin1. Returns the bytes written. */
  asciiWrite(string: string, offset?: number, length?: number): number;
  /** Writes `string` as base64. Returns the bytes written. */
  base64Write(string: string, offset?: number, length?: number): number;
  /** Writes `string` as base64url. Returns the bytes written. */
  base64urlWrite(string: string, offset?: number, length?: number): number;
  /** Writes `string` as latin1. Returns the bytes written. */
  latin1Write(string: string, offset?: number, length?: number): number;
  /** Writes `string` as hex. Returns the bytes written. */
  hexWrite(string: string, offset?: number, length?: number): number;
  /** Writes `string` as UTF-16, little-endian. Returns the bytes written. */
  ucs2Write(string: string, offset?: number, length?: number): number;
  /** Writes `string` as UTF-8. Returns the bytes written. */
  utf8Write(string: string, offset?: number, length?: number): number;
}

/** Node's Buffer. */
export declare const Buffer: BufferConstructor;

/** For code that was written before Node 25. */
export interface SlowBufferConstructor {
  readonly prototype: Buffer;
  /** @deprecated Use `Buffer.allocUnsafeSlow(size)`. */
  new (size: number): Buffer<ArrayBuffer>;
  /** @deprecated Use `Buffer.allocUnsafeSlow(size)`. */
  (size: number): Buffer<ArrayBuffer>;
}

/** @deprecated Use `Buffer.allocUnsafeSlow(size)`. */
export declare const SlowBuffer: SlowBufferConstructor;

/** A slab is a WebAssembly memory, which nobody can transfer; or a plain ArrayBuffer. */
export type SlabSource = 'linear' | 'heap';

/** Where slabs come from: 'auto' takes linear ones while few are live and `Buffer.poolSize` is whole pages. */
export type PoolSource = 'auto' | SlabSource;

/** The slab that slices are taken from. */
export interface PoolSlab {
  /** Ordinal of the slab, from 0. */
  readonly slab: number;
  readonly source: SlabSource;
  /** Where in `.buffer` the slab starts. */
  readonly base: 0;
  /** Where the next slice starts, in bytes. */
  readonly cursor: number;
  /** Bytes of the slab: `Buffer.poolSize` when it was opened. */
  readonly size: number;
}

/** What `pool.inspect()` tells. */
export interface PoolState {
  /** 'plain' where compiled code is refused. */
  readonly path: 'wasm' | 'plain';
  /** As it was assigned. */
  readonly source: PoolSource;
  /** null before the first small Buffer. */
  readonly current: PoolSlab | null;
  /** Linear slabs that are not known to be freed. */
  readonly liveLinearSlabs: number;
  /** Since the module was loaded. */
  readonly slabsOpened: number;
  /** Since the module was loaded. */
  readonly linearSlabsOpened: number;
  /** Linear slabs that are known to be freed. */
  readonly linearSlabsDied: number;
  /** Bytes of all slices. */
  readonly bytesHandedOut: number;
  /** Bytes between slices. */
  readonly bytesLostToAlignment: number;
  /** Bytes behind the last slice of slabs that are no longer current. */
  readonly bytesLostToTails: number;
  /** Memories that the engine refused; each became a heap slab. */
  readonly refusedMemories: number;
  /** Slices that came to the pool, and got an ArrayBuffer of their own because half a slab is not larger. */
  readonly privateAllocations: number;
}

/** What `pool.locate()` tells: the slab that the bytes lie on, or that their ArrayBuffer is no slab. */
export type PoolLocation =
  | {
    readonly source: SlabSource;
    /** Ordinal of the slab, from 0. */
    readonly slab: number;
    /** Where in `.buffer` the slab starts. */
    readonly base: 0;
    /** Bytes of the slab: `Buffer.poolSize` when it was opened. */
    readonly size: number;
    /** Where the Buffer starts, in bytes. */
    readonly offset: number;
    /** Bytes of the Buffer. */
    readonly length: number;
  }
  | { readonly source: 'private'; readonly length: number };

/** The pool, to look at. An extension that Node does not have. */
export interface Pool {
  /**
   * Where slabs come from. Assigning another one abandons the current slab; Buffers on it stay what they are.
   * @throws {TypeError} ERR_INVALID_ARG_VALUE, also for 'auto' and 'linear' where there is no WebAssembly
   */
  source: PoolSource;
  /** What the pool is doing: a new object for each call. */
  inspect(): PoolState;
  /**
   * Where a view's bytes lie.
   * @throws {TypeError} ERR_INVALID_ARG_TYPE when `buffer` is not a view
   */
  locate(buffer: ArrayBufferView): PoolLocation;
}

/** The pool, to look at. An extension that Node does not have. */
export declare const pool: Pool;

/** What Buffers keep alive, as `retained()` tells it. */
export interface Retained {
  /** How many there are. */
  readonly buffers: number;
  /** Bytes that they cover; a byte that two of them share counts once. */
  readonly usedBytes: number;
  /** Bytes of memory that they keep. */
  readonly retainedBytes: number;
}

/**
 * The same bytes in an ArrayBuffer of their own: what to post, transfer, store or keep. An extension that
 * Node does not have.
 * @returns `buffer` itself when its ArrayBuffer holds nothing else, else a copy that does not come from the
 *   pool
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @throws {RangeError} ERR_MEMORY_ALLOCATION_FAILED
 */
export declare function toOwned(buffer: Uint8Array): Buffer;

/**
 * What Buffers keep alive: the whole of each ArrayBuffer that any of them lies on. An extension that Node
 * does not have.
 * @param buffers the survivors, each counted once
 * @returns the sums, and the same for each ArrayBuffer, the one that wastes most first
 * @throws {TypeError} ERR_INVALID_ARG_TYPE when one is not a view
 */
export declare function retained(buffers: Iterable<ArrayBufferView>): Retained & {
  readonly owners: ReadonlyArray<Retained & { readonly source: SlabSource | 'private' }>;
};

/**
 * Makes the console of developer tools print a Buffer as `<Buffer 68 69>` with its slab and offset, once
 * "custom formatters" is switched on in their settings. An extension that Node does not have.
 * @returns takes the formatter away again
 */
export declare function installFormatter(): () => void;

/** What is the most. */
export declare const constants: {
  /** Bytes of a Buffer. */
  readonly MAX_LENGTH: number;
  /** Characters of a string. */
  readonly MAX_STRING_LENGTH: number;
};

/** `constants.MAX_LENGTH`. */
export declare const kMaxLength: number;

/** `constants.MAX_STRING_LENGTH`. */
export declare const kStringMaxLength: number;

/** How many bytes `buf.inspect()` shows at first. It is assigned on the module object, the default export. */
export declare const INSPECT_MAX_BYTES: number;

/**
 * Whether the bytes are well-formed UTF-8.
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @throws {Error} ERR_INVALID_STATE when `input` is detached
 */
export declare function isUtf8(input: ArrayBufferLike | TypedArray): boolean;

/**
 * Whether all bytes are below 0x80.
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @throws {Error} ERR_INVALID_STATE when `input` is detached
 */
export declare function isAscii(input: ArrayBufferLike | TypedArray): boolean;

/**
 * The text in another encoding. A character that it does not have becomes '?'.
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @throws {Error} when an encoding is not one of these, with the `code` U_ILLEGAL_ARGUMENT_ERROR
 */
export declare function transcode(
  source: Uint8Array, fromEnc: TranscodeEncoding, toEnc: TranscodeEncoding): Buffer<ArrayBuffer>;

/**
 * Decodes base64 to a string with one character a byte.
 * @throws {DOMException} InvalidCharacterError
 */
export declare function atob(data: string): string;

/**
 * Encodes a string with one character a byte as base64.
 * @throws {DOMException} InvalidCharacterError for a character above 0xFF
 */
export declare function btoa(data: string): string;

/** The platform's own. */
export type Blob = typeof globalThis extends { Blob: { prototype: infer T } } ? T : never;
/** The platform's own; undefined where there is none. */
export declare const Blob: typeof globalThis extends { Blob: infer T } ? T : undefined;

/** The platform's own. */
export type File = typeof globalThis extends { File: { prototype: infer T } } ? T : never;
/** The platform's own; undefined where there is none. */
export declare const File: typeof globalThis extends { File: infer T } ? T : undefined;

/**
 * The Blob that a `blob:` URL stands for.
 * @param id what `URL.createObjectURL()` returned
 */
export declare function resolveObjectURL(id: string): Blob | undefined;

/** The module object, for code that writes `buffer.Buffer`: Node's names, and the pool. */
export interface BufferModule {
  Buffer: BufferConstructor;
  SlowBuffer: SlowBufferConstructor;
  transcode: typeof transcode;
  isUtf8: typeof isUtf8;
  isAscii: typeof isAscii;
  kMaxLength: number;
  kStringMaxLength: number;
  btoa: typeof btoa;
  atob: typeof atob;
  readonly constants: typeof constants;
  /** How many bytes `buf.inspect()` shows. */
  INSPECT_MAX_BYTES: number;
  Blob: typeof Blob;
  resolveObjectURL: typeof resolveObjectURL;
  File: typeof File;
  readonly pool: Pool;
}

/** The module object. */
declare const buffer: BufferModule;
export default buffer;
