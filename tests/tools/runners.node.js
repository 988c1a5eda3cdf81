// Test runners that have a realm of their own, or a page's globals besides Node's: what a person's tests see
// there.
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { install, run } from '../application.js';

const sources = fileURLToPath(new URL('.', import.meta.url));

// One row for each runner: its name in tools/recipes.js, its folder, its command, its environments.
const runners = [
  ['Jest', 'jest', ['jest', '--env'], ['node', 'jsdom']],
  ['Vitest', 'vitest', ['vitest', 'run', '--environment'], ['node', 'jsdom', 'happy-dom']],
];

for (const [tool, name, command, environments] of runners) {
  describe(`literal: ${tool}`, () => {
    let folder;
    before(async () => {
      folder = await install(`tools/${name}`);
      cpSync(join(sources, name), folder, { recursive: true });
      cpSync(join(sources, '../apps/page/ways.js'), join(folder, 'ways.js'));
    });

    for (const environment of environments) {
      test(`leaves one Buffer, of the test's realm: ${environment}`, () => run(folder, ...command, environment));
    }
  });
}
