// The page, as a person uses it. In Chromium and Firefox: every control, the picture, the totals, the
// console. In WebKit: it opens, and teaches a lesson. The endpoint that runs scripts in real Node. The page
// as static files. Screenshots go to build/screens/.
//
// Assumes   the browsers are installed (tools/set-up.js). The policy forbids eval(), so the tests poll with
//           evaluate(), and never use waitForFunction().
/* global document, innerWidth, scrollY, requestAnimationFrame */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, firefox } from 'playwright';
import { PNG } from 'pngjs';
import { commandPath } from '../compare/command.js';
import { examples } from '../compare/examples.js';
import { lines, nodeBinary } from '../compare/node.js';
import { buildPage } from '../tools/build-page.js';
import { record } from '../tools/record-page.js';
import { lessons } from '../web/lessons.js';
import { format, parse } from '../web/notation.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const screens = `${root}build/screens`;
const serverFile = fileURLToPath(new URL('../tools/serve-page.js', import.meta.url));

const browsers = {
  chromium: () => chromium.launch({ executablePath: commandPath('chromium'), args: ['--no-sandbox'] }),
  // WebDriver BiDi cannot set the colour scheme of a single page in Firefox.
  firefox: (scheme = 'light') => firefox.launch({
    executablePath: commandPath('firefox-esr'),
    channel: 'moz-firefox',
    firefoxUserPrefs: { 'layout.css.prefers-color-scheme.content-override': scheme === 'dark' ? 0 : 1 },
  }),
};

