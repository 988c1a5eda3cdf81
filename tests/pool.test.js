// The pool as its users see it: where slices lie, what keeps memory alive, and what happens when something
// fails. The tests look at it through pool.inspect() and pool.locate() only.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Buffer, pool } from '../js/index.js';

const KIB = 1024;
const host = globalThis.process && globalThis.process.versions ? `node ${globalThis.process.versions.node}` :
  'browser';

// Retires the current slab. The next one has the given size.
function freshSlab(source = 'linear', poolSize = 64 * KIB) {
  pool.source = source === 'heap' ? 'linear' : 'heap';
  pool.source = source;
  Buffer.poolSize = poolSize;
}

const offsetOf = (buffer) => pool.locate(buffer).offset;
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Collects garbage until `done()` is true. Without gc(), it makes garbage until the engine collects. Arrays
// are not enough in Firefox, which frees them in the nursery, without a look at old objects.
async function collectUntil(done) {
  for (let round = 0; round < 200 && !done(); round++) {
    if (typeof globalThis.gc === 'function') {
      globalThis.gc();
    } else {
      for (let i = 0; i < 40; i++) new Uint8Array(KIB * KIB).fill(round);
      for (let i = 0; i < 4; i++) new WebAssembly.Memory({ initial: 512, maximum: 512 });
    }
    await sleep(10);
  }
}

beforeEach(() => freshSlab());
afterEach(() => freshSlab());

