// pagebuf/global: the name without an import, as a value and as a type. Compiled with and without
// @types/node.
import 'pagebuf/global';

const small: Buffer<ArrayBuffer> = Buffer.from('text');
const number: number = small.readUInt8();
const inherited: Buffer = small.subarray(1);
function isOne(value: unknown): value is Buffer {
  return Buffer.isBuffer(value);
}
// @ts-expect-error it is not `any`
Buffer.from(1);
// @ts-expect-error nor is this
small.readUInt8('text');

export { inherited, isOne, number };
