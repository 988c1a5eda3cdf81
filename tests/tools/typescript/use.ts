// What a program says of the package in any TypeScript from 5.4 on. What newer ones know beyond that is in
// tests/types/.
import buffer, { Buffer, isUtf8, pool, toOwned, transcode } from 'pagebuf';

const small = Buffer.from('hi');
const bytes: Uint8Array = small;
const memory: ArrayBuffer = small.buffer;
const inherited: number = small.length + (small[0] ?? 0) + small.byteOffset;
const number: number = small.readUInt8(0) + small.indexOf('i');
const text: string = small.toString('hex') + pool.inspect().path;
const part: Buffer = small.subarray(1);
const own: Buffer = toOwned(bytes);
const list: Buffer[] = [Buffer.concat([small, bytes, own]), transcode(small, 'utf8', 'latin1'), buffer.Buffer.alloc(3)];
const isOne: boolean = isUtf8(small) && small.equals(bytes) && Buffer.isBuffer(text);
for (const byte of small) list.push(Buffer.of(byte));

// @ts-expect-error a number is no string
Buffer.from(1);
// @ts-expect-error a Uint8Array has no methods of Node's
const buf: Buffer = bytes;

export { buf, inherited, isOne, list, memory, number, part, text };