describe('literal: placement', () => {
  const rows = [
    ['allocUnsafe starts at the base', () => [Buffer.allocUnsafe(4)], [0]],
    ['the next slice starts at a multiple of 8', () => [Buffer.allocUnsafe(4), Buffer.allocUnsafe(4)], [0, 8]],
    ['8 bytes leave no gap', () => [Buffer.allocUnsafe(8), Buffer.allocUnsafe(1)], [0, 8]],
    ['9 bytes leave 7', () => [Buffer.allocUnsafe(9), Buffer.allocUnsafe(1)], [0, 16]],
    ['a string keeps what was written, not what was estimated', () => [Buffer.from('héllo'), Buffer.from('x')], [0, 8]],
    ['an array', () => [Buffer.from([1, 2, 3]), Buffer.from([4])], [0, 8]],
    ['an array-like', () => [Buffer.from({ length: 2, 0: 7 }), Buffer.from([4])], [0, 8]],
    ['JSON of a Buffer', () => [Buffer.from({ type: 'Buffer', data: [1, 2] }), Buffer.from([4])], [0, 8]],
    ['a typed array', () => [Buffer.from(new Uint16Array([1, 256, 3])), Buffer.from([4])], [0, 8]],
    ['concat', () => [Buffer.concat([new Uint8Array(5), new Uint8Array(6)]), Buffer.from([4])], [0, 16]],
    ['copyBytesFrom', () => [Buffer.copyBytesFrom(new Uint16Array(9)), Buffer.from([4])], [0, 24]],
    ['a string that decodes to nothing lies on the pool', () => [Buffer.from('zz', 'hex'), Buffer.from([4])], [0, 0]],
    ['half a byte too few is 8 bytes', () => [Buffer.allocUnsafe(8.5), Buffer.allocUnsafe(8.5), Buffer.from([4])],
      [0, 8, 24]],
    ['an alignment', () => [Buffer.from([1]), Buffer.allocUnsafe(1, 64), Buffer.allocUnsafe(1, 16)], [0, 64, 80]],
  ];
  test.each(rows)('%s', (_, make, offsets) => {
    expect(make().map(offsetOf)).toEqual(offsets);
  });

  const privates = [
    ['alloc', () => Buffer.alloc(8)],
    ['alloc with fill', () => Buffer.alloc(8, 1)],
    ['allocUnsafeSlow', () => Buffer.allocUnsafeSlow(8)],
    ['of', () => Buffer.of(1, 2)],
    ['a view of an ArrayBuffer', () => Buffer.from(new ArrayBuffer(8))],
    ['half a slab', () => Buffer.allocUnsafe(32 * KIB)],
    ['a string of half a slab', () => Buffer.from('x'.repeat(32 * KIB))],
    ['allocUnsafe(0)', () => Buffer.allocUnsafe(0)],
    ['the empty string', () => Buffer.from('')],
    ['concat of nothing', () => Buffer.concat([])],
    ['a strict alignment', () => Buffer.allocUnsafe(8, 128)],
  ];
  test.each(privates)('%s does not come from the pool', (_, make) => {
    expect(pool.locate(make()).source).toBe('private');
    expect(pool.inspect().current).toBe(null);
  });

  test('one byte less than half a slab comes from the pool', () => {
    expect(offsetOf(Buffer.allocUnsafe(32 * KIB - 1))).toBe(0);
  });

  test('what does not fit opens a new slab, and the tail is abandoned', () => {
    const [first, second] = [Buffer.allocUnsafe(20000), Buffer.allocUnsafe(20000)].map(pool.locate);
    const before = pool.inspect().bytesLostToTails;
    const [, third] = [Buffer.allocUnsafe(20000), Buffer.allocUnsafe(30000)].map(pool.locate);
    expect([second.slab - first.slab, third.slab - first.slab, third.offset]).toEqual([0, 1, 0]);
    expect(pool.inspect().bytesLostToTails - before).toBe(64 * KIB - 60000);
  });

  test('the estimate of a string opens a new slab, its bytes do not', () => {
    const first = Buffer.allocUnsafe(64 * KIB / 2 - 8);
    const second = Buffer.allocUnsafe(64 * KIB / 2 - 8 - 1504);
    const text = Buffer.from('a'.repeat(600)); // 1,520 bytes are left, the estimate is 2,400
    expect(pool.locate(second).slab).toBe(pool.locate(first).slab);
    expect(pool.locate(text).slab).toBe(pool.locate(first).slab + 1);
  });

  test('poolSize moves the threshold at once, and the slab at the next refill', () => {
    Buffer.allocUnsafe(8);
    Buffer.poolSize = 8 * KIB;
    expect(pool.locate(Buffer.allocUnsafe(4 * KIB)).source).toBe('private');
    expect(pool.locate(Buffer.allocUnsafe(4 * KIB - 1))).toMatchObject({ offset: 8, size: 64 * KIB });
    freshSlab('linear', 8 * KIB);
    expect(pool.locate(Buffer.allocUnsafe(8))).toMatchObject({ offset: 0, size: 8 * KIB });
  });

  test('poolSize 0 switches the pool off', () => {
    Buffer.poolSize = 0;
    expect(pool.locate(Buffer.from('abc')).source).toBe('private');
  });

  const lengths = [
    ['auto', 64 * KIB, 'linear', 64 * KIB],
    ['auto', 128 * KIB, 'linear', 128 * KIB],
    ['auto', 8 * KIB, 'heap', 8 * KIB],
    ['auto', 64 * KIB + 1, 'heap', 64 * KIB + 1],
    ['auto', 16384.5, 'heap', 16384],
    ['heap', 64 * KIB, 'heap', 64 * KIB],
    ['linear', 8 * KIB, 'linear', 64 * KIB],
    ['linear', 64 * KIB + 1, 'linear', 128 * KIB],
  ];
  const named = 'source %j, poolSize %d: a %s slab, and .buffer has %d bytes';
  test.each(lengths)(named, (source, poolSize, kind, length) => {
    freshSlab(source, poolSize);
    // A conservative collector, which looks for pointers on the stack, may not have freed those of earlier
    // tests.
    const isFew = pool.inspect().liveLinearSlabs < 8;
    const buffer = Buffer.from('a');
    expect(buffer.buffer.byteLength).toBe(length);
    expect(pool.locate(buffer)).toEqual({
      source: source === 'auto' && !isFew ? 'heap' : kind, slab: pool.inspect().current.slab, base: 0,
      size: Math.trunc(poolSize), offset: 0, length: 1,
    });
  });

  test('any view of a slab is located, and no other memory', () => {
    const buffer = Buffer.from('abc');
    const { slab } = pool.locate(buffer);
    const memory = buffer.buffer;
    const views = [new Uint8Array(memory, 8, 2), new DataView(memory, 16), Buffer.from(memory, 24)];
    expect(views.map((view) => pool.locate(view)).map((place) => [place.slab, place.offset])).toEqual(
      [[slab, 8], [slab, 16], [slab, 24]]);
    expect(pool.locate(new Uint8Array(4))).toEqual({ source: 'private', length: 4 });
  });

  test('fresh memory is zero', () => {
    expect(Buffer.allocUnsafe(1000).every((byte) => byte === 0)).toBe(true);
  });
});

