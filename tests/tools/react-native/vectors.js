// tests/vectors.test.js as it stands: how many of its tests pass, and what fails, on one line of JSON.
import { result } from './vitest.js';
import './tests/vectors.test.js';

print(JSON.stringify(result));
