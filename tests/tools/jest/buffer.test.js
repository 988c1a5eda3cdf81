// What a person's tests see of pagebuf, in Jest's environments.
const { Buffer: ours, pool } = require('pagebuf');
const required = require('dependency/requires.cjs');

const found = [require('buffer'), require('buffer/'), require('node:buffer')].map((module) => module.Buffer);

test('there is one Buffer', () => {
  const all = [...found, Buffer, ...Object.values(required)];
  expect(all.map((one) => one === ours)).toEqual(Array(8).fill(true));
});

test('a pooled Buffer is of the realm of the test', () => {
  const small = ours.from('grüße');
  expect(pool.locate(small).source).not.toBe('private');
  expect(small instanceof Uint8Array).toBe(true);
  expect(small.buffer instanceof ArrayBuffer).toBe(true);
  expect(small).toEqual(ours.from([0x67, 0x72, 0xc3, 0xbc, 0xc3, 0x9f, 0x65]));
});

test('text is coded, whether there is a TextDecoder or not', () => {
  const text = 'grüße, 世界 👋'.repeat(20);
  expect(ours.from(text).toString()).toBe(text);
  expect(ours.from(text, 'utf16le').toString('utf16le')).toBe(text);
  expect(ours.from([0xff, 0xe4, 0xb8]).toString()).toBe('\ufffd\ufffd');
});