describe('literal: the ledger\'s numbers add up', () => {
  test('slab bytes are handed out, lost to alignment, lost to tails, or still there', () => {
    const before = pool.inspect();
    Buffer.allocUnsafe(3);
    Buffer.allocUnsafe(16);
    Buffer.allocUnsafe(30000);
    Buffer.allocUnsafe(32000);
    Buffer.allocUnsafe(32000);
    const after = pool.inspect();
    expect(after.slabsOpened - before.slabsOpened).toBe(2);
    expect(after.bytesHandedOut - before.bytesHandedOut).toBe(3 + 16 + 30000 + 32000 + 32000);
    expect(after.bytesLostToAlignment - before.bytesLostToAlignment).toBe(5);
    expect(after.bytesLostToTails - before.bytesLostToTails).toBe(65536 - 8 - 16 - 30000 - 32000);
    expect(after.current).toMatchObject({ cursor: 32000, size: 65536 });
  });

  const badSources = ['', 'wasm', undefined, null, 1, {}];
  test.each(badSources)('pool.source = %j is refused and changes nothing', (value) => {
    expect(() => {
      pool.source = value;
    }).toThrow(expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_VALUE' }));
    expect(pool.source).toBe('linear');
  });

  test.each(['auto', 'linear', 'heap'])('pool.source = %j returns what was assigned', (source) => {
    freshSlab(source);
    expect([pool.source, pool.inspect().source, pool.inspect().current]).toEqual([source, source, null]);
  });

  test('locate() of a value that is no view throws a TypeError', () => {
    expect(() => pool.locate('x')).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }));
  });
});

