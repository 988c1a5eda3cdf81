// The commands of tools/: which arguments they refuse, and which tests `npm test` and `npm test -- quick`
// run.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { quickTestsOf, stepsOf } from '../tools/run.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const named = (end) => readdirSync(`${root}tests`).filter((name) => name.endsWith(end)).map((name) => `tests/${name}`);

describe('literal: arguments that make no sense are one line and exit code 2', () => {
  const steps = 'any of: lint, build, native, libfuzzer, wasm, vitest, node, apps; or quick first';
  const refused = [
    ['run.js', ['everything'], `run: unknown step 'everything', expected ${steps}`],
    ['run.js', ['lint', 'quick'], `run: unknown step 'quick', expected ${steps}`],
    ['run.js', ['quick', 'nonsense'], "run: no test in tests/ is about 'nonsense'; quick without a word runs all"],
    ['run.js', ['quick', 'pool', '.'], "run: no test in tests/ is about '.'; quick without a word runs all"],
    ['set-up.js', ['everything'], /^set-up: unknown word 'everything', expected any of: build, .*, chromium, .*$/],
    ['build.js', ['all'], "build: unknown word 'all', expected --check or nothing"],
    ['embed.js', ['x.wasm'], /^usage: node tools\/embed\.js KERNELS\.wasm /],
    ['build-page.js', ['x'], "build:page: unexpected argument 'x'"],
    ['record-page.js', ['x'], "record: unexpected argument 'x'"],
    ['record-vectors.js', ['x'], "record:vectors: unexpected argument 'x'"],
    ['reference.js', ['x'], "reference: unknown word 'x', expected --check or nothing"],
    ['recipes.js', ['x'], "recipes: unexpected argument 'x'"],
    ['runtimes.js', ['x'], "runtimes: unexpected argument 'x'"],
    ['conformance.js', [], 'conformance: --node-src DIR is missing: a source tree of Node'],
    ['libfuzzer.js', ['--seconds', '0'], "libfuzzer: --seconds must be a whole number from 1 up, not '0'"],
    ['mutants.js', ['--only', 'x'], "mutants: --only knows no mutant 'x'"],
  ];
  for (const [tool, args, message] of refused) {
    test(`${tool} ${args.join(' ')}`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [`${root}tools/${tool}`, ...args], { encoding: 'utf8' });
      assert.deepEqual([status, stdout, stderr.split('\n').length], [2, '', 2]);
      if (typeof message === 'string') assert.equal(stderr, `${message}\n`);
      else assert.match(stderr.trimEnd(), message);
    });
  }
});

describe('literal: which tests run', () => {
  test('without a word every step but apps, each with all of its files', () => {
    const chosen = stepsOf([]);
    assert.deepEqual(chosen.map(([name]) => name), ['lint', 'build', 'native', 'libfuzzer', 'wasm', 'vitest', 'node']);
    const commands = chosen.flatMap(([, step]) => step.commands());
    const node = commands.find((command) => command.includes('--test'));
    assert.deepEqual(node.filter((word) => word.endsWith('.node.js')), named('.node.js').sort());
    const vitest = commands.find(([command]) => command === 'vitest');
    assert.ok(!vitest.includes('--project') && !vitest.some((word) => word.endsWith('.test.js')));
  });

  test('steps run in the order of the table', () => {
    assert.deepEqual(stepsOf(['apps', 'vitest', 'lint']).map(([name]) => name), ['lint', 'vitest', 'apps']);
  });

  test('quick runs all C tests, all files of Vitest, and some of node:test', () => {
    const { native, vitest, node } = quickTestsOf([]);
    assert.deepEqual(native.sort(), named('.test.c').sort());
    assert.deepEqual(vitest.sort(), named('.test.js').sort());
    assert.ok(node.length >= 5 && node.every((file) => named('.node.js').includes(file)));
  });

  const pool = { native: ['tests/pool.test.c'], vitest: ['tests/pool.test.js'], node: [] };
  const words = [
    [['pool'], pool],
    [['js/pool.js'], pool],
    [['./tests/pool.test.js'], pool],
    [['tests/page.node.js'], { native: [], vitest: [], node: ['tests/page.node.js'] }],
    [['js/bytes.js', 'src/kernels.h'], { native: ['tests/kernels.test.c'], vitest: ['tests/bytes.test.js'], node: [] }],
  ];
  for (const [args, tests] of words) {
    test(`quick ${args.join(' ')} runs what is about it`, () => assert.deepEqual(quickTestsOf(args), tests));
  }
});
