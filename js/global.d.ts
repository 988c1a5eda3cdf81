// global.d.ts: the types of global.js: the global `Buffer`, as a value and as a type.
//
// Always   where @types/node is there, too, its declarations stand as they are: the names are the same as
//          its own, so that the declarations merge, and what is added to them is nothing.

import type { Buffer as PagebufBuffer, BufferConstructor as PagebufBufferConstructor } from './index.js';

type WithoutNode<T> = typeof globalThis extends { process: { versions: { node: string } } } ? object : T;

declare global {
  interface Buffer<TArrayBuffer extends ArrayBufferLike = ArrayBufferLike>
    extends WithoutNode<PagebufBuffer<TArrayBuffer>> {}

  interface BufferConstructor extends WithoutNode<PagebufBufferConstructor> {}

  var Buffer: BufferConstructor;
}
