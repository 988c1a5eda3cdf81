// Tests that need a page or a process of their own: policies that refuse compiled code, an engine that
// refuses every memory or has none, two copies of the package on one page, a heap snapshot, and workers of
// Node.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { chromium, firefox } from 'playwright';
import { commandPath } from '../compare/command.js';

const js = fileURLToPath(new URL('../js/', import.meta.url));

// /first/ and /second/ are two copies of the package. The query of the page chooses its policy.
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const file = /^\/(?:first|second)\/([a-z.]+\.js)$/.exec(pathname);
  if (file) {
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(js + file[1]));
    return;
  }
  const headers = { 'content-type': 'text/html' };
  if (searchParams.has('csp')) headers['content-security-policy'] = searchParams.get('csp');
  response.writeHead(200, headers).end('<!doctype html><title>pagebuf</title>');
});

let origin;
const browsers = new Map();

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${server.address().port}`;
  browsers.set('chromium',
    await chromium.launch({ executablePath: commandPath('chromium'), args: ['--no-sandbox', '--js-flags=--expose-gc'] }));
  browsers.set('firefox',
    await firefox.launch({ executablePath: commandPath('firefox-esr'), channel: 'moz-firefox' }));
});

after(async () => {
  for (const browser of browsers.values()) await browser.close();
  server.close();
});

// Opens a page and runs `script` before anything else there. Then runs `run` on the page, which can use
// nothing from outside.
async function onPage(name, { csp, script }, run) {
  const page = await browsers.get(name).newPage();
  try {
    if (script) await page.addInitScript(script);
    await page.goto(csp ? `${origin}/?csp=${encodeURIComponent(csp)}` : `${origin}/`);
    return await page.evaluate(run);
  } finally {
    await page.close();
  }
}

// Runs on the page: uses a bit of everything, and returns what happened.
async function useBuffers() {
  const { Buffer, pool } = await import('/first/index.js');
  const made = [Buffer.from('text'), Buffer.allocUnsafe(5).fill(1), Buffer.from([1, 2, 3]),
    Buffer.concat([new Uint8Array(3), new Uint8Array(9)]), Buffer.alloc(3, 'ab'), Buffer.from('6869', 'hex')];
  for (let i = 0; i < 5000; i++) Buffer.allocUnsafe(100);
  const { path, source, refusedMemories, slabsOpened } = pool.inspect();
  return {
    path, source, refusedMemories, slabsOpened,
    hex: made.map((buffer) => buffer.toString('hex')),
    places: made.map((buffer) => pool.locate(buffer)).map(({ source, offset }) => `${source} ${offset}`),
    classes: new Set(made.map((buffer) => Object.prototype.toString.call(buffer.buffer))).size,
  };
}

const hex = ['74657874', '0101010101', '010203', '000000000000000000000000', '616261', '6869'];
const places = (source) => [0, 8, 16, 24, undefined, 40].map((offset) =>
  `${offset === undefined ? 'private' : source} ${offset}`);
const slabsOpened = 8; // 48 bytes and 5,000 times 104, 65,536 bytes a slab

for (const name of ['chromium', 'firefox']) {
  describe(`literal: ${name}`, () => {
    test('a page without a policy compiles', async () => {
      const { refusedMemories, ...rest } = await onPage(name, {}, useBuffers);
      assert.deepEqual(rest, { path: 'wasm', source: 'auto', slabsOpened, hex, places: places('linear'), classes: 1 });
      assert.equal(refusedMemories, 0);
    });

    const policies = ["script-src 'self'", "default-src 'self'"];
    for (const csp of policies) {
      test(`${csp} refuses compiled code: everything works, and slabs still lie in linear memory`, async () => {
        assert.deepEqual(await onPage(name, { csp }, useBuffers),
          { path: 'plain', source: 'auto', refusedMemories: 0, slabsOpened, hex, places: places('linear'), classes: 1 });
      });
    }

    test("script-src 'self' 'wasm-unsafe-eval' compiles", async () => {
      const { path } = await onPage(name, { csp: "script-src 'self' 'wasm-unsafe-eval'" }, useBuffers);
      assert.equal(path, 'wasm');
    });

    const refusals = ['new RangeError(\'no memory\')', '\'out of memory\'', 'undefined'];
    for (const refusal of refusals) {
      test(`an engine that refuses every memory with ${refusal}: heap slabs, and a ledger that says so`, async () => {
        const script = `WebAssembly.Memory = class { constructor() { throw ${refusal}; } };`;
        assert.deepEqual(await onPage(name, { script }, useBuffers),
          { path: 'plain', source: 'auto', refusedMemories: 1, slabsOpened, hex, places: places('heap'), classes: 1 });
      });
    }

    test('an imported library holds no memory before a small Buffer or a kernel needs it', async () => {
      const script = `{
        const { Memory } = WebAssembly;
        globalThis.memories = 0;
        WebAssembly.Memory = function (descriptor) { globalThis.memories++; return new Memory(descriptor); };
      }`;
      assert.deepEqual(await onPage(name, { script }, async () => {
        const { Buffer } = await import('/first/index.js');
        const idle = globalThis.memories;
        Buffer.alloc(100);
        Buffer.from('small');
        const first = globalThis.memories;
        Buffer.from('as long as a kernel wants its strings');
        return [idle, first, globalThis.memories];
      }), [0, 1, 2]);
    });

    test('alloc() opens no slab', async () => {
      assert.equal(await onPage(name, {}, async () => {
        const { Buffer, pool } = await import('/first/index.js');
        Buffer.alloc(100);
        return pool.inspect().current;
      }), null);
    });

    test('an engine without WebAssembly: heap slabs, placed as ever', async () => {
      assert.deepEqual(await onPage(name, { script: 'delete globalThis.WebAssembly;' }, useBuffers),
        { path: 'plain', source: 'heap', refusedMemories: 0, slabsOpened, hex, places: places('heap'), classes: 1 });
    });

    test('two copies of the package on one page: two pools, and Buffers go to and fro', async () => {
      const result = await onPage(name, {}, async () => {
        const one = await import('/first/index.js');
        const two = await import('/second/index.js');
        const a = one.Buffer.from('one');
        const b = two.Buffer.from('two');
        return {
          areTwo: one.Buffer !== two.Buffer && a.buffer !== b.buffer,
          places: [one.pool.locate(a), two.pool.locate(b), one.pool.locate(b)].map(({ source }) => source),
          concat: [one.Buffer.concat([a, b]).toString(), two.Buffer.concat([a, b]).toString()],
          from: two.Buffer.from(a).toString(),
          equals: [a.equals(two.Buffer.from('one')), b.equals(a)],
          slabs: [one.pool.inspect().slabsOpened, two.pool.inspect().slabsOpened],
        };
      });
      assert.deepEqual(result, {
        areTwo: true, places: ['linear', 'linear', 'private'], concat: ['onetwo', 'onetwo'], from: 'one',
        equals: [true, false], slabs: [1, 1],
      });
    });
  });
}

test('literal: a heap snapshot of Chromium shows many Buffers on one ArrayBuffer', async () => {
  const page = await browsers.get('chromium').newPage();
  await page.goto(`${origin}/`);
  await page.evaluate(async () => {
    const { Buffer } = await import('/first/index.js');
    globalThis.kept = Array.from({ length: 100 }, (_, i) => Buffer.from(`Buffer ${i}`));
  });
  const session = await page.context().newCDPSession(page);
  const chunks = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await page.close();
  assert.deepEqual(buffersPerArrayBuffer(JSON.parse(chunks.join('')), 'Buffer'), [100]);
});

test("literal: Chromium's console prints a Buffer with its slab and offset", async () => {
  const page = await browsers.get('chromium').newPage();
  await page.goto(`${origin}/`);
  await page.evaluate(async () => {
    const { Buffer, installFormatter } = await import('/first/index.js');
    installFormatter();
    globalThis.kept = [Buffer.from('first'), Buffer.from('hi'), Buffer.alloc(2)];
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.enable');
  await session.send('Runtime.setCustomObjectFormatterEnabled', { enabled: true });
  const shown = [];
  for (const expression of ['kept[1]', 'kept[2]', 'new Uint8Array(1)']) {
    const { result } = await session.send('Runtime.evaluate', { expression, generatePreview: true });
    const header = result.customPreview && JSON.parse(result.customPreview.header);
    shown.push(header && [header[2], header[3][2]]);
  }
  await page.close();
  assert.deepEqual(shown, [['<Buffer 68 69>', 'slab 0 +8, 2 bytes'], ['<Buffer 00 00>', 'private, 2 bytes'], undefined]);
});

// How many objects named `className` point at each ArrayBuffer by their `buffer` edge, in a V8 heap
// snapshot.
function buffersPerArrayBuffer({ snapshot: { meta }, nodes, edges, strings }, className) {
  const nodeFields = meta.node_fields.length;
  const edgeFields = meta.edge_fields.length;
  const nameAt = meta.node_fields.indexOf('name');
  const edgesAt = meta.node_fields.indexOf('edge_count');
  const edgeNameAt = meta.edge_fields.indexOf('name_or_index');
  const edgeToAt = meta.edge_fields.indexOf('to_node');
  const named = new Set(['property', 'internal'].map((type) => meta.edge_types[0].indexOf(type)));
  const counts = new Map();
  let edge = 0;
  for (let node = 0; node < nodes.length; node += nodeFields) {
    const isOurs = strings[nodes[node + nameAt]] === className;
    for (let i = 0; i < nodes[node + edgesAt]; i++, edge += edgeFields) {
      if (!isOurs || !named.has(edges[edge]) || strings[edges[edge + edgeNameAt]] !== 'buffer') continue;
      const target = edges[edge + edgeToAt];
      if (strings[nodes[target + nameAt]] === 'ArrayBuffer') counts.set(target, (counts.get(target) || 0) + 1);
    }
  }
  return [...counts.values()];
}

describe('literal: Node', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pagebuf-'));
  after(() => rmSync(folder, { recursive: true }));

  test('a second copy of the package has a pool of its own', async () => {
    cpSync(js, join(folder, 'js'), { recursive: true });
    const one = await import('../js/index.js');
    const two = await import(pathToFileURL(join(folder, 'js/index.js')));
    assert.notEqual(one.Buffer, two.Buffer);
    const [a, b] = [one.Buffer.from('one'), two.Buffer.from('two')];
    assert.notEqual(a.buffer, b.buffer);
    assert.equal(one.Buffer.concat([a, b]).toString(), 'onetwo');
  });

  test('a worker has a pool of its own, and Buffers go to and fro', async () => {
    const { Buffer, pool } = await import('../js/index.js');
    const worker = new Worker(`
      import { parentPort, workerData } from 'node:worker_threads';
      const { Buffer, pool } = await import(workerData);
      parentPort.once('message', (data) => {
        const echo = Buffer.from(Buffer.from(data).toString().toUpperCase());
        parentPort.postMessage({ echo, place: pool.locate(echo), slabs: pool.inspect().slabsOpened });
      });`,
    { eval: true, workerData: new URL('../js/index.js', import.meta.url).href, execArgv: ['--input-type=module'] });
    const here = Buffer.from('to the worker');
    worker.postMessage(here);
    const [{ echo, place, slabs }] = await once(worker, 'message');
    assert.deepEqual([place.offset, slabs], [16, 1]);
    assert.equal(Buffer.from(echo).toString(), 'TO THE WORKER');
    assert.equal(here.toString(), 'to the worker');
    assert.equal(pool.locate(here).source, 'linear');
    await worker.terminate();
  });
});
