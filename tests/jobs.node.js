// Tests of the jobs of real packages (bench/apps/): every job exists; libraries that do not give the same
// answers are not timed; profiles are read correctly; the command refuses bad arguments. No test checks how
// fast anything is.
//
// Assumes     Node 26, and the packages of bench/apps/, which are installed when they are missing.
//             `SEED=n` repeats a run's data.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundle, libraries } from '../bench/apps/bundle.js';
import { Data } from '../bench/apps/data.js';
import { jobs } from '../bench/apps/jobs.js';
import { ceilingOf, filesOf, readGecko, readV8, sumOf, textOfProfile } from '../bench/apps/profile.js';
import { lostOf, meanOf, writeReports } from '../bench/apps/report.js';
import { inNode, install, librariesInNode } from '../bench/apps/run.js';
import { nodeBinary } from '../compare/node.js';

const seed = Number(process.env.SEED || Date.now() % 1000000);
const command = fileURLToPath(new URL('../bench/apps/run.js', import.meta.url));
const effort = { warm: 5, batch: 1, rounds: 2, samples: 2, retries: 0, wide: 1 };
const folder = mkdtempSync(join(tmpdir(), 'jobs-'));
const jobNamed = (name) => jobs.find((job) => job.name === name);
let binary;

before(async () => {
  await install();
  binary = await nodeBinary(26);
});
after(() => rmSync(folder, { recursive: true }));

// A library that is only one job: a function that returns its answer.
function libraryOf(name, source, mustAgree) {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, `export const job = () => ${source};`);
  return { name, url: pathToFileURL(file).href, mustAgree };
}

const measure = (given) => inNode(binary, 'measure', { job: 'job', seed, effort, libraries: given });

describe('literal: the jobs', () => {
  test('they are of at least 25 packages, and no two have the same name', () => {
    assert.ok(new Set(jobs.map((job) => job.package)).size >= 25);
    assert.equal(new Set(jobs.map(({ name }) => name)).size, jobs.length);
  });

  test('the files have the jobs that the table names, and no other', () => {
    const sources = fileURLToPath(new URL('../bench/apps/jobs/', import.meta.url));
    const exported = readdirSync(sources).flatMap((file) => {
      const text = readFileSync(join(sources, file), 'utf8');
      return [...text.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)]
        .map(([, job]) => `${file.replace(/\.js$/, '')} ${job}`);
    });
    assert.deepEqual(jobs.map(({ file, job }) => `${file} ${job}`).sort(), exported.sort());
  });
});

describe(`differential: answers, seed ${seed}`, () => {
  for (const name of ['dns-packet encode', 'bl text']) {
    test(`${name} answers alike with ours, native and buffer@6, and is timed with each`, async () => {
      const job = jobNamed(name);
      const code = { [job.file]: {} };
      for (const library of Object.keys(libraries)) code[job.file][library] = await bundle(job.file, library);
      const given = librariesInNode(job, ['pagebuf', 'native', 'buffer@6'], code, folder);
      const { leftOut, times, ratios } = await inNode(binary, 'measure', { job: job.job, seed, effort, libraries: given });
      assert.deepEqual(leftOut, []);
      assert.deepEqual(Object.keys(times), ['pagebuf', 'native', 'buffer@6']);
      for (const time of Object.values(times)) assert.ok(time > 0 && time < 1e9);
      assert.deepEqual(Object.keys(ratios), ['native', 'buffer@6']);
    });
  }

  test('the same seed makes the same data, another seed other data', () => {
    const drawn = (n) => [new Data(n).text(50), new Data(n).bytes(20), new Data(n).hex(8)];
    assert.deepEqual(drawn(seed), drawn(seed));
    assert.notDeepEqual(drawn(seed), drawn(seed + 1));
  });
});

