// Tests of the comparison: it finds faults, and finds none where there is none.
//
// Owns        a slow reference of Node's placement rules, which is made wrong in one way at a time; the
//             checks of scripts from outside; the exit codes of the command.
// Assumes     Node 26 runs this, and is the reference. `SEED=n` repeats a random run.

import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  compareRandom, compareScript, openBuffer, openOurs, sources, table, textOfFailure,
} from '../compare/compare.js';
import { examples } from '../compare/examples.js';
import { nodeBinary, openNode } from '../compare/node.js';
import { excludedFor, exclusions, keepOnly, mulberry32, randomScript, shrink } from '../compare/random.js';
import { checkScript, forms, operations, runScript, strictLimits, wideLimits } from '../compare/script.js';

process.noDeprecation = true; // Buffer() is compared, too
const seed = Number(process.env.SEED || Date.now() % 1000000);
const command = fileURLToPath(new URL('../compare/compare.js', import.meta.url));

// Node's rules, each as a property that a mutant can change.
const nodeRules = {
  align: (cursor) => ((cursor & 7) === 0 ? cursor : (cursor | 7) + 1),
  isPooled: (size, half) => size < half,
  fits: (size, left) => !(size > left),
  bytesPerCharacter: 4,
  used: (reserved, written) => written,
  half: (poolSize) => poolSize >>> 1,
  slabSize: (poolSize) => poolSize,
  start: (cursor) => cursor,
  bytesOf: (string, encoding) => Buffer.from(string, encoding),
  write: (slice, source) => Uint8Array.prototype.set.call(slice, source),
  emptyString: () => Buffer.alloc(0),
  copies: true,
};

