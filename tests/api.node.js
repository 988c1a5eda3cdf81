// All of node:buffer, compared with the Node that runs this: which names there are, and what calls answer.
//
// Assumes  Node 26, the reference. SEED in the environment repeats a run.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import nodeModule from 'node:buffer';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import ourModule, * as names from '../js/index.js';
import { answerAnywhere, revived } from './calls.js';
import { rows, run, sides } from './fuzz.js';

const calls = 20000;

process.noDeprecation = true; // Buffer() is called here, too

// The names that only Node has, or only ours, each with its reason. docs/differences.md has the same list.
const exceptions = {
  Buffer: {
    missing: ['Symbol(kIsEncodingSymbol)'], // not registered: only Node itself can name it
    added: [],
  },
  'Buffer.prototype': {
    missing: [],
    // isBuffer() recognises other copies by the first, isUint8Array() of js/views.js ours by the second.
    added: ['Symbol(pagebuf.isBuffer)', 'Symbol(pagebuf.linkable)'],
  },
  'the module object': {
    missing: [],
    added: ['SlowBuffer', 'pool'], // Node had the first before 25; the second is an extension
  },
};
// These belong to the platform: the tests check only that they are there.
const platforms = new Set(['Blob', 'File']);

const pairs = [
  ['Buffer', nodeModule.Buffer, ourModule.Buffer],
  ['Buffer.prototype', nodeModule.Buffer.prototype, ourModule.Buffer.prototype],
  ['the class of Buffers', nodeModule.Buffer[Symbol.species], ourModule.Buffer[Symbol.species]],
  ['the module object', nodeModule, ourModule],
  ['constants', nodeModule.constants, ourModule.constants],
];

function keysOf(object) {
  return Reflect.ownKeys(object).map(String);
}

function describedProperty(object, key) {
  const { value, get, set, ...flags } = Object.getOwnPropertyDescriptor(object, key);
  const functions = [value, get, set].filter((part) => typeof part === 'function');
  return {
    ...flags,
    kinds: [typeof value, typeof get, typeof set],
    functions: platforms.has(key) ? [] : functions.map((part) =>
      ({ name: part.name, length: part.length, keys: keysOf(part).filter(isCommon) })),
    value: typeof value === 'number' || typeof value === 'string' ? value : undefined,
  };
}

function isNotIn(list) {
  return (key) => !list.includes(key);
}

function isCommon(key) {
  return !exceptions.Buffer.missing.includes(key);
}

for (const [name, theirs, ours] of pairs) {
  const { missing, added } = exceptions[name] || { missing: [], added: [] };

  test(`${name} has Node's own keys, in Node's order, but for the listed ones`, () => {
    const [expected, actual] = [keysOf(theirs), keysOf(ours)];
    assert.deepEqual(actual.filter(isNotIn(added)), expected.filter(isNotIn(missing)));
    for (const key of added) assert.ok(actual.includes(key), key);
    for (const key of missing) assert.ok(expected.includes(key), key);
  });

  test(`properties of ${name} have Node's flags, names and lengths`, () => {
    for (const key of Reflect.ownKeys(theirs)) {
      if (missing.includes(String(key))) continue;
      assert.deepEqual(describedProperty(ours, key), describedProperty(theirs, key), String(key));
    }
  });
}

test('aliases are the same function where they are in Node', () => {
  const theirs = nodeModule.Buffer.prototype;
  const ours = ourModule.Buffer.prototype;
  const keys = Reflect.ownKeys(theirs).filter((key) => !['parent', 'offset'].includes(key));
  for (const a of keys) {
    for (const b of keys) assert.equal(ours[a] === ours[b], theirs[a] === theirs[b], `${String(a)} and ${String(b)}`);
  }
});

test('every name of the module object is a named export', () => {
  for (const name of Object.keys(ourModule)) assert.equal(names[name], ourModule[name], name);
});

test('INSPECT_MAX_BYTES takes and refuses what Node\'s takes and refuses, and stays what it was', () => {
  const outcomeOf = (module, value) => {
    try {
      module.INSPECT_MAX_BYTES = value;
      return module.INSPECT_MAX_BYTES;
    } catch ({ name, code, message }) {
      return { name, code, message, after: module.INSPECT_MAX_BYTES };
    }
  };
  for (const value of [0, 2.5, Infinity, 50, -1, -0.5, NaN, -Infinity, '5', undefined, null, 1n, {}]) {
    assert.deepEqual(outcomeOf(ourModule, value), outcomeOf(nodeModule, value));
  }
  assert.equal(outcomeOf(ourModule, 50), outcomeOf(nodeModule, 50));
});

