// The published package: its files, whether tools and module systems can use it, and its size in a bundle.
//
// Assumes  npm pack has just written the package to build/.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build as esbuild, transform } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { rolldown } from 'rolldown';
import { build as vite } from 'vite';
import * as modules from '../js/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json')));
const tarball = join(root, 'build', `${manifest.name}-${manifest.version}.tgz`);
const run = promisify(execFile);

// An application that has only the package in its node_modules.
const app = mkdtempSync(join(tmpdir(), 'pagebuf-'));
const installed = join(app, 'node_modules/pagebuf');
mkdirSync(installed, { recursive: true });
execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', installed]);
after(() => rmSync(app, { recursive: true }));

// The files in js/ that a file imports, directly or not.
function reachable(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  const source = readFileSync(join(root, 'js', file), 'utf8');
  const imports = source.matchAll(/^(?:import|export|\}) .*?'\.\/([^']+)';$/gm);
  for (const [, name] of imports) reachable(name, found);
  return found;
}

async function bundle(source) {
  const entry = join(app, 'entry.js');
  writeFileSync(entry, source);
  const build = await rolldown({ input: entry, logLevel: 'silent' });
  const { output } = await build.generate({ minify: true });
  assert.equal(output.length, 1);
  return output[0].code;
}

describe('literal: the package', () => {
  test('holds the modules that can be imported, their types, their CommonJS twins, and nothing else', () => {
    const files = readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(installed.length + 1));
    const imported = [...reachable('index.js'), ...reachable('global.js')];
    const beside = ['index', 'global'].flatMap((name) =>
      ['.d.ts', '.cjs', '.d.cts', '-ts5.6.d.ts', '-ts5.6.d.cts'].map((end) => name + end));
    const expected = new Set(['LICENSE', 'README.md', 'package.json', 'global/package.json',
      ...[...imported, ...beside].map((name) => `js/${name}`)]);
    assert.deepEqual(files.sort(), [...expected].sort());
  });

  test('has no syntax that the least browsers of docs/tools.md lack', async () => {
    const least = /^\| (Chrome|Firefox|Safari)\b.*?\| (\S+) \|/gm;
    const table = readFileSync(join(root, 'docs/tools.md'), 'utf8');
    const target = Array.from(table.matchAll(least), ([, name, version]) => name.toLowerCase() + version);
    assert.equal(target.length, 3);
    for (const name of [...reachable('index.js'), ...reachable('global.js')]) {
      const source = readFileSync(join(root, 'js', name), 'utf8');
      const [written, lowered] = await Promise.all([transform(source), transform(source, { target })]);
      assert.equal(lowered.code, written.code, name);
    }
  });

  test('depends on nothing', () => {
    assert.deepEqual([manifest.dependencies, manifest.peerDependencies, manifest.optionalDependencies],
      [undefined, undefined, undefined]);
  });

  test('publint finds nothing', async () => {
    const packed = readFileSync(tarball);
    const { messages, pkg } = await publint({
      level: 'suggestion',
      pack: { tarball: packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.length) },
      strict: true,
    });
    assert.deepEqual(messages.map((message) => formatMessage(message, pkg, { color: false })), []);
  });

  test('types resolve in every mode of TypeScript', async () => {
    const { stdout } = await run('attw', ['--format', 'ascii', '--no-emoji', tarball]).catch((error) => error);
    assert.match(stdout, /No problems found/);
  });
});

