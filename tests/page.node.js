// The page as a person meets it, in Chromium and in Firefox: every control, the picture, the totals, the
// console; and the endpoint that runs scripts in real Node. Screenshots go to build/screens/.
//
// Assumes   the two browsers are installed (tests/set-up.js). The policy forbids eval(), so the page is
//           polled with evaluate(), never with waitForFunction().
/* global document, innerWidth, scrollY */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium, firefox } from 'playwright';
import { examples } from '../compare/examples.js';
import { format, parse } from '../web/notation.js';
import { commandPath } from './set-up.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const screens = `${root}build/screens`;
const serverFile = fileURLToPath(new URL('../web/server.js', import.meta.url));

const browsers = {
  chromium: () => chromium.launch({ executablePath: commandPath('chromium'), args: ['--no-sandbox'] }),
  // A Firefox that is driven by WebDriver BiDi cannot be told the colour scheme of one page.
  firefox: (scheme = 'light') => firefox.launch({
    executablePath: commandPath('firefox-esr'),
    channel: 'moz-firefox',
    firefoxUserPrefs: { 'layout.css.prefers-color-scheme.content-override': scheme === 'dark' ? 0 : 1 },
  }),
};

let server;
let url;

before(async () => {
  mkdirSync(screens, { recursive: true });
  server = spawn(process.execPath, [serverFile, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: server.stdout })) {
    [url] = /http:\/\/\S+/.exec(line);
    break;
  }
});

after(() => server.kill());

