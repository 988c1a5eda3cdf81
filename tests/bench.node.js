// Tests of the benchmark: what it measures, that it measures nothing that gives a wrong answer, and which
// arguments its command refuses. No test checks how fast anything is.
//
// Assumes     this Node's own Buffer is right. `SEED=n` repeats a run's data.

import assert from 'node:assert/strict';
import * as native from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { answerOf, measure } from '../bench/harness.js';
import { matrix, sizes } from '../bench/matrix.js';
import { kindOf, lostTo, meanAgainst, readResults, writeReports } from '../bench/report.js';
import * as ours from '../js/index.js';
import * as exodusBase64 from '@exodus/bytes/base64.js';
import * as exodusHex from '@exodus/bytes/hex.js';
import * as exodusLatin1 from '@exodus/bytes/single-byte.js';
import * as exodusUtf16 from '@exodus/bytes/utf16.js';
import * as exodusUtf8 from '@exodus/bytes/utf8.js';
import b4a from '../node_modules/b4a/browser.js';
import * as extras from 'uint8array-extras';

const seed = Number(process.env.SEED || Date.now() % 1000000);
const command = fileURLToPath(new URL('../bench/run.js', import.meta.url));
const rows = matrix(seed);
const makeBytes = (size) => new Uint8Array(size);
const platform = {
  name: 'platform', hasOwnApi: true, B: { Buffer: { allocUnsafe: makeBytes, allocUnsafeSlow: makeBytes } },
};

const exodus = { ...exodusBase64, ...exodusHex, ...exodusLatin1, ...exodusUtf16, ...exodusUtf8 };
const libraries = [['@exodus/bytes', exodus, 90], ['uint8array-extras', extras, 95], ['b4a', b4a, 300]];

const operations = [
  'alloc', 'allocUnsafe', 'allocUnsafeSlow', 'from string', 'from array', 'from Uint8Array', 'concat',
  'copyBytesFrom', 'toString', 'write', 'byteLength', 'equals', 'compare', 'indexOf', 'lastIndexOf', 'includes',
  'fill', 'swap16', 'swap32', 'swap64', 'copy', 'subarray', 'isAscii', 'isUtf8', 'toJSON', 'iterate',
  'read number', 'write number',
];

const kinds = [
  ['alloc', ['']],
  ['from string', ['utf8 ascii', 'utf8 latin1', 'utf8 cjk', 'utf8 emoji', 'latin1 random', 'ascii ascii',
    'utf16le cjk', 'hex random', 'base64 random', 'base64url random']],
  ['toString', ['utf8 ascii', 'utf8 latin1', 'utf8 cjk', 'utf8 emoji', 'utf8 random', 'latin1 random',
    'ascii ascii', 'utf16le cjk', 'hex random', 'base64 random', 'base64url random']],
  ['write', ['utf8 ascii', 'utf8 latin1', 'utf8 cjk', 'utf8 emoji', 'latin1 random', 'ascii ascii',
    'utf16le cjk', 'hex random', 'base64 random', 'base64url random']],
  ['concat', ['of 2', 'of 16', 'of 256']],
  ['indexOf', ['byte hit', 'byte miss', 'Buffer', 'string']],
  ['fill', ['byte', 'string']],
  ['copy', ['whole', 'part']],
];

function rowNamed(name) {
  return rows.find((row) => row.name === name);
}

describe('literal: the matrix', () => {
  test('every operation that moves bytes has rows, and nothing else has', () => {
    assert.deepEqual([...new Set(rows.map(({ operation }) => operation))].sort(), [...operations].sort());
  });

  for (const [operation, wanted] of kinds) {
    test(`${operation} has the kinds ${wanted.join(', ')}`, () => {
      const found = new Set(rows.filter((row) => row.operation === operation).map(({ kind }) => kind));
      assert.deepEqual(wanted.filter((kind) => !found.has(kind)), []);
    });
  }

  test('sizes are 8 bytes to 1 MiB, and toString has all of them, pooled below half a slab', () => {
    assert.deepEqual(sizes, [8, 64, 512, 4096, 65536, 1048576]);
    const found = rows.filter(({ name }) => name.startsWith('toString hex'));
    assert.deepEqual(found.map(({ size, storage }) => `${size} ${storage}`), [
      '8 pooled', '8 private', '64 pooled', '64 private', '512 pooled', '512 private', '4096 pooled', '4096 private',
      '65536 private', '1048576 private',
    ]);
  });

  test('allocations are short-lived and kept', () => {
    const found = rows.filter(({ operation }) => operation === 'allocUnsafe');
    assert.deepEqual([...new Set(found.map(({ storage }) => storage))], ['short-lived', 'kept']);
  });

  test('no two cells have the same name', () => {
    assert.equal(new Set(rows.map(({ name }) => name)).size, rows.length);
  });

  test('receivers lie where their cell says', () => {
    for (const storage of ['pooled', 'private']) {
      const { buffers } = rowNamed(`toString hex random 64 ${storage}`).make(ours);
      for (const buffer of buffers) assert.equal(ours.pool.locate(buffer).source === 'private', storage === 'private');
    }
  });
});

