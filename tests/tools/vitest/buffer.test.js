// What a person's tests see of pagebuf, in Vitest's environments.
import { Buffer as ours, pool } from 'pagebuf';
import { expect, test } from 'vitest';
import { ways } from './ways.js';

test('there is one Buffer', () => {
  expect(ways()).toBe('12 ways, one Buffer');
});

test('a pooled Buffer is of the realm of the test', () => {
  const small = ours.from('grüße');
  expect(pool.locate(small).source).not.toBe('private');
  expect(small instanceof Uint8Array).toBe(true);
  expect(small.buffer instanceof ArrayBuffer).toBe(true);
  expect(small).toEqual(ours.from([0x67, 0x72, 0xc3, 0xbc, 0xc3, 0x9f, 0x65]));
});

test('text is coded', () => {
  const text = 'grüße, 世界 👋'.repeat(20);
  expect(ours.from(text).toString()).toBe(text);
  expect(ours.from(text, 'utf16le').toString('utf16le')).toBe(text);
  expect(ours.from([0xff, 0xe4, 0xb8]).toString()).toBe('\ufffd\ufffd');
});
