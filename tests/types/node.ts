// Compiled with @types/node: each Buffer can be passed where the other one is expected, with the listed
// exceptions.
import * as node from 'node:buffer';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import ours, * as oursAsNamespace from 'pagebuf';
import type { Buffer as Ours, BufferConstructor as OursConstructor } from 'pagebuf';

type Nodes<T extends ArrayBufferLike = ArrayBufferLike> = node.Buffer<T>;
type NodesConstructor = typeof node.Buffer;
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
function is<A, B>(_same: Equal<A, B>): void {}

declare const our: Ours;
declare const nodes: Nodes;
declare const ourExclusive: Ours<ArrayBuffer>;
declare const ourShared: Ours<SharedArrayBuffer>;

// Ours in the place of Node's: there is no exception.
const toNode: Nodes = our;
const toNodeExclusive: Nodes<ArrayBuffer> = ourExclusive;
const toNodeShared: Nodes<SharedArrayBuffer> = ourShared;
const toNodeConstructor: NodesConstructor = ours.Buffer;
// Blob and File are the platform's. With the DOM's types they are the DOM's, which have less than
// @types/node's.
const toNodeModule: Omit<typeof node, 'default' | 'Blob' | 'File' | 'resolveObjectURL'> = ours;
writeFileSync('file', ourExclusive);
createHash('sha256').update(ourExclusive);
Readable.from([ourExclusive]);
node.Buffer.concat([our, nodes]).equals(our);

// Node's in the place of ours: the exceptions are names that @types/node does not have, because Node does
// not document them. (It does not have `alignment` of allocUnsafe() and allocUnsafeSlow() either, which does
// not matter here.)
type Undocumented =
  | 'parent' | 'offset' | 'inspect'
  | 'asciiSlice' | 'base64Slice' | 'base64urlSlice' | 'latin1Slice' | 'hexSlice' | 'ucs2Slice' | 'utf8Slice'
  | 'asciiWrite' | 'base64Write' | 'base64urlWrite' | 'latin1Write' | 'hexWrite' | 'ucs2Write' | 'utf8Write';
is<Exclude<keyof Ours, keyof Nodes>, Undocumented>(true);
is<Exclude<keyof Nodes, keyof Ours>, never>(true);
// stringLength() and isLatin1() are new in Node 26.12, and @types/node does not have them yet.
is<Exclude<keyof OursConstructor, keyof NodesConstructor>, 'prototype' | 'stringLength'>(true);
is<Exclude<keyof NodesConstructor, keyof OursConstructor>, never>(true);
type Extensions = 'SlowBuffer' | 'pool' | 'toOwned' | 'retained' | 'installFormatter';
is<Exclude<keyof typeof oursAsNamespace, keyof typeof node>, 'default' | 'isLatin1' | Extensions>(true);
is<Exclude<keyof typeof node, keyof typeof oursAsNamespace>, never>(true);

// With these names added, Node's type is assignable to ours. subarray() and slice() return Buffers of their
// own type, so they are added, too.
type Completed<T extends ArrayBufferLike = ArrayBufferLike> =
  Nodes<T> & Pick<Ours<T>, Undocumented | 'subarray' | 'slice'>;
declare const completed: Completed;
declare const completedExclusive: Completed<ArrayBuffer>;
declare const completedShared: Completed<SharedArrayBuffer>;
const fromNode: Ours = completed;
const fromNodeExclusive: Ours<ArrayBuffer> = completedExclusive;
const fromNodeShared: Ours<SharedArrayBuffer> = completedShared;
is<Parameters<Ours['subarray']>, Parameters<Nodes['subarray']>>(true);
is<Parameters<Ours['slice']>, Parameters<Nodes['slice']>>(true);
// @ts-expect-error utf8Write and the like are missing
const exception: Ours = nodes;
// @ts-expect-error and so they are in the Buffers that it makes
const exceptionConstructor: OursConstructor = node.Buffer;

// Types of memory stay apart.
// @ts-expect-error shared memory
const sharedForExclusive: Nodes<ArrayBuffer> = ourShared;
// @ts-expect-error shared memory
const sharedFromNode: Ours<ArrayBuffer> = completedShared;

export {
  exception, exceptionConstructor, fromNode, fromNodeExclusive, fromNodeShared, sharedForExclusive,
  sharedFromNode, toNode, toNodeConstructor, toNodeExclusive, toNodeModule, toNodeShared,
};
