// The liars, as far as every engine can run them: that no answer, no byte and no Buffer is another's.
import { expect, test } from 'vitest';
import { liars } from './liars.js';

const calls = 8000;
const seed = Math.floor(Math.random() * 2 ** 31);

test(`${calls} calls with liars read and write nothing beside their operands (seed ${seed})`, () => {
  const { failures } = liars({ calls, seed });
  expect(failures.join('\n')).toBe('');
}, 60000);
