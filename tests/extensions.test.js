// The extensions that Node does not have: literal expectations, in every host.
import { describe, expect, test } from 'vitest';
import { Buffer, installFormatter, pool, retained, toOwned } from '../js/index.js';

const invalidArgType = expect.objectContaining({ name: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' });

describe('literal: toOwned', () => {
  test('a pooled Buffer is copied to memory of its own, byte for byte', () => {
    const pooled = Buffer.from('hello');
    const owned = toOwned(pooled);
    expect(owned.toString()).toBe('hello');
    expect([owned.byteOffset, owned.buffer.byteLength, pool.locate(owned).source]).toEqual([0, 5, 'private']);
    pooled[0] = 0;
    expect(owned.toString()).toBe('hello');
  });

  test('only its own bytes are posted, no slab', () => {
    expect(structuredClone(toOwned(Buffer.from('hello'))).buffer.byteLength).toBe(5);
  });

  test('it can be transferred, and neighbours stay', () => {
    const [pooled, neighbour] = [Buffer.from('one'), Buffer.from('two')];
    const { buffer } = toOwned(pooled);
    expect(structuredClone(buffer, { transfer: [buffer] }).byteLength).toBe(3);
    expect([pooled.toString(), neighbour.toString()]).toEqual(['one', 'two']);
  });

  test('a Buffer that owns its memory is returned as it is', () => {
    const buffer = Buffer.alloc(5);
    expect(toOwned(buffer)).toBe(buffer);
  });

  test('a plain Uint8Array becomes a Buffer', () => {
    expect(Buffer.isBuffer(toOwned(Uint8Array.of(1, 2)))).toBe(true);
  });

  test('the empty Buffer', () => {
    expect(toOwned(Buffer.from('zz', 'hex')).buffer.byteLength).toBe(0);
  });

  const refused = [undefined, null, 'text', 5, {}, [], new Uint16Array(1)];
  test.each(refused)('%o is refused', (value) => {
    expect(() => toOwned(value)).toThrow(invalidArgType);
  });
});

describe('literal: retained', () => {
  test('a small survivor retains its whole slab', () => {
    const survivor = Buffer.from('hi');
    const { byteLength } = survivor.buffer;
    expect(retained([survivor])).toEqual({
      buffers: 1, usedBytes: 2, retainedBytes: byteLength,
      owners: [{ source: 'linear', buffers: 1, usedBytes: 2, retainedBytes: byteLength }],
    });
  });

  test('a byte that two views share counts once, and so does a view that is passed twice', () => {
    const whole = Buffer.alloc(10);
    const views = [whole, whole, whole.subarray(2, 8), new Uint16Array(whole.buffer, 8, 1)];
    expect(retained(views)).toMatchObject({ buffers: 3, usedBytes: 10, retainedBytes: 10 });
  });

  test('gaps between views are not used', () => {
    const whole = Buffer.alloc(100);
    const ends = [whole.subarray(90), whole.subarray(0, 10)];
    expect(retained(ends)).toMatchObject({ usedBytes: 20, retainedBytes: 100 });
  });

  test('the owner that wastes most comes first', () => {
    const small = Buffer.alloc(10).subarray(0, 1);
    const large = Buffer.alloc(1000).subarray(0, 500);
    expect(retained([small, large]).owners.map((owner) => owner.retainedBytes)).toEqual([1000, 10]);
  });

  test('nothing retains nothing', () => {
    expect(retained([])).toEqual({ buffers: 0, usedBytes: 0, retainedBytes: 0, owners: [] });
  });

  test('a value that is no view is refused', () => {
    expect(() => retained([Buffer.alloc(1), 'text'])).toThrow(invalidArgType);
  });
});

describe('literal: installFormatter', () => {
  test('Buffers have a header that says where they lie, other values none', () => {
    const uninstall = installFormatter();
    const [formatter] = globalThis.devtoolsFormatters.slice(-1);
    const buffer = Buffer.from('hi');
    const { slab, offset } = pool.locate(buffer);
    expect(formatter.header(buffer).slice(2)).toEqual(['<Buffer 68 69>',
      ['span', expect.anything(), `slab ${slab} +${offset}, 2 bytes`]]);
    expect(formatter.header(Buffer.alloc(2))[3][2]).toBe('private, 2 bytes');
    expect(['hi', null, {}, Uint8Array.of(1)].map(formatter.header)).toEqual([null, null, null, null]);
    uninstall();
    expect(globalThis.devtoolsFormatters).not.toContain(formatter);
  });

  test('formatters that are installed already stay', () => {
    const other = {};
    globalThis.devtoolsFormatters = [other];
    installFormatter()();
    expect(globalThis.devtoolsFormatters).toEqual([other]);
  });
});