// A Buffer that places slices by `rules`. The real Buffer does everything else.
function bufferWith(changes, statics = {}) {
  const rules = { ...nodeRules, ...changes };
  let slab = new ArrayBuffer(0);
  let cursor = 0;
  let slabSize = 0;

  function reserve(size) {
    if (rules.fits(size, slabSize - cursor)) return;
    slabSize = rules.slabSize(Copy.poolSize);
    slab = new ArrayBuffer(slabSize);
    cursor = 0;
  }

  // Node's pool makes a slice by the constructor, which drops fractions. Buffer.from() keeps the offset's.
  function sliceHere(size) {
    return Buffer.from(slab, Math.trunc(rules.start(cursor)), Math.trunc(size));
  }

  function take(size) {
    const slice = sliceHere(size);
    cursor = rules.align(cursor + size);
    return slice;
  }

  function isPooled(size) {
    return rules.isPooled(size, rules.half(Copy.poolSize, slabSize));
  }

  function allocate(size, alignment) {
    if (size <= 0) return Buffer.alloc(0);
    if (!isPooled(size) || alignment > 64) return Buffer.allocUnsafeSlow(size, alignment);
    if (alignment !== undefined) cursor = (cursor + alignment - 1) & ~(alignment - 1);
    reserve(size);
    return take(size);
  }

  function fromString(string, encoding) {
    const bytes = rules.bytesOf(string, encoding);
    if (string.length === 0) return rules.emptyString(take);
    let length = string.length;
    if (isPooled(length)) {
      length *= rules.bytesPerCharacter;
      if (!isPooled(length)) length = Buffer.byteLength(string, encoding);
      if (isPooled(length)) {
        reserve(length);
        const slice = take(rules.used(length, bytes.length));
        slice.set(bytes.subarray(0, slice.length));
        return slice;
      }
    }
    const memory = new ArrayBuffer(Buffer.byteLength(string, encoding));
    const slice = Buffer.from(memory, 0, bytes.length);
    slice.set(bytes);
    return slice;
  }

  function fromArrayLike(list) {
    const { length } = list;
    if (length <= 0) return Buffer.alloc(0);
    if (!isPooled(length)) {
      const bytes = new Uint8Array(list);
      return Buffer.from(bytes.buffer);
    }
    if (!rules.copies && list instanceof Uint8Array) return Buffer.from(list.buffer, list.byteOffset, length);
    reserve(length);
    const slice = sliceHere(length);
    rules.write(slice, list);
    cursor = rules.align(cursor + length);
    return slice;
  }

  function from(value, encodingOrOffset, length) {
    if (typeof value === 'string') return fromString(value, encodingOrOffset);
    if (typeof value !== 'object' || value === null) return Buffer.from(value);
    if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) {
      return Buffer.from(value, encodingOrOffset, length);
    }
    const inner = value.valueOf && value.valueOf();
    if (inner != null && inner !== value && (typeof inner === 'string' || typeof inner === 'object')) {
      return from(inner, encodingOrOffset, length);
    }
    if (value.length !== undefined || value.buffer instanceof ArrayBuffer) {
      return typeof value.length === 'number' ? fromArrayLike(value) : Buffer.alloc(0);
    }
    if (value.type === 'Buffer' && Array.isArray(value.data)) return fromArrayLike(value.data);
    if (typeof value[Symbol.toPrimitive] === 'function') {
      const primitive = value[Symbol.toPrimitive]('string');
      if (typeof primitive === 'string') return fromString(primitive, encodingOrOffset);
    }
    return Buffer.from(value);
  }

  function concat(list, length) {
    const exact = Buffer.concat(list, length);
    if (list.length === 0) return exact;
    const slice = allocate(length === undefined ? exact.length : length);
    slice.set(exact);
    return slice;
  }

  function copyBytesFrom(view, offset, length) {
    const exact = Buffer.copyBytesFrom(view, offset, length);
    return exact.length === 0 ? exact : fromArrayLike(exact);
  }

  function Copy(value, encodingOrOffset, length) {
    if (typeof value !== 'number') return from(value, encodingOrOffset, length);
    return new Buffer(value, encodingOrOffset);
  }

  Object.assign(Copy, {
    poolSize: 65536,
    alloc: Buffer.alloc,
    allocUnsafe(size, alignment) {
      // The real Buffer throws the errors.
      if (typeof size !== 'number' || !(size >= 0 && size <= 2 ** 32)) return Buffer.allocUnsafe(size);
      if (alignment !== undefined) Buffer.allocUnsafeSlow(1, alignment);
      return allocate(size, alignment);
    },
    allocUnsafeSlow: Buffer.allocUnsafeSlow,
    from,
    concat,
    copyBytesFrom,
    of: Buffer.of,
    byteLength: Buffer.byteLength,
    isBuffer: Buffer.isBuffer,
    isEncoding: Buffer.isEncoding,
    ...(typeof statics === 'function' ? statics({ allocate, from }) : statics),
  });
  Copy.prototype = Buffer.prototype;
  return Copy;
}

