// pagebuf/global: the name without an import, as a value and as a type, with and without @types/node.
import 'pagebuf/global';

const small: Buffer = Buffer.from('text');
const number: number = small.readUInt8() + small.length;
const part: Buffer = small.subarray(1);
// @ts-expect-error it is not `any`
Buffer.from(1);

export { number, part };
