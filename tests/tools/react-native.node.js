// React Native: Metro with its preset bundles pagebuf, with one Buffer, and the bundle runs in Hermes, whether
// there is a TextDecoder or not.
//
// Holds    Hermes of today is published as a compiler; the last one that is published with its engine is 0.12.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { install, run } from '../application.js';

const sources = fileURLToPath(new URL('react-native', import.meta.url));
const expected = { ways: '12 ways, one Buffer', path: 'plain', utf16: true, broken: true, pooled: 'heap' };

describe('literal: React Native', () => {
  let folder;
  const hermes = () => join(folder, 'node_modules/hermes-engine-cli/linux64-bin/hermes');
  const compiler = () => join(folder, 'node_modules/hermes-compiler/hermesc/linux64-bin/hermesc');

  before(async () => {
    folder = await install('tools/react-native');
    cpSync(sources, folder, { recursive: true });
    cpSync(join(sources, '../../apps/page/ways.js'), join(folder, 'ways.js'));
    for (const binary of [hermes(), compiler()]) await chmod(binary, 0o755);
  });

  for (const [entry, decoder] of [['index', 'undefined'], ['with-decoder', 'function']]) {
    test(`its bundle runs in Hermes, TextDecoder: ${decoder}`, async () => {
      await run(folder, process.execPath, 'bundle.js', `${entry}.js`, `${entry}.bundle`);
      const output = await run(folder, hermes(), '-w', `${entry}.bundle`);
      assert.deepEqual(JSON.parse(output), { ...expected, decoder });
    });
  }

  test('its bundle is compiled by the Hermes of today', async () => {
    await run(folder, process.execPath, 'bundle.js', 'index.js', 'index.bundle');
    await run(folder, compiler(), '-emit-binary', '-out', 'index.hbc', '-O', 'index.bundle');
  });
});
