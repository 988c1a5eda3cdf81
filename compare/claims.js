// What five texts say about Node's pool, and what is so.
//
// Owns        the table `claims`: our wording, the texts (1 to 5) that say it, the experiment, the verdict
//             and why; and docs/claims.md, which is rendered from it by   node compare/claims.js [--check]
// Assumes     the experiments run in a process of their own (node-side.js) with --expose-gc, on real Node 22,
//             24 and 26 and, under Node 26, on ours.
// Holds       an experiment says the same each time: no times, no addresses. `verdict` is one of 'true',
//             'false', 'until 24' (true before Node 24.18) and 'not observable'; tests/claims.node.js fails
//             when it is no longer so.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError, isMain, readArguments, runCommand } from './command.js';
import { sources } from './compare.js';
import { lines, nodeBinary, openNode } from './node.js';
import { openSlab } from './script.js';

const file = fileURLToPath(new URL('../docs/claims.md', import.meta.url));

// An experiment gets the laboratory: `Buffer` and `constants`, `begin(poolSize)` (a new slab, cursor at 0),
// `collect()` (the garbage collector has run, and what it found dead is gone), `bufferEdges()` (from a heap
// snapshot: the most Buffers that point to one ArrayBuffer). It returns [what it saw, whether the claim
// holds].

const shares = (a, b) => a.buffer === b.buffer;
const distance = (a, b) => b.byteOffset - a.byteOffset;
const yesNo = (condition, yes, no) => (condition ? yes : no);

// How many of the Buffers that `make` makes lie on the slab that is current before.
function countSlices(lab, make) {
  lab.begin(8192);
  const before = lab.Buffer.allocUnsafe(8);
  const made = make(lab.Buffer);
  return [made.filter((buffer) => shares(before, buffer)).length, made.length];
}

const pooled = (make) => (lab) => {
  const [slices, all] = countSlices(lab, make);
  return [`${slices} of ${all} are slices of the slab`, slices === all];
};

const notPooled = (make) => (lab) => {
  const [slices, all] = countSlices(lab, make);
  return [`${slices} of ${all} are slices of the slab`, slices === 0];
};

// A slab with one small survivor, or none, when a later slab is current.
async function slabAfterCollection(lab, keepsSurvivor) {
  lab.begin(8192);
  let survivor = lab.Buffer.allocUnsafe(8);
  const slab = new WeakRef(survivor.buffer);
  if (!keepsSurvivor) survivor = undefined;
  for (let i = 0; i < 10; i++) lab.Buffer.allocUnsafe(4000);
  await lab.collect();
  const isAlive = slab.deref() !== undefined;
  return { isAlive, survivor };
}

const isKeptBySurvivor = async (lab) => {
  const { isAlive, survivor } = await slabAfterCollection(lab, true);
  const kept = isAlive && survivor.buffer.byteLength >= 8192;
  return [yesNo(kept, '8 bytes keep the whole slab', 'the slab is gone'), kept];
};

const isFreed = async (lab) => {
  const { isAlive } = await slabAfterCollection(lab, false);
  return [yesNo(isAlive, 'the slab stays', 'the collector frees the slab'), !isAlive];
};

const isReused = async (lab) => {
  lab.begin(8192);
  const first = lab.Buffer.allocUnsafe(8);
  for (let i = 0; i < 50; i++) lab.Buffer.allocUnsafe(8);
  await lab.collect();
  const next = distance(first, lab.Buffer.allocUnsafe(8));
  return [`after 50 dropped slices of 8 bytes the next starts at ${next}`, next < 408];
};

const offsets = (sizes) => (lab) => {
  lab.begin(8192);
  const buffers = sizes.map((size) => lab.Buffer.allocUnsafe(size));
  return buffers.map((buffer) => distance(buffers[0], buffer));
};

const defaultLimit = (lab) => {
  lab.begin(lab.defaultPoolSize);
  const first = lab.Buffer.allocUnsafe(8);
  const [below, at] = [4095, 4096].map((size) => shares(first, lab.Buffer.allocUnsafe(size)));
  return [`4,095 bytes: ${yesNo(below, 'slice', 'own')}; 4,096 bytes: ${yesNo(at, 'slice', 'own')}`, below && !at];
};

const poolLength = (lab) => {
  lab.begin(lab.defaultPoolSize);
  const { byteLength } = lab.Buffer.allocUnsafe(4).buffer;
  return [String(byteLength), byteLength === 8192];
};

