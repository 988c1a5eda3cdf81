// Memory that is used again, attacked: on every road that leads to a Buffer's bytes an alias is taken, the
// Buffer is dropped and collected, and its memory goes to others. No alias may show the bytes of those, or
// change them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Buffer, pool, toOwned } from '../js/index.js';

const KIB = 1024;
const typedArrayPrototype = Object.getPrototypeOf(Uint8Array.prototype);
const bufferGetter = Object.getOwnPropertyDescriptor(typedArrayPrototype, 'buffer').get;
const FastBuffer = Buffer[Symbol.species];
const secret = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';

function freshSlab() {
  pool.source = 'heap';
  pool.source = 'linear';
  Buffer.poolSize = 64 * KIB;
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// As in pool.test.js.
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

// ---- aliases ----------------------------------------------------------------------------------------------

// An alias can see() bytes and change() them; on what is detached, engines throw.
function orNothing(look) {
  try {
    return look();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return [];
    throw error;
  }
}

// Everything that Buffers can do with a view, by the methods as well as by its elements.
function throughView(view) {
  const methods = [
    () => Uint8Array.prototype.fill.call(view, 0x58), () => Buffer.prototype.fill.call(view, 'X'),
    () => Buffer.prototype.write.call(view, 'X'.repeat(16)), () => Buffer.prototype.swap16.call(view),
    () => Buffer.prototype.writeUInt32LE.call(view, 0x58585858, 0), () => view.set([0x58, 0x58]),
    () => view.copyWithin(0, 8), () => Reflect.set(view, 0, 0x58), () => { view[1] = 0x58; },
    () => Buffer.from('X'.repeat(64)).copy(view),
  ];
  const looks = [
    () => [...view], () => Array.from({ length: view.length }, (_, i) => view[i]),
    () => [...Uint8Array.prototype.slice.call(view)], () => [...Buffer.concat([view])],
    () => [...Buffer.from(view)], () => [...Buffer.from(Buffer.prototype.toString.call(view, 'latin1'), 'latin1')],
    () => [...Buffer.prototype.subarray.call(view)], () => [...toOwned(view)],
    () => (Buffer.prototype.includes.call(view, 'BBBBBBBBBBBBBBBB') ? [0x42] : []),
    () => (Buffer.prototype.indexOf.call(view, 0x42) >= 0 ? [0x42] : []),
    () => (Buffer.compare(view, Buffer.from('B'.repeat(32))) === 0 ? [0x42] : []),
  ];
  return {
    see: () => looks.flatMap((look) => orNothing(look)),
    change: () => methods.forEach((method) => orNothing(method)),
  };
}

const throughBuffer = (arrayBuffer) => throughView(new Uint8Array(arrayBuffer));

function throughDataView(view) {
  return {
    see: () => orNothing(() => Array.from({ length: view.byteLength }, (_, i) => view.getUint8(i))),
    change: () => orNothing(() => view.setUint8(0, 0x58)),
  };
}

function throughElements(view) {
  return {
    see: () => orNothing(() => [...new Uint8Array(view.slice().buffer)]),
    change: () => orNothing(() => view.fill(typeof view[0] === 'bigint' ? 0x58n : 0x58)),
  };
}

// What is left of an iterator, and what it is asked for later.
function throughIterator(iterator) {
  iterator.next();
  let seen;
  return {
    see: () => (seen = seen || orNothing(() => [...iterator].flat())),
    change() {},
  };
}

const elementsOf = (object) =>
  Array.from({ length: 64 }, (_, i) => object[i]).filter((byte) => byte !== undefined);
const raw = (buffer) => bufferGetter.call(buffer);
const copyOf = (bytes) => throughView(new Uint8Array(bytes));

// Behind the Buffer's back: the region is used again, and the alias has lost its bytes.
const lost = [
  ['the getter of all typed arrays', (buffer) => throughBuffer(raw(buffer))],
  ['Reflect.get() from Uint8Array.prototype',
    (buffer) => throughBuffer(Reflect.get(Uint8Array.prototype, 'buffer', buffer))],
  ['a DataView', (buffer) => throughDataView(new DataView(raw(buffer), 0, 64))],
  ['a Uint32Array', (buffer) => throughElements(new Uint32Array(raw(buffer), 0, 16))],
  ['a Float64Array', (buffer) => throughElements(new Float64Array(raw(buffer), 0, 8))],
  ['a BigUint64Array', (buffer) => throughElements(new BigUint64Array(raw(buffer), 0, 8))],
  ['subarray() of Uint8Array', (buffer) => throughView(Uint8Array.prototype.subarray.call(buffer, 0, 64))],
  ['subarray() of Uint8Array, another constructor', (buffer) => {
    buffer.constructor = Uint8Array;
    return throughView(Uint8Array.prototype.subarray.call(buffer, 0, 64));
  }],
  ['subarray() of Uint8Array, another species', (buffer) => {
    let stolen;
    buffer.constructor = {
      [Symbol.species]: function Thief(arrayBuffer, ...place) {
        stolen = arrayBuffer;
        return new Uint8Array(arrayBuffer, ...place);
      },
    };
    Uint8Array.prototype.subarray.call(buffer, 0, 64);
    return throughBuffer(stolen);
  }],
  ['the class of all Buffers', (buffer) => throughView(new FastBuffer(raw(buffer), 0, 64))],
  ['Reflect.construct()',
    (buffer) => throughView(Reflect.construct(Uint8Array, [raw(buffer), 0, 64], FastBuffer))],
  ['Buffer.from()', (buffer) => throughView(Buffer.from(raw(buffer), 0, 64))],
  ['another prototype', (buffer) => {
    Object.setPrototypeOf(buffer, Uint8Array.prototype);
    return throughBuffer(buffer.buffer);
  }],
  ['no prototype, and the getter borrowed', (buffer) => {
    const { get } = Object.getOwnPropertyDescriptor(Buffer.prototype, 'buffer');
    Object.setPrototypeOf(buffer, null);
    return throughBuffer(get.call(buffer));
  }],
  ['another class below the class of all Buffers', (buffer) => {
    let stolen;
    Object.setPrototypeOf(FastBuffer, function Thief(...place) {
      [stolen] = place;
      return Reflect.construct(Uint8Array, place, new.target);
    });
    try {
      buffer.subarray(0, 64);
    } finally {
      Object.setPrototypeOf(FastBuffer, Uint8Array);
    }
    return throughBuffer(stolen);
  }],
  ['an instanceof that lies', (buffer) => {
    Object.defineProperty(FastBuffer, Symbol.hasInstance, { configurable: true, value: () => false });
    try {
      return throughBuffer(buffer.buffer);
    } finally {
      delete FastBuffer[Symbol.hasInstance];
    }
  }],
  ['an iterator held open', (buffer) => throughIterator(new Uint8Array(raw(buffer), 0, 64).values())],
  ['a generator held open', (buffer) => throughIterator((function* bytes(view) {
    for (const byte of view) yield byte;
  })(new Uint8Array(raw(buffer), 0, 64)))],
  ['a method bound', (buffer) => {
    const view = new Uint8Array(raw(buffer), 0, 64);
    const [slice, fill] = [view.slice.bind(view), view.fill.bind(view)];
    return { see: () => orNothing(() => [...slice()]), change: () => orNothing(() => fill(0x58)) };
  }],
  ['a Proxy', (buffer) => {
    const proxy = new Proxy(new Uint8Array(raw(buffer), 0, 64), {});
    return {
      see: () => elementsOf(proxy),
      change: () => orNothing(() => { proxy[0] = 0x58; }),
    };
  }],
  ['a prototype of another object', (buffer) => {
    const heir = Object.create(new Uint8Array(raw(buffer), 0, 64));
    return {
      see: () => elementsOf(heir),
      change: () => orNothing(() => { heir[0] = 0x58; }),
    };
  }],
  ['a transfer that is refused', (buffer) => {
    const arrayBuffer = raw(buffer);
    orNothing(() => arrayBuffer.transfer());
    try {
      structuredClone(arrayBuffer, { transfer: [arrayBuffer] }); // Node 20 copies
    } catch {
      // refused
    }
    return throughBuffer(arrayBuffer);
  }],
];

// The Buffer was asked, or is alive, or what was taken is a copy: nothing is lost.
const kept = [
  ['.buffer', (buffer) => throughBuffer(buffer.buffer)],
  ['.buffer of a slice', (buffer) => throughBuffer(buffer.subarray(4, 4).buffer)],
  ['.parent', (buffer) => throughBuffer(buffer.parent)],
  ['a destructured buffer, and a DataView', ({ buffer }) => throughDataView(new DataView(buffer, 0, 64))],
  ['Buffer.from(.buffer)', (buffer) => throughView(Buffer.from(buffer.buffer, 0, 64))],
  ['new Uint8Array(.buffer)', (buffer) => throughView(new Uint8Array(buffer.buffer, 0, 64))],
  ['Reflect.get()', (buffer) => throughBuffer(Reflect.get(buffer, 'buffer'))],
  ['the getter of Buffers', (buffer) => throughBuffer(Reflect.get(Buffer.prototype, 'buffer', buffer))],
  ['subarray()', (buffer) => throughView(buffer.subarray(0, 64))],
  ['slice() of a subarray()', (buffer) => throughView(buffer.subarray(0, 70).slice(0, 64))],
  ['the Buffer, without its prototype', (buffer) => {
    Object.setPrototypeOf(buffer, Uint8Array.prototype);
    return throughView(buffer);
  }],
  ['an iterator of a Buffer', (buffer) => throughIterator(buffer.subarray(0, 64).values())],
  ['a generator over a Buffer', (buffer) => throughIterator((function* bytes(view) {
    for (const byte of view) yield byte;
  })(buffer.subarray(0, 64)))],
  ['a promise not yet kept', (buffer) => {
    let release;
    const waiting = new Promise((resolve) => { release = resolve; }).then(() => [...buffer.subarray(0, 64)]);
    return { see: () => (release(), waiting), change() {} };
  }],
  ['a stream that waits', (buffer) => {
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(buffer.subarray(0, 64));
        controller.close();
      },
    });
    let seen;
    return {
      see: () => (seen = seen || stream.getReader().read().then(({ value }) => [...value])),
      change() {},
    };
  }],
  ['a message on its way', (buffer) => {
    const { port1, port2 } = new MessageChannel();
    const arrived = new Promise((resolve) => {
      port2.onmessage = ({ data }) => {
        port1.close();
        resolve([...data]);
      };
    });
    port1.postMessage(buffer.subarray(0, 64));
    return { see: () => arrived, change() {} };
  }],
  ['a Blob', (buffer) => {
    const blob = new Blob([buffer.subarray(0, 64)]);
    return { see: async () => [...new Uint8Array(await blob.arrayBuffer())], change() {} };
  }],
  ['a Response', (buffer) => {
    const response = new Response(buffer.subarray(0, 64));
    let seen;
    return {
      see: () => (seen = seen || response.arrayBuffer().then((body) => [...new Uint8Array(body)])),
      change() {},
    };
  }],
  ['a deflating stream', (buffer) => {
    const stream = new CompressionStream('deflate');
    const writer = stream.writable.getWriter();
    writer.write(buffer.subarray(0, 64)).catch(() => {});
    writer.close().catch(() => {});
    let seen;
    return {
      see: () => (seen = seen || new Response(stream.readable.pipeThrough(new DecompressionStream('deflate')))
        .arrayBuffer().then((body) => [...new Uint8Array(body)])),
      change() {},
    };
  }],
  ['structuredClone()', (buffer) => copyOf(structuredClone(buffer.subarray(0, 64)).subarray(0, 64))],
  ['slice() of Uint8Array', (buffer) => copyOf(Uint8Array.prototype.slice.call(buffer, 0, 64))],
  ['Array.from()', (buffer) => copyOf(Array.from(buffer).slice(0, 64))],
  ['toOwned()', (buffer) => throughView(toOwned(buffer))],
];