// Starts a server, and resolves when it has printed its address: { child, said, address }.
async function startServer(binary, args = [], { file = serverFile, env = {} } = {}) {
  const child = spawn(binary, [file, '--port', '0', ...args],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let said = '';
  child.stderr.on('data', (text) => { said += text; });
  for await (const line of createInterface({ input: child.stdout })) {
    said += `${line}\n`;
    break;
  }
  return { child, said, address: (/http:\/\/\S+/.exec(said) || [])[0] };
}

let server;
let url;

// The Node that runs the server is not the reference.
before(async () => {
  mkdirSync(screens, { recursive: true });
  ({ child: server, address: url } = await startServer(nodeBinary(22)));
});

after(() => server.kill());

// Reads until the value is the expected one. A failure shows the last value.
async function until(read, expected, message = '') {
  const end = Date.now() + 10000;
  for (;;) {
    const found = await read();
    try {
      assert.deepEqual(found, expected);
      return;
    } catch (error) {
      if (Date.now() > end) throw message ? Object.assign(error, { message: `${message}: ${error.message}` }) : error;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

describe('the notation', () => {
  it('reads back the operations of every example', () => {
    for (const { title, script } of examples) assert.deepEqual(parse(format(script)).ops, script.ops, title);
  });

  const lines = [
    [`Buffer.from('\\u00e9\\n\\'"')`, [{ op: 'from', args: [`é\n'"`] }]],
    ['const a = Buffer.alloc(0x10, -1); // note', [{ op: 'alloc', args: [16, -1] }]],
    ['a = Buffer.of(1)\na[0] = 255', [{ op: 'of', args: [1] }, { op: 'put', on: 0, args: [0, [255]] }]],
    ['Buffer.allocUnsafe((left + 3) / 4)', [{ op: 'allocUnsafe', args: [{ $: 'left', plus: 3, per: 4 }] }]],
    ['Buffer.allocUnsafe(Buffer.poolSize >>> 1)', [{ op: 'allocUnsafe', args: [{ $: 'half' }] }]],
    [`Buffer.from('a').toString()`, [{ op: 'from', args: ['a'] }, { op: 'toString', on: 0, args: [] }]],
    ['Buffer.from({ length: 1, 0: 7 })', [{ op: 'from', args: [{ $: 'like', length: 1, items: [7] }] }]],
  ];
  for (const [text, ops] of lines) {
    it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(parse(text).ops, ops));
  }

  const faults = [
    ['\na = b', `line 2: 'b' is not known`],
    ['alert(1)', `line 1: 'alert' is not known`],
    ['Buffer.constructor("x")', 'line 1: Buffer.constructor() is not among the operations here'],
    ['a = Buffer.alloc(1)\na.__proto__', `line 2: '.__proto__' of a Buffer is not understood`],
    ['Buffer.alloc(1', `line 1: ',' is expected at the end`],
    ['Buffer.alloc(1) 2', `line 1: '2' is not expected here`],
    ['a = Buffer.alloc(1)\na.buffer === a.length',
      'line 2: === compares .buffer with .buffer, .length with .length, and the like'],
    ['`x`', 'line 1: \'`\' is not understood'],
  ];
  for (const [text, message] of faults) {
    it(`says what is wrong with ${JSON.stringify(text)}`, () => assert.throws(() => parse(text), { message }));
  }
});

describe('the server', () => {
  const arguments_ = [
    [['--port', '70000'], `server: --port must be an integer from 0 to 65535, got "70000"\n`],
    [['--port', 'x'], `server: --port must be an integer from 0 to 65535, got "x"\n`],
    [['--nope'], /^server: Unknown option '--nope'.*\n$/],
    [['--node', '/nowhere/node'], 'server: cannot run /nowhere/node: ENOENT\n'],
    [['--node', '/bin/true'], 'server: /bin/true ended with code 0\n'],
    [['--host', '999.1.1.1', '--port', '0'], /^server: .*999\.1\.1\.1.*\n$/],
  ];
  for (const [args, line] of arguments_) {
    it(`answers ${args.join(' ')} with one line and exit code 2`, () => {
      const { status, stderr } = spawnSync(process.execPath, [serverFile, ...args], { encoding: 'utf8', timeout: 30000 });
      assert.equal(status, 2);
      if (typeof line === 'string') assert.equal(stderr, line);
      else assert.match(stderr, line);
    });
  }

  function ask(path, { method = 'POST', headers = {}, body = '' } = {}) {
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, url), { method, headers: { 'Content-Type': 'application/json', ...headers } });
      sent.on('error', reject);
      sent.on('response', async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve({ status: response.statusCode, headers: response.headers, text });
      });
      sent.end(body);
    });
  }

  const one = JSON.stringify({ poolSize: 8192, ops: [{ op: 'allocUnsafe', args: [4] }] });
  const many = (ops) => JSON.stringify({ ops });
  const twice = { op: 'concat', args: [[{ $: 'row', of: 0 }, { $: 'row', of: 0 }]] };

  const refusals = [
    ['another method', { method: 'GET' }, 405, 'GET is not allowed here, POST is'],
    ['another site', { headers: { Origin: 'http://example.org' }, body: one }, 403,
      'only a page of this server may run scripts here'],
    ['a page that another site opened', { headers: { 'Sec-Fetch-Site': 'cross-site' }, body: one }, 403,
      'only a page of this server may run scripts here'],
    ['another name for this machine', { headers: { Host: 'example.org' }, body: one }, 403,
      `this server is not called 'example.org'`],
    ['a form', { headers: { 'Content-Type': 'text/plain' }, body: one }, 415, 'the body must be application/json'],
    ['half of a script', { body: one.slice(0, -2) }, 400, /JSON/],
    ['no script', { body: 'null' }, 400, /^script: /],
    ['code', { body: '"process.exit()"' }, 400, /^script: /],
    ['an unknown operation', { body: many([{ op: 'exec', args: ['ls'] }]) }, 400, 'op 0: unknown operation "exec"'],
    ['a name of the prototype', { body: many([{ op: '__proto__', args: [] }]) }, 400,
      'op 0: unknown operation "__proto__"'],
    ['too many operations', { body: many(Array(501).fill({ op: 'of', args: [] })) }, 400, /501.*500/],
    ['too large a Buffer', { body: many([{ op: 'alloc', args: [2 ** 20 + 1] }]) }, 400, /1048577.*1048576/],
    ['too many bytes in all', { body: many(Array(40).fill({ op: 'alloc', args: [2 ** 20] })) }, 400, /makes more than/],
    ['bytes that double', { body: many([{ op: 'alloc', args: [2 ** 17] }, ...Array(499).fill(twice)]) }, 400,
      /makes more than/],
    ['too large a body', { body: ' '.repeat(300000) }, 413, /262144/],
    ['too large a body of unknown length', { headers: { 'Transfer-Encoding': 'chunked' }, body: ' '.repeat(300000) },
      413, /262144/],
  ];
  for (const [what, asked, status, message] of refusals) {
    it(`refuses ${what} with ${status} and one line`, async () => {
      const { status: found, text } = await ask('/api/run', asked);
      assert.equal(found, status, text);
      assert.equal(text.split('\n').length, 2);
      const { error } = JSON.parse(text);
      if (typeof message === 'string') assert.equal(error, message);
      else assert.match(error, message);
    });
  }

  const slow = {
    'says nothing': { drip: () => '' },
    'sends its head byte by byte': { begin: 'POST /api/run HTTP/1.1\r\nHost: localhost\r\n', drip: () => 'X' },
    'sends its body byte by byte': {
      begin: 'POST /api/run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n',
      drip: () => ' ',
    },
  };
  it('closes a connection that is slow, in time, and answers others meanwhile', async () => {
    const { hostname, port } = new URL(url);
    const start = performance.now();
    const sockets = Object.entries(slow).flatMap(([what, { begin = '', drip }]) => Array.from({ length: 100 }, () => {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => {}); // reset, when it writes on
      socket.write(begin);
      const timer = setInterval(() => socket.write(drip()), 500).unref();
      // Not once(), which rejects when the connection is reset.
      return new Promise((resolve) => {
        socket.resume().on('close', () => {
          clearInterval(timer);
          resolve([what, performance.now() - start]);
        });
      });
    }));
    for (let i = 0; i < 20; i++) {
      const asked = performance.now();
      assert.equal((await ask('/api/run', { body: one })).status, 200);
      assert.ok(performance.now() - asked < 5000, 'others get a quick answer');
    }
    const late = (await Promise.all(sockets)).filter(([, after]) => after > 20000);
    assert.deepEqual(late, []);
  });

  it('runs a script in real Node, and its own pool stays what it is', async () => {
    for (const poolSize of [8192, 4096, 65536]) {
      const { status, text } = await ask('/api/run', { body: one.replace('8192', String(poolSize)) });
      assert.equal(status, 200);
      const row = { store: 0, kind: 'pool', offset: 0, length: 4, holds: poolSize, byteLength: poolSize, padding: 64 };
      assert.deepEqual(JSON.parse(text), { version: process.version, rows: [{ ...row, bytes: '01010101' }] });
    }
  });

  async function nodeOf(address) {
    const html = await (await fetch(address)).text();
    return (/<meta name="node" content="(.*?)">/.exec(html) || [])[1];
  }

  it('has the reference beside it, or the Node that --node names', async () => {
    assert.equal(await nodeOf(url), process.version);
    const { child, said, address } = await startServer(process.execPath, ['--node', nodeBinary(24)]);
    try {
      assert.match(said, /^pagebuf: http:\S+ beside Node 24\.\d+\.\d+\n$/);
      assert.match(await nodeOf(address), /^v24\./);
    } finally {
      child.kill();
    }
  });

  it('serves the recorded runs alone where the reference cannot be installed, and says so in one line', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'pagebuf-'));
    let child;
    try {
      const parts = ['package.json', 'bench', 'compare', 'js', 'tools', 'web'];
      for (const name of parts) cpSync(root + name, join(copy, name), { recursive: true });
      symlinkSync(`${root}node_modules`, join(copy, 'node_modules'));
      const env = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_cache: join(copy, 'cache') };
      const started = await startServer(process.execPath, [], { file: join(copy, 'tools/serve-page.js'), env });
      ({ child } = started);
      const reason = /^server: npm cannot install node-\S+@26: ECONNREFUSED; --node PATH takes [^\n]+\n/;
      assert.match(started.said, reason);
      assert.match(started.said.replace(reason, ''), /^pagebuf: http:\S+ beside recorded runs of Node\n$/);
      assert.equal(await nodeOf(started.address), undefined);
      const headers = { 'Content-Type': 'application/json' };
      const response = await fetch(`${started.address}api/run`, { method: 'POST', headers, body: one });
      assert.equal(response.status, 503);
      assert.deepEqual(await response.json(), { error: 'no Node answers here' });
    } finally {
      if (child) child.kill();
      rmSync(copy, { recursive: true });
    }
  });

  it('serves the page as it is built, and nothing else of the repository', async () => {
    const { status, text } = await ask('/', { method: 'GET' });
    assert.equal(status, 200);
    const parts = [...text.matchAll(/(?:src|href)="\.\/(.*?)"/g)].map(([, path]) => path);
    assert.equal(parts.length, 3);
    for (const path of parts) assert.equal((await ask(`/${path}`, { method: 'GET' })).status, 200, path);
    for (const path of ['/package.json', '/app.js', '/../../etc/passwd', '/assets', `/@fs${root}package.json`]) {
      assert.equal((await ask(path, { method: 'GET' })).status, 404, path);
    }
    assert.equal((await ask('/', { method: 'DELETE' })).status, 405);
  });

  const policies = [
    ['/', `script-src 'self' 'wasm-unsafe-eval';`],
    ['/?csp=plain', `script-src 'self';`],
  ];
  for (const [path, part] of policies) {
    it(`sends ${part} with ${path}`, async () => {
      const { headers } = await ask(path, { method: 'GET' });
      assert.ok(headers['content-security-policy'].includes(part), headers['content-security-policy']);
      assert.ok(headers['content-security-policy'].startsWith(`default-src 'self';`));
    });
  }
});

describe('what was recorded', () => {
  for (const line of lines) {
    it(`is what Node ${line} answers to every example and lesson`, async () => {
      const { version, runs } = JSON.parse(readFileSync(new URL(`../web/recorded/${line}.json`, import.meta.url)));
      const now = await record(line);
      assert.deepEqual(runs, now.runs, 'npm run record');
      assert.equal(version.split('.')[0], now.version.split('.')[0]);
      assert.equal(version.split('.')[0], `v${line}`);
    });
  }
});