/**
 * The claims. `experiment` is absent where `verdict` is 'not observable'; `isFresh`: it needs a process in
 * which nothing has happened yet.
 */
export const claims = [
  // ---- what is pooled
  { id: 'allocUnsafe is pooled', documents: [1, 2, 3, 4, 5], claim: 'allocUnsafe() slices small Buffers off a shared pool',
    experiment: pooled((Buffer) => [Buffer.allocUnsafe(4), Buffer.allocUnsafe(100)]), verdict: 'true' },
  { id: 'from is pooled', documents: [1, 2, 3], claim: 'from() of a string or an array uses the pool',
    experiment: pooled((Buffer) => [Buffer.from('abc'), Buffer.from([1, 2, 3]), Buffer.from('616263', 'hex')]), verdict: 'true' },
  { id: 'large from is not pooled', documents: [2], claim: 'from() uses the pool for small data only',
    experiment: notPooled((Buffer) => [Buffer.from('a'.repeat(5000)), Buffer.from(Array(5000).fill(1))]), verdict: 'true' },
  { id: 'concat is pooled', documents: [1], claim: 'concat() merges into new space in the pool',
    experiment: pooled((Buffer) => [Buffer.concat([Buffer.alloc(3), Buffer.alloc(4)])]), verdict: 'true' },
  { id: 'concat copies', documents: [1], claim: 'concat() merges Buffers: the result is a copy',
    experiment: ({ Buffer }) => {
      const part = Buffer.from('abc');
      const whole = Buffer.concat([part, part]);
      part[0] = 0;
      return [whole.toString(), whole.toString() === 'abcabc'];
    }, verdict: 'true' },
  { id: 'any method', documents: [3], claim: 'Any method that creates a Buffer looks into the pool',
    experiment: pooled((Buffer) => [Buffer.alloc(8), Buffer.of(1, 2), Buffer.allocUnsafeSlow(8)]), verdict: 'false',
    why: 'alloc(), allocUnsafeSlow(), of() and from(ArrayBuffer) never do' },
  { id: 'alloc is not pooled', documents: [1, 2, 4], claim: 'alloc() never uses the pool, small or not',
    experiment: notPooled((Buffer) => [Buffer.alloc(4), Buffer.alloc(4, 1), Buffer.alloc(5000)]), verdict: 'true' },
  { id: 'alloc is exact', documents: [1], claim: 'alloc(): length equals .buffer.byteLength',
    experiment: ({ Buffer }) => {
      const lengths = [1, 4, 100, 5000].map((size) => Buffer.alloc(size).buffer.byteLength);
      return [lengths.join(', '), lengths.join() === '1,4,100,5000'];
    }, verdict: 'true' },
  { id: 'alloc takes a larger chunk', documents: [5], claim: 'alloc(4) takes a larger chunk, which several Buffers may share',
    experiment: ({ Buffer }) => {
      const [a, b] = [Buffer.alloc(4), Buffer.alloc(4)];
      return [`.buffer of ${a.buffer.byteLength} bytes`, shares(a, b) || a.buffer.byteLength > 4];
    }, verdict: 'false', why: 'it has an ArrayBuffer of 4 bytes of its own' },
  { id: 'alloc is zero', documents: [1, 2, 3, 4], claim: 'alloc() is filled with zeros',
    experiment: ({ Buffer }) => {
      const all = [4, 100, 5000, 70000].every((size) => Buffer.alloc(size).every((byte) => byte === 0));
      return [yesNo(all, 'zeros', 'not all zeros'), all];
    }, verdict: 'true' },
  { id: 'allocUnsafeSlow is not pooled', documents: [1, 2], claim: 'allocUnsafeSlow() bypasses the pool',
    experiment: notPooled((Buffer) => [Buffer.allocUnsafeSlow(4), Buffer.allocUnsafeSlow(100)]), verdict: 'true' },
  { id: 'allocUnsafeSlow is exact', documents: [1, 2], claim: 'allocUnsafeSlow(4).buffer.byteLength is 4',
    experiment: ({ Buffer }) => {
      const { byteLength } = Buffer.allocUnsafeSlow(4).buffer;
      return [String(byteLength), byteLength === 4];
    }, verdict: 'true' },
  { id: 'allocUnsafeSlow is not cleared', documents: [1, 2], claim: 'allocUnsafeSlow() is not zero-filled',
    verdict: 'not observable', why: 'its bytes are undefined, and undefined bytes may be zeros' },

  // ---- how large is small
  { id: 'half a pool', documents: [1], claim: 'A Buffer is pooled when it is smaller than half of poolSize',
    experiment: (lab) => {
      const [below] = countSlices(lab, (Buffer) => [Buffer.allocUnsafe(4095)]);
      const [at] = countSlices(lab, (Buffer) => [Buffer.allocUnsafe(4096)]);
      return [`poolSize 8,192: 4,095 ${yesNo(below, 'is', 'is not')}, 4,096 ${yesNo(at, 'is', 'is not')}`, below === 1 && at === 0];
    }, verdict: 'true' },
  { id: 'less than 4 KiB', documents: [1], claim: 'The limit is 4 KiB: below it a Buffer is pooled, from it on it has memory of its own',
    experiment: defaultLimit, verdict: 'until 24', why: 'half of the default poolSize is 32,768 now' },
  { id: 'up to 8 KB', documents: [2], claim: 'A Buffer is pooled when it has at most 8 KB',
    experiment: pooled((Buffer) => [Buffer.allocUnsafe(8192), Buffer.allocUnsafe(5000)]), verdict: 'false',
    why: 'it must be smaller than half of the pool: 4,095 bytes with a pool of 8 KiB' },
  { id: 'less than poolSize', documents: [4], claim: 'A Buffer is pooled when it is smaller than poolSize',
    experiment: pooled((Buffer) => [Buffer.allocUnsafe(8191), Buffer.allocUnsafe(4096)]), verdict: 'false',
    why: 'it must be smaller than half of it' },
  { id: 'poolSize and more', documents: [4], claim: 'A Buffer of poolSize or more has a block of its own',
    experiment: notPooled((Buffer) => [Buffer.allocUnsafe(8192), Buffer.allocUnsafe(8193)]), verdict: 'true' },
  { id: 'large is exclusive', documents: [1], claim: 'A large Buffer has a new, exclusive ArrayBuffer',
    experiment: (lab) => {
      lab.begin(8192);
      const [a, b] = [lab.Buffer.allocUnsafe(4096), lab.Buffer.allocUnsafe(4096)];
      return [`.buffer of ${a.buffer.byteLength} bytes`, !shares(a, b) && a.buffer.byteLength === 4096];
    }, verdict: 'true' },

  // ---- the pool's size
  { id: 'poolSize is 8192', documents: [1, 2, 3, 4, 5], claim: 'Buffer.poolSize is 8192 by default',
    experiment: ({ defaultPoolSize }) => [String(defaultPoolSize), defaultPoolSize === 8192], verdict: 'until 24',
    why: '65,536 since Node 24.18 and 26.3' },
  { id: 'poolSize can be read', documents: [3], claim: 'Buffer.poolSize is the size of the pool',
    experiment: ({ defaultPoolSize }) => [typeof defaultPoolSize, typeof defaultPoolSize === 'number'], verdict: 'true' },
  { id: 'version decides', documents: [3], claim: 'The default depends on the version of Node',
    experiment: ({ defaultPoolSize }) => [String(defaultPoolSize), [8192, 65536].includes(defaultPoolSize)], verdict: 'true',
    why: '8,192, then 65,536' },
  { id: 'memory decides', documents: [3, 5], claim: 'The pool grows with the memory of the system',
    experiment: (lab) => {
      lab.begin(8192);
      let opened = 0;
      let last = lab.Buffer.allocUnsafe(4088);
      for (let i = 0; i < 100; i++) {
        const next = lab.Buffer.allocUnsafe(4088);
        if (lab.slabOf(next) !== lab.slabOf(last)) opened++;
        last = next;
      }
      return [`100 halves open ${opened} slabs`, opened !== 50];
    }, verdict: 'false', why: 'every pool has poolSize bytes; there are just more of them' },
  { id: 'poolSize can be set', documents: [1, 3], claim: 'poolSize can be changed while the program runs',
    experiment: (lab) => {
      lab.begin(16384);
      const [a, b] = [lab.Buffer.allocUnsafe(8), lab.Buffer.allocUnsafe(8000)];
      return [`16,384: 8,000 bytes ${yesNo(shares(a, b), 'are a slice', 'are not')}`, shares(a, b)];
    }, verdict: 'true' },
  { id: 'the next pool', documents: [1], claim: 'A new poolSize applies to the next pool, the current one stays as it is',
    experiment: (lab) => {
      lab.begin(8192);
      const a = lab.Buffer.allocUnsafe(8);
      lab.Buffer.poolSize = 16384;
      const b = lab.Buffer.allocUnsafe(8);
      const c = lab.Buffer.allocUnsafe(8191);
      const isNext = lab.slabOf(a) === lab.slabOf(b) && lab.slabOf(b) !== lab.slabOf(c);
      return [`8 bytes stay at ${distance(a, b)}, 8,191 go to a new slab`, isNext];
    }, verdict: 'true', why: 'the half-pool limit moves at once' },
  { id: 'byteLength is 8192', documents: [2, 5], claim: 'allocUnsafe(4).buffer.byteLength is 8192',
    experiment: poolLength, isFresh: true, verdict: 'until 24', why: '65,536, and 65,600 since Node 26.8: 64 bytes more, to start at a multiple of 64' },
  { id: 'allocated in advance', documents: [1, 2, 5], claim: 'The pool is allocated whole, before it is needed',
    experiment: (lab) => {
      lab.begin(8192);
      const { byteLength } = lab.Buffer.allocUnsafe(1).buffer;
      return [yesNo(byteLength >= 8192, 'the first byte comes with the whole slab', `${byteLength} bytes`), byteLength >= 8192];
    }, verdict: 'true' },

  // ---- sharing and placement
  { id: 'the pool is an ArrayBuffer', documents: [1, 3], claim: 'The pool is an ArrayBuffer',
    experiment: ({ Buffer }) => {
      const { buffer } = Buffer.allocUnsafe(4);
      const is = buffer instanceof ArrayBuffer;
      return [yesNo(is, 'ArrayBuffer', 'another thing'), is];
    }, verdict: 'true' },
  { id: 'views differ', documents: [1], claim: 'Two small Buffers are different views (b1 === b2 is false)',
    experiment: ({ Buffer }) => {
      const same = Buffer.allocUnsafe(4) === Buffer.allocUnsafe(4);
      return [String(same), !same];
    }, verdict: 'true' },
  { id: 'memory is shared', documents: [1, 4, 5], claim: 'Two small Buffers have the same .buffer',
    experiment: (lab) => {
      lab.begin(8192);
      const same = shares(lab.Buffer.allocUnsafe(100), lab.Buffer.allocUnsafe(100));
      return [String(same), same];
    }, verdict: 'true' },
  { id: 'three share', documents: [5], claim: 'allocUnsafe(10), (5) and (3) have the same .buffer',
    experiment: (lab) => {
      lab.begin(8192);
      const [a, b, c] = [10, 5, 3].map((size) => lab.Buffer.allocUnsafe(size));
      return [String(shares(a, b) && shares(a, c)), shares(a, b) && shares(a, c)];
    }, verdict: 'true' },
  { id: 'allocUnsafe and from share', documents: [1], claim: 'allocUnsafe(8) and from([1, 2, 3]) have the same .buffer',
    experiment: (lab) => {
      lab.begin(8192);
      const same = shares(lab.Buffer.allocUnsafe(8), lab.Buffer.from([1, 2, 3]));
      return [String(same), same];
    }, verdict: 'true' },
  { id: 'always the same buffer', documents: [1, 4], claim: 'There is one single pool that all small Buffers share',
    experiment: (lab) => {
      lab.begin(8192);
      const slabs = new Set(Array.from({ length: 5 }, () => lab.slabOf(lab.Buffer.allocUnsafe(4000))));
      return [`5 Buffers of 4,000 bytes lie on ${slabs.size} slabs`, slabs.size === 1];
    }, verdict: 'false', why: 'one at a time: when it is used up, another takes its place' },
  { id: 'byteOffset', documents: [1, 5], claim: 'byteOffset says where in the pool a Buffer starts',
    experiment: (lab) => {
      lab.begin(8192);
      const buffer = lab.Buffer.from('abcd');
      const same = lab.Buffer.from(buffer.buffer, buffer.byteOffset, 4).toString();
      return [`the same bytes are found there: ${same}`, same === 'abcd'];
    }, verdict: 'true' },
  { id: 'aligned to 8', documents: [1], claim: 'Slices are aligned: after 4 bytes the next one starts 8 later',
    experiment: (lab) => {
      const [, second] = offsets([4, 4])(lab);
      return [`0, ${second}`, second === 8];
    }, verdict: 'true' },
  { id: 'no overlap', documents: [1], claim: 'Writing into one Buffer does not touch its neighbour',
    experiment: (lab) => {
      lab.begin(8192);
      const [a, b] = [lab.Buffer.allocUnsafe(4).fill(1), lab.Buffer.allocUnsafe(4).fill(2)];
      a.fill(3);
      const text = [...a, ...b].join(' ');
      return [text, text === '3 3 3 3 2 2 2 2'];
    }, verdict: 'true' },
  { id: 'not contiguous', documents: [3, 5], claim: 'Slices are not placed one after the other',
    experiment: (lab) => {
      const text = offsets([10, 5, 3, 8])(lab).join(', ');
      return [`10, 5, 3 and 8 bytes start at ${text}`, text !== '0, 16, 24, 32'];
    }, verdict: 'false', why: 'the next one starts at the next multiple of 8' },
  { id: '256 and 512', documents: [5], claim: 'Two Buffers of 4 bytes start, say, at 256 and 512',
    experiment: (lab) => {
      const [, second] = offsets([4, 4])(lab);
      return [`they are ${second} apart`, second === 256];
    }, verdict: 'false', why: 'they are 8 apart' },
  { id: 'free space is searched', documents: [5], claim: 'Node searches the pool for a free place that fits',
    experiment: (lab) => {
      lab.begin(8192);
      const first = lab.Buffer.allocUnsafe(4000);
      const second = lab.Buffer.allocUnsafe(4000);
      const third = lab.Buffer.allocUnsafe(4000);
      const fourth = lab.Buffer.allocUnsafe(8);
      const isBack = lab.slabOf(fourth) === lab.slabOf(first) || lab.slabOf(third) === lab.slabOf(second);
      return [yesNo(isBack, 'the old tail is used', '192 bytes at the end of a slab are never used'), isBack];
    }, verdict: 'false', why: 'there is one cursor, and it never goes back' },
  { id: 'a cursor', documents: [4], claim: 'A cursor points at the next free byte',
    experiment: (lab) => {
      const found = offsets([1, 100, 7, 8, 9, 4000])(lab).join(', ');
      return [found, found === '0, 8, 112, 120, 128, 144'];
    }, verdict: 'true' },
  { id: 'a new slab', documents: [1, 2, 4], claim: 'A new pool is opened when the rest is too small',
    experiment: (lab) => {
      lab.begin(8192);
      const slabs = [4000, 4000, 4000].map((size) => lab.slabOf(lab.Buffer.allocUnsafe(size)));
      const isNew = slabs[0] === slabs[1] && slabs[1] !== slabs[2];
      return [yesNo(isNew, 'the third 4,000 bytes lie on a new slab', 'they do not'), isNew];
    }, verdict: 'true' },
  { id: 'ArrayBuffers apart', documents: [5], claim: 'Different ArrayBuffers do not lie side by side in memory',
    verdict: 'not observable', why: 'a program does not see addresses' },
  { id: 'against fragmentation', documents: [5], claim: 'Scattering Buffers avoids fragmentation',
    verdict: 'not observable', why: 'it is a reason, not a behaviour; Buffers are not scattered' },

  // ---- reuse and collection
  { id: 'old data', documents: [1, 2, 3, 4, 5], claim: 'allocUnsafe() may show old bytes',
    experiment: (lab) => {
      lab.begin(8192);
      try {
        lab.Buffer.from([115, 101, 99, 114, 101, 116, Symbol('stop')]);
      } catch {
        // The array is read into the pool up to the item that cannot be a byte.
      }
      const text = lab.Buffer.allocUnsafe(6).toString();
      return [`bytes of a from() that failed: ${text}`, text === 'secret'];
    }, verdict: 'true', why: 'ours never shows bytes of another Buffer: fresh memory is zero' },
  { id: 'freed memory returns', documents: [3, 5], claim: 'The memory of a dropped Buffer returns to the pool and is used again',
    experiment: isReused, verdict: 'false', why: 'the cursor only moves forward; a slab is freed as a whole' },
  { id: 'slab is collected', documents: [3], claim: 'The garbage collector frees Buffers that nobody uses',
    experiment: isFreed, verdict: 'true', why: 'it frees the whole slab, when no slice of it is left' },
  { id: 'outside of the collector', documents: [4], claim: 'Buffers are outside of the reach of the garbage collector',
    experiment: async (lab) => {
      const [says, holds] = await isFreed(lab);
      return [says, !holds];
    }, verdict: 'false', why: 'the bytes are not moved, but the collector decides when they are freed' },
  { id: 'a survivor', documents: [1, 3], claim: 'A small survivor keeps the whole pool alive', experiment: isKeptBySurvivor,
    verdict: 'true' },
  { id: 'no survivor', documents: [1], claim: 'allocUnsafeSlow() does not keep a pool alive',
    experiment: async (lab) => {
      lab.begin(8192);
      const slab = new WeakRef(lab.Buffer.allocUnsafe(8).buffer);
      const survivor = lab.Buffer.allocUnsafeSlow(8);
      for (let i = 0; i < 10; i++) lab.Buffer.allocUnsafe(4000);
      await lab.collect();
      const isFree = slab.deref() === undefined && survivor.buffer.byteLength === 8;
      return [yesNo(isFree, '8 bytes keep 8 bytes', 'the slab stays'), isFree];
    }, verdict: 'true' },
  { id: 'few ArrayBuffers', documents: [1, 2, 3], claim: 'Many small Buffers need few allocations',
    experiment: (lab) => {
      lab.begin(8192);
      const found = new Set(Array.from({ length: 1000 }, () => lab.Buffer.allocUnsafe(8).buffer));
      return [`1,000 Buffers of 8 bytes: ${found.size} ArrayBuffer${found.size === 1 ? '' : 's'}`, found.size <= 2];
    }, verdict: 'true' },
  { id: 'heap snapshot', documents: [1], claim: 'A heap snapshot shows many Buffers that point to one ArrayBuffer',
    experiment: (lab) => {
      lab.begin(8192);
      const buffers = Array.from({ length: 500 }, () => lab.Buffer.allocUnsafe(8));
      const count = lab.bufferEdges();
      const isSeen = count >= buffers.length && count < buffers.length + 200;
      return [yesNo(isSeen, '500 Buffers point to one ArrayBuffer', `${count} Buffers point to one ArrayBuffer`), isSeen];
    }, verdict: 'true' },

  // ---- creation
  { id: 'created at start', documents: [3], claim: 'The pool is created when Node starts', verdict: 'not observable',
    why: 'Node\'s source does that, but a program cannot tell it from a pool that the first Buffer creates' },
  { id: 'created by V8', documents: [3], claim: 'The pool is a part of V8\'s memory management', verdict: 'not observable',
    why: 'it is JavaScript in Node\'s buffer module, but a program cannot see that' },
  { id: 'no control', documents: [3], claim: 'A program has no control over the creation of the pool',
    experiment: (lab) => {
      lab.begin(8192);
      const first = lab.Buffer.allocUnsafe(8);
      lab.Buffer.poolSize = 0;
      const none = shares(lab.Buffer.allocUnsafe(8), lab.Buffer.allocUnsafe(8));
      lab.begin(8192);
      const isNew = lab.slabOf(lab.Buffer.allocUnsafe(8)) !== lab.slabOf(first);
      const controls = !none && isNew;
      return [yesNo(controls, 'poolSize = 0 switches it off, a used-up pool opens another', 'none'), !controls];
    }, verdict: 'false', why: 'a program can assign poolSize, and can use up the rest of a pool' },
  { id: 'outside the heap', documents: [3, 4], claim: 'The bytes lie outside of V8\'s heap', verdict: 'not observable',
    why: 'no property of a value says where the engine keeps its bytes' },
  { id: 'accounting', documents: [4], claim: 'External memory is reported to V8 and makes it collect sooner', verdict: 'not observable',
    why: 'a program cannot rely on when the collector runs' },
  { id: 'fixed size', documents: [3], claim: 'The size of a Buffer is fixed',
    experiment: (lab) => {
      const buffer = lab.Buffer.allocUnsafe(4);
      Reflect.set(buffer, 'length', 8);
      const isFixed = buffer.length === 4 && buffer.buffer.resizable !== true;
      return [`length ${buffer.length} after length = 8`, isFixed];
    }, verdict: 'true' },
  { id: 'faster', documents: [1, 2, 3, 4], claim: 'allocUnsafe() is faster than alloc()', verdict: 'not observable',
    why: 'an experiment compares answers, not times; bench/ measures times' },

  // ---- limits
  { id: 'MAX_LENGTH', documents: [1], claim: 'constants.MAX_LENGTH is 9007199254740991, Number.MAX_SAFE_INTEGER',
    experiment: ({ constants: { MAX_LENGTH } }) => (
      [String(MAX_LENGTH), MAX_LENGTH === Number.MAX_SAFE_INTEGER]),
    verdict: 'true' },
  { id: 'not nine petabytes', documents: [1], claim: 'A Buffer of MAX_LENGTH cannot be made',
    experiment: ({ Buffer, constants }) => {
      try {
        Buffer.alloc(constants.MAX_LENGTH);
        return ['made', false];
      } catch (error) {
        return [error.name, error instanceof RangeError];
      }
    }, verdict: 'true' },
  { id: '4 GB', documents: [1], claim: 'Node refuses Buffers of 2 ** 32 bytes and more',
    experiment: ({ Buffer }) => {
      try {
        return [`${Buffer.allocUnsafeSlow(2 ** 32).length > 0 ? 'not refused by Node' : ''}`, false];
      } catch (error) {
        // The machine may be too small; that is not a limit of Node's.
        const isRefused = error.code === 'ERR_OUT_OF_RANGE';
        return [yesNo(isRefused, error.code, 'not refused by Node'), isRefused];
      }
    }, verdict: 'false', why: 'the engine and the machine decide; the check is at MAX_LENGTH' },
  { id: 'MAX_STRING_LENGTH', documents: [1], claim: 'constants.MAX_STRING_LENGTH is 512 MB to 1 GB',
    experiment: ({ constants: { MAX_STRING_LENGTH: length } }) => (
      [String(length), length >= 2 ** 29 - 24 && length <= 2 ** 30]),
    verdict: 'true' },
];

