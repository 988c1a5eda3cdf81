// Uses of the package that must compile, and uses that must not. Compiled with and without @types/node, with
// and without the DOM: nothing here may depend on either.
import buffer, {
  atob, Blob, btoa, Buffer, constants, File, INSPECT_MAX_BYTES, isAscii, isLatin1, isUtf8, kMaxLength,
  kStringMaxLength, pool, resolveObjectURL, SlowBuffer, transcode,
} from 'pagebuf';
import type {
  BufferConstructor, BufferEncoding, BufferJSON, BufferModule, Pool, PoolLocation, PoolSlab, PoolSource,
  PoolState, SlowBufferConstructor, TranscodeEncoding, TypedArray, WithImplicitCoercion,
} from 'pagebuf';

// A type `any` equals only `any`, so these also fail when a declaration is not found.
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
function is<A, B>(_same: Equal<A, B>): void {}

declare const shared: SharedArrayBuffer;
declare const either: ArrayBufferLike;
declare const bytes: Uint8Array;
declare const encoding: BufferEncoding;
declare const anything: unknown;

// The type of .buffer is known.
is<Buffer, Buffer<ArrayBufferLike>>(true);
is<Buffer<ArrayBuffer>, Buffer>(false);
const small = Buffer.from('text');
is<typeof small, Buffer<ArrayBuffer>>(true);
is<typeof small.buffer, ArrayBuffer>(true);
is<typeof small.parent, ArrayBuffer>(true);

const ofSmall = [
  Buffer.from('text', 'latin1'), Buffer.from([1, 2]), Buffer.from(bytes), Buffer.from(new Uint16Array(2)),
  Buffer.from({ length: 1, 0: 1 }), Buffer.from(small.toJSON()), Buffer.from({ type: 'Buffer', data: [1] }),
  Buffer.from({ valueOf: () => 'text' }),
  Buffer.from({ [Symbol.toPrimitive]: (_hint: string) => 'text' }, 'hex'),
  Buffer.from(Math.random() < 0.5 ? 'text' : [1]),
  Buffer.from(new ArrayBuffer(8)), Buffer.from(new ArrayBuffer(8), 1, 2),
  Buffer.of(1, 2), Buffer.alloc(8), Buffer.alloc(8, 'a', 'utf8'), Buffer.alloc(8, bytes), Buffer.alloc(8, 1),
  Buffer.allocUnsafe(8), Buffer.allocUnsafe(8, 64), Buffer.allocUnsafeSlow(8), Buffer.allocUnsafeSlow(8, 64),
  Buffer.concat([small, bytes]), Buffer.concat([], 8), Buffer.copyBytesFrom(new Float64Array(2), 1, 1),
  new Buffer('text', 'hex'), new Buffer(8), new Buffer([1]), new Buffer(new ArrayBuffer(8)),
  new SlowBuffer(8), SlowBuffer(8), transcode(bytes, 'utf8', 'latin1'),
];
is<typeof ofSmall, Buffer<ArrayBuffer>[]>(true);

const views = {
  shared: Buffer.from(shared, 1), either: Buffer.from(either), inner: Buffer.from({ valueOf: () => shared }),
  constructed: new Buffer(shared),
};
is<typeof views.shared, Buffer<SharedArrayBuffer>>(true);
is<typeof views.either, Buffer>(true);
is<typeof views.inner, Buffer<SharedArrayBuffer>>(true);
is<typeof views.constructed, Buffer<SharedArrayBuffer>>(true);
const { subarray } = views.shared;
is<ReturnType<typeof subarray>, Buffer<SharedArrayBuffer>>(true);
const asUint8Array: Uint8Array<ArrayBuffer> = small;
const coercible: WithImplicitCoercion<string> = { valueOf: () => 'text' };