for (const [name, launch] of Object.entries(browsers)) {
  describe(`the page in ${name}`, () => {
    let browser;

    before(async () => {
      browser = await launch();
    });

    after(() => browser.close());

    // Opens the page, uses it and closes it. Any message in the console is a failure. Screenshots are taken
    // after that check, because Playwright adds a style for them, which the policy refuses in Firefox.
    async function visit(use, options = {}) {
      const { path = '', width = 1280, height = 900, on = browser, expected, picture, ...others } = options;
      const page = await on.newPage({ viewport: { width, height }, ...others });
      page.setDefaultTimeout(10000);
      const complaints = [];
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      try {
        await page.goto(url + path);
        await settled(page, examples[0].script.ops.length);
        await use(page);
        assert.deepEqual(complaints.filter((complaint) => !expected || !expected.test(complaint)), []);
        if (picture) await page.screenshot({ path: `${screens}/${name}-${picture}.png`, fullPage: true, caret: 'initial' });
      } finally {
        await page.close();
      }
    }

    const text = (page, selector) => page.locator(selector).textContent();
    const rows = (page, column) => page.locator(`#rows td:nth-child(${column})`).allTextContents();

    const settled = (page, compared) => until(() => text(page, '#compared'), compared.toLocaleString('en'));

    async function write(page, ...lines) {
      await page.fill('#code', lines.join('\n'));
      await page.click('#run');
    }

    // In Firefox, fill() does not clear a number input first.
    async function writeNumber(page, selector, number) {
      await page.locator(selector).focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.type(number);
      await page.keyboard.press('Tab');
    }

    async function inspected(page, name) {
      await page.evaluate(() => { document.getElementById('inspect').open = true; });
      await until(async () => await page.locator('#numbers tr').count() > 0, true);
      return text(page, `#numbers [data-name="${name}"] td`);
    }

    const choose = (page, group, label) => page.locator(`#${group} label`, { hasText: label }).click();

    // How many pixels have exactly this colour, in the first `height` rows of the canvas.
    const pixels = (page, colour, height = 10000) => page.evaluate(([wanted, most]) => {
      const canvas = document.getElementById('map');
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, Math.min(canvas.height, most));
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        if (data[at] === wanted[0] && data[at + 1] === wanted[1] && data[at + 2] === wanted[2]) count++;
      }
      return count;
    }, [colour, height]);

    const blue = [0x56, 0xb4, 0xe9];
    const orange = [0xe6, 0x9f, 0x00];
    const grey = [0x8d, 0x95, 0x9a];
    const stripHeight = 16;

    // Where a byte of the strip above the rows is on the screen.
    async function inStrip(page, byte, size) {
      const box = await page.locator('#map').boundingBox();
      return [box.x + 46 + (byte + 0.5) / size * (box.width - 46), box.y + stripHeight / 2];
    }

    it('finds no divergence in any example, and counts what it compared', () => visit(async (page) => {
      assert.equal(await text(page, '#node'), `Node ${process.versions.node}, live`);
      assert.deepEqual(await page.locator('#beside option').allTextContents(),
        [`Node ${process.versions.node}, live`, 'Node 26, recorded', 'Node 24, recorded', 'Node 22, recorded']);
      let compared = examples[0].script.ops.length;
      for (const [index, { title, look, script }] of examples.entries()) {
        if (index === 0) continue;
        await page.selectOption('#examples', String(index));
        compared += script.ops.length;
        await settled(page, compared);
        assert.equal(await text(page, '#diverged'), '0', title);
        assert.equal(await text(page, '#fault'), '', title);
        assert.equal(await text(page, '#look'), `Look: ${look}.`);
        const verdicts = await rows(page, 5);
        assert.ok(verdicts.length >= script.ops.length, title);
        assert.deepEqual(verdicts.filter((verdict) => verdict !== 'equal'), [], title);
      }
    }));

    it('opens on rows that are equal, and says where Node takes 64 bytes more', () => visit(async (page) => {
      assert.deepEqual(await rows(page, 5), Array(6).fill('equal'));
      const lengths = (await Promise.all([3, 4].map((column) => rows(page, column)))).map(([first]) => (
        /^slab 0 · at 0 · 4 bytesof (.*) · 01 01 01 01, later 01 02 03 04$/.exec(first)[1]));
      assert.deepEqual(lengths, ['8,192', '8,192 + 64']);
      assert.match(await text(page, '#footnote'), /^\+ Node makes \.buffer of a slab 64 bytes longer since 26\.8/);
      await page.selectOption('#beside', '22');
      await until(async () => /of 8,192 · /.test((await rows(page, 4))[0]), true);
      assert.equal(await text(page, '#footnote'), '');
    }));

    for (const [path, shown] of [['', 'wasm'], ['?csp=plain', 'plain']]) {
      it(`runs on the ${shown} path with the policy of '/${path}', and says so`, () => visit(async (page) => {
        assert.equal(await text(page, '#path'), shown);
        assert.equal(await inspected(page, 'path'), shown);
        assert.equal(await text(page, '#diverged'), '0');
        assert.deepEqual((await rows(page, 3)).slice(-2), ['false', 'true']);
        // Firefox reports what the policy refuses in the console.
      }, { path, expected: shown === 'plain' ? /^The page.s settings blocked WebAssembly \(script-src\)/ : undefined }));
    }

    it('adds a line for each button, runs it on both sides and shows where Buffers lie', () => visit(async (page) => {
      await page.click('#clear');
      await until(() => rows(page, 2), []);
      const names = ['alloc', 'allocUnsafe', 'allocUnsafeSlow', 'from string', 'from array', 'from ArrayBuffer', 'concat',
        'copyBytesFrom'];
      let compared = examples[0].script.ops.length;
      for (const [index, button] of names.entries()) {
        await page.getByRole('button', { name: button, exact: true }).click();
        compared += index + 1;
        await settled(page, compared);
      }
      assert.deepEqual(await rows(page, 2), [
        'b0 = Buffer.alloc(10)',
        'b1 = Buffer.allocUnsafe(10)',
        'b2 = Buffer.allocUnsafeSlow(10)',
        `b3 = Buffer.from('d'.repeat(10))`,
        'b4 = Buffer.from(bytes(10, 5))',
        'b5 = Buffer.from(new ArrayBuffer(10))',
        'b6 = Buffer.concat([b4, b5], 10)',
        'b7 = Buffer.copyBytesFrom(new Uint8Array(bytes(10, 8)))',
      ]);
      const places = (await rows(page, 3)).map((cell) => cell.replace(/ · 10 bytesof.*/, ''));
      assert.deepEqual(places, ['own memory 1 · at 0', 'slab 0 · at 0', 'own memory 2 · at 0', 'slab 0 · at 16',
        'slab 0 · at 32', 'given memory 3 · at 0', 'slab 0 · at 48', 'slab 0 · at 64']);
      assert.equal(await text(page, '#diverged'), '0');
      assert.deepEqual(await page.locator('#outside button').allTextContents(), ['b0 · 10', 'b2 · 10', 'b5 · 10 given']);
      await page.locator('#outside button').first().click();
      assert.equal(await text(page, '#slice-name'), 'b0');
      assert.match(await text(page, '#hex'), /^ {3}0 {2}00 00 00 00 00 00 00 00 {2}·{8}\n {3}8 {2}00 00 /);
      await writeNumber(page, '#size', '3');
      await page.getByRole('button', { name: 'allocUnsafe', exact: true }).click();
      await until(async () => (await rows(page, 3)).pop().slice(0, 27), 'slab 0 · at 80 · 3 bytesof ');
    }));

    it('paints each slice in its colour and in its size', () => visit(async (page) => {
      await choose(page, 'pool-size', 'own');
      await writeNumber(page, '#own-size', '64');
      await write(page, 'a = Buffer.allocUnsafe(16)', 'b = Buffer.allocUnsafe(8)');
      await until(() => inspected(page, 'current.size'), '64');
      const [first, second] = [await pixels(page, blue), await pixels(page, orange)];
      assert.ok(second > 1000, `${second} pixels`);
      assert.ok(first / second > 1.8 && first / second < 2.3, `${first} : ${second}`);
      assert.equal(await pixels(page, grey), 0, 'no byte is lost to alignment');
      await write(page, 'a = Buffer.allocUnsafe(13)', 'b = Buffer.allocUnsafe(8)');
      await until(async () => await pixels(page, grey) > 100, true, 'three bytes are');
      await choose(page, 'pool-size', '64 KiB');
      await choose(page, 'zoom', 'whole slab');
      await write(page, 'a = Buffer.allocUnsafe(30000)', 'b = Buffer.allocUnsafe(1)');
      await until(async () => await pixels(page, orange, stripHeight) >= 1, true, 'one byte of 65,536 is a pixel');
    }));

    it('shows a slice that the pointer, the arrow keys or the table point at', () => visit(async (page) => {
      await choose(page, 'pool-size', 'own');
      await writeNumber(page, '#own-size', '64');
      await write(page, 'a = Buffer.from([104, 105])', `b = Buffer.from('0123456789')`, 'a.subarray(1)', 'c = Buffer.of(9)');
      await until(() => rows(page, 1), ['1', '2', '3', '4']);
      await until(() => rows(page, 5), Array(4).fill('equal'));
      await page.mouse.move(...await inStrip(page, 0, 64));
      await until(() => text(page, '#slice-name'), 'a');
      await page.mouse.move(...await inStrip(page, 12, 64));
      await until(() => text(page, '#slice-name'), 'b');
      assert.deepEqual(await page.locator('#slice dd').allTextContents(),
        ['10 bytes', '8', 'slab 0, heap', '64', `b = Buffer.from('0123456789')`, 'live, held here']);
      assert.match(await text(page, '#hex'), /^ {3}0 {2}30 31 32 33 34 35 36 37 {2}01234567\n {3}8 {2}38 39 {20}89$/);
      await page.locator('#map').focus();
      for (const [key, slice] of [['Home', 'a'], ['ArrowLeft', 'a'], ['ArrowRight', 'b'], ['ArrowDown', 'line 3'],
        ['ArrowRight', 'line 3'], ['ArrowUp', 'b'], ['End', 'line 3'], ['PageUp', 'a']]) {
        await page.keyboard.press(key);
        assert.equal(await text(page, '#slice-name'), slice, key);
      }
      const said = await page.locator('#map').getAttribute('aria-valuetext');
      assert.match(said, /^a: length 2 bytes, byteOffset 0, .*made by a = .*, state live/);
      assert.equal(await page.locator('#rows tr.chosen td').first().textContent(), '1');
      await page.locator('#rows tr').nth(3).hover();
      assert.equal(await text(page, '#slice-name'), 'c');
    }));

    it('steps from slab to slab', () => visit(async (page) => {
      await page.selectOption('#examples', { label: 'A full slab' });
      await until(() => text(page, '#which'), 'slab 1, heap');
      assert.ok(await page.locator('#after').isDisabled());
      await page.click('#before');
      assert.equal(await text(page, '#which'), 'slab 0, heap');
      assert.equal(await text(page, '#slice-name'), 'b0');
      assert.ok(await page.locator('#before').isDisabled());
      await page.click('#after');
      assert.equal(await text(page, '#slice-name'), 'b2');
    }));

    it('takes linear slabs of whole pages and exact heap slabs else, unless a source is chosen', () => visit(async (page) => {
      const lengths = async () => [(await rows(page, 3))[1], (await rows(page, 4))[1]];
      const shown = async (verdicts, kind, ours, theirs) => {
        await until(() => rows(page, 5), verdicts);
        assert.deepEqual(await lengths(), [ours, theirs]);
        assert.equal(await text(page, '#which'), `slab 0, ${kind}`);
      };
      await choose(page, 'pool-size', '64 KiB');
      await write(page, 'a = Buffer.allocUnsafe(4)', 'a.buffer.byteLength');
      await shown(['equal', 'known, see +'], 'linear', '65536', '65600');
      await page.selectOption('#beside', '22');
      await page.selectOption('#beside', 'live');
      await choose(page, 'pool-size', '8 KiB');
      await shown(['equal', 'known, see +'], 'heap', '8192', '8256');
      assert.match(await text(page, '#footnote'), /^\+ Node/);
      await choose(page, 'source', 'linear');
      await shown(['known, see *', 'known, see *'], 'linear', '65536', '8256');
      assert.match(await text(page, '#footnote'), /^\* Linear memory comes in pages .* \+ Node/);
      assert.equal(await inspected(page, 'source'), 'linear');
      await choose(page, 'pool-size', '64 KiB');
      await choose(page, 'source', 'heap');
      await shown(['equal', 'known, see +'], 'heap', '65536', '65600');
      await write(page, 'a = Buffer.allocUnsafe(4)', 'b = Buffer.allocUnsafe(4)', 'a.buffer.byteLength === b.buffer.byteLength');
      await until(() => rows(page, 5), ['equal', 'equal', 'equal']);
      assert.equal(await text(page, '#diverged'), '0');
    }));

    it('reports in one line what it does not understand, and runs the corrected script', () => visit(async (page) => {
      await write(page, 'a = Buffer.alloc(1)', 'fetch(1)');
      await until(() => text(page, '#fault'), `line 2: 'fetch' is not known`);
      await write(page, 'x = 1', 'Buffer.alloc(2000000)');
      await until(() => text(page, '#fault'), 'line 2 (alloc).args[0]: 2000000 is more than 1048576');
      await page.fill('#code', 'Buffer.alloc(2)');
      await page.locator('#code').press('Control+Enter');
      await until(() => text(page, '#fault'), '');
      await until(() => rows(page, 5), ['equal']);
    }));

    it('marks a divergence and counts it', () => visit(async (page) => {
      const row = { store: 0, kind: 'pool', offset: 0, length: 4, holds: 8192, byteLength: 8192, bytes: '01010101' };
      const answer = { version: 'v26.0.0', rows: [row, { ...row, offset: 16 }] };
      await page.route('**/api/run', (route) => route.fulfill({ json: answer }));
      await write(page, 'a = Buffer.allocUnsafe(4)', 'b = Buffer.allocUnsafe(4)', 'a.buffer === b.buffer');
      await until(() => rows(page, 5), ['equal', 'differs: offset, bytes', 'equal']);
      assert.equal(await text(page, '#diverged'), '1');
      assert.match(await text(page, '#summary'), / 1 divergence from Node 26\.0\.0\.$/);
    }));

    it('says that nothing was compared when no Node answers', () => visit(async (page) => {
      await page.route('**/api/run', (route) => route.fulfill({ status: 200, body: 'no JSON' }));
      await write(page, 'a = Buffer.alloc(1)');
      await until(() => rows(page, 5), ['not compared']);
      assert.equal(await text(page, '#node'), 'no answer');
      assert.equal(await text(page, '#compared'), String(examples[0].script.ops.length));
    }));

    it('moves nothing when another example is chosen', () => visit(async (page) => {
      const parts = ['#code', '#run', '#calls', '.canvas', '#outside', '#slice', '#hex', '#heap', '.beside'];
      const tops = () => page.evaluate((selectors) => selectors.map((selector) => (
        Math.round(document.querySelector(selector).getBoundingClientRect().top + scrollY))), parts);
      const atFirst = await tops();
      for (const index of examples.keys()) {
        await page.selectOption('#examples', String(index));
        await until(() => text(page, '#look'), `Look: ${examples[index].look}.`);
        assert.deepEqual(await tops(), atFirst, examples[index].title);
      }
    }));

    const counts = async (page) => Object.fromEntries(await page.locator('.counts div').evaluateAll((cells) => (
      cells.map((cell) => [cell.children[0].textContent, Number(cell.children[1].textContent.replace(/,/g, ''))]))));

    // ---- live and dead slices

    it('shows which slices are live and which are dead, in the picture and in words', () => visit(async (page) => {
      await write(page, 'a = Buffer.allocUnsafe(100)', 'b = Buffer.allocUnsafe(100)', 'Buffer.allocUnsafe(100)');
      await until(() => rows(page, 1), ['1', '2', '3']);
      const life = () => text(page, '#slice dd:last-of-type');
      const pointAt = (row) => page.locator('#rows tr').nth(row).hover();
      await pointAt(2);
      assert.match(await life(), /^(live, nobody|dead)/);
      assert.ok(await page.locator('#let-go').isDisabled(), 'no name holds it');
      await pointAt(1);
      assert.equal(await life(), 'live, held here');
      assert.ok(await pixels(page, orange) > 1000);
      await page.click('#let-go');
      assert.match(await life(), /^(live, nobody|dead)/);
      assert.ok(await page.locator('#let-go').isDisabled());
      // Nobody can say when the garbage collector runs. More garbage makes it run sooner.
      const churn = async () => {
        await page.click('#churn');
        await until(() => page.locator('#churn').getAttribute('aria-disabled'), 'false');
      };
      await churn();
      for (const row of [1, 2]) {
        await pointAt(row);
        for (let more = 0; more < 10 && await life() !== 'dead, collected'; more++) {
          await churn();
          await pointAt(row);
        }
        await until(life, 'dead, collected');
      }
      assert.equal(await text(page, '#hex'), 'The Buffer is gone, and nobody can read these bytes.');
      assert.equal(await pixels(page, orange), 0, 'a dead slice is pale');
      assert.ok(await pixels(page, blue) > 1000, 'a is alive');
      await pointAt(0);
      await until(life, 'live, held here');
    }));

    it('churns garbage, and shows slabs die', () => visit(async (page) => {
      await page.selectOption('#churn-count', '10000');
      await page.click('#churn');
      await until(async () => /^10,000 slices on \d+ slabs: /.test(await text(page, '#churned')), true);
      const [, opened, dead, freed] = /on (\d+) slabs: ([\d,]+) slices died, and ([\d,]+) slabs/.exec(await text(page, '#churned'));
      assert.ok(Number(opened) > 100, opened);
      assert.ok(Number(dead.replace(',', '')) > 5000, dead);
      assert.ok(Number(freed) > 20, freed);
      const after = await counts(page);
      assert.ok(after['just freed'] > 20, JSON.stringify(after));
      assert.ok(Number((await inspected(page, 'slabsOpened')).replace(',', '')) > 100);
      await choose(page, 'source', 'linear');
      await page.selectOption('#churn-count', '1000');
      await page.click('#churn');
      await until(async () => Number(await inspected(page, 'linearSlabsDied')) > 0, true, 'linear slabs die, too');
      await until(() => page.locator('#churn').getAttribute('aria-disabled'), 'false');
      await page.click('#run');
      assert.equal((await counts(page))['just freed'], 0, 'a run strikes off what was freed');
    }));

    it('stays smooth with 100,000 slices', () => visit(async (page) => {
      await choose(page, 'pool-size', '64 KiB');
      await page.selectOption('#churn-count', '100000');
      await page.evaluate(() => {
        globalThis.frames100 = [];
        let last = performance.now();
        const measure = () => {
          globalThis.frames100.push(performance.now() - last);
          last = performance.now();
          requestAnimationFrame(measure);
        };
        requestAnimationFrame(measure);
      });
      await page.click('#churn');
      await until(async () => /^100,000 slices on /.test(await text(page, '#churned')), true);
      const frames = (await page.evaluate(() => globalThis.frames100)).sort((one, other) => one - other);
      const [half, most] = [0.5, 0.95].map((part) => frames[Math.floor(frames.length * part)]);
      console.log(`${name}: 100,000 slices, ${frames.length} frames, median ${half.toFixed(1)} ms, 95 % under ${most.toFixed(1)} ms`);
      assert.ok(half < 50, `${half} ms`);
    }));

    it('lists linear, heap and private memory, by picture, keyboard and table', () => visit(async (page) => {
      await choose(page, 'pool-size', '64 KiB');
      await write(page, 'a = Buffer.alloc(16)', 'b = Buffer.allocUnsafe(16)');
      await until(() => rows(page, 1), ['1', '2']);
      const heap = page.locator('#heap');
      const said = () => heap.getAttribute('aria-valuetext');
      assert.match(await said(), /^pool slab \d+, linear, 65,536 bytes: 1 of 1 slices live$/);
      await heap.focus();
      await page.keyboard.press('Home');
      assert.match(await said(), /^pool slab 0, linear, 65,536 bytes: 2 of 2 slices live$/, 'the lesson opened the first');
      assert.equal(await text(page, '#which'), 'pool slab 0, linear');
      await page.keyboard.press('End');
      assert.match(await said(), /^private ArrayBuffer \d+, 16 bytes: 1 of 1 slices live$/);
      assert.equal(await text(page, '#slice-name'), 'a');
      await page.keyboard.press('ArrowLeft');
      assert.equal(await text(page, '#which'), 'slab 0, linear');
      await choose(page, 'source', 'heap');
      await until(async () => /, heap, 65,536 bytes/.test(await said()), true);
      await page.locator('#heap-table summary').click();
      await until(async () => await page.locator('#heap-rows tr').count() > 2, true);
      const table = await page.locator('#heap-rows tr').evaluateAll((list) => list.map((row) => (
        [...row.cells].map((cell) => cell.textContent))));
      const found = await counts(page);
      const live = table.filter((row) => row[4] !== 'freed');
      const from = (source) => live.filter(([kind]) => kind === source).length;
      assert.deepEqual([from('linear'), from('heap'), from('private'), table.length - live.length],
        [found['linear slabs'], found['heap slabs'], found.private, found['just freed']]);
      assert.ok(from('linear') > 0 && from('heap') > 0 && from('private') > 0);
      assert.deepEqual(table[0].slice(0, 4), ['linear', '0', '65,536', '65,536']);
      assert.equal(Number(await inspected(page, 'liveLinearSlabs')), from('linear'), 'the records and the pool agree');
      const box = await heap.boundingBox();
      await page.mouse.click(box.x + 20, box.y + 10);
      assert.match(await said(), /^pool slab 0, /);
    }));

    it('draws a whole bar below a linear slab, a broken one below a heap slab, none else', () => visit(async (page) => {
      await page.locator('#heap-table summary').click();
      await write(page, 'a = Buffer.alloc(16)', 'b = Buffer.allocUnsafe(16)');
      await until(() => rows(page, 1), ['1', '2']);
      const kinds = await page.locator('#heap-rows tr').evaluateAll((list) => list.map(({ cells }) => (
        cells[4].textContent === 'freed' ? 'freed' : cells[0].textContent)));
      assert.deepEqual([...new Set(kinds)].filter((kind) => kind !== 'freed').sort(), ['heap', 'linear', 'private']);
      // Runs of pixels in the bar's colour, below each tile.
      const stretches = await page.evaluate((count) => {
        const canvas = document.getElementById('heap');
        const context = canvas.getContext('2d');
        const across = Math.floor(canvas.width / 120) * 4 >= count ? 120 : 80;
        const perLine = Math.floor(canvas.width / across);
        return Array.from({ length: count }, (_, index) => {
          const y = Math.floor(index / perLine) * 41 + 33;
          const { data } = context.getImageData(index % perLine * across, y, across, 1);
          const line = Array.from({ length: across }, (_, x) => (data[4 * x] === 0x0b && data[4 * x + 1] === 0x6b ? '=' : ' '));
          return line.join('').split(/ +/).filter(Boolean).map((text) => text.length);
        });
      }, kinds.length);
      kinds.forEach((kind, index) => {
        const found = stretches[index];
        if (kind === 'linear') assert.ok(found.length === 1 && found[0] >= 76, `linear: ${found}`);
        else if (kind === 'heap') assert.ok(found.length >= 6 && Math.max(...found) <= 6, `heap: ${found}`);
        else assert.deepEqual(found, [], kind);
      });
    }));

    // ---- links and sides

    it('writes a link that carries the script, and reads it', () => visit(async (page) => {
      await choose(page, 'source', 'heap');
      await choose(page, 'pool-size', 'own');
      await writeNumber(page, '#own-size', '1024');
      await write(page, `é = 1`);
      await until(() => text(page, '#fault'), `line 1: 'é' is not understood`);
      await write(page, `a = Buffer.from('é & # %')`, 'a.length');
      await page.click('#share');
      await until(async () => /^The link is /.test(await text(page, '#shared')), true);
      const link = page.url();
      assert.match(link, /#pool=1024&slabs=heap&code=a/);
      await page.goto('about:blank');
      await page.goto(link);
      await until(() => rows(page, 5), ['equal', 'equal']);
      assert.equal(await page.inputValue('#code'), `a = Buffer.from('é & # %')\na.length`);
      assert.equal(await page.inputValue('#own-size'), '1024');
      assert.ok(await page.locator('input[value=heap][name=source]').isChecked());
      assert.equal((await rows(page, 3))[1], '8');
    }));

    const badLinks = [['#nothing', 'the link carries no script that can be read'],
      ['#pool=1e9&code=a', 'the link carries no script that can be read'],
      ['#slabs=disk&code=a', 'the link carries no script that can be read'],
      [`#code=${'a'.repeat(20001)}`, 'the link carries no script that can be read'],
      ['#code=alert(1)', `line 1: 'alert' is not known`],
      ['#pool=9999999&code=Buffer.alloc(1)', 'script.poolSize: must be an integer from 64 to 1048576, got 9999999']];
    it('says what is wrong with a link, and runs nothing of it', () => visit(async (page) => {
      for (const [hash, message] of badLinks) {
        await page.evaluate((text) => { document.location.hash = text; }, hash);
        await until(() => text(page, '#fault'), message, hash.slice(0, 40));
        await page.evaluate(() => { document.getElementById('fault').textContent = ''; });
      }
      assert.equal(await text(page, '#compared'), String(examples[0].script.ops.length));
    }));

    it('compares with what Node 22, 24 and 26 answered when they were recorded', () => visit(async (page) => {
      let compared = examples[0].script.ops.length;
      for (const line of lines) {
        await page.selectOption('#beside', String(line));
        compared += examples[0].script.ops.length;
        await settled(page, compared);
        assert.match(await text(page, '#node'), new RegExp(`^Node ${line}\\.\\d+\\.\\d+, recorded$`));
        assert.equal(await text(page, '#diverged'), '0');
      }
      await choose(page, 'pool-size', '64 KiB');
      await settled(page, compared + examples[0].script.ops.length);
      await write(page, 'Buffer.alloc(3)');
      await until(() => rows(page, 5), ['not compared']);
      assert.match(await text(page, '#footnote'), /^Not compared: Node answered the examples and the lessons beforehand/);
      await page.selectOption('#beside', 'live');
      await until(() => rows(page, 5), ['equal']);
    }));

    // ---- lessons

    const press = (page, label) => page.locator('#lesson-control :is(label, button)')
      .filter({ hasText: new RegExp(`^${label.replace(/[^\w ]/g, '\\$&')}$`) }).click();
    const scenes = [
      ['One ArrayBuffer', /b says “world”\.$/,
        [['new Uint8Array(a.buffer)[b.byteOffset] = 0x4A', /a\.buffer === b\.buffer is true.*b at 8\. b says “Jorld”/]]],
      ['Half a slab', /^4,095 bytes, less than 4,096: on the slab, at byte 1,000\.$/,
        [['4096', /^4,096 bytes, not less than 4,096: an ArrayBuffer of its own, 4,096 bytes long\.$/]]],
      ['A survivor keeps a slab', /^120 Buffers use 192,000 bytes and keep 196,608 bytes alive\.$/,
        [['Let go of all but one', /^1 Buffer uses 1,600 bytes and keeps 65,536 bytes alive\./]]],
      ['Who stays apart', /^Buffer\.alloc\(24\).*24 bytes long, its own\. The cursor was at 8 and stays there\.$/,
        [['allocUnsafe', /the slab\. The cursor was at 8 and moved to 32\.$/], ['allocUnsafeSlow', /its own.*stays there\.$/]]],
      ['Transfer a slab', /^A linear slab\. Refused with a \w+: a has 4 bytes now, and b, which nobody transferred, has 17 bytes\.$/,
        [['heap', /^A heap slab\. It is transferred: a has 0 bytes now, and b, which nobody transferred, has 0 bytes\.$/]]],
      ['What a message carries', /^Sent: 2 bytes\. Arrived: \.buffer of 65,536 bytes, .*password: 1234”\.$/,
        [['toOwned(a)', /^Sent: 2 bytes\. Arrived: \.buffer of 2 bytes, and in it one reads “hi”\.$/]]],
    ];
    scenes.forEach(([title, first, presses], index) => {
      it(`teaches: ${title}`, () => visit(async (page) => {
        await page.getByRole('tab', { name: title }).click();
        assert.equal(await text(page, '#lesson-sentence'), lessons[index].sentence);
        await until(async () => first.test(await text(page, '#lesson-said')), true, await text(page, '#lesson-said'));
        for (const [label, expected] of presses) {
          await press(page, label);
          await until(async () => expected.test(await text(page, '#lesson-said')), true, label);
        }
        const compare = page.locator('#lesson-compare');
        assert.equal(await compare.isDisabled(), lessons[index].script === undefined);
        if (lessons[index].script === undefined) return;
        await compare.click();
        await until(async () => (await rows(page, 5)).length >= lessons[index].script.ops.length, true);
        await until(async () => (await rows(page, 5)).every((verdict) => verdict === 'equal'), true);
        assert.equal(await text(page, '#look'), `Lesson: ${title}.`);
        assert.equal(await text(page, '#diverged'), '0');
      }));
    });

    it('shows the slabs that a survivor does not keep die', () => visit(async (page) => {
      await page.getByRole('tab', { name: 'A survivor keeps a slab' }).click();
      await until(() => text(page, '#lesson-outside'), '2 other slabs, 131,072 bytes: 0 bytes are freed.');
      await press(page, 'Let go of all but one');
      await until(() => text(page, '#lesson-outside'), '2 other slabs, 131,072 bytes: 131,072 bytes are freed.');
      const said = await page.locator('#lesson-map').getAttribute('aria-label');
      assert.match(said, /^The slab, \w+: 40 slices, 1 live, the cursor at 64,000 of 65,536 bytes$/);
    }));

    it('leaves the picture of a lesson alone when a script is run', () => visit(async (page) => {
      const picture = () => page.locator('#lesson-map').evaluate((canvas) => canvas.toDataURL());
      const said = () => page.locator('#lesson-map').getAttribute('aria-label');
      assert.equal(await said(), 'The slab, linear: 2 slices, 2 live, the cursor at 16 of 65,536 bytes');
      const before = await picture();
      await write(page, 'a = Buffer.allocUnsafe(3000)');
      await until(() => rows(page, 1), ['1']);
      assert.equal(await said(), 'The slab, linear: 2 slices, 2 live, the cursor at 16 of 65,536 bytes');
      assert.equal(await picture(), before);
    }));

    it('steps from lesson to lesson by arrow keys, and nothing below moves', () => visit(async (page) => {
      const top = () => page.locator('.script').evaluate((section) => Math.round(section.getBoundingClientRect().top + scrollY));
      const atFirst = await top();
      await page.locator('#lesson-0').focus();
      for (const [index, { title }] of [...lessons.entries()].slice(1).concat([[0, lessons[0]]])) {
        await page.keyboard.press('ArrowRight');
        await until(() => page.locator('[role=tab][aria-selected=true]').textContent(), `${index + 1}${title}`);
        await until(async () => (await text(page, '#lesson-said')) !== '', true);
        assert.equal(await top(), atFirst, title);
      }
    }));

    it('is used by keyboard in the order in which it is read', () => visit(async (page) => {
      const expected = ['lesson-0', 'lesson-control', 'lesson-compare', 'examples', 'code', 'run', 'clear', 'share', 'calls', 'size',
        'source', 'pool-size', 'notes', 'zoom', 'map', 'let-go', 'hex', 'heap', 'churn', 'churn-count', 'heap-table', 'inspect',
        'beside', 'race-start', 'race-table', 'policy'];
      const found = [];
      await page.locator('#lesson-0').focus();
      for (let steps = 0; steps < 60 && found[found.length - 1] !== 'policy'; steps++) {
        const id = await page.evaluate((known) => {
          let at = document.activeElement;
          while (at && !known.includes(at.id)) at = at.parentElement;
          return at ? at.id : document.activeElement.tagName;
        }, expected);
        if (id !== found[found.length - 1]) found.push(id);
        await page.keyboard.press('Tab');
      }
      assert.deepEqual(found, expected);
    }));

    // ---- the race

    it('races in a worker, shows bars, and stops', () => visit(async (page) => {
      await page.click('#race-start');
      await until(() => page.locator('#race-start').isDisabled(), true);
      await until(async () => await page.locator('#race-rows tr').count() >= 2, true);
      // The page stays usable while the race runs.
      const start = Date.now();
      await write(page, 'a = Buffer.alloc(1)');
      await until(() => rows(page, 5), ['equal']);
      assert.ok(Date.now() - start < 3000);
      await page.click('#race-stop');
      assert.match(await text(page, '#race-said'), /^Stopped after \d+ cells\.$/);
      assert.ok(await page.locator('#race-stop').isDisabled());
      const shown = await page.locator('#race-rows tr').count();
      await new Promise((resolve) => setTimeout(resolve, 1500));
      assert.equal(await page.locator('#race-rows tr').count(), shown, 'it has stopped');
      const colours = await page.evaluate(() => {
        const canvas = document.getElementById('race-chart');
        const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        const seen = {};
        for (let at = 0; at < data.length; at += 4) {
          const colour = [data[at], data[at + 1], data[at + 2]].join();
          seen[colour] = (seen[colour] || 0) + 1;
        }
        return seen;
      });
      assert.ok(colours[blue] > 500 && colours[orange] > 100, 'bars of pagebuf and of buffer@6');
    }));

    if (name === 'chromium') {
      it('runs the race to its end, with figures for every cell', () => visit(async (page) => {
        await page.click('#race-start');
        const end = Date.now() + 90000;
        while (!/^Done/.test(await text(page, '#race-said')) && Date.now() < end) {
          await new Promise((resolve) => setTimeout(resolve, 250));
        }
        assert.match(await text(page, '#race-said'), /^Done: pagebuf is first in \d+ of 12\.$/);
        assert.equal(await page.locator('#race-progress').evaluate(({ value, max }) => value / max), 1);
        await page.locator('#race-table summary').click();
        const figures = await page.locator('#race-rows tr').evaluateAll((list) => list.map((row) => (
          [...row.cells].map((cell) => cell.textContent))));
        assert.equal(figures.length, 12);
        for (const [cell, ours, theirs, , first] of figures) {
          assert.match(ours, /^[\d,.]+ ns$/, cell);
          assert.match(theirs, /^[\d,.]+ ns$/, cell);
          assert.ok(['pagebuf', 'buffer@6', 'platform'].includes(first));
        }
      }, { picture: 'race' }));

      it('moves nothing while it loads', () => visit(async (page) => {
        const shift = await page.evaluate(() => new Promise((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const { value } of list.getEntries()) sum += value;
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(sum), 500);
        }));
        assert.ok(shift < 0.01, `cumulative layout shift ${shift}`);
      }));
    }

    for (const scheme of ['light', 'dark']) {
      it(`has no serious faults for axe-core, ${scheme}`, async () => {
        const own = await browsers[name](scheme);
        const context = await own.newContext({ colorScheme: scheme });
        try {
          const page = await context.newPage();
          await page.goto(url);
          await settled(page, examples[0].script.ops.length);
          await page.evaluate(() => document.querySelectorAll('details').forEach((each) => { each.open = true; }));
          const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
          const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
          assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`), []);
        } finally {
          await own.close();
        }
      });
    }

    // Screenshots for people. The tests above check their contents.
    if (name === 'chromium') {
      for (const [size, width, height] of [['desktop', 1280, 900], ['phone', 390, 844]]) {
        for (const scheme of ['light', 'dark']) {
          it(`has screenshots taken, ${size}, ${scheme}`, () => visit(async (page) => {
            const take = (scene, selector) => page.locator(selector).screenshot(
              { path: `${screens}/scene-${scene}-${size}-${scheme}.png`, caret: 'initial' });
            for (const [index, [, , presses]] of scenes.entries()) {
              await page.click(`#lesson-${index}`);
              await press(page, presses[0][0]);
              await until(async () => presses[0][1].test(await text(page, '#lesson-said')), true);
              await take(`lesson-${index + 1}`, '.learn');
            }
            await page.selectOption('#examples', { label: 'from() and concat() use the pool as well' });
            await until(() => page.locator('#rows tr.equal, #rows tr.known').count(), 9);
            await take('slab', '.see');
            await take('beside', '.beside');
            await page.click('#churn');
            await until(async () => /^10,000 slices on/.test(await text(page, '#churned')), true);
            await take('churn', '.see');
            await page.click('#race-start');
            await until(async () => await page.locator('#race-rows tr').count() >= 3, true);
            await page.click('#race-stop');
            await take('race', '.race');
          }, { width, height, colorScheme: scheme }));
        }
      }
    }

    it('fits a phone', () => visit(async (page) => {
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    }, { width: 390, height: 844, picture: 'phone' }));

    for (const scheme of ['light', 'dark']) {
      it(`is drawn in the colours of a ${scheme} page`, async () => {
        const own = await browsers[name](scheme);
        const use = async (page) => {
          await page.selectOption('#examples', { label: 'from() and concat() use the pool as well' });
          await until(() => page.locator('#rows tr').count(), 9);
          const free = scheme === 'dark' ? [0x1f, 0x29, 0x2e] : [0xe9, 0xe7, 0xdf];
          assert.ok(await pixels(page, free) > 1000);
        };
        await visit(use, { on: own, colorScheme: scheme, picture: scheme }).finally(() => own.close());
      });
    }
  });
}

