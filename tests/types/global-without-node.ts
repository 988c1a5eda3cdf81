// Compiled without @types/node: the global is the package's own Buffer.
import 'pagebuf/global';
import { Buffer as OurBuffer } from 'pagebuf';
import type { Buffer as Ours } from 'pagebuf';

// A page's own idea of `process` is not @types/node.
declare global {
  var process: { env: { NODE_ENV: string } };
}

const ours: Ours<ArrayBuffer> = Buffer.from('text');
const global: Buffer<ArrayBuffer> = OurBuffer.from('text');
const low: string = global.utf8Slice();
const same: typeof OurBuffer = Buffer;

export { low, ours, same };
