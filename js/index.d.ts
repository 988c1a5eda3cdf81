// index.d.ts: the types of index.js.
//
// Owns     what TypeScript knows of the package. Generic as in @types/node: Buffer<TArrayBuffer> says what
//          `.buffer` is.
// Assumes  lib ES2020 or later; neither the DOM's types nor @types/node. TypeScript before 5.7, where no
//          Uint8Array is generic, gets what tools/rolldown.config.js makes of this file.
//          A comment behind a line of an example is the value of the line; tests/examples.node.js runs it.
// Always   no global is declared (pagebuf/global does that), and whatever @types/node says of a Buffer is
//          true of this one, so that either can be handed to code written for Node's. What this says
//          beyond @types/node is listed in tests/types/node.ts.

/** The names of encodings. `Buffer` accepts any letter case. */
export type BufferEncoding =
  | 'ascii' | 'utf8' | 'utf-8' | 'utf16le' | 'utf-16le' | 'ucs2' | 'ucs-2'
  | 'base64' | 'base64url' | 'latin1' | 'binary' | 'hex';

/** The encodings that `transcode()` knows. */
export type TranscodeEncoding =
  | 'ascii' | 'utf8' | 'utf-8' | 'utf16le' | 'utf-16le' | 'ucs2' | 'ucs-2' | 'latin1' | 'binary';