describe('literal: user code that allocates in the middle', () => {
  test('from(array): valueOf gets bytes of its own', () => {
    let inner;
    const outer = Buffer.from([{ valueOf: () => { inner = Buffer.from('secret'); return 65; } }, 66, 67]);
    expect([outer.toString(), inner.toString()]).toEqual(['ABC', 'secret']);
    expect([outer, inner, Buffer.from('x')].map(offsetOf)).toEqual([0, 8, 16]);
  });

  test('from(array): valueOf that rolls the pool over leaves both whole', () => {
    let inner;
    const outer = Buffer.from([{ valueOf: () => { inner = Buffer.allocUnsafe(32000).fill(1); return 65; } },
      ...new Array(31999).fill(66)]);
    Buffer.allocUnsafe(32000).fill(2);
    expect(outer[0]).toBe(65);
    expect(outer.subarray(1).every((byte) => byte === 66)).toBe(true);
    expect(inner.every((byte) => byte === 1)).toBe(true);
  });

  test('from(array-like): a getter gets bytes of its own', () => {
    let inner;
    const outer = Buffer.from({ length: 2, get 0() { inner = Buffer.from('inner'); return 65; }, 1: 66 });
    expect([outer.toString(), inner.toString()]).toEqual(['AB', 'inner']);
  });

  test('concat: a getter in the list gets bytes of its own', () => {
    const inner = [];
    const list = [Buffer.from('a'), Buffer.from('b')];
    Object.defineProperty(list, 1, { get: () => { inner.push(Buffer.from('in')); return Buffer.from('b'); } });
    const outer = Buffer.concat(list);
    expect([outer.toString(), ...inner.map(String)]).toEqual(['ab', 'in', 'in']);
  });

  test('concat: an item that is longer when it is read again is refused, and nothing is overrun', () => {
    let reads = 0;
    const list = [Buffer.from('aaaa')];
    Object.defineProperty(list, 0, { get: () => Buffer.alloc(++reads === 1 ? 4 : 400, 7) });
    const neighbour = Buffer.from('neighbour');
    expect(() => Buffer.concat(list)).toThrow(RangeError);
    const next = Buffer.from('next');
    expect([neighbour.toString(), next.toString()]).toEqual(['neighbour', 'next']);
  });

  test('alloc(fill): valueOf gets bytes of its own', () => {
    let inner;
    const outer = Buffer.alloc(4, { valueOf: () => { inner = Buffer.from('inner'); return 7; } });
    expect([[...outer], inner.toString()]).toEqual([[7, 7, 7, 7], 'inner']);
  });

  test('a failed from() gives its bytes back', () => {
    Buffer.from('x');
    expect(() => Buffer.from([1, 2, 3n])).toThrow(TypeError);
    expect(offsetOf(Buffer.from('y'))).toBe(8);
  });

  test('a failed from() takes nothing from what was allocated inside of it', () => {
    let inner;
    expect(() => Buffer.from([{ valueOf: () => { inner = Buffer.from('inner'); throw new Error('no'); } }])).toThrow('no');
    Buffer.from('zzzzz');
    expect(inner.toString()).toBe('inner');
  });

  test('a failed from() of less than a byte takes nothing from what was allocated inside of it', () => {
    let inner;
    let asked = 0;
    const list = {
      get length() {
        if (++asked < 4) return 0.5;
        inner = Buffer.allocUnsafe(8).fill('I');
        throw new Error('no');
      },
    };
    try {
      Buffer.from(list);
    } catch {
      // This test does not count how often the length is read.
    }
    inner = inner || Buffer.allocUnsafe(8).fill('I');
    Buffer.from('NEXT!');
    expect(inner.toString()).toBe('IIIIIIII');
  });

  // Instrumentation wraps the engine's functions, and the wrappers may make Buffers.
  const wrapped = [
    [TextEncoder.prototype, 'encodeInto', () => Buffer.from('é'.repeat(200))],
    [TextEncoder.prototype, 'encodeInto', () => Buffer.from('a'.repeat(200))],
    [String.prototype, 'charCodeAt', () => Buffer.from('short')],
    [String.prototype, 'charCodeAt', () => Buffer.from('68696a', 'hex')],
    [Math, 'min', () => Buffer.from('latin1 of twenty chars', 'latin1')],
  ];
  test.each(wrapped.map(([holder, name, make]) => [name, String(make), holder, make]))(
    'a wrapped %s that allocates, in %s, gets bytes of its own', (name, _, holder, make) => {
      const original = holder[name];
      const inner = [];
      let isInside = false;
      holder[name] = function (...rest) {
        if (!isInside) {
          isInside = true;
          inner.push(Buffer.allocUnsafe(40));
          isInside = false;
        }
        return original.apply(this, rest);
      };
      let outer;
      try {
        outer = [make(), make()];
      } finally {
        holder[name] = original;
      }
      const ranges = [...outer, ...inner].filter((buffer) => pool.locate(buffer).source !== 'private')
        .map((buffer) => [pool.locate(buffer).slab, buffer.byteOffset, buffer.length]);
      ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      for (let i = 1; i < ranges.length; i++) {
        const [slab, offset, length] = ranges[i - 1];
        expect(ranges[i][0] > slab || ranges[i][1] >= offset + length).toBe(true);
      }
      expect(outer.map(String)).toEqual([String(make()), String(make())]);
    });
});