describe(`differential: answers, seed ${seed}`, () => {
  for (const operation of operations) {
    test(`${operation} answers as native does in every cell`, () => {
      for (const row of rows.filter((each) => each.operation === operation)) {
        assert.deepEqual(answerOf(row, { B: ours }), answerOf(row, { B: native }), row.name);
      }
    });
  }

  test('where the platform has the same operation, it answers the same', () => {
    let count = 0;
    for (const row of rows.filter((each) => each.size <= 4096 && each.platform)) {
      if (row.platform.needs && !(row.platform.needs in Uint8Array.prototype)) continue;
      assert.equal(answerOf(row, platform).text, answerOf(row, { B: native }).text, row.name);
      count++;
    }
    assert.ok(count > 100);
  });

  test('other libraries of bytes have cells of what they do, and answer as native does', () => {
    const small = rows.filter((row) => row.size <= 512);
    for (const [name, lib, least] of libraries) {
      const rival = { name, lib, hasOwnApi: true, B: platform.B };
      const found = small.filter((row) => row[name]);
      const different = [];
      for (const row of found) {
        if (answerOf(row, rival).text !== answerOf(row, { B: native }).text) different.push(row.name);
      }
      assert.ok(found.length >= least, `${name}: ${found.length} cells`);
      assert.deepEqual(different, [], name);
    }
  });

  test('the same seed makes the same data, another seed other data', () => {
    const name = 'toString utf8 emoji 64 private';
    const textWith = (n) => answerOf(matrix(n).find((row) => row.name === name), { B: native }).text;
    assert.equal(textWith(seed), textWith(seed));
    assert.notEqual(textWith(seed), textWith(seed + 1));
  });
});

describe('literal: the harness', () => {
  const effort = { warm: 1, batch: 0.1, rounds: 2, samples: 2 };
  const row = rowNamed('equals same 64 private');
  // The native Buffer, with one operation replaced.
  const changed = (equals) => ({
    Buffer: {
      allocUnsafeSlow(size) {
        return Object.assign(native.Buffer.allocUnsafeSlow(size), { equals });
      },
    },
  });
  const wrong = changed(() => false);
  const good = { name: 'good', B: native };

  test('a cell has the times of all who answer alike', async () => {
    const { cells, leftOut } = await measure([row], { rivals: [good, { name: 'other', B: ours }], effort });
    assert.deepEqual(Object.keys(cells[0].times), ['good', 'other']);
    for (const time of Object.values(cells[0].times)) assert.ok(time > 0 && time < 1e6);
    assert.deepEqual(leftOut, []);
  });

  test('an answer that is not what is expected stops the run', async () => {
    const expected = { [row.name]: answerOf(row, { B: native }).text };
    await assert.rejects(measure([row], { rivals: [{ name: 'ours', B: wrong }], effort, expected }),
      /equals same 64 private: ours answers boolean false/);
  });

  test('a rival that must agree and does not stops the run', async () => {
    await assert.rejects(measure([row], { rivals: [good, { name: 'native', B: wrong, mustAgree: true }], effort }),
      /equals same 64 private: native answers differently from good/);
  });

  test('any other rival that answers differently or throws is left out and listed', async () => {
    const throwing = changed(() => { throw new Error('no such thing'); });
    const rivals = [good, { name: 'wrong', B: wrong }, { name: 'throwing', B: throwing }];
    const { cells, leftOut } = await measure([row], { rivals, effort });
    assert.deepEqual(Object.keys(cells[0].times), ['good']);
    assert.deepEqual(leftOut, [
      { cell: row.name, rival: 'wrong', reason: 'answers differently' },
      { cell: row.name, rival: 'throwing', reason: 'throws no such thing' },
    ]);
  });
});

