// Hosts that are neither a page nor its worker, and lack parts of the platform: Cloudflare's workerd, the
// service worker and the pages of a browser extension, an AudioWorklet.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { commandPath } from '../../compare/command.js';
import { install, launch, patience, read, run, serve } from '../application.js';

const sources = fileURLToPath(new URL('.', import.meta.url));
const text = 'grüße, 世界 👋';
let folder;

before(async () => {
  folder = await install('tools/workerd');
});

// A folder with the host's files, and with pagebuf as a static folder beside them.
function laidOut(name) {
  const target = join(folder, '..', name);
  rmSync(target, { recursive: true, force: true });
  cpSync(join(sources, name), target, { recursive: true });
  cpSync(join(folder, 'node_modules/pagebuf'), join(target, 'pagebuf'), { recursive: true });
  return target;
}

describe('literal: workerd', () => {
  test('answers a request, with one Buffer', async () => {
    cpSync(join(sources, 'workerd'), folder, { recursive: true });
    cpSync(join(sources, '../apps/page/ways.js'), join(folder, 'ways.js'));
    await run(folder, 'npm', 'run', 'build');
    // It writes its port to file descriptor 3.
    const binary = join(folder, 'node_modules/@cloudflare/workerd-linux-64/bin/workerd');
    const server = spawn(binary, ['serve', 'config.capnp', '--control-fd=3'],
      { cwd: folder, stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
    try {
      const [line] = await once(server.stdio[3], 'data');
      const { port } = JSON.parse(line);
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: text });
      assert.deepEqual(await response.json(),
        { ways: '12 ways, one Buffer', echo: text, isPooled: true, ofRealm: true });
    } finally {
      server.kill();
    }
  });
});

describe('literal: MV3 extension', () => {
  // Extensions may compile WebAssembly only when their manifest allows it.
  const policies = [
    ['plain', {}],
    ['wasm', { content_security_policy: { extension_pages: "script-src 'self' 'wasm-unsafe-eval'" } }],
  ];
  for (const [path, policy] of policies) {
    test(`works in the service worker and in a page: ${path}`, async () => {
      const extension = laidOut('extension');
      const { default: manifest } = await import('./extension/manifest.json', { with: { type: 'json' } });
      writeFileSync(join(extension, 'manifest.json'), JSON.stringify({ ...manifest, ...policy }));
      const profile = join(extension, '../profile');
      rmSync(profile, { recursive: true, force: true });
      mkdirSync(profile);
      const context = await chromium.launchPersistentContext(profile, {
        executablePath: commandPath('chromium'),
        timeout: patience,
        args: ['--no-sandbox', `--disable-extensions-except=${extension}`, `--load-extension=${extension}`,
          '--disable-features=DisableLoadExtensionCommandLineSwitch'],
        ignoreDefaultArgs: ['--disable-extensions'],
      });
      try {
        const [worker = await context.waitForEvent('serviceworker', { timeout: patience })] = context.serviceWorkers();
        const expected = { text, isGlobal: true, isPooled: true, path };
        const answers = () => globalThis.answers;
        assert.deepEqual(await worker.evaluate(answers), expected);
        const page = await context.newPage();
        await page.goto(new URL('page.html', worker.url()).href);
        assert.deepEqual(await page.evaluate(answers), expected);
      } finally {
        await context.close();
      }
    });
  }
});

describe('literal: AudioWorklet', () => {
  for (const name of ['chromium', 'firefox']) {
    test(`works in ${name}`, async () => {
      const browser = await launch(name);
      const { url, close } = await serve(laidOut('worklet'));
      const lines = await read(browser, url).finally(close);
      await browser.close();
      assert.deepEqual(lines, { Worklet: `undefined ${text} ${text} pooled` });
    });
  }
});