// Reads until what was read is what is expected; the last reading is what a failure shows.
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
    [['--port', '70000'], `server: --port must be an integer from 0 to 65535, got '70000'\n`],
    [['--port', 'x'], `server: --port must be an integer from 0 to 65535, got 'x'\n`],
    [['--nope'], /^server: Unknown option '--nope'.*\n$/],
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

  it('runs a script in real Node, and its own pool stays what it is', async () => {
    for (const poolSize of [8192, 4096, 65536]) {
      const { status, text } = await ask('/api/run', { body: one.replace('8192', String(poolSize)) });
      assert.equal(status, 200);
      const row = { store: 0, kind: 'pool', offset: 0, length: 4, holds: poolSize, byteLength: poolSize, bytes: '01010101' };
      assert.deepEqual(JSON.parse(text), { version: process.version, rows: [row] });
    }
  });

  it('serves the page, the library and the scripts, and nothing else of the repository', async () => {
    const status = async (path) => (await ask(path, { method: 'GET' })).status;
    assert.equal(await status('/'), 200);
    for (const path of ['js/index.js', 'compare/script.js']) assert.equal(await status(`/@fs${root}${path}`), 200, path);
    for (const path of ['package.json', 'tests/page.node.js', '../../etc/passwd']) {
      assert.equal(await status(`/@fs${root}${path}`), 403, path);
    }
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

for (const [name, launch] of Object.entries(browsers)) {
  describe(`the page in ${name}`, () => {
    let browser;

    before(async () => {
      browser = await launch();
    });

    after(() => browser.close());

    // Opens the page, uses it and closes it; what the console said meanwhile is a failure.
    // A picture is taken after that: Playwright adds a style for it, which the policy refuses in Firefox.
    async function visit(use, options = {}) {
      const { path = '', width = 1280, height = 900, on = browser, expected, picture, ...others } = options;
      const page = await on.newPage({ viewport: { width, height }, ...others });
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

    // fill() adds to what stands in a number's box in Firefox.
    async function writeNumber(page, selector, number) {
      await page.locator(selector).focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.type(number);
      await page.keyboard.press('Tab');
    }

    const choose = (page, group, label) => page.locator(`#${group} label`, { hasText: label }).click();

    // How many pixels of the canvas have exactly a colour, among the first `height` rows of pixels.
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

    // Where in the strip above the rows a byte is, on the screen.
    async function inStrip(page, byte, size) {
      const box = await page.locator('#map').boundingBox();
      return [box.x + 46 + (byte + 0.5) / size * (box.width - 46), box.y + stripHeight / 2];
    }

    it('finds no divergence in any example, and counts what it compared', () => visit(async (page) => {
      assert.equal(await text(page, '#node'), `Node ${process.versions.node}`);
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
        assert.deepEqual(verdicts.filter((verdict) => !['equal', 'known, see *'].includes(verdict)), [], title);
      }
    }));

    for (const [path, shown] of [['', 'wasm'], ['?csp=plain', 'plain']]) {
      it(`runs on the ${shown} path with the policy of '/${path}', and says so`, () => visit(async (page) => {
        assert.equal(await text(page, '#path'), shown);
        assert.equal(await text(page, '#numbers [data-name=path] td'), shown);
        assert.equal(await text(page, '#diverged'), '0');
        assert.deepEqual((await rows(page, 3)).slice(-2), ['false', 'true']);
        // Firefox itself reports what the policy refuses.
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
      await until(() => text(page, '#numbers [data-name="current.size"] td'), '64');
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
      await until(() => rows(page, 5), Array(4).fill('known, see *').with(3, 'equal'));
      await page.mouse.move(...await inStrip(page, 0, 64));
      await until(() => text(page, '#slice-name'), 'a');
      await page.mouse.move(...await inStrip(page, 12, 64));
      await until(() => text(page, '#slice-name'), 'b');
      assert.deepEqual(await page.locator('#slice dd').allTextContents(),
        ['10 bytes', '8', '0, base 0, linear', '8', '65,536', `b = Buffer.from('0123456789')`]);
      assert.match(await text(page, '#hex'), /^ {3}0 {2}30 31 32 33 34 35 36 37 {2}01234567\n {3}8 {2}38 39 {20}89$/);
      await page.locator('#map').focus();
      for (const [key, slice] of [['Home', 'a'], ['ArrowLeft', 'a'], ['ArrowRight', 'b'], ['ArrowDown', 'line 3'],
        ['ArrowRight', 'line 3'], ['ArrowUp', 'b'], ['End', 'line 3'], ['PageUp', 'a']]) {
        await page.keyboard.press(key);
        assert.equal(await text(page, '#slice-name'), slice, key);
      }
      const said = await page.locator('#map').getAttribute('aria-valuetext');
      assert.match(said, /^a: length 2 bytes, byteOffset 0, .*Made by a = /);
      assert.equal(await page.locator('#rows tr.chosen td').first().textContent(), '1');
      await page.locator('#rows tr').nth(3).hover();
      assert.equal(await text(page, '#slice-name'), 'c');
    }));

    it('turns from slab to slab', () => visit(async (page) => {
      await page.selectOption('#examples', { label: 'A full slab' });
      await until(() => text(page, '#which'), 'slab 1');
      assert.ok(await page.locator('#after').isDisabled());
      await page.click('#before');
      assert.equal(await text(page, '#which'), 'slab 0');
      assert.equal(await text(page, '#slice-name'), 'b0');
      assert.ok(await page.locator('#before').isDisabled());
      await page.click('#after');
      assert.equal(await text(page, '#slice-name'), 'b2');
    }));

    it('marks .buffer.byteLength of a small linear slab as known, and finds a heap slab equal', () => visit(async (page) => {
      const lines = ['a = Buffer.allocUnsafe(4)', 'a.buffer.byteLength'];
      await write(page, ...lines);
      await until(() => rows(page, 5), ['known, see *', 'known, see *']);
      assert.deepEqual([(await rows(page, 3))[1], (await rows(page, 4))[1]], ['65536', '8192']);
      assert.match(await text(page, '#footnote'), /^\* Linear memory comes in pages/);
      await choose(page, 'source', 'heap');
      await until(() => rows(page, 5), ['equal', 'equal']);
      assert.equal((await rows(page, 3))[1], '8192');
      assert.equal(await text(page, '#numbers [data-name=source] td'), 'heap');
      await choose(page, 'source', 'linear');
      await choose(page, 'pool-size', '64 KiB');
      await until(() => rows(page, 5), ['equal', 'equal']);
      assert.equal(await text(page, '#diverged'), '0');
    }));

    it('says in one line what it does not understand, and runs what is mended', () => visit(async (page) => {
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
      await until(() => rows(page, 5), ['known, see *', 'differs: offset, bytes', 'equal']);
      assert.equal(await text(page, '#diverged'), '1');
      assert.match(await text(page, '#summary'), / 1 divergence from Node 26\.0\.0\.$/);
    }));

    it('says that nothing was compared when no Node answers', () => visit(async (page) => {
      await page.route('**/api/run', (route) => route.fulfill({ status: 200, body: 'no JSON' }));
      await write(page, 'a = Buffer.alloc(1)');
      await until(() => rows(page, 5), ['not compared']);
      assert.equal(await text(page, '#node'), 'no Node answers');
      assert.equal(await text(page, '#compared'), String(examples[0].script.ops.length));
    }));

    it('moves nothing when another example is chosen', () => visit(async (page) => {
      const parts = ['#code', '#run', '#calls', '#map', '#outside', '#slice', '#hex', '#numbers', '.beside'];
      const tops = () => page.evaluate((selectors) => selectors.map((selector) => (
        Math.round(document.querySelector(selector).getBoundingClientRect().top + scrollY))), parts);
      const atFirst = await tops();
      for (const index of examples.keys()) {
        await page.selectOption('#examples', String(index));
        await until(() => text(page, '#look'), `Look: ${examples[index].look}.`);
        assert.deepEqual(await tops(), atFirst, examples[index].title);
      }
    }));

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
