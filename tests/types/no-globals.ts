// Compiled without @types/node: the package itself declares no global.
import { Buffer as OurBuffer } from 'pagebuf';

// @ts-expect-error no value of that name
Buffer.from('text');
// @ts-expect-error no type of that name
export type GlobalBuffer = Buffer;
// @ts-expect-error nor of this
export type GlobalEncoding = BufferEncoding;
// @ts-expect-error @types/node is not there
process.exit();

export const ours = OurBuffer.from('text');
