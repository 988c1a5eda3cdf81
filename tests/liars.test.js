// The liars, in every engine: no answer shows other bytes, no other bytes change, and no two Buffers
// overlap.
import { expect, test } from 'vitest';
import { liars } from './liars.js';

const calls = 8000;
const seed = Math.floor(Math.random() * 2 ** 31);

test(`${calls} calls with liars read and write nothing beside their operands (seed ${seed})`, () => {
  const { failures } = liars({ calls, seed });
  expect(failures.join('\n')).toBe('');
}, 60000);