describe('literal: how a job is measured', () => {
  const right = libraryOf('right', '(i) => [i, { a: new Uint8Array([1, 2]), b: 2n }, "x"]', true);
  const asynchronous = libraryOf('asynchronous', 'async (i) => [i, { b: 2n, a: new Uint8Array([1, 2]) }, "x"]', true);
  const wrong = '(i) => [i, { a: new Uint8Array([1, i === 3 ? 3 : 2]), b: 2n }, "x"]';

  test('what is answered later is compared and timed, too', async () => {
    const { leftOut, times } = await measure([right, asynchronous]);
    assert.deepEqual(leftOut, []);
    assert.deepEqual(Object.keys(times), ['right', 'asynchronous']);
  });

  test('one that answers differently for one input is listed and not timed', async () => {
    const { answer, leftOut, times } = await measure([right, libraryOf('wrong', wrong, false)]);
    assert.equal(leftOut.length, 1);
    assert.deepEqual([leftOut[0].rival, leftOut[0].isWrong], ['wrong', false]);
    assert.match(leftOut[0].reason, new RegExp(`^answers [0-9a-f]+ \\d+, expected ${answer}$`));
    assert.deepEqual(Object.keys(times), ['right']);
  });

  test('nothing is timed when one that must agree answers differently', async () => {
    const { leftOut, times } = await measure([right, libraryOf('wrong', wrong, true)]);
    assert.deepEqual([leftOut[0].rival, leftOut[0].isWrong], ['wrong', true]);
    assert.equal(times, undefined);
  });

  test('nothing is timed when ours does not answer what is expected', async () => {
    const { leftOut, times } = await inNode(binary, 'measure',
      { job: 'job', seed, effort, libraries: [right], expected: 'something else' });
    assert.deepEqual([leftOut[0].rival, leftOut[0].isWrong, times], ['right', true, undefined]);
  });

  test('one that throws is listed with what it says', async () => {
    const throwing = libraryOf('throwing', '() => { throw new Error("no such thing"); }', false);
    const { leftOut } = await measure([right, throwing]);
    assert.deepEqual(leftOut, [{ rival: 'throwing', reason: 'throws no such thing', isWrong: false }]);
  });

  test('a process that ends on the way is an error, and a long answer is no such end', async () => {
    await assert.rejects(measure([libraryOf('ending', '() => process.exit(0)', true)]), /ended without an answer/);
    const spinning = { job: 'job', seed, libraries: [right], milliseconds: 100, interval: 50 };
    const { samples } = await inNode(binary, 'profile', spinning);
    assert.ok(samples.length > 100, `${samples.length} samples`);
  });

  test('memory is the bytes that a job allocates, on the heap and beside it', async () => {
    const make = libraryOf('make', '() => new Uint8Array(10000)', true);
    const { bytes, resident } = await inNode(binary, 'memory', { job: 'job', seed, count: 10, libraries: [make] });
    assert.ok(bytes >= 10000 && bytes < 11000, `${bytes} bytes`);
    assert.ok(resident > 2e7 && resident < 1e9, `${resident} resident`);
  });
});

describe('literal: profiles', () => {
  const files = filesOf(['// ../../js/pool.js', 'function take() {', '}', '// jobs/x.js', '// take care', 'function job() {'].join('\n'));

  test('the lines of js/ are ours, until the next file', () => {
    assert.deepEqual(files, ['pool.js', 'pool.js', 'pool.js', undefined, undefined, undefined]);
  });

  const node = (id, functionName, url, lineNumber, children = []) => ({ id, callFrame: { functionName, url,
    lineNumber }, children });
  const v8 = {
    nodes: [
      node(1, '(root)', '', -1, [2, 5, 6]), node(2, 'job', 'file:///x.mjs', 5, [3]), node(3, 'take$1', 'file:///x.mjs', 1, [4]),
      node(4, 'set', '', -1), node(5, '(garbage collector)', '', -1), node(6, '(idle)', '', -1, []),
    ],
    samples: [2, 3, 4, 5, 6],
    timeDeltas: [10, 20, 30, 40, 1000],
  };

  test('V8: what the engine does for a function of ours is its time; collecting is nobody\'s; idle is nothing', () => {
    assert.deepEqual(readV8(v8, files, 'x.mjs'), { total: 100, collecting: 40, ours: { 'take pool.js': 50 } });
  });

  test('Gecko: the same, of the samples in which the job is', () => {
    const strings = ['job (http://host/x.mjs:6:1)', 'init_pool</take< (http://host/x.mjs:2:10)', 'set', 'other (http://host/y.js:1:1)'];
    const gecko = { threads: [], processes: [{ threads: [{
      stringTable: strings,
      frameTable: { schema: { location: 0 }, data: [[0], [1], [2], [3]] },
      stackTable: { schema: { prefix: 0, frame: 1 }, data: [[null, 0], [0, 1], [1, 2], [null, 3]] },
      samples: { schema: { stack: 0 }, data: [[0], [1], [2], [3], [null]] },
    }] }] };
    assert.deepEqual(readGecko(gecko, files, 'x.mjs'), { total: 3000, collecting: 0, ours: { 'take pool.js': 2000 } });
  });

  test('the ceiling is the ratio with none of our time in it', () => {
    assert.equal(ceilingOf(1.5, { total: 100, collecting: 40, ours: { 'take pool.js': 30, 'from buffer.js': 20 } }), 3);
  });

  test('jobs count alike in a sum, and the text has functions and ceilings', () => {
    const sum = sumOf([{ total: 10, collecting: 0, ours: { a: 5 } }, { total: 1000, collecting: 100,
      ours: { a: 250 } }]);
    assert.deepEqual(sum, { total: 2, collecting: 0.1, ours: { a: 0.75 } });
    assert.equal(textOfProfile('x', sum, { native: { ratio: 0.5 } }),
      'x: ours 37.5 %; collecting 5.0 %; 0.50 x native, ceiling 0.80\n   37.5 %  a');
  });
});

