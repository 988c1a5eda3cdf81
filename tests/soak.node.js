// A short soak: which memory the storage keeps, copies and allocates. No test checks how fast anything is,
// unless it could be a thousand times as slow.
//
// Assumes  bench/soak.js measures. Its full run is a command of its own.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { measure } from '../bench/soak.js';

const command = fileURLToPath(new URL('../bench/soak.js', import.meta.url));
const MiB = 2 ** 20;

// Engine, part, and sizes.
const cases = [
  ['node', 'resident', { loads: [{ gigabytes: 2, every: 500, most: 1e6 }] }],
  ['node', 'survivors', {}],
  ['chromium', 'survivors', {}],
  ['chromium', 'puts', { bytes: 64 * MiB }],
  ['firefox', 'puts', { bytes: 64 * MiB }],
  ['chromium', 'others', {
    loads: [{ what: '64 MiB live', live: 64 * MiB }, { what: '1 GB in one task', churned: 1e9, inOneTask: true }],
  }],
  ['chromium', 'workers', {}],
];

describe('literal: bars are met', () => {
  for (const [engine, part, sizes] of cases) {
    test(`${engine}: ${part}`, async (context) => {
      const rows = await measure(engine, part, { ...sizes, isAlone: true });
      assert.ok(rows.length > 0);
      for (const { what, ours, most, least, note = '', isMet } of rows) {
        context.diagnostic(`${what}: ${ours} (${note})`);
        assert.ok(isMet, `${what}: ${ours}, ${most === undefined ? `at least ${least}` : `at most ${most}`} (${note})`);
      }
    });
  }
});

describe('literal: with a few survivors', () => {
  for (const engine of ['chromium', 'firefox']) {
    test(`${engine}: most of the memory that was allocated is not resident`, async () => {
      const loads = [{ gigabytes: 1, every: 2000, most: 1e6 }];
      const [{ ours }] = await measure(engine, 'resident', { loads, isAlone: true });
      assert.ok(ours < 400 * MiB, `${ours} bytes`);
    });
  }

  test('chromium: a clone copies one slab, whatever is live', async () => {
    const rows = await measure('chromium', 'post', { bytes: 64 * MiB, isAlone: true });
    const { isMet, ours } = rows.find(({ unit }) => unit === 'bytes');
    assert.ok(isMet, `${ours} bytes`);
  });
});

describe('literal: all memories of the process are taken by others', () => {
  for (const engine of ['chromium', 'firefox']) {
    test(`${engine}: import works, and no memory is requested again and again`, async () => {
      const rows = await measure(engine, 'taken', { bytes: 64e6, rounds: 2 });
      assert.equal(rows.length, 2);
      for (const { what, ours, note } of rows) assert.ok(ours > 0.1, `${what}: ${ours} (${note})`);
    });
  }
});

describe('literal: arguments', () => {
  const refused = [
    [['--nonsense'], "soak: Unknown option '--nonsense'"],
    [['netscape'], 'soak: unknown word "netscape", expected any of: node, chromium, firefox, resident, survivors, ' +
      'sync, post, puts, others, workers, taken, steady'],
    [['node', 'puts'], 'soak: nothing is measured of: node, puts'],
    [['--write', 'node'], 'soak: --write takes all engines and parts'],
  ];
  for (const [args, message] of refused) {
    test(`${args.join(' ')}: one line, exit code 2`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });
      assert.deepEqual({ status, stdout, stderr }, { status: 2, stdout: '', stderr: `${message}\n` });
    });
  }
});