describe('literal: a slab cannot be taken from its Buffers', () => {
  // Node 20's structuredClone() and postMessage() copy such memory, which newer hosts refuse.
  const copies = host.startsWith('node 20');
  const roads = [
    ['structuredClone', (buffer) => structuredClone(buffer, { transfer: [buffer] }), copies],
    ['postMessage', (buffer) => {
      const { port1, port2 } = new MessageChannel();
      try {
        port1.postMessage(buffer, [buffer]);
      } finally {
        port1.close();
        port2.close();
      }
    }, copies],
    ['a BYOB read', async (buffer) => {
      const stream = new ReadableStream({ type: 'bytes', pull: (controller) => controller.enqueue(Uint8Array.of(1)) });
      await stream.getReader({ mode: 'byob' }).read(new Uint8Array(buffer));
    }, false],
  ];
  if (ArrayBuffer.prototype.transfer) roads.push(['transfer()', (buffer) => buffer.transfer(), false]);

  test.each(roads)('%s of a linear slab is refused, and every neighbour is intact', async (_, road, mayCopy) => {
    const neighbours = ['one', 'two', 'three'].map((text) => Buffer.from(text));
    let error;
    try {
      await road(neighbours[1].buffer);
    } catch (thrown) {
      error = thrown;
    }
    if (!mayCopy) expect(['TypeError', 'DataCloneError']).toContain(error && error.name);
    expect(neighbours.map(String)).toEqual(['one', 'two', 'three']);
    expect(pool.locate(Buffer.from('four')).slab).toBe(pool.locate(neighbours[0]).slab);
  });

  test('a heap slab that is transferred dies, and the pool opens a new one', () => {
    freshSlab('heap');
    const lost = Buffer.from('lost');
    const { slab } = pool.locate(lost);
    structuredClone(lost.buffer, { transfer: [lost.buffer] });
    expect(lost.length).toBe(0);
    const next = [Buffer.allocUnsafe(8).fill(1), Buffer.from('text'), Buffer.allocUnsafe(8, 8), Buffer.from([1, 2])];
    expect(next.map((buffer) => pool.locate(buffer).slab)).toEqual([slab + 1, slab + 1, slab + 1, slab + 1]);
    expect(next.map((buffer) => buffer.toString('hex'))).toEqual(['0101010101010101', '74657874', '0000000000000000',
      '0102']);
  });

  test('a heap slab that user code transfers in the middle of from() costs that Buffer alone', () => {
    freshSlab('heap');
    const before = Buffer.from('before');
    const transfer = () => structuredClone(before.buffer, { transfer: [before.buffer] }).byteLength;
    const torn = Buffer.from([1, { valueOf: transfer }]);
    expect(torn.length).toBe(0);
    expect(Buffer.from('after').toString()).toBe('after');
  });

  test('a private Buffer can be transferred', () => {
    const buffer = Buffer.alloc(8, 7);
    const clone = structuredClone(buffer.buffer, { transfer: [buffer.buffer] });
    expect([buffer.length, clone.byteLength]).toEqual([0, 8]);
  });
});

