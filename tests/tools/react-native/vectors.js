// Runs tests/vectors.test.js unchanged. Prints how many of its tests pass, and which fail, as one line of
// JSON.
import { result } from './vitest.js';
import './tests/vectors.test.js';

print(JSON.stringify(result));