describe('literal: the report', () => {
  const cell = (operation, size, times) => ({ name: `${operation} ${size}`, operation, kind: '', size, storage: '', times });
  const cells = [
    cell('fill', 8, { pagebuf: 10, native: 5, 'buffer@6': 20 }),
    cell('fill', 64, { pagebuf: 10, native: 20, 'buffer@6': 80 }),
    cell('swap16', 8, { pagebuf: 10, native: 9 }),
  ];

  test('means are geometric, over the cells that both have', () => {
    assert.equal(meanAgainst(cells.slice(0, 2), 'native').toFixed(6), '1.000000');
    assert.equal(meanAgainst(cells, 'buffer@6').toFixed(6), '4.000000');
    assert.equal(meanAgainst(cells, 'platform'), undefined);
  });

  test('lost cells are those in which the rival takes less time, the worst first', () => {
    assert.deepEqual(lostTo(cells, 'native').map(({ name }) => name), ['fill 8', 'swap16 8']);
    assert.deepEqual(lostTo(cells, 'buffer@6'), []);
  });

  const kinds = [
    [{ pagebuf: 10, native: 9.6 }, 'native', /less than 5 %/],
    [{ pagebuf: 10, platform: 5 }, 'platform', /own method is faster/],
    [{ pagebuf: 10, native: 5 }, 'native', /no method of the engine/],
    [{ pagebuf: 10, native: 5, platform: 9.5 }, 'native', /as long as ours/],
    [{ pagebuf: 10, native: 5, platform: 5.4 }, 'native', /as long as the rival/],
    [{ pagebuf: 10, native: 5, platform: 7 }, 'native', /between the two/],
  ];
  for (const [times, rival, kind] of kinds) {
    test(`a lost cell of ${JSON.stringify(times)} is of the kind ${kind}`, () => {
      assert.match(kindOf({ times }, rival), kind);
    });
  }

  test('a result is written as JSON and SVG, with a page about all that are there', () => {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    try {
      const result = {
        engine: 'engine', version: 'Engine 1', machine: '1 x CPU', date: '2000-01-01', seed: 1, path: 'wasm', cells,
        leftOut: [{ cell: 'swap16 8', rival: 'buffer@6', reason: 'throws so' }],
        codeSize: { bundles: [{ name: 'code', minified: 1000, gzipped: 500 }], wasm: 100 },
      };
      writeReports(folder, [result]);
      assert.deepEqual(readdirSync(folder).sort(), ['README.md', 'engine.json', 'engine.svg']);
      assert.deepEqual(JSON.parse(readFileSync(join(folder, 'engine.json'), 'utf8')), result);
      const lines = readFileSync(join(folder, 'engine.json'), 'utf8').split('\n');
      assert.equal(lines.filter((line) => line.startsWith('{"name"')).length, 2, 'a line for each operation');
      assert.match(readFileSync(join(folder, 'engine.svg'), 'utf8'), /^<svg .*swap16.*<\/svg>\n$/s);
      writeReports(folder, [{ ...result, engine: 'other' }]);
      const markdown = readFileSync(join(folder, 'README.md'), 'utf8');
      for (const text of [
        '| engine | 3 | 0.97 | 4.00 |', '| other | 3 | 0.97 | 4.00 |',
        '| engine | Engine 1 | 1 x CPU | 2000-01-01 | 1 | wasm |',
        '| operation | engine, native | engine, buffer@6 | other, native | other, buffer@6 |',
        '| all | 2 of 3 | 0 of 2 | 2 of 3 | 0 of 2 |', '| swap16 | 1 of 1 |  | 1 of 1 |  |',
        '| 64 | 2.00 | 8.00 | 2.00 | 8.00 |', '- buffer@6: swap16: throws so (1 cell), in engine, other',
        '1,000 bytes minified, 500 gzipped', '![other](other.svg)',
      ]) {
        assert.ok(markdown.includes(text), text);
      }
      const swaps = readResults(folder, /^swap/);
      for (const swap of swaps) assert.deepEqual([swap.cells.length, swap.leftOut.length], [1, 1]);
      assert.equal(swaps.length, 2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('literal: the committed results', () => {
  test('are what the page beside them is rendered from', () => {
    const committed = fileURLToPath(new URL('../docs/bench', import.meta.url));
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    try {
      cpSync(committed, folder, { recursive: true });
      writeReports(folder, []);
      assert.equal(readFileSync(join(folder, 'README.md'), 'utf8'), readFileSync(join(committed, 'README.md'), 'utf8'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('--show prints the cells whose name matches, of the engines that are named', () => {
    const args = [command, '--show', '^swap16 random 64 ', '--engines', 'node26,firefox'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^firefox \(firefox-esr [\d.]+, wasm\) +ns +x buffer@6/m);
    assert.match(stdout, /^node26 \(Node 26[\d.]+, wasm\) +ns +x native +x buffer@6/m);
    assert.equal(stdout.match(/^swap16 random 64 (pooled|private)( +[\d.,]+)+$/mg).length, 4);
    assert.equal(stdout.match(/geometric mean over 2 cells/g).length, 2);
  });
});

describe('literal: arguments', () => {
  const refused = [
    [['--nonsense'], "bench: Unknown option '--nonsense'"],
    [['--only', '('], 'bench: --only: Invalid regular expression: /(/: Unterminated group'],
    [['--only', 'no such cell'], 'bench: --only "no such cell" matches no cell'],
    [['--show', '('], 'bench: --show: Invalid regular expression: /(/: Unterminated group'],
    [['--show', 'no such cell'], 'bench: --show "no such cell" matches no cell'],
    [['--engines', 'netscape'],
      'bench: unknown engine "netscape", expected any of: node20, node26, chromium, firefox'],
    [['--engines', ''], 'bench: unknown engine "", expected any of: node20, node26, chromium, firefox'],
    [['--seed', 'x'], 'bench: --seed must be an integer from 0 to 4294967295, got "x"'],
  ];
  for (const [args, message] of refused) {
    test(`${args.join(' ')}: one line, exit code 2`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });
      assert.deepEqual({ status, stdout, stderr }, { status: 2, stdout: '', stderr: `${message}\n` });
    });
  }
});