/** A `T`, or an object that `Buffer.from()` converts to one by `valueOf`, or to a string by `toPrimitive`. */
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
   * The size of a slab of the pool, in bytes. Buffers smaller than half of it come from the pool. A new value
   * counts from the next allocation on, and the next slab has that size. 0 switches the pool off.
   * @default 65536
   * @example
   * Buffer.poolSize; // 65536
   * Buffer.poolSize = 8192; // the size of Node 22
   */
  poolSize: number;

  /**
   * A Buffer with a copy of the numbers, each modulo 256. It may come from the pool.
   * @param array an array, another Buffer or typed array, or anything with a `length`
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   * @example
   * Buffer.from([104, 105, 256]); // <Buffer 68 69 00>
   * Buffer.from(1); // throws TypeError ERR_INVALID_ARG_TYPE
   */
  from(array: WithImplicitCoercion<ArrayLike<number>>): Buffer<ArrayBuffer>;
  /**
   * A view of an ArrayBuffer. Nothing is copied.
   * @param arrayBuffer what to look at
   * @param byteOffset bytes to skip
   * @param length bytes of the view; all that follow if left out
   * @throws {RangeError} ERR_BUFFER_OUT_OF_BOUNDS when offset or length lie outside of the ArrayBuffer
   * @example
   * const memory = new ArrayBuffer(4);
   * const buf = Buffer.from(memory, 1, 2);
   * buf[0] = 7;
   * new Uint8Array(memory); // Uint8Array(4) [ 0, 7, 0, 0 ]
   * Buffer.from(memory, 5); // throws RangeError ERR_BUFFER_OUT_OF_BOUNDS
   */
  from<T extends WithImplicitCoercion<ArrayBufferLike>>(
    arrayBuffer: T, byteOffset?: number, length?: number): Buffer<ArrayBufferOf<T>>;
  /**
   * A Buffer with the bytes of a string. It may come from the pool.
   * @param string what to encode
   * @param encoding utf8 if left out
   * @throws {TypeError} ERR_UNKNOWN_ENCODING
   * @example
   * Buffer.from('héllo'); // <Buffer 68 c3 a9 6c 6c 6f>
   * Buffer.from('aGk', 'base64url'); // <Buffer 68 69>
   * Buffer.from('hi', 'utf7'); // throws TypeError ERR_UNKNOWN_ENCODING
   */
  from(string: WithImplicitCoercion<string>, encoding?: BufferEncoding): Buffer<ArrayBuffer>;
  from(arrayOrString: WithImplicitCoercion<ArrayLike<number> | string>): Buffer<ArrayBuffer>;
  /**
   * A Buffer with the bytes that `toJSON()` of another one returned.
   * @example
   * const text = JSON.stringify(Buffer.from('hi')); // '{"type":"Buffer","data":[104,105]}'
   * Buffer.from(JSON.parse(text)); // <Buffer 68 69>
   */
  from(json: { readonly type: 'Buffer'; readonly data: readonly number[] }): Buffer<ArrayBuffer>;

  /**
   * A Buffer with a copy of the bytes of a typed array. It may come from the pool.
   * @param view what to copy
   * @param offset elements of `view` to skip
   * @param length elements of `view` to copy; all that follow if left out
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   * @throws {RangeError} ERR_OUT_OF_RANGE
   * @example
   * const view = new Uint16Array([0x0102, 0x0304]);
   * Buffer.copyBytesFrom(view, 1); // <Buffer 04 03>
   */
  copyBytesFrom(view: TypedArray, offset?: number, length?: number): Buffer<ArrayBuffer>;

  /**
   * A Buffer of the arguments. It never comes from the pool.
   * @param items bytes
   * @example
   * Buffer.of(1, 2, 300); // <Buffer 01 02 2c>
   */
  of(...items: number[]): Buffer<ArrayBuffer>;

  /**
   * A Buffer of `size` bytes, all zero or filled. It never comes from the pool.
   * @param size bytes
   * @param fill what to fill it with, repeated
   * @param encoding of a string; utf8 if left out
   * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE, ERR_UNKNOWN_ENCODING
   * @throws {RangeError} ERR_OUT_OF_RANGE
   * @example
   * Buffer.alloc(4); // <Buffer 00 00 00 00>
   * Buffer.alloc(5, 'ab'); // <Buffer 61 62 61 62 61>
   * Buffer.alloc(-1); // throws RangeError ERR_OUT_OF_RANGE
   */
  alloc(size: number, fill?: string | Uint8Array | number, encoding?: BufferEncoding): Buffer<ArrayBuffer>;

  /**
   * A Buffer of `size` bytes that may come from the pool. What is in it is unspecified.
   * @param size bytes
   * @param alignment its start is a multiple of this: a power of two, at most 2**30
   * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE
   * @throws {RangeError} ERR_OUT_OF_RANGE, ERR_MEMORY_ALLOCATION_FAILED
   * @example
   * const a = Buffer.allocUnsafe(10);
   * const b = Buffer.allocUnsafe(10);
   * a.buffer === b.buffer; // true
   * b.byteOffset - a.byteOffset; // 16
   */
  allocUnsafe(size: number, alignment?: number): Buffer<ArrayBuffer>;

  /**
   * A Buffer of `size` bytes that never comes from the pool. What is in it is unspecified.
   * @param size bytes
   * @param alignment as `allocUnsafe()`
   * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE
   * @throws {RangeError} ERR_OUT_OF_RANGE, ERR_MEMORY_ALLOCATION_FAILED
   * @example
   * const buf = Buffer.allocUnsafeSlow(10);
   * buf.buffer.byteLength; // 10
   */
  allocUnsafeSlow(size: number, alignment?: number): Buffer<ArrayBuffer>;

  /**
   * Whether `value` is a Buffer.
   * @example
   * Buffer.isBuffer(Buffer.alloc(1)); // true
   * Buffer.isBuffer(new Uint8Array(1)); // false
   */
  isBuffer(value: unknown): value is Buffer;

  /**
   * The order of two Buffers, byte by byte.
   * @returns 0 when they are equal, -1 when `buf1` comes first, 1 when `buf2` does
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   * @example
   * const list = [Buffer.from('b'), Buffer.from('a')];
   * list.sort(Buffer.compare); // [ <Buffer 61>, <Buffer 62> ]
   */
  compare(buf1: Uint8Array, buf2: Uint8Array): -1 | 0 | 1;

  /**
   * Whether `encoding` names an encoding, in any letter case.
   * @example
   * Buffer.isEncoding('UTF-8'); // true
   * Buffer.isEncoding('utf/8'); // false
   */
  isEncoding(encoding: unknown): encoding is BufferEncoding;

  /**
   * A Buffer with the bytes of all of `list`, one after the other. It may come from the pool.
   * @param list what to join
   * @param totalLength bytes of the result: longer input is cut, missing bytes are zero
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   * @throws {RangeError} ERR_OUT_OF_RANGE
   * @example
   * const list = [Buffer.from('ab'), Buffer.from('cd')];
   * Buffer.concat(list); // <Buffer 61 62 63 64>
   * Buffer.concat(list, 3); // <Buffer 61 62 63>
   * Buffer.concat(list, 5); // <Buffer 61 62 63 64 00>
   */
  concat(list: readonly Uint8Array[], totalLength?: number): Buffer<ArrayBuffer>;

  /**
   * How many bytes a string takes in an encoding, or a view or an ArrayBuffer has. For base64 and hex it is
   * an upper bound.
   * @param encoding utf8 if left out
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   * @example
   * Buffer.byteLength('€'); // 3
   * Buffer.byteLength('€', 'utf16le'); // 2
   * Buffer.byteLength(new ArrayBuffer(8)); // 8
   */
  byteLength(string: string | ArrayBufferView | ArrayBufferLike, encoding?: BufferEncoding): number;

  /**
   * How many characters the bytes have as a string in an encoding, in UTF-16 code units.
   * @param encoding utf8 if left out
   * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING
   * @example
   * Buffer.stringLength(Buffer.from('€')); // 1
   * Buffer.stringLength(Buffer.from('€'), 'hex'); // 6
   */
  stringLength(input: ArrayBufferLike | TypedArray, encoding?: BufferEncoding): number;
}