describe('literal: the report', () => {
  const job = (name, ratios) => ({ name, leftOut: [], times: { pagebuf: 1000 }, ratios, rounds: 3 });
  const entry = (ratio) => ({ ratio, spread: 0.02 });
  const found = [
    job('bl text', { 'buffer@6': entry(2), native: entry(0.5) }),
    job('bl consume', { 'buffer@6': entry(8), native: entry(2) }),
    { name: 'ws send', leftOut: [{ rival: 'native', reason: 'answers otherwise', isWrong: true }] },
    job('rlp both', { 'buffer@6': entry(0.9) }),
  ];

  test('means are geometric, over what was timed', () => {
    assert.equal(meanOf(found.slice(0, 2), 'buffer@6'), 4);
    assert.equal(meanOf(found, 'native'), 1);
    assert.equal(meanOf(found, 'nobody'), undefined);
  });

  test('lost are the jobs below 0.98', () => assert.deepEqual(lostOf(found).map(({ name }) => name), ['rlp both']));

  test('a run is written as data, page and picture, and as README\'s figures, and leaves other engines\' runs', () => {
    const readme = join(folder, 'README.md');
    const mark = '<!-- npm run bench:apps -->\nold\n<!-- end of bench:apps -->\n';
    writeFileSync(readme, `before\n${mark}after\n`);
    const about = { version: 'Engine 1', machine: '1 x CPU', date: '2000-01-01', seed: 1 };
    writeReports(folder, readme, [{ engine: 'node26', ...about, jobs: found }], jobs);
    writeReports(folder, readme, [{ engine: 'chromium', ...about, jobs: found.slice(3) }], jobs);
    const markdown = readFileSync(join(folder, 'apps.md'), 'utf8');
    for (const text of ['| Node 26 | 3 | 2.43 | 1 | 1.00 |', '| Chromium | 1 | 0.90 | 1 |  |',
      '- Node 26: wrong: ws send: native answers otherwise', '- Node 26: rlp both, 0.90 ± 1 %',
      '| bl text | 32 strings joined, searched and read |  | 2.00 ± 1 % | 0.50 ± 1 % |']) {
      assert.ok(markdown.includes(text), text);
    }
    assert.deepEqual(JSON.parse(readFileSync(join(folder, 'apps.json'), 'utf8'))[1].jobs, found);
    assert.match(readFileSync(join(folder, 'apps.svg'), 'utf8'), /^<svg .*bl consume.*<\/svg>\n$/s);
    const text = readFileSync(readme, 'utf8');
    assert.match(text, /^before\n<!-- npm run bench:apps -->\n\| speed, \d+ jobs of \d+ packages \|/);
    assert.ok(text.endsWith('| against `buffer@6` | 0.90 | 2.43 |\n| against native Buffer |  | 1.00 |\n' +
      '<!-- end of bench:apps -->\nafter\n'), text);
    writeFileSync(readme, 'no marks\n');
    assert.throws(() => writeReports(folder, readme, [], jobs), /README has no lines between/);
  });
});

describe('literal: arguments', () => {
  const engines = 'chromium, firefox, node26';
  const refused = [
    [['--nonsense'], `Unknown option '--nonsense'`],
    [['--only', '('], '--only: Invalid regular expression: /(/: Unterminated group'],
    [['--only', 'no such job'], '--only "no such job" matches no job'],
    [['--profile', 'no such job'], '--profile "no such job" matches no job'],
    [['--only', 'a', '--profile', 'b'], '--only and --profile both choose jobs: give one'],
    [['--engines', 'netscape'], `unknown engine "netscape", expected any of: ${engines}`],
    [['--engines', ''], `unknown engine "", expected any of: ${engines}`],
    [['--seed', 'x'], '--seed must be an integer from 0 to 4294967295, got "x"'],
  ];
  for (const [args, message] of refused) {
    test(`${args.join(' ')}: one line, exit code 2`, () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });
      assert.deepEqual({ status, stdout, stderr }, { status: 2, stdout: '', stderr: `bench:apps: ${message}\n` });
    });
  }
});