describe('literal: modules', () => {
  const inApp = async (...args) => JSON.parse((await run(process.execPath, args, { cwd: app })).stdout);
  const seen = `[Buffer.from('hi').toString('hex'), pool.locate(Buffer.from('slice')).offset, Object.keys(entry)]`;
  const names = Object.keys(modules).sort();

  test('import: every name', async () => {
    const result = await inApp('--input-type=module', '-e', `
      import * as entry from 'pagebuf';
      const { Buffer, pool } = entry;
      console.log(JSON.stringify(${seen}));`);
    assert.deepEqual(result, ['6869', 8, names]);
  });

  test('require: the same modules as import, so that there is one pool', async () => {
    const result = await inApp('--input-type=module', '-e', `
      import { createRequire } from 'node:module';
      import * as entry from 'pagebuf';
      const { Buffer, pool } = createRequire(process.cwd() + '/')('pagebuf');
      console.log(JSON.stringify([...${seen}, Buffer === entry.Buffer]));`);
    assert.deepEqual(result, ['6869', 8, names, true]);
  });

  test('require in older Nodes and in Jest: every name, and pagebuf/global is of the same pool', async () => {
    const file = (name) => `require('./node_modules/pagebuf/${manifest.exports[name].require.default}')`;
    const result = await inApp('-e', `
      delete globalThis.Buffer;
      ${file('./global')};
      const entry = ${file('.')};
      const { Buffer, pool } = entry;
      console.log(JSON.stringify([...${seen}, globalThis.Buffer === Buffer, entry.default.Buffer === Buffer]));`);
    assert.deepEqual([...result.slice(0, 2), result[2].sort(), ...result.slice(3)], ['6869', 8, names, true, true]);
  });

  test('pagebuf/global gives a Buffer where there is none, and leaves one that is there', async () => {
    for (const [remove, isOurs] of [['delete globalThis.Buffer;', true], ['', false]]) {
      const result = await inApp('--input-type=module', '-e', `
        ${remove}
        await import('pagebuf/global');
        const { Buffer } = await import('pagebuf');
        console.log(globalThis.Buffer === Buffer);`);
      assert.equal(result, isOurs);
    }
  });

  test('bundlers drop what is not used, but for pagebuf/global', async () => {
    assert.equal(await bundle("import { Buffer, pool } from 'pagebuf';"), '');
    assert.match(await bundle("import 'pagebuf/global';"), /globalThis\.Buffer/);
  });

  test('an application that imports isUtf8 alone has no pool, no Buffer and no encodings', async () => {
    const code = await bundle("import { isUtf8 } from 'pagebuf'; globalThis.isUtf8 = isUtf8;");
    const names = ['poolSize', 'copyBytesFrom', 'readUInt8', 'utf16le'];
    assert.deepEqual(names.filter((name) => code.includes(name)), []);
  });
});

describe('literal: what an application gains that imports Buffer, with the pool, the codecs and the wasm', () => {
  const source = "import { Buffer } from 'pagebuf'; globalThis.Buffer = Buffer;";
  const budget = 24000; // bytes, minified and gzipped

  // The usual ways to build: `esbuild entry.js --bundle --minify --format=esm`, and `vite build`.
  const tools = {
    async esbuild(entry) {
      const { outputFiles } = await esbuild({ entryPoints: [entry], bundle: true, minify: true, format: 'esm', write: false });
      return outputFiles.map(({ text }) => text);
    },
    async Vite(entry) {
      const options = { rollupOptions: { input: entry }, write: false };
      const { output } = await vite({ root: app, configFile: false, logLevel: 'silent', build: options });
      return output.map(({ code }) => code);
    },
  };

  for (const [name, build] of Object.entries(tools)) {
    test(`${name}: 24.0 kB at the most, and README.md says how much`, async (context) => {
      const entry = join(app, 'application.js');
      writeFileSync(entry, source);
      const codes = await build(entry);
      assert.equal(codes.length, 1);
      const size = gzipSync(codes[0], { level: 9 }).length;
      context.diagnostic(`${size} bytes of ${budget} in ${basename(tarball)}`);
      assert.ok(size <= budget, `${size} bytes`);
      assert.doesNotMatch(codes[0], /[^\0-\xff]/); // it would take two bytes for each character
      const [, kilobytes] = new RegExp(`(\\d+\\.\\d) kB by ${name}[^|]*\\(`).exec(readFileSync(join(root, 'README.md'), 'utf8'));
      assert.ok(Math.abs(kilobytes * 1000 - size) < 100, `README.md says ${kilobytes} kB, and it is ${size} bytes`);
    });
  }
});