describe('literal: memory refused', () => {
  const { Memory } = WebAssembly;
  afterEach(() => {
    WebAssembly.Memory = Memory;
  });

  function refuseAfter(count, reason) {
    let left = count;
    WebAssembly.Memory = function RefusedMemory(descriptor) {
      if (left-- <= 0) throw reason;
      return new Memory(descriptor);
    };
  }

  const refusals = [
    ['a RangeError', new RangeError('could not allocate memory')],
    ['a string, as Firefox does', 'out of memory'],
    ['nothing at all', undefined],
  ];
  const rows = [0, 1, 3].flatMap((count) => refusals.map(([what, reason]) => [what, count, reason]));
  test.each(rows)('%s is thrown from memory %i on: slabs are on the heap, and nothing is lost', (_, count, reason) => {
    const before = pool.inspect();
    refuseAfter(count, reason);
    const kept = [];
    for (let i = 0; i < 60; i++) kept.push(Buffer.allocUnsafe(10000).fill(i));
    const during = pool.inspect();
    expect(kept.every((buffer, i) => buffer.every((byte) => byte === i))).toBe(true);
    expect(during.slabsOpened - before.slabsOpened).toBe(10);
    expect(during.linearSlabsOpened - before.linearSlabsOpened).toBe(count);
    const sources = kept.map((buffer) => pool.locate(buffer).source);
    expect(sources).toEqual(kept.map((_, i) => (i < count * 6 ? 'linear' : 'heap')));
    expect(kept.every((buffer) => buffer.buffer.byteLength === 65536)).toBe(true);
    // The library tries once, and then not for a while: in Chromium, each try is a full garbage collection.
    expect(during.refusedMemories - before.refusedMemories).toBe(1);

    WebAssembly.Memory = Memory;
    const needed = 2 ** 21;
    for (let i = 0; i < needed && pool.inspect().current.source === 'heap'; i++) {
      Buffer.poolSize = 64; // so that a slab is opened at once
      Buffer.allocUnsafe(31);
      Buffer.allocUnsafe(31);
      Buffer.allocUnsafe(31);
    }
    expect(pool.inspect().current.source).toBe('linear');
    expect(kept.every((buffer, i) => buffer.every((byte) => byte === i))).toBe(true);
  });

  test('strings and arrays lie on the heap slab, too', () => {
    refuseAfter(0, 'out of memory');
    const made = [Buffer.from('text'), Buffer.from([1, 2]), Buffer.from('zz', 'hex'), Buffer.allocUnsafe(3, 8)];
    expect(made.map((buffer) => pool.locate(buffer)).map(({ source, offset }) => [source, offset])).toEqual(
      [['heap', 0], ['heap', 8], ['heap', 16], ['heap', 16]]);
    expect(made.map((buffer) => buffer.toString('hex'))).toEqual(['74657874', '0102', '', '000000']);
  });
});

describe('literal: odd values of poolSize', () => {
  test('a slab that no engine gives is refused as Node refuses it, and the pool recovers', () => {
    Buffer.poolSize = 2 ** 53 - 2;
    const refused = expect.objectContaining({ name: 'RangeError', code: 'ERR_MEMORY_ALLOCATION_FAILED' });
    expect(() => Buffer.from('text')).toThrow(refused);
    expect(() => Buffer.allocUnsafe(8)).toThrow(refused);
    Buffer.poolSize = 64 * KIB;
    expect(offsetOf(Buffer.from('text'))).toBe(0);
  });

  // Each row: the values that a property poolSize returns, one after the other. Each allocation reads it
  // once.
  const answers = [
    [[65536, NaN], ['heap 0', 'private', 'private']],
    [[NaN, 65536, 65536], ['private', 'heap 0', 'heap 8']],
    [['8192', 8192, null], ['heap 0', 'heap 8', 'private']],
  ];
  test.each(answers)('a poolSize that converts to %j is converted once for each allocation', (values, expected) => {
    freshSlab('heap');
    let asked = 0;
    Buffer.poolSize = { valueOf: () => values[Math.min(asked++, values.length - 1)] };
    const places = expected.map(() => pool.locate(Buffer.from('text')));
    expect(asked).toBe(expected.length);
    expect(places.map(({ source, offset }) => (source === 'private' ? source : `${source} ${offset}`))).toEqual(expected);
  });

  test.each([1n, Symbol('x')])('a poolSize of %s throws a TypeError, and the pool recovers', (poolSize) => {
    Buffer.poolSize = poolSize;
    expect(() => Buffer.from('text')).toThrow(TypeError);
    Buffer.poolSize = 64 * KIB;
    expect(offsetOf(Buffer.from('text'))).toBe(0);
  });

  test('a negative poolSize throws what Node throws', () => {
    Buffer.poolSize = -5;
    expect(() => Buffer.allocUnsafe(1)).toThrow(new RangeError('Invalid typed array length: -5'));
  });
});