// ---- as static files
// --------------------------------------------------------------------------------------

// A server of static files. It serves under a sub path, with a policy for everything that it sends.
async function serveFiles(files, policy) {
  const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
  const server = createServer(({ url: asked }, response) => {
    const name = asked.replace(/^\/some\/path\//, '').replace(/\?.*$/, '') || 'index.html';
    const found = asked.startsWith('/some/path/') && files.get(name);
    response.writeHead(found ? 200 : 404, { 'Content-Type': types[extname(name)] || 'text/plain', 'Content-Security-Policy': policy });
    response.end(found || 'nothing here');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { server, address: `http://127.0.0.1:${server.address().port}/some/path/` };
}

describe('the page as static files', () => {
  const most = 200000; // bytes, as they are, not compressed
  const policies = [['wasm', `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'`], ['plain', `default-src 'self'`]];
  let files;

  before(async () => { files = await buildPage(); });

  for (const [path, policy] of policies) {
    it(`compares with recorded runs under a sub path and the policy ${policy}, in less than ${most} bytes`, async () => {
      const { server: fileServer, address } = await serveFiles(files, policy);
      const browser = await browsers.chromium();
      try {
        const page = await browser.newPage();
        const complaints = [];
        const bodies = [];
        page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
        page.on('pageerror', (error) => complaints.push(error.message));
        page.on('response', (response) => bodies.push(response.body()));
        await page.goto(address);
        await until(() => page.locator('#compared').textContent(), String(examples[0].script.ops.length));
        const bytes = (await Promise.all(bodies)).reduce((sum, { length }) => sum + length, 0);
        console.log(`the page on the ${path} path: ${bytes} bytes in ${bodies.length} files`);
        assert.ok(bodies.length >= 4, 'page, style, code and record');
        assert.ok(bytes < most, `${bytes} bytes`);
        assert.equal(await page.locator('#path').textContent(), path);
        assert.match(await page.locator('#node').textContent(), /^Node 26\.\d+\.\d+, recorded$/);
        assert.deepEqual(await page.locator('#beside option').allTextContents(),
          ['Node 26, recorded', 'Node 24, recorded', 'Node 22, recorded']);
        for (const [index, { title }] of examples.entries()) {
          await page.selectOption('#examples', String(index));
          await until(async () => (await page.locator('#rows td:nth-child(5)').allTextContents()).every((verdict) => (
            verdict === 'equal')), true, title);
        }
        await page.click('#race-start');
        await until(async () => await page.locator('#race-rows tr').count() > 0, true, 'the race runs without eval');
        assert.deepEqual(complaints, []);
      } finally {
        await browser.close();
        fileServer.close();
      }
    });
  }

  it('is written to build/page/ by npm run build:page, every path relative', () => {
    const script = fileURLToPath(new URL('../tools/build-page.js', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    const html = readFileSync(`${root}build/page/index.html`, 'utf8');
    const paths = [...html.matchAll(/(?:src|href)="(.*?)"/g)].map(([, path]) => path);
    assert.ok(paths.length >= 3);
    for (const path of paths) {
      assert.match(path, /^\.\//);
      assert.ok(readFileSync(`${root}build/page/${path}`).length > 0);
    }
    assert.equal(spawnSync(process.execPath, [script, 'x'], { encoding: 'utf8' }).stderr, `build:page: unexpected argument 'x'\n`);
  });
});

// ---- its picture
// ------------------------------------------------------------------------------------------

describe('docs/page.png', () => {
  it('is a picture of at most 150 kB, 1280 pixels wide, that npm run picture makes', () => {
    const bytes = readFileSync(`${root}docs/page.png`);
    assert.ok(bytes.length <= 150000, `${bytes.length} bytes`);
    assert.equal(PNG.sync.read(bytes).width, 1280);
  });
});

// ---- WebKit
// -----------------------------------------------------------------------------------------------

describe('the page in WebKit', () => {
  it('opens, and teaches the first lesson', async () => {
    const children = [];
    const start = (command, args, environment) => {
      children.push(spawn(command, args, { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] }));
      return children[children.length - 1];
    };
    let session;
    let driver;
    const send = async (method, path, body) => {
      const response = await fetch(driver + path, { method, body: body && JSON.stringify(body) });
      const { value } = await response.json();
      if (!response.ok) throw new Error(`${path}: ${value.message}`);
      return value;
    };
    const evaluate = (script) => send('POST', `${session}/execute/sync`, { script: `return ${script};`, args: [] });
    const shown = (id) => evaluate(`document.getElementById('${id}').textContent`);
    try {
      const screen = start('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp'], {});
      const [number] = await once(screen.stdio[3], 'data');
      const free = createServer().listen(0, '127.0.0.1');
      await once(free, 'listening');
      const { port } = free.address();
      await new Promise((resolve) => { free.close(resolve); });
      driver = `http://127.0.0.1:${port}`;
      start('WebKitWebDriver', [`--port=${port}`], { DISPLAY: `:${String(number).trim()}` });
      await until(() => send('GET', '/status').then(() => true, () => false), true, 'the driver answers');
      const { sessionId } = await send('POST', '/session', { capabilities: { alwaysMatch: {} } });
      session = `/session/${sessionId}`;
      await send('POST', `${session}/url`, { url });
      await until(() => shown('compared'), String(examples[0].script.ops.length));
      assert.equal(await shown('diverged'), '0');
      assert.equal(await shown('path'), 'wasm');
      assert.match(await shown('lesson-said'), /b says “world”\.$/);
      const { 'element-6066-11e4-a52e-4f735466cecf': button } = await send('POST', `${session}/element`,
        { using: 'css selector', value: '#lesson-control button' });
      await send('POST', `${session}/element/${button}/click`, {});
      await until(async () => /b says “Jorld”/.test(await shown('lesson-said')), true);
      const painted = await evaluate(`[...document.getElementById('lesson-map').getContext('2d')
        .getImageData(60, 40, 1, 1).data].join()`);
      assert.equal(painted, '86,180,233,255', 'a is painted in its colour');
    } finally {
      if (session) await send('DELETE', session).catch(() => {});
      for (const child of children) child.kill();
    }
  });
});
