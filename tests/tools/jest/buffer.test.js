// What a person's tests see of pagebuf, in Jest's environments.
const { Buffer: ours, pool } = require('pagebuf');
const required = require('dependency/requires.cjs');

const { bare, slash, node } = {
  bare: require('buffer').Buffer, slash: require('buffer/').Buffer, node: require('node:buffer').Buffer,
};

test('there is one Buffer', () => {
  expect([bare, slash, node, Buffer].map((found) => found === ours)).toEqual([true, true, true, true]);
  const { bare: theirs, slash: theirSlash, node: theirNode, free } = required;
  expect([theirs, theirSlash, theirNode, free].map((found) => found === ours)).toEqual([true, true, true, true]);
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