// Types of results.
if (Buffer.isBuffer(anything)) is<typeof anything, Buffer>(true);
if (Buffer.isEncoding(anything)) is<typeof anything, BufferEncoding>(true);
Buffer.poolSize = 8192;
const order: -1 | 0 | 1 = Buffer.compare(small, bytes) || small.compare(bytes, 1, 2, 3, 4);
const numbers: number[] = [
  Buffer.byteLength('text', 'hex'), Buffer.stringLength(bytes, 'hex'), Buffer.stringLength(either),
  Buffer.byteLength(either), Buffer.byteLength(new DataView(either)),
  small.indexOf('a'), small.indexOf(1, 2, 3), small.indexOf(bytes, 1, 2, encoding),
  small.indexOf('a', 1, encoding), small.indexOf('a', encoding), small.offset,
  small.lastIndexOf('a', 1, 2, encoding), small.lastIndexOf('a', encoding),
  small.write('a'), small.write('a', encoding), small.write('a', 1, encoding),
  small.write('a', 1, 2, encoding),
  small.copy(bytes, 1, 2, 3), small.utf8Write('a'), small.latin1Write('a', 1), small.ucs2Write('a', 1, 2),
  small.readUInt8(), small.readUint16LE(1), small.readIntBE(0, 6), small.readDoubleLE(), small.readFloatBE(0),
  small.writeUInt8(1), small.writeUint16LE(1, 2), small.writeIntBE(1, 0, 6), small.writeDoubleLE(1),
  small.writeBigInt64BE(1n), small.writeBigUint64LE(1n, 8),
];
const bigs: bigint[] = [small.readBigInt64BE(), small.readBigUInt64LE(8), small.readBigUint64BE()];
const strings: string[] = [
  small.toString(), small.toString('hex', 1, 2), small.toLocaleString(), small.inspect(),
  small.hexSlice(), small.base64urlSlice(1, 2),
];
const truths: boolean[] = [
  small.equals(bytes), small.includes('a', 1, 2, encoding), small.includes(1, 2),
  small.includes('a', encoding),
  isUtf8(bytes), isUtf8(shared), isAscii(new Float32Array(1)), isLatin1('é'),
];
is<ReturnType<typeof small.toJSON>, BufferJSON>(true);
const same = small.fill('ab').fill('ab', 'hex').fill(1, 2, 3).fill(bytes, 1, encoding)
  .swap16().swap32().swap64().reverse();
is<typeof same, Buffer<ArrayBuffer>>(true);

// The module object has every named export. Only there can INSPECT_MAX_BYTES be assigned.
is<typeof buffer, BufferModule>(true);
is<typeof buffer.Buffer, BufferConstructor>(true);
is<typeof buffer.SlowBuffer, SlowBufferConstructor>(true);
is<typeof buffer.pool, Pool>(true);
buffer.INSPECT_MAX_BYTES = 100;
is<typeof INSPECT_MAX_BYTES, number>(true);
is<typeof constants.MAX_LENGTH | typeof kMaxLength | typeof kStringMaxLength, number>(true);
is<ReturnType<typeof atob> | ReturnType<typeof btoa>, string>(true);
is<ReturnType<typeof resolveObjectURL>, Blob | undefined>(true);
const platform: unknown[] = [Blob, File];

// The pool.
pool.source = 'heap';
is<Pool['source'], PoolSource>(true);
is<ReturnType<typeof pool.inspect>, PoolState>(true);
is<PoolState['current'], PoolSlab | null>(true);
const place: PoolLocation = pool.locate(small);
if (place.source !== 'private') is<typeof place.slab | typeof place.base | typeof place.offset, number>(true);

// Uses that must not compile. Every line below is an error.
// @ts-expect-error a number is no string
Buffer.from(1);
// @ts-expect-error no such encoding
Buffer.from('text', 'utf-7');
// @ts-expect-error strings are no bytes
Buffer.concat(['text']);
// @ts-expect-error a DataView is no typed array
Buffer.copyBytesFrom(new DataView(new ArrayBuffer(8)));
// @ts-expect-error a string has a length of its own
Buffer.stringLength('text');
// @ts-expect-error byteLength is not optional
small.readUIntLE(0);
// @ts-expect-error a BigInt where a number belongs
small.writeUInt8(1n);
// @ts-expect-error a number where a BigInt belongs
small.writeBigInt64LE(1);
// @ts-expect-error bytes are compared with bytes
small.equals('text');
// @ts-expect-error a Buffer on shared memory is not one on an ArrayBuffer
const exclusive: Buffer<ArrayBuffer> = views.shared;
// @ts-expect-error a Uint8Array has no methods of Node's
const buf: Buffer = bytes;
// @ts-expect-error transcode() does not take hex
transcode(bytes, 'hex', 'utf8');
// @ts-expect-error no such source
pool.source = 'private';
// @ts-expect-error the pool's state cannot be assigned
pool.inspect().liveSlabs = 0;
// @ts-expect-error a private Buffer is on no slab
pool.locate(small).slab;
// @ts-expect-error a named import cannot be assigned
INSPECT_MAX_BYTES = 1;
// @ts-expect-error constants cannot be assigned
buffer.constants = constants;
// @ts-expect-error no property of Buffer
Buffer.transcode;

export { asUint8Array, bigs, buf, coercible, exclusive, numbers, order, platform, strings, truths };
export type { TranscodeEncoding, TypedArray };
