// React Native: Metro bundles pagebuf with React Native's preset. The bundle has one Buffer, and runs in
// Hermes, with a TextDecoder and without one.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { run } from '../application.js';
import { answersOf, impossible, installed, runVectors } from './hermes.js';

const expected = { ways: '12 ways, one Buffer', path: 'plain', utf16: true, broken: true, pooled: 'heap' };

describe('literal: React Native', () => {
  let folder;
  before(async () => {
    folder = await installed();
  });

  for (const [entry, decoder] of [['index', 'undefined'], ['with-decoder', 'function']]) {
    test(`its bundle runs in Hermes, TextDecoder: ${decoder}`, async () => {
      assert.deepEqual(await answersOf(folder, entry), { ...expected, decoder });
    });
  }

  test('its bundle is compiled by the Hermes of today', async () => {
    await run(folder, process.execPath, 'bundle.js', 'metro.config.cjs', 'index.js', 'index.bundle');
    const compiler = 'node_modules/hermes-compiler/hermesc/linux64-bin/hermesc';
    await run(folder, compiler, '-emit-binary', '-out', 'index.hbc', '-O', 'index.bundle');
  });

  test('answers are those of Node that were recorded, but for what Hermes itself does', async () => {
    const { failed, skipped } = await runVectors();
    assert.deepEqual(failed, []);
    assert.equal(skipped.length, Object.keys(impossible).length);
  });
});