// ---- running ----------------------------------------------------------------------------------------------

// The most Buffers that have an edge named `buffer` to the same ArrayBuffer, in a heap snapshot.
function mostBufferEdges(snapshot) {
  const { meta } = snapshot.snapshot;
  const { nodes, edges, strings } = snapshot;
  const nodeSize = meta.node_fields.length;
  const [nodeName, nodeEdges] = ['name', 'edge_count'].map((field) => meta.node_fields.indexOf(field));
  const edgeSize = meta.edge_fields.length;
  const [edgeType, edgeName, edgeTo] = ['type', 'name_or_index', 'to_node'].map(
    (field) => meta.edge_fields.indexOf(field));
  const named = new Set(['property', 'internal'].map((type) => meta.edge_types[edgeType].indexOf(type)));
  const counts = new Map();
  let edge = 0;
  for (let node = 0; node < nodes.length; node += nodeSize) {
    for (let i = nodes[node + nodeEdges]; i > 0; i--, edge += edgeSize) {
      if (!named.has(edges[edge + edgeType]) || strings[edges[edge + edgeName]] !== 'buffer') continue;
      const to = edges[edge + edgeTo];
      if (strings[nodes[to + nodeName]] === 'ArrayBuffer') counts.set(to, (counts.get(to) || 0) + 1);
    }
  }
  return Math.max(0, ...counts.values());
}