// Calls `use` with the Buffer of a second copy of the library.
async function withCopy(use) {
  const folder = mkdtempSync(join(tmpdir(), 'pagebuf-'));
  try {
    cpSync(fileURLToPath(new URL('../js', import.meta.url)), join(folder, 'js'), { recursive: true });
    cpSync(fileURLToPath(new URL('../package.json', import.meta.url)), join(folder, 'package.json'));
    const { Buffer } = await import(pathToFileURL(join(folder, 'js/index.js')).href);
    use(Buffer);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('V8 keeps the properties of Buffer fast, as those of Node\'s Buffer, and those of a second copy', async () => {
  setFlagsFromString('--allow-natives-syntax');
  const isFast = new Function('object', 'return %HasFastProperties(object);');
  assert.equal(isFast(nodeModule.Buffer), true);
  assert.equal(isFast(ourModule.Buffer), true);
  await withCopy((Other) => assert.equal(isFast(Other), true));
});

test('isBuffer() knows the Buffers of another copy, which are no instances', () => withCopy((Other) => {
  const { Buffer: Ours } = ourModule;
  assert.equal(Other.from('abc') instanceof Ours, false);
  assert.equal(Ours.isBuffer(Other.from('abc')), true);
  assert.equal(Other.isBuffer(Ours.from('abc')), true);
  assert.equal(Ours.isBuffer(nodeModule.Buffer.from('abc')), false);
  assert.equal(Ours.isBuffer(new Uint8Array(3)), false);
  assert.equal(Ours.compare(Other.from('abc'), Ours.from('abc')), 0);
  assert.equal(Ours.concat([Other.from('abc'), Ours.from('d')]).toString(), 'abcd');
}));

// What a process prints when code in a file of that name calls Buffer() twice.
function warningsOf(specifier, name) {
  const script = `import vm from 'node:vm';
    import { Buffer } from ${JSON.stringify(specifier)};
    process.on('warning', ({ name, code, message }) => console.log(name, code, message));
    const call = vm.runInThisContext('(Buffer) => [Buffer(1), new Buffer(1)]', { filename: ${JSON.stringify(name)} });
    call(Buffer);`;
  return execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], { encoding: 'utf8' });
}

test('Buffer() emits the warnings that it does in Node', () => {
  const ours = new URL('../js/index.js', import.meta.url).href;
  const [none, one] = ['/node_modules/a/b.js', '/a.js'].map((name) => warningsOf(ours, name));
  assert.equal(none, '');
  assert.match(one, /^DeprecationWarning DEP0005 .*\n$/);
  for (const name of ['/a.js', '/node_modules/a/b.js', 'c:\\node_modules\\b.js', '/node_modules', 'node_modules/b.js']) {
    assert.equal(warningsOf(ours, name), warningsOf('node:buffer', name), name);
  }
});

const seed = process.env.SEED === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env.SEED);

test(`${calls} calls with any arguments answer as Node's (SEED=${seed})`, () => {
  const { failures } = run({ calls, seed });
  assert.equal(failures.join('\n'), '');
});

// Lengths around those from which on a string gets private memory, or is encoded in another way.
const longTexts = {
  ascii: (length) => 'abcdefg'.repeat(length / 7 + 1).slice(0, length),
  'ascii but for the end': (length) => `${'abcdefg'.repeat(length / 7 + 1).slice(0, length - 1)}é`,
  latin1: (length) => 'abcdéfg'.repeat(length / 7 + 1).slice(0, length),
  cjk: (length) => '漢字'.repeat(length / 2 + 1).slice(0, length),
  'pairs and halves': (length) => '😀😀\ud83d'.repeat(length / 5 + 1).slice(0, length),
};
for (const [kind, textOf] of Object.entries(longTexts)) {
  for (const encoding of ['utf8', 'utf16le', 'latin1', 'hex', 'base64']) {
    test(`Buffer.from() of long texts as ${encoding}: ${kind}`, () => {
      for (const length of [4096, 8191, 8192, 10922, 10923, 16384, 32767, 32768, 87381, 87382, 300000]) {
        const text = textOf(length);
        const [theirs, ours] = [nodeModule, ourModule].map(({ Buffer }) => Buffer.from(text, encoding));
        assert.ok(theirs.equals(ours), `${length} characters`);
        const [isTheirs, isOurs] = [theirs, ours].map(({ buffer, length: own }) => buffer.byteLength === own);
        assert.equal(isOurs, isTheirs, `${length} characters: memory of their own`);
      }
    });
  }
}

// `npm run record:vectors` writes the file again.
test('tests/vectors.json has calls of every function, and what this Node answers', () => {
  const { functions } = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8'));
  assert.deepEqual(functions.map(({ on, name }) => [on, name]), rows.map(({ on, name }) => [on, name]));
  for (const { on, name, calls } of functions) {
    assert.ok(calls.length > 0, name);
    for (const { target, args, ...expected } of calls.map(revived)) {
      assert.deepEqual(answerAnywhere({ on, name }, { target, args }, sides[0]), expected, `${on} ${name}`);
    }
  }
});