const mutants = [
  ['slices start at multiples of 4', { align: (cursor) => (cursor + 3) & ~3 }],
  ['slices start at multiples of 16', { align: (cursor) => (cursor + 15) & ~15 }],
  ['half a slab is still pooled', { isPooled: (size, half) => size <= half }],
  ['one byte less than half a slab is not pooled', { isPooled: (size, half) => size < half - 1 }],
  ['a slice that exactly fits opens a new slab', { fits: (size, left) => size < left }],
  ['a slice may be one byte too long for the slab', { fits: (size, left) => size <= left + 1, slabSize: (size) => size + 8 }],
  ['a string reserves three bytes a character', { bytesPerCharacter: 3 }],
  ['a string keeps all that it reserved', { used: (reserved) => reserved }],
  ['poolSize moves the half only when a slab is opened', { half: (poolSize, slabSize) => slabSize >>> 1 }],
  ['a slab is eight bytes longer', { slabSize: (size) => size + 8 }],
  ['poolSize does not move the slab', { slabSize: () => 65536 }],
  ['one slice in the slab lies a byte too far', { start: (cursor) => (cursor === 64 ? 65 : cursor) }],
  ['an array writes a byte too many', { write: (slice, source) => {
    Uint8Array.prototype.set.call(slice, source);
    const behind = slice.byteOffset + slice.length;
    if (behind < slice.buffer.byteLength) new Uint8Array(slice.buffer)[behind] = 0;
    if (slice.byteOffset > 0) new Uint8Array(slice.buffer)[slice.byteOffset - 1] = 0;
  } }],
  ['from(Buffer) does not copy', { copies: false }],
  ['from(\'\') is a view on the slab', { emptyString: (take) => take(0) }],
  ['binary is read as ascii', { bytesOf: (string, encoding) => {
    const isBinary = String(encoding).toLowerCase() === 'binary';
    return Buffer.from(string, encoding).map((byte) => (isBinary ? byte & 127 : byte));
  } }],
  ['alloc() is pooled', {}, ({ allocate }) => ({ alloc: (size, fill, encoding) => {
    const exact = Buffer.alloc(size, fill, encoding);
    const slice = allocate(size);
    slice.set(exact);
    return slice;
  } })],
  ['of() is pooled', {}, ({ from }) => ({ of: (...items) => from(items) })],
  ['allocUnsafeSlow() is pooled', {}, ({ allocate }) => ({ allocUnsafeSlow: (size, alignment) => {
    Buffer.allocUnsafeSlow(size, alignment);
    return allocate(size, alignment);
  } })],
  ['concat() has an ArrayBuffer of its own', {}, { concat: (list, length) => {
    const exact = Buffer.concat(list, length);
    return exact.length === 0 ? exact : Buffer.from(new Uint8Array(exact).buffer);
  } }],
  ['from(ArrayBuffer) copies', {}, ({ from }) => ({ from: (value, ...others) => {
    const made = from(value, ...others);
    return value instanceof ArrayBuffer ? from(new Uint8Array(made)) : made;
  } })],
  ['an unknown encoding is utf8', {}, ({ from }) => ({ from: (value, encoding, length) => (
    typeof encoding === 'string' && typeof value === 'string' && !Buffer.isEncoding(encoding)
      ? from(value) : from(value, encoding, length)) })],
  ['the result is a Uint8Array', {}, { of: (...items) => Uint8Array.of(...items) }],
];

