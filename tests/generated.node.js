// Short runs of the suites of tools/suite.js that need the reference Node; the command itself; and whether
// every mutant still has its place in the code.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'node:test';
import { mutants, planted } from '../tools/mutants.js';
import { run as runLiars } from './liars.js';
import { run as runSequences } from './sequences.js';

// The seed is fixed, so that every run of all tests is the same. The commands draw one.
const seed = process.env.SEED === undefined ? 77 : Number(process.env.SEED);

describe('differential', () => {
  test(`60,000 calls with liars: the same conversions and answers as in Node (SEED=${seed})`, async () => {
    const { failures } = await runLiars({ calls: 60000, seed });
    assert.equal(failures.join('\n'), '');
  });

  test(`150,000 steps on Buffers that alias each other leave the same bytes as Node's (SEED=${seed})`, () => {
    const { failures } = runSequences({ calls: 150000, seed });
    assert.equal(failures.join('\n'), '');
  });
});

describe('literal: the command', () => {
  const command = fileURLToPath(new URL('../tools/suite.js', import.meta.url));
  const bad = [
    [['fuzzy'], 'suite: unknown suite \'fuzzy\', expected one of: fuzz, liars, sequences'],
    [['fuzz', '--calls', 'many'], 'fuzz: --calls must be a whole number from 1 up, not \'many\''],
    [['liars', '--seed', '1.5'], 'liars: --seed must be a 32-bit integer, not \'1.5\''],
    [['sequences', '--only', 'copy'], 'sequences: --only knows no function \'copy\''],
    [['liars', '--node', '/nowhere/node'], 'liars: cannot run /nowhere/node: ENOENT'],
  ];
  for (const [args, message] of bad) {
    test(`${args.join(' ')} is one line and exit code 2`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });
      assert.deepEqual([status, stdout, stderr], [2, '', `${message}\n`]);
    });
  }
});

test('literal: each fault of tools/mutants.js still has its place, once', () => {
  assert.ok(mutants.length > 10);
  for (const mutant of mutants) assert.ok(planted(mutant).includes(mutant.is));
});