describe('literal: what the engine refuses', () => {
  const rows = [
    ['alloc', () => Buffer.alloc(2 ** 52), { name: 'RangeError', message: 'Array buffer allocation failed' }],
    ['allocUnsafe', () => Buffer.allocUnsafe(2 ** 52),
      { name: 'RangeError', code: 'ERR_MEMORY_ALLOCATION_FAILED', message: 'Failed to allocate memory' }],
    ['allocUnsafeSlow', () => Buffer.allocUnsafeSlow(2 ** 52), { code: 'ERR_MEMORY_ALLOCATION_FAILED' }],
    ['concat', () => Buffer.concat([Buffer.alloc(1)], 2 ** 52), { code: 'ERR_MEMORY_ALLOCATION_FAILED' }],
  ];
  test.each(rows)('%s throws what Node throws, and the pool goes on', (_, make, expected) => {
    expect(make).toThrow(expect.objectContaining(expected));
    expect(offsetOf(Buffer.from('x'))).toBe(0);
  });
});

describe('literal: garbage', () => {
  // In a function of its own, so that no register of this frame keeps a slab alive.
  function churn(slabs, survivors) {
    for (let i = 0; i < slabs; i++) {
      const buffer = Buffer.allocUnsafe(5000);
      for (let j = 1; j < 13; j++) Buffer.allocUnsafe(5000);
      if (Math.random() < 0.001) survivors.push({ buffer: buffer.fill(i), byte: i & 255 });
    }
  }

  test('churn with a survivor in a thousand: few slabs are linear at once, and survivors keep their bytes', async () => {
    freshSlab('auto');
    await collectUntil(() => pool.inspect().liveLinearSlabs === 0);
    const survivors = [];
    const before = pool.inspect();
    for (let round = 0; round < 100; round++) {
      churn(100, survivors);
      expect(pool.inspect().liveLinearSlabs).toBeLessThanOrEqual(8);
      await sleep(0);
    }
    expect(pool.inspect().slabsOpened - before.slabsOpened).toBe(10000);
    expect(survivors.every(({ buffer, byte }) => buffer.every((each) => each === byte))).toBe(true);
    expect(survivors.every(({ buffer }) => buffer.buffer.byteLength === 64 * KIB)).toBe(true);

    survivors.length = 0;
    freshSlab('auto');
    await collectUntil(() => pool.inspect().liveLinearSlabs === 0);
    // JavaScriptCore looks for pointers on the stack, and an old one there may keep a slab alive.
    expect(pool.inspect().liveLinearSlabs).toBeLessThanOrEqual(1);
  }, 120000);

  test('every slab has an ArrayBuffer of its own, however many are live, and a survivor keeps one', () => {
    freshSlab('auto');
    const kept = [];
    for (let i = 0; i < 400; i++) kept.push(Buffer.allocUnsafe(30000), Buffer.allocUnsafe(30000));
    expect(new Set(kept.map((buffer) => buffer.buffer)).size).toBe(400);
    expect(new Set(kept.map((buffer) => buffer.buffer.byteLength))).toEqual(new Set([64 * KIB]));
    expect(kept.map((buffer) => buffer.byteOffset)).toEqual(kept.map((_, i) => (i % 2) * 30000));
    expect(new Set(kept.map((buffer) => pool.locate(buffer).source))).toEqual(new Set(['linear', 'heap']));
  });
});

describe('literal: other realms', () => {
  test.runIf(typeof Worker === 'function' && host === 'browser')('a worker has a pool of its own', async () => {
    const worker = new Worker(new URL('./pool.worker.js', import.meta.url), { type: 'module' });
    try {
      const here = Buffer.from('from the page');
      const answer = await new Promise((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = reject;
        worker.postMessage(here);
      });
      expect(answer.offset).toBe(16); // the first slice of its pool is the copy of what came, 13 bytes
      expect(answer.path).toBe(pool.inspect().path);
      expect(Buffer.from(answer.echo).toString()).toBe('FROM THE PAGE');
      expect(here.toString()).toBe('from the page');
    } finally {
      worker.terminate();
    }
  });
});