// ---- the attack -------------------------------------------------------------------------------------------

// A region of its own, its Buffer dropped but for the alias. Twice each, because JavaScriptCore looks for
// pointers on the stack, and may take an old one there for alive.
function plant(road) {
  return [0, 1].map(() => {
    freshSlab();
    const buffer = Buffer.allocUnsafe(64);
    buffer.write(secret);
    return road(buffer);
  });
}

// The Buffers that get the memory.
function openRegion() {
  freshSlab();
  const buffers = [Buffer.allocUnsafe(30000), Buffer.allocUnsafe(30000)];
  const wasZero = buffers.every((buffer) => buffer.every((byte) => byte === 0));
  return { buffers: buffers.map((buffer) => buffer.fill(0x42)), wasZero };
}

const areIntact = (regions) =>
  regions.every(({ buffers }) => buffers.every((buffer) => buffer.every((byte) => byte === 0x42)));

// Few at a time: not all memory that dies is kept, and browsers have no more than a hundred memories or so.
const perGroup = 8;
const groups = Array.from({ length: Math.ceil(lost.length / perGroup) }, (_, i) => {
  const part = (rows) => rows.slice(i * perGroup, (i + 1) * perGroup);
  return { name: `group ${i}`, lost: part(lost), kept: part(kept) };
});