describe('the comparison', () => {
  let node;
  before(async () => { node = await openNode(process.execPath); });
  after(() => node.close());

  test(`real Node does not differ from itself (seed ${seed})`, async () => {
    const result = await compareRandom(node, node, { count: 5000, seed });
    assert.equal(result.failure && textOfFailure(result.failure, [node, node]), undefined);
    assert.equal(result.done, 5000);
  });

  test(`a reference that keeps Node's rules does not differ from Node (seed ${seed})`, async () => {
    const ours = openBuffer('reference', bufferWith({}));
    const { failure } = await compareRandom(ours, node, { count: 10000, seed });
    assert.equal(failure && textOfFailure(failure, [ours, node]), undefined);
  });

  for (const [fault, changes, statics] of mutants) {
    test(`it is found when ${fault} (seed ${seed})`, async () => {
      const ours = openBuffer('mutant', bufferWith(changes, statics));
      const { failure } = await compareRandom(ours, node, { count: 20000, seed, shrinkFor: 3000 });
      assert.ok(failure, 'nothing was found in 20,000 operations');
      assert.ok(failure.divergences.length > 0, 'the shortest script does not show the fault');
      assert.ok(failure.script.ops.length < 2000, 'the script was not shrunk');
    });
  }

  for (const source of sources) {
    test(`5,000 random operations are the same in ours (${source}) and in Node (seed ${seed})`, async () => {
      const ours = await openOurs(source);
      const { failure } = await compareRandom(ours, node, { count: 5000, seed });
      assert.equal(failure && textOfFailure(failure, [ours, node]), undefined);
    });

    test(`every example is the same in ours (${source}) and in Node`, async () => {
      const ours = await openOurs(source);
      for (const { title, script } of examples) {
        const result = await compareScript(script, ours, node);
        assert.deepEqual(result.divergences, [], `${title}\n${table(script, result, [ours.name, node.name])}`);
      }
    });
  }

  test('locate() that contradicts the Buffer is found', async () => {
    const { Buffer: ours, pool } = await import('../js/index.js');
    const script = { ops: [{ op: 'allocUnsafe', args: [8] }, { op: 'allocUnsafe', args: [8] }] };
    const wrong = [
      (located) => ({ ...located, offset: located.offset + 8 }),
      (located) => ({ ...located, base: located.base + 8 }),
      (located) => ({ ...located, slab: located.slab + located.offset }),
      (located) => ({ ...located, size: located.size * 1000 }),
      (located) => ({ source: 'private', length: located.length }),
    ];
    for (const change of wrong) {
      const side = openBuffer('ours', ours, { locate: (buffer) => change(pool.locate(buffer)) });
      const isFound = await compareScript(script, side, node).then(
        ({ divergences }) => divergences.length > 0, () => true);
      assert.ok(isFound, String(change));
    }
  });

  test('a longer .buffer is found, unless the source is linear; Node\'s own 64 bytes are shown', async () => {
    const { Buffer: ours, pool } = await import('../js/index.js');
    const before = pool.source;
    const script = { poolSize: 8192, ops: [{ op: 'allocUnsafe', args: [8] }, { op: 'alloc', args: [8] }] };
    try {
      pool.source = 'linear';
      for (const source of sources) {
        const side = openBuffer('ours', ours, { locate: pool.locate, source });
        const { ours: [row], theirs: rows, divergences } = await compareScript(script, side, node);
        assert.deepEqual(divergences, source === 'linear' ? [] : [{ row: 0, columns: ['byteLength'] }], source);
        assert.equal(row.known, source === 'linear' ? true : undefined);
        assert.deepEqual([row.byteLength, row.holds], [65536, 8192]);
        const lengths = rows.map(({ byteLength, padding }) => [byteLength, padding]);
        assert.deepEqual(lengths, [[8192, 64], [8, undefined]]);
      }
    } finally {
      pool.source = before;
    }
  });

  test('what is left out has a reason, and nothing is left out twice', () => {
    assert.equal(new Set(exclusions.map(({ name }) => name)).size, exclusions.length);
    for (const { reason } of exclusions) assert.ok(reason.length > 20);
    assert.ok(!excludedFor(node.about).has('alignment'), 'Node 26 has alignment');
    const text = JSON.stringify(randomScript(seed, 3000, { major: 22, alignment: false }));
    assert.ok(!/"allocUnsafe(Slow)?","args":\[[^\]]*\},\d/.test(text));
  });
});

