// The part of Vitest that tests/vectors.test.js uses.
export const result = { passed: [], failed: [] };

export function test(name, body) {
  try {
    body();
    result.passed.push(name);
  } catch (error) {
    result.failed.push({ name, message: error.message });
  }
}

const shown = (value) => JSON.stringify(value, (key, inner) => (typeof inner === 'bigint' ? `${inner}n` : inner));

export function expect(actual) {
  return {
    toBeGreaterThan(least) {
      if (!(actual > least)) throw new Error(`${actual} is not greater than ${least}`);
    },
    toEqual(expected) {
      if (shown(actual) !== shown(expected)) throw new Error(shown(actual).slice(0, 2000));
    },
  };
}