/** Bytes: a Uint8Array with Node's methods. Small ones are slices of the pool's slabs. */
export interface Buffer<TArrayBuffer extends ArrayBufferLike = ArrayBufferLike>
  extends Uint8Array<TArrayBuffer> {
  /** `.buffer`, by an older name. Not in Node's documentation. */
  readonly parent: TArrayBuffer;
  /** `.byteOffset`, by an older name. Not in Node's documentation. */
  readonly offset: number;

  /**
   * Copies bytes into another view, which may overlap.
   * @param target where to
   * @param targetStart bytes of `target` to skip
   * @param sourceStart bytes of this to skip
   * @param sourceEnd bytes from the start at which to stop
   * @returns bytes copied
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   * @throws {RangeError} ERR_OUT_OF_RANGE
   * @example
   * const buf = Buffer.from('hello');
   * const target = Buffer.alloc(4, '.');
   * buf.copy(target, 1, 0, 2); // 2
   * target.toString(); // '.he.'
   */
  copy(target: Uint8Array, targetStart?: number, sourceStart?: number, sourceEnd?: number): number;

  /**
   * The bytes from `start` to `end` as a string. `toLocaleString()` is the same function; its type stays
   * the one of Uint8Array, which TypeScript wants kept.
   * @param encoding utf8 if left out
   * @param start bytes to skip
   * @param end bytes from the start at which to stop
   * @throws {TypeError} ERR_UNKNOWN_ENCODING
   * @example
   * const buf = Buffer.from('héllo');
   * buf.toString(); // 'héllo'
   * buf.toString('utf8', 3); // 'llo'
   */
  toString(encoding?: BufferEncoding, start?: number, end?: number): string;
  /**
   * A short text, such as `<Buffer 68 69>`. Node's `util.inspect()` prints it.
   * @example
   * Buffer.from('hi').inspect(); // '<Buffer 68 69>'
   */
  inspect(recurseTimes?: number | null, context?: object): string;
  /**
   * An object for `JSON.stringify()`.
   * @example
   * Buffer.from('hi').toJSON(); // { type: 'Buffer', data: [ 104, 105 ] }
   */
  toJSON(): BufferJSON;

  /**
   * Whether both have the same bytes.
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   * @example
   * Buffer.from('hi').equals(Buffer.from('6869', 'hex')); // true
   * Buffer.from('hi').equals('hi'); // throws TypeError ERR_INVALID_ARG_TYPE
   */
  equals(otherBuffer: Uint8Array): boolean;

  /**
   * The order of two Buffers, byte by byte. Ranges are in bytes and do not include their ends.
   * @returns 0 when they are equal, 1 when `target` comes first, -1 when this does
   * @throws {TypeError} ERR_INVALID_ARG_TYPE
   * @throws {RangeError} ERR_OUT_OF_RANGE
   * @example
   * const buf = Buffer.from('abc');
   * buf.compare(Buffer.from('abd')); // -1
   * buf.compare(Buffer.from('xab'), 1, 3, 0, 2); // 0
   */
  compare(
    target: Uint8Array, targetStart?: number, targetEnd?: number, sourceStart?: number, sourceEnd?: number,
  ): -1 | 0 | 1;

  /**
   * The first place where `value` is found.
   * @param value a string, bytes, or one byte
   * @param start byte at which to begin; from the end if negative
   * @param end byte at which to stop; from the end if negative
   * @param encoding of a string; utf8 if left out
   * @returns bytes from the start, or -1
   * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING
   * @example
   * const buf = Buffer.from('this is it');
   * buf.indexOf('is'); // 2
   * buf.indexOf('is', 3); // 5
   * buf.indexOf(0x74, -1); // 9
   * buf.indexOf(Buffer.from('no')); // -1
   */
  indexOf(
    value: string | number | Uint8Array, start?: number, end?: number, encoding?: BufferEncoding): number;
  indexOf(value: string | number | Uint8Array, start: number, encoding: BufferEncoding): number;
  indexOf(value: string | number | Uint8Array, encoding: BufferEncoding): number;
  /**
   * The last place where `value` is found, at `start` or before it. The rest is as in `indexOf()`.
   * @example
   * const buf = Buffer.from('this is it');
   * buf.lastIndexOf('is'); // 5
   * buf.lastIndexOf('is', 4); // 2
   */
  lastIndexOf(
    value: string | number | Uint8Array, start?: number, end?: number, encoding?: BufferEncoding): number;
  lastIndexOf(value: string | number | Uint8Array, start: number, encoding: BufferEncoding): number;
  lastIndexOf(value: string | number | Uint8Array, encoding: BufferEncoding): number;
  /**
   * Whether `indexOf()` finds `value`.
   * @example
   * const buf = Buffer.from('this is it');
   * buf.includes('is'); // true
   * buf.includes('was'); // false
   */
  includes(
    value: string | number | Uint8Array, start?: number, end?: number, encoding?: BufferEncoding): boolean;
  includes(value: string | number | Uint8Array, start: number, encoding: BufferEncoding): boolean;
  includes(value: string | number | Uint8Array, encoding: BufferEncoding): boolean;

  /**
   * Fills the bytes from `offset` to `end` with a value, repeated.
   * @param value a string, bytes, or one byte
   * @param offset bytes to skip
   * @param end bytes from the start at which to stop
   * @param encoding of a string; utf8 if left out
   * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_INVALID_ARG_VALUE when the value has no bytes,
   *   ERR_UNKNOWN_ENCODING
   * @throws {RangeError} ERR_OUT_OF_RANGE
   * @example
   * Buffer.alloc(5).fill('ab'); // <Buffer 61 62 61 62 61>
   * Buffer.alloc(3).fill(7, 1); // <Buffer 00 07 07>
   * Buffer.alloc(3).fill('zz', 'hex'); // throws TypeError ERR_INVALID_ARG_VALUE
   */
  fill(value: string | Uint8Array | number, offset?: number, end?: number, encoding?: BufferEncoding): this;
  fill(value: string | Uint8Array | number, offset: number, encoding: BufferEncoding): this;
  fill(value: string | Uint8Array | number, encoding: BufferEncoding): this;

  /**
   * Writes a string. A character that does not fit completely is not written.
   * @param string what to write
   * @param offset bytes to skip
   * @param length bytes to write at most
   * @param encoding utf8 if left out
   * @returns bytes written
   * @throws {TypeError} ERR_INVALID_ARG_TYPE, ERR_UNKNOWN_ENCODING
   * @throws {RangeError} ERR_OUT_OF_RANGE
   * @example
   * const buf = Buffer.alloc(6, '.');
   * buf.write('hi', 1); // 2
   * buf.toString(); // '.hi...'
   * buf.write('a€', 0, 3); // 1
   */
  write(string: string, encoding?: BufferEncoding): number;
  write(string: string, offset: number, encoding?: BufferEncoding): number;
  write(string: string, offset: number, length: number, encoding?: BufferEncoding): number;

  /**
   * A Buffer on the same bytes. Nothing is copied. Negative numbers count from the end.
   * @param start bytes to skip
   * @param end bytes from the start at which to stop
   * @example
   * const buf = Buffer.from('hello');
   * const part = buf.subarray(1, -1);
   * part[0] = 0x61;
   * buf.toString(); // 'hallo'
   */
  subarray(start?: number, end?: number): Buffer<TArrayBuffer>;
  /**
   * As `subarray()`: nothing is copied, unlike `Uint8Array.prototype.slice()`, which is also why the type
   * says ArrayBuffer.
   * @deprecated Use `subarray()`.
   */
  slice(start?: number, end?: number): Buffer<ArrayBuffer>;

  /**
   * Reverses the order of the bytes, in place.
   * @example
   * Buffer.of(1, 2, 3).reverse(); // <Buffer 03 02 01>
   */
  reverse(): this;
  /**
   * Reverses every 2 bytes, in place.
   * @throws {RangeError} ERR_INVALID_BUFFER_SIZE when bytes are left over at the end
   * @example
   * Buffer.of(1, 2, 3, 4).swap16(); // <Buffer 02 01 04 03>
   * Buffer.of(1, 2, 3, 4).swap32(); // <Buffer 04 03 02 01>
   * Buffer.of(1, 2, 3).swap16(); // throws RangeError ERR_INVALID_BUFFER_SIZE
   */
  swap16(): this;
  /**
   * Reverses every 4 bytes, in place.
   * @throws {RangeError} ERR_INVALID_BUFFER_SIZE when bytes are left over at the end
   */
  swap32(): this;
  /**
   * Reverses every 8 bytes, in place.
   * @throws {RangeError} ERR_INVALID_BUFFER_SIZE when bytes are left over at the end
   */
  swap64(): this;

  // Integers and floats. `offset` is in bytes from the start, 0 if left out. Reading and writing throw
  // ERR_INVALID_ARG_TYPE (TypeError), ERR_OUT_OF_RANGE and ERR_BUFFER_OUT_OF_BOUNDS (RangeError). Writing
  // returns `offset` plus the bytes written.

  /**
   * Reads 1 byte as an unsigned integer.
   * @example
   * const buf = Buffer.of(1, 255);
   * buf.readUInt8(1); // 255
   */
  readUInt8(offset?: number): number;
  /** As `readUInt8()`. */
  readUint8(offset?: number): number;
  /**
   * Reads 1 byte as a signed integer.
   * @example
   * Buffer.of(1, 255).readInt8(1); // -1
   */
  readInt8(offset?: number): number;
  /**
   * Reads 2 bytes as an unsigned integer, little-endian.
   * @example
   * const buf = Buffer.of(0x12, 0x34, 0x56);
   * buf.readUInt16LE(1); // 22068
   * buf.readUInt16BE(1); // 13398
   */
  readUInt16LE(offset?: number): number;
  /** As `readUInt16LE()`. */
  readUint16LE(offset?: number): number;
  /**
   * Reads 2 bytes as a signed integer, little-endian.
   * @example
   * const buf = Buffer.of(0xff, 0x00);
   * buf.readInt16LE(); // 255
   * buf.readInt16BE(); // -256
   */
  readInt16LE(offset?: number): number;
  /** Reads 2 bytes as an unsigned integer, big-endian. */
  readUInt16BE(offset?: number): number;
  /** As `readUInt16BE()`. */
  readUint16BE(offset?: number): number;
  /** Reads 2 bytes as a signed integer, big-endian. */
  readInt16BE(offset?: number): number;
  /**
   * Reads 4 bytes as an unsigned integer, little-endian.
   * @example
   * const buf = Buffer.of(0, 0, 0, 1);
   * buf.readUInt32LE(); // 16777216
   * buf.readUInt32BE(); // 1
   */
  readUInt32LE(offset?: number): number;
  /** As `readUInt32LE()`. */
  readUint32LE(offset?: number): number;
  /**
   * Reads 4 bytes as a signed integer, little-endian.
   * @example
   * const buf = Buffer.of(0, 0, 0, 0x80);
   * buf.readInt32LE(); // -2147483648
   * buf.readInt32BE(); // 128
   */
  readInt32LE(offset?: number): number;
  /** Reads 4 bytes as an unsigned integer, big-endian. */
  readUInt32BE(offset?: number): number;
  /** As `readUInt32BE()`. */
  readUint32BE(offset?: number): number;
  /** Reads 4 bytes as a signed integer, big-endian. */
  readInt32BE(offset?: number): number;
  /**
   * Reads 8 bytes as an unsigned integer, little-endian.
   * @example
   * const buf = Buffer.of(0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff);
   * buf.readBigUInt64LE(); // 18446744069414584320n
   * buf.readBigUInt64BE(); // 4294967295n
   */
  readBigUInt64LE(offset?: number): bigint;
  /** As `readBigUInt64LE()`. */
  readBigUint64LE(offset?: number): bigint;
  /**
   * Reads 8 bytes as a signed integer, little-endian.
   * @example
   * const buf = Buffer.of(0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff);
   * buf.readBigInt64LE(); // -4294967296n
   * buf.readBigInt64BE(); // 4294967295n
   */
  readBigInt64LE(offset?: number): bigint;
  /** Reads 8 bytes as an unsigned integer, big-endian. */
  readBigUInt64BE(offset?: number): bigint;
  /** As `readBigUInt64BE()`. */
  readBigUint64BE(offset?: number): bigint;
  /** Reads 8 bytes as a signed integer, big-endian. */
  readBigInt64BE(offset?: number): bigint;
  /**
   * Reads `byteLength` bytes, 1 to 6, as an unsigned integer, little-endian.
   * @example
   * const buf = Buffer.of(1, 2, 3);
   * buf.readUIntLE(0, 3); // 197121
   * buf.readUIntBE(0, 3); // 66051
   */
  readUIntLE(offset: number, byteLength: number): number;
  /** As `readUIntLE()`. */
  readUintLE(offset: number, byteLength: number): number;
  /**
   * Reads `byteLength` bytes, 1 to 6, as a signed integer, little-endian.
   * @example
   * const buf = Buffer.of(1, 2, 255);
   * buf.readIntLE(0, 3); // -65023
   * buf.readIntBE(0, 3); // 66303
   */
  readIntLE(offset: number, byteLength: number): number;
  /** Reads `byteLength` bytes, 1 to 6, as an unsigned integer, big-endian. */
  readUIntBE(offset: number, byteLength: number): number;
  /** As `readUIntBE()`. */
  readUintBE(offset: number, byteLength: number): number;
  /** Reads `byteLength` bytes, 1 to 6, as a signed integer, big-endian. */
  readIntBE(offset: number, byteLength: number): number;
  /**
   * Reads 4 bytes as a float, little-endian.
   * @example
   * Buffer.of(0, 0, 0xc0, 0x3f).readFloatLE(); // 1.5
   * Buffer.of(0x3f, 0xc0, 0, 0).readFloatBE(); // 1.5
   */
  readFloatLE(offset?: number): number;
  /** Reads 4 bytes as a float, big-endian. */
  readFloatBE(offset?: number): number;
  /**
   * Reads 8 bytes as a double, little-endian.
   * @example
   * Buffer.of(0, 0, 0, 0, 0, 0, 0xf8, 0x3f).readDoubleLE(); // 1.5
   * Buffer.of(0x3f, 0xf8, 0, 0, 0, 0, 0, 0).readDoubleBE(); // 1.5
   */
  readDoubleLE(offset?: number): number;
  /** Reads 8 bytes as a double, big-endian. */
  readDoubleBE(offset?: number): number;

  /**
   * Writes an unsigned integer of 1 byte.
   * @example
   * const buf = Buffer.alloc(2);
   * buf.writeUInt8(255, 1); // 2
   * buf; // <Buffer 00 ff>
   * buf.writeUInt8(256); // throws RangeError ERR_OUT_OF_RANGE
   */
  writeUInt8(value: number, offset?: number): number;
  /** As `writeUInt8()`. */
  writeUint8(value: number, offset?: number): number;
  /**
   * Writes a signed integer of 1 byte.
   * @example
   * const buf = Buffer.alloc(1);
   * buf.writeInt8(-1); // 1
   * buf; // <Buffer ff>
   */
  writeInt8(value: number, offset?: number): number;
  /**
   * Writes an unsigned integer of 2 bytes, little-endian.
   * @example
   * const buf = Buffer.alloc(4);
   * buf.writeUInt16LE(0x1234); // 2
   * buf.writeUInt16BE(0x1234, 2); // 4
   * buf; // <Buffer 34 12 12 34>
   */
  writeUInt16LE(value: number, offset?: number): number;
  /** As `writeUInt16LE()`. */
  writeUint16LE(value: number, offset?: number): number;
  /**
   * Writes a signed integer of 2 bytes, little-endian.
   * @example
   * const buf = Buffer.alloc(4);
   * buf.writeInt16LE(-2); // 2
   * buf.writeInt16BE(-2, 2); // 4
   * buf; // <Buffer fe ff ff fe>
   */
  writeInt16LE(value: number, offset?: number): number;
  /** Writes an unsigned integer of 2 bytes, big-endian. */
  writeUInt16BE(value: number, offset?: number): number;
  /** As `writeUInt16BE()`. */
  writeUint16BE(value: number, offset?: number): number;
  /** Writes a signed integer of 2 bytes, big-endian. */
  writeInt16BE(value: number, offset?: number): number;
  /**
   * Writes an unsigned integer of 4 bytes, little-endian.
   * @example
   * const buf = Buffer.alloc(8);
   * buf.writeUInt32LE(0x12345678); // 4
   * buf.writeUInt32BE(0x12345678, 4); // 8
   * buf; // <Buffer 78 56 34 12 12 34 56 78>
   */
  writeUInt32LE(value: number, offset?: number): number;
  /** As `writeUInt32LE()`. */
  writeUint32LE(value: number, offset?: number): number;
  /**
   * Writes a signed integer of 4 bytes, little-endian.
   * @example
   * const buf = Buffer.alloc(8);
   * buf.writeInt32LE(-2); // 4
   * buf.writeInt32BE(-2, 4); // 8
   * buf; // <Buffer fe ff ff ff ff ff ff fe>
   */
  writeInt32LE(value: number, offset?: number): number;
  /** Writes an unsigned integer of 4 bytes, big-endian. */
  writeUInt32BE(value: number, offset?: number): number;
  /** As `writeUInt32BE()`. */
  writeUint32BE(value: number, offset?: number): number;
  /** Writes a signed integer of 4 bytes, big-endian. */
  writeInt32BE(value: number, offset?: number): number;
  /**
   * Writes an unsigned integer of 8 bytes, little-endian.
   * @example
   * const buf = Buffer.alloc(16);
   * buf.writeBigUInt64LE(1n); // 8
   * buf.writeBigUInt64BE(1n, 8); // 16
   * buf; // <Buffer 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 01>
   */
  writeBigUInt64LE(value: bigint, offset?: number): number;
  /** As `writeBigUInt64LE()`. */
  writeBigUint64LE(value: bigint, offset?: number): number;
  /**
   * Writes a signed integer of 8 bytes, little-endian.
   * @example
   * const buf = Buffer.alloc(16);
   * buf.writeBigInt64LE(-2n); // 8
   * buf.writeBigInt64BE(-2n, 8); // 16
   * buf; // <Buffer fe ff ff ff ff ff ff ff ff ff ff ff ff ff ff fe>
   */
  writeBigInt64LE(value: bigint, offset?: number): number;
  /** Writes an unsigned integer of 8 bytes, big-endian. */
  writeBigUInt64BE(value: bigint, offset?: number): number;
  /** As `writeBigUInt64BE()`. */
  writeBigUint64BE(value: bigint, offset?: number): number;
  /** Writes a signed integer of 8 bytes, big-endian. */
  writeBigInt64BE(value: bigint, offset?: number): number;
  /**
   * Writes an unsigned integer of `byteLength` bytes, 1 to 6, little-endian.
   * @example
   * const buf = Buffer.alloc(6);
   * buf.writeUIntLE(0x010203, 0, 3); // 3
   * buf.writeUIntBE(0x010203, 3, 3); // 6
   * buf; // <Buffer 03 02 01 01 02 03>
   */
  writeUIntLE(value: number, offset: number, byteLength: number): number;
  /** As `writeUIntLE()`. */
  writeUintLE(value: number, offset: number, byteLength: number): number;
  /**
   * Writes a signed integer of `byteLength` bytes, 1 to 6, little-endian.
   * @example
   * const buf = Buffer.alloc(6);
   * buf.writeIntLE(-2, 0, 3); // 3
   * buf.writeIntBE(-2, 3, 3); // 6
   * buf; // <Buffer fe ff ff ff ff fe>
   */
  writeIntLE(value: number, offset: number, byteLength: number): number;
  /** Writes an unsigned integer of `byteLength` bytes, 1 to 6, big-endian. */
  writeUIntBE(value: number, offset: number, byteLength: number): number;
  /** As `writeUIntBE()`. */
  writeUintBE(value: number, offset: number, byteLength: number): number;
  /** Writes a signed integer of `byteLength` bytes, 1 to 6, big-endian. */
  writeIntBE(value: number, offset: number, byteLength: number): number;
  /**
   * Writes a float of 4 bytes, little-endian.
   * @example
   * const buf = Buffer.alloc(8);
   * buf.writeFloatLE(1.5); // 4
   * buf.writeFloatBE(1.5, 4); // 8
   * buf; // <Buffer 00 00 c0 3f 3f c0 00 00>
   */
  writeFloatLE(value: number, offset?: number): number;
  /** Writes a float of 4 bytes, big-endian. */
  writeFloatBE(value: number, offset?: number): number;
  /**
   * Writes a double of 8 bytes, little-endian.
   * @example
   * const buf = Buffer.alloc(16);
   * buf.writeDoubleLE(1.5); // 8
   * buf.writeDoubleBE(1.5, 8); // 16
   * buf; // <Buffer 00 00 00 00 00 00 f8 3f 3f f8 00 00 00 00 00 00>
   */
  writeDoubleLE(value: number, offset?: number): number;
  /** Writes a double of 8 bytes, big-endian. */
  writeDoubleBE(value: number, offset?: number): number;

  // One encoding each. `toString()` and `write()` end up in these. Serializers call them. Node does not
  // document them.

  /**
   * The bytes from `start` to `end` as ASCII: the low 7 bits of each byte.
   * @example
   * Buffer.of(0x68, 0xe9).asciiSlice(); // 'hi'
   */
  asciiSlice(start?: number, end?: number): string;
  /**
   * The bytes from `start` to `end` as base64.
   * @example
   * Buffer.of(251, 255).base64Slice(); // '+/8='
   */
  base64Slice(start?: number, end?: number): string;
  /**
   * The bytes from `start` to `end` as base64url.
   * @example
   * Buffer.of(251, 255).base64urlSlice(); // '-_8'
   */
  base64urlSlice(start?: number, end?: number): string;
  /**
   * The bytes from `start` to `end` as latin1.
   * @example
   * Buffer.of(0x68, 0xe9).latin1Slice(); // 'hé'
   */
  latin1Slice(start?: number, end?: number): string;
  /**
   * The bytes from `start` to `end` as hex.
   * @example
   * Buffer.of(1, 2, 3).hexSlice(1); // '0203'
   */
  hexSlice(start?: number, end?: number): string;
  /**
   * The bytes from `start` to `end` as UTF-16, little-endian.
   * @example
   * Buffer.of(0xac, 0x20).ucs2Slice(); // '€'
   */
  ucs2Slice(start?: number, end?: number): string;
  /**
   * The bytes from `start` to `end` as UTF-8.
   * @example
   * Buffer.from('héllo').utf8Slice(1, 3); // 'é'
   */
  utf8Slice(start?: number, end?: number): string;
  /**
   * Writes `string` as ASCII, which is written as latin1. Returns the bytes written.
   * @example
   * Buffer.alloc(2).asciiWrite('hi'); // 2
   */
  asciiWrite(string: string, offset?: number, length?: number): number;
  /**
   * Writes `string` as base64. Returns the bytes written.
   * @example
   * Buffer.alloc(2).base64Write('+/8='); // 2
   */
  base64Write(string: string, offset?: number, length?: number): number;
  /**
   * Writes `string` as base64url. Returns the bytes written.
   * @example
   * Buffer.alloc(2).base64urlWrite('-_8'); // 2
   */
  base64urlWrite(string: string, offset?: number, length?: number): number;
  /**
   * Writes `string` as latin1. Returns the bytes written.
   * @example
   * Buffer.alloc(4).latin1Write('hé', 1); // 2
   */
  latin1Write(string: string, offset?: number, length?: number): number;
  /**
   * Writes `string` as hex. Returns the bytes written.
   * @example
   * Buffer.alloc(2).hexWrite('6869'); // 2
   */
  hexWrite(string: string, offset?: number, length?: number): number;
  /**
   * Writes `string` as UTF-16, little-endian. Returns the bytes written.
   * @example
   * Buffer.alloc(4).ucs2Write('€'); // 2
   */
  ucs2Write(string: string, offset?: number, length?: number): number;
  /**
   * Writes `string` as UTF-8. Returns the bytes written.
   * @example
   * Buffer.alloc(4).utf8Write('€'); // 3
   */
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

/** A slab is a WebAssembly memory, which nobody can transfer, or a plain ArrayBuffer. */
export type SlabSource = 'linear' | 'heap';

/** Where slabs come from: 'auto' takes linear slabs while few are live and `poolSize` is whole pages. */
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

/** What `pool.inspect()` returns. */
export interface PoolState {
  /** 'plain' where compiled code is refused. To know it, the kernels are compiled. */
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

/** What `pool.locate()` returns: the slab that the bytes lie on, or 'private' when they lie on none. */
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
   * Where slabs come from. An assignment abandons the current slab. Buffers on it stay valid.
   * @throws {TypeError} ERR_INVALID_ARG_VALUE, also for 'auto' and 'linear' where there is no WebAssembly
   * @example
   * pool.source; // 'auto'
   * pool.source = 'heap';
   * pool.locate(Buffer.from('hi')).source; // 'heap'
   * pool.source = 'auto';
   */
  source: PoolSource;
  /**
   * The state of the pool, as a new object.
   * @example
   * Buffer.from('hi');
   * const { path, current } = pool.inspect();
   * path; // 'wasm'
   * current.size; // 65536
   */
  inspect(): PoolState;
  /**
   * Where a view's bytes lie.
   * @throws {TypeError} ERR_INVALID_ARG_TYPE when `buffer` is not a view
   * @example
   * Buffer.from('first');
   * const buf = Buffer.from('hi');
   * const { offset, length } = pool.locate(buf);
   * offset === buf.byteOffset; // true
   * length; // 2
   * pool.locate(Buffer.alloc(3)); // { source: 'private', length: 3 }
   */
  locate(buffer: ArrayBufferView): PoolLocation;
}

/** The pool, to look at. An extension that Node does not have. */
export declare const pool: Pool;

/** What Buffers keep alive, as `retained()` returns it. */
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
 * @example
 * const buf = Buffer.from('hi');
 * buf.buffer.byteLength; // 65536
 * toOwned(buf).buffer.byteLength; // 2
 */
export declare function toOwned(buffer: Uint8Array): Buffer;

/**
 * What Buffers keep alive: the whole of each ArrayBuffer that any of them lies on. An extension that Node
 * does not have.
 * @param buffers the Buffers that are kept, each counted once
 * @returns the sums, and the same for each ArrayBuffer, the one that wastes most first
 * @throws {TypeError} ERR_INVALID_ARG_TYPE when one is not a view
 * @example
 * const { usedBytes, retainedBytes } = retained([Buffer.from('hi')]);
 * usedBytes; // 2
 * retainedBytes; // 65536
 */
export declare function retained(buffers: Iterable<ArrayBufferView>): Retained & {
  readonly owners: ReadonlyArray<Retained & { readonly source: SlabSource | 'private' }>;
};

/**
 * Makes the console of developer tools print a Buffer as `<Buffer 68 69>` with its slab and offset, once
 * "custom formatters" is switched on in their settings. An extension that Node does not have.
 * @returns takes the formatter away again
 * @example
 * const remove = installFormatter();
 * console.log(Buffer.from('hi')); // in developer tools: <Buffer 68 69> with its slab and offset
 * remove();
 */
export declare function installFormatter(): () => void;

/**
 * The limits.
 * @example
 * Buffer.alloc(constants.MAX_LENGTH + 1); // throws RangeError ERR_OUT_OF_RANGE
 */
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
 * @example
 * isUtf8(Buffer.from('€')); // true
 * isUtf8(Buffer.of(0xff)); // false
 */
export declare function isUtf8(input: ArrayBufferLike | TypedArray): boolean;

/**
 * Whether all bytes are below 0x80.
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @example
 * isAscii(Buffer.from('hi')); // true
 * isAscii(Buffer.from('€')); // false
 */
export declare function isAscii(input: ArrayBufferLike | TypedArray): boolean;

/**
 * Whether all characters are at most U+00FF, so that each has one byte in latin1.
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @example
 * isLatin1('é'); // true
 * isLatin1('€'); // false
 */
export declare function isLatin1(input: string): boolean;

/**
 * The text in another encoding. A character that it does not have becomes '?'.
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @throws {Error} when an encoding is not one of these, with the `code` U_ILLEGAL_ARGUMENT_ERROR
 * @example
 * transcode(Buffer.from('€5'), 'utf8', 'latin1'); // <Buffer 3f 35>
 */
export declare function transcode(
  source: Uint8Array, fromEnc: TranscodeEncoding, toEnc: TranscodeEncoding): Buffer<ArrayBuffer>;

/**
 * Decodes base64 to a string with one character a byte.
 * @throws {DOMException} InvalidCharacterError
 * @example
 * atob('aGk='); // 'hi'
 */
export declare function atob(data: string): string;

/**
 * Encodes a string with one character a byte as base64.
 * @throws {DOMException} InvalidCharacterError for a character above 0xFF
 * @example
 * btoa('hi'); // 'aGk='
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
 * The Blob that a `blob:` URL stands for. In a browser it is a copy.
 * @param id what `URL.createObjectURL()` returned
 * @returns undefined when there is no such Blob, or where the platform has no XMLHttpRequest
 * @example
 * resolveObjectURL('blob:nodedata:none'); // undefined
 */
export declare function resolveObjectURL(id: string): Blob | undefined;

/** The module object, for code that writes `buffer.Buffer`: Node's names, and the pool. */
export interface BufferModule {
  Buffer: BufferConstructor;
  SlowBuffer: SlowBufferConstructor;
  transcode: typeof transcode;
  isUtf8: typeof isUtf8;
  isAscii: typeof isAscii;
  isLatin1: typeof isLatin1;
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