describe('random scripts', () => {
  test('the same seed gives the same script, another seed another', () => {
    const line = { major: 26, alignment: true };
    assert.deepEqual(randomScript(7, 500, line), randomScript(7, 500, line));
    assert.notDeepEqual(randomScript(7, 500, line), randomScript(8, 500, line));
    assert.equal(mulberry32(1)(), mulberry32(1)());
  });

  test('they pass the check, use every operation and every form, and reach every edge', () => {
    const line = { major: 26, alignment: true };
    const ops = new Set();
    const seen = new Set();
    const reached = new Set();
    const look = (value) => {
      if (Array.isArray(value)) return value.forEach(look);
      if (typeof value !== 'object' || value === null) return undefined;
      if (typeof value.$ === 'string') seen.add(value.$);
      return Object.values(value).forEach(look);
    };
    for (let n = 0; n < 5; n++) {
      const script = checkScript(randomScript(n, 2000, line), wideLimits);
      look(script.ops);
      for (const { op } of script.ops) ops.add(op);
      for (const row of runScript(script, { Buffer: bufferWith({}) })) {
        if (row.kind === 'pool' && row.offset + row.length === row.holds) reached.add('a slab filled to its last byte');
        if (row.kind === 'pool' && row.offset === 0) reached.add('a slab opened');
        if (row.bytesAtEnd !== undefined) reached.add('bytes changed through another Buffer');
        if (row.error !== undefined) reached.add(`error ${row.error.code}`);
        if (row.inner !== undefined) reached.add('an allocation inside another');
      }
    }
    assert.deepEqual(Object.keys(operations).filter((op) => !ops.has(op)), []);
    assert.deepEqual(Object.keys(forms).filter((form) => !seen.has(form)), []);
    assert.deepEqual(['a slab filled to its last byte', 'a slab opened', 'bytes changed through another Buffer',
      'an allocation inside another', 'error ERR_OUT_OF_RANGE', 'error ERR_INVALID_ARG_TYPE', 'error ERR_UNKNOWN_ENCODING',
      'error ERR_INVALID_ARG_VALUE', 'error ERR_BUFFER_OUT_OF_BOUNDS'].filter((edge) => !reached.has(edge)), []);
  });

  test('the shortest script has what it takes to fail and nothing else', async () => {
    const script = randomScript(1, 1000, { major: 26, alignment: true });
    const fails = async ({ ops }) => {
      const first = ops.findIndex(({ op }) => op === 'concat');
      return first >= 0 && ops.slice(first).some(({ op }) => op === 'copyBytesFrom');
    };
    const { ops } = await shrink(script, fails);
    const needed = new Set(['concat', 'copyBytesFrom']);
    assert.ok(await fails({ ops }));
    for (let left = 0; left < ops.length; left++) {
      assert.ok(!await fails(keepOnly({ ops }, (index) => index !== left)), `${ops[left].op} is not needed`);
    }
    assert.ok(ops.length < 10 && ops.some(({ op }) => needed.has(op)));
  });

  test('leaving operations out keeps the numbers of the others right', () => {
    const script = { ops: [
      { op: 'alloc', args: [1] }, { op: 'alloc', args: [2] }, { op: 'subarray', on: 1, args: [] },
      { op: 'concat', args: [[{ $: 'row', of: 1 }, { $: 'row', of: 2 }]] }, { op: 'from', args: [{ $: 'row', of: 0 }] },
    ] };
    assert.deepEqual(keepOnly(script, (index) => index !== 0).ops, [
      { op: 'alloc', args: [2] }, { op: 'subarray', on: 0, args: [] },
      { op: 'concat', args: [[{ $: 'row', of: 0 }, { $: 'row', of: 1 }]] },
    ]);
  });
});