describe.each(groups)('literal: memory that is used again, $name', (group) => {
  const aliases = new Map();
  const regions = [];
  let before;
  const since = (counter) => pool.inspect()[counter] - before[counter];

  beforeAll(async () => {
    pool.reuse = true;
    freshSlab();
    before = pool.inspect();
    for (const [name, road] of [...group.lost, ...group.kept]) aliases.set(name, plant(road));
    freshSlab();
    let quietRounds = 0;
    let died = 0;
    await collectUntil(() => {
      quietRounds = died === since('regionsDied') ? quietRounds + 1 : 0;
      died = since('regionsDied');
      return died >= group.lost.length && quietRounds > 2;
    });
    for (let i = 0; i < 40 && pool.inspect().bytesWaiting > 0; i++) regions.push(openRegion());
  }, 120000);

  afterAll(async () => {
    pool.reuse = false;
    regions.length = 0;
    aliases.clear();
    freshSlab();
    await collectUntil(() => pool.inspect().liveSlabs < 8);
  }, 120000);

  test('memory was used again, and it was zero', () => {
    expect(since('regionsReused')).toBeGreaterThanOrEqual(group.lost.length);
    expect(regions.every(({ wasZero }) => wasZero)).toBe(true);
  });

  test.each(group.lost)('an alias by %s has lost its bytes, and shows no others', async (name) => {
    const seen = [];
    for (const alias of aliases.get(name)) {
      seen.push(await alias.see());
      alias.change();
    }
    expect(seen.flat().filter((byte) => byte !== 0x41 && byte !== 0)).toEqual([]);
    expect(seen.some((bytes) => bytes.length === 0)).toBe(true);
    expect(areIntact(regions)).toBe(true);
  });

  test.each(group.kept)('%s has kept its bytes, and shows no others', async (name) => {
    for (const alias of aliases.get(name)) {
      const seen = await alias.see();
      expect(seen.filter((byte) => byte !== 0x41 && byte !== 0)).toEqual([]);
      expect(seen.filter((byte) => byte === 0x41).length).toBeGreaterThanOrEqual(secret.length - 1);
      alias.change();
    }
    expect(areIntact(regions)).toBe(true);
  });
});