async function laboratory({ Buffer, constants }, locate) {
  const v8 = await import('node:v8');
  const { readFileSync: read, unlinkSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const slabOf = (buffer) => {
    const located = locate && locate(buffer);
    return located && located.source !== 'private' ? located.slab : buffer.buffer;
  };
  const turn = () => new Promise((resolve) => { setTimeout(resolve, 5); });
  return {
    Buffer,
    constants,
    defaultPoolSize: Buffer.poolSize,
    slabOf,
    begin: (poolSize) => { openSlab(Buffer, slabOf, poolSize); },
    async collect() {
      for (let i = 0; i < 5; i++) {
        await turn();
        globalThis.gc();
      }
    },
    bufferEdges() {
      const path = v8.writeHeapSnapshot(`${tmpdir()}/pagebuf-${process.pid}.heapsnapshot`);
      try {
        return mostBufferEdges(JSON.parse(read(path, 'utf8')));
      } finally {
        unlinkSync(path);
      }
    },
  };
}

/**
 * Run the experiment of a claim in this process.
 *
 * @param {string} id of the claim
 * @param {{ Buffer, constants, pool? }} library node:buffer, or ours
 * @returns {Promise<{ says: string, holds: boolean }>}
 */
export async function runClaim(id, { Buffer, constants, pool }) {
  const { experiment } = claims.find((claim) => claim.id === id);
  const { poolSize } = Buffer;
  try {
    const lab = await laboratory({ Buffer, constants }, pool && ((buffer) => pool.locate(buffer)));
    const [says, holds] = await experiment(lab);
    return { says, holds };
  } finally {
    Buffer.poolSize = poolSize;
  }
}

/** The sides that every claim is put to. */
export const sides = [
  ...lines.map((line) => ({ name: `Node ${line}`, line })),
  ...sources.map((source) => ({ name: `ours, ${source}`, line: lines[lines.length - 1], source })),
];

/** Whether a claim with that verdict holds on a side. */
export function expected(verdict, { line, source }) {
  return verdict === 'true' || (verdict === 'until 24' && source === undefined && line < 24);
}

async function runOn({ line, source }, ids) {
  const node = await openNode(nodeBinary(line), ['--expose-gc']);
  try {
    const found = [];
    for (const id of ids) found.push([id, await node.claim(id, source)]);
    return found;
  } finally {
    node.close();
  }
}

/**
 * Run every experiment on every side.
 *
 * @returns {Promise<Map<string, { says, holds }[]>>} claim id -> outcomes in the order of `sides`; nothing
 *   for what is not observable
 */
export async function runClaims() {
  const outcomes = new Map(claims.filter(({ experiment }) => experiment).map(({ id }) => [id, []]));
  for (const side of sides) {
    for (const isFresh of [true, false]) {
      const rows = claims.filter((row) => row.experiment && Boolean(row.isFresh) === isFresh);
      const ids = rows.map(({ id }) => id);
      for (const [id, outcome] of await runOn(side, ids)) outcomes.get(id).push(outcome);
    }
  }
  return outcomes;
}

const verdictTexts = { 'until 24': 'true until Node 24.18' };

function cell(text) {
  return text.replace(/\|/g, '\\|');
}

// What ours says, and with slabs from where, unless it is the same everywhere.
function oursOf(says) {
  const different = [...new Set(says)];
  if (different.length === 1) return different[0];
  return different.map((text) => `${text} (${sources.filter((_, index) => says[index] === text).join(', ')})`).join(', ');
}

/** docs/claims.md as text. */
export function render(outcomes) {
  const rows = claims.map(({ id, documents, claim, verdict, why = '' }, index) => {
    const found = outcomes.get(id);
    const says = found ? found.map((outcome) => outcome.says) : sides.map(() => '');
    const columns = [index + 1, claim, documents.join(', '), ...says.slice(0, lines.length), oursOf(says.slice(lines.length)),
      `**${verdictTexts[verdict] || verdict}**${why && `: ${why}`}`];
    return `| ${columns.map((column) => cell(String(column))).join(' | ')} |`;
  });
  const titles = ['', 'claim', 'texts', ...lines.map((line) => `Node ${line}`), 'ours', 'verdict'];
  return [
    '# What is said about Node\'s pool, and what is so',
    '',
    'Five texts about Node\'s Buffer pool (numbered 1 to 5) contradict each other, and Node. An experiment checks each of their',
    'claims, in real Node and in ours. `npm run claims` writes this file, and a test fails when the file or a verdict is no longer',
    'right. Experiments set `Buffer.poolSize = 8192`, the size that the texts use, unless a claim is about the default.',
    '',
    `| ${titles.join(' | ')} |`,
    `| ${titles.map(() => '---').join(' | ')} |`,
    ...rows,
    '',
  ].join('\n');
}

/** The committed docs/claims.md, or nothing. */
export function committed() {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function main(args) {
  const { check } = readArguments(args, { check: { type: 'boolean', default: false } });
  const text = render(await runClaims());
  if (check) {
    if (committed() !== text) throw new UsageError('docs/claims.md is not what the experiments say; run npm run claims');
    return true;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  process.stdout.write(`${claims.length} claims written to docs/claims.md\n`);
  return true;
}

if (isMain(import.meta.url)) await runCommand('claims', main);