describe('a script from outside', () => {
  const op = (name, ...args) => ({ ops: [{ op: name, args }] });
  const refused = [
    [null, 'script: must be an object'],
    [[], 'script: must be an object'],
    [{}, 'script: "ops" is missing'],
    [{ ops: [], code: 'x' }, 'script: unknown key "code"'],
    [{ ops: {} }, 'script.ops: must be an array'],
    [{ ops: [], poolSize: 0 }, 'script.poolSize: must be an integer from 64'],
    [{ ops: [], poolSize: -5 }, 'script.poolSize'],
    [{ ops: [], poolSize: 2 ** 31 }, 'script.poolSize'],
    [{ ops: Array(501).fill({ op: 'of' }) }, 'script.ops: has 501 operations, 500 are allowed'],
    [{ ops: [5] }, 'op 0: must be an object'],
    [{ ops: [{ op: 'eval' }] }, 'op 0: unknown operation "eval"'],
    [{ ops: [{ op: 'constructor' }] }, 'op 0: unknown operation "constructor"'],
    [{ ops: [{ op: '__proto__' }] }, 'op 0: unknown operation "__proto__"'],
    [{ ops: [{ op: ['alloc'] }] }, 'op 0: unknown operation'],
    [{ ops: [{ op: 'alloc', args: 5 }] }, 'op 0 (alloc): "args" must be an array'],
    [op('alloc', 1, 2, 3, 4), 'op 0 (alloc): "args" must be an array of at most 3'],
    [{ ops: [{ op: 'alloc', on: 0 }] }, 'op 0 (alloc): unknown key "on"'],
    [{ ops: [{ op: 'equals', on: 0, args: [] }] }, 'op 0 (equals).on: must be the number of an earlier row'],
    [{ ops: [{ op: 'equals', args: [] }] }, 'op 0 (equals): "on" is missing'],
    [op('from', { $: 'row', of: 0 }), 'op 0 (from).args[0].of: must be the number of an earlier row'],
    [op('from', { $: 'row', of: 'x' }), 'op 0 (from).args[0].of'],
    [op('alloc', 2 ** 40), 'op 0 (alloc).args[0]: 1099511627776 is more than 1048576'],
    [op('alloc', -(2 ** 40)), 'is more than'],
    [op('allocUnsafeSlow', 8, 2 ** 30), 'is more than'],
    [op('from', { $: 'like', length: 2 ** 33, items: [] }), 'is more than'],
    [op('from', { $: 'bytes', length: 2 ** 33, seed: 1 }), 'must be an integer from 0'],
    [op('from', { $: 'bytes', length: { $: 'row', of: 0 }, seed: 1 }), 'must be a number, "left" or "half"'],
    [op('from', { $: 'string', unit: 'a', times: 2 ** 33 }), 'must be an integer from 0'],
    [op('from', { $: 'string', unit: 'a'.repeat(65), times: 1 }), 'at most 64 characters'],
    [op('alloc', { $: 'left', plus: 2 ** 33 }), '.plus: must be a number'],
    [op('alloc', { $: 'left', per: 0 }), '.per: must be 1, 2, 3, 4 or 8'],
    [op('alloc', { $: 'code' }), 'unknown form "code"'],
    [op('alloc', { $: 'toString' }), 'unknown form "toString"'],
    [op('alloc', { valueOf: 5 }), 'unknown form undefined'],
    [op('alloc', { $: 'NaN', x: 1 }), 'unknown key "x"'],
    [op('from', { $: 'typed', type: 'Function', items: [] }), 'unknown typed array "Function"'],
    [op('from', { $: 'typed', type: 'Int8Array' }), 'needs either "items" or "length"'],
    [op('from', { $: 'typed', type: 'BigInt64Array', items: [1] }), 'BigInt64Array cannot hold 1'],
    [op('from', { $: 'typed', type: 'Int8Array', items: ['x'] }), 'Int8Array cannot hold "x"'],
    [op('from', { $: 'memory', name: 0, bytes: 2 ** 33 }), 'must be an integer from 0'],
    [op('from', { $: 'memory', name: 'a', bytes: 1 }), 'must be an integer from 0 to 99'],
    [op('from', { $: 'bigint', value: '1'.repeat(31) }), 'up to 30 decimal digits'],
    [op('from', [[[[[[1]]]]]]), 'is nested too deeply'],
    [op('poolSize', -1), 'op 0 (poolSize).args[0]: must be a number from 0'],
    [op('poolSize', 2 ** 31), 'is more than'],
    [op('poolSize', '8192'), 'must be a number from 0'],
    [op('poolSize'), 'takes one value'],
    [{ ops: [{ op: 'of' }, { op: 'put', on: 0, args: [-1, [1]] }] }, 'must be an integer from 0 up'],
    [{ ops: [{ op: 'of' }, { op: 'put', on: 0, args: [0, ['x']] }] }, 'must be an array of integers'],
    [{ ops: [{ op: 'from', args: [undefined] }] }, 'is not JSON: undefined'],
  ];

  for (const [script, message] of refused) {
    test(`${(JSON.stringify(script) || 'undefined').slice(0, 90)} is refused`, () => {
      assert.throws(() => checkScript(script, strictLimits), (error) => {
        assert.equal(error.name, 'TypeError');
        assert.ok(error.message.includes(message), error.message);
        assert.ok(!error.message.includes('\n') && error.message.length < 200);
        return true;
      });
    });
  }

  test('every example passes the check', () => {
    for (const { script } of examples) assert.equal(checkScript(script), script);
  });

  test('a script of few operations that would make many bytes is stopped', () => {
    const ops = Array.from({ length: 60 }, () => ({ op: 'alloc', args: [1 << 20] }));
    assert.throws(() => runScript(checkScript({ ops }), { Buffer, limits: strictLimits }), {
      name: 'RangeError', message: 'the script makes more than 33554432 bytes' });
    const doubling = [{ op: 'alloc', args: [1000] }];
    for (let i = 0; i < 40; i++) doubling.push({ op: 'concat', args: [[{ $: 'row', of: i }, { $: 'row', of: i }]] });
    const rows = runScript(checkScript({ ops: doubling }), { Buffer, limits: strictLimits });
    assert.ok(rows.some(({ skipped }) => skipped && skipped.startsWith('concat of')));
  });

  test('poolSize is what it was when the script has ended, or was stopped', () => {
    const ours = bufferWith({});
    ours.poolSize = 12345;
    runScript({ ops: [{ op: 'poolSize', args: [{ $: 'NaN' }] }] }, { Buffer: ours });
    assert.equal(ours.poolSize, 12345);
    const stopped = { ops: [{ op: 'poolSize', args: [0] }, { op: 'alloc', args: [5] }] };
    const limits = { ...strictLimits, bytes: 1 };
    assert.throws(() => runScript(stopped, { Buffer: ours, limits }), RangeError);
    assert.equal(ours.poolSize, 12345);
  });
});

describe('the command', () => {
  const run = (args, { env = {}, binary = process.execPath, file = command } = {}) => (
    spawnSync(binary, [file, ...args], { encoding: 'utf8', env: { ...process.env, ...env } }));

  const bad = [
    [['--ops', 'many'], '--ops must be an integer'],
    [['--ops', '-5'], 'ops'],
    [['--ops'], 'ops'],
    [['--seed', '1.5'], '--seed must be an integer'],
    [['--source', 'stack'], '--source must be auto, linear or heap, got "stack"'],
    [['--nod', '5'], '--nod'],
    [['extra'], 'extra'],
    [['--node', '/nowhere/node'], 'cannot run /nowhere/node: ENOENT'],
    [['--node', '/bin/true'], '/bin/true'],
  ];

  for (const [args, message] of bad) {
    test(`compare ${args.join(' ')} is one line and exit code 2`, () => {
      const { status, stderr, stdout } = run(args);
      assert.equal(status, 2, stderr);
      assert.equal(stdout, '');
      assert.match(stderr, /^compare: [^\n]+\n$/);
      assert.ok(stderr.includes(message), stderr);
    });
  }

  test('no divergence is exit code 0 and a summary', () => {
    const { status, stdout, stderr } = run(['--ops', '500', '--seed', '3']);
    assert.equal(status, 0, stdout.slice(-2000) + stderr);
    assert.match(stdout, /\n500 operations, 0 divergences\n$/);
  });

  test('the reference judges, whatever Node runs the command, and --node takes another', () => {
    const judges = [[[], process.version], [['--node', nodeBinary(24)], 'v24.']];
    for (const [args, version] of judges) {
      const { status, stdout, stderr } = run(['--ops', '500', '--seed', '3', ...args], { binary: nodeBinary(22) });
      assert.equal(status, 0, stdout.slice(-2000) + stderr);
      assert.ok(stdout.includes(` Node ${version.slice(1)}`), stdout.slice(0, 500));
      assert.match(stdout, /\n500 operations, 0 divergences\n$/);
    }
  });

  test('a reference that cannot be installed is one line and exit code 2', () => {
    const copy = mkdtempSync(join(tmpdir(), 'pagebuf-'));
    try {
      const root = fileURLToPath(new URL('..', import.meta.url));
      for (const name of ['package.json', 'compare', 'js']) {
        cpSync(join(root, name), join(copy, name), { recursive: true });
      }
      const env = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_cache: join(copy, 'cache') };
      const { status, stdout, stderr } = run([], { env, file: join(copy, 'compare/compare.js') });
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /^compare: npm cannot install node-\S+@26: ECONNREFUSED; --node PATH takes .+\n$/);
    } finally {
      rmSync(copy, { recursive: true });
    }
  });

  test('a divergence is exit code 1, with the seed, the script and both rows', () => {
    const wrong = 'data:text/javascript,import{Buffer}from\'node:buffer\';Buffer.allocUnsafe=Buffer.alloc';
    const { status, stdout } = run(['--ops', '500', '--seed', '3'], { env: { NODE_OPTIONS: `--import=${wrong}` } });
    assert.equal(status, 1);
    assert.match(stdout, /divergence with seed 3, in /);
    for (const part of ['\nscript  {', '\nours    {', '\nnode    {']) assert.ok(stdout.includes(part), part);
  });
});
