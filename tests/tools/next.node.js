// Next.js, with Turbopack and with webpack, built and in development. The client code has one Buffer, ours.
// The server code runs in Node, and keeps Node's.
import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { install, launch, read, run, start } from '../application.js';

const sources = fileURLToPath(new URL('next', import.meta.url));
const expected = { Ways: '12 ways, one Buffer' };
const local = ['--hostname', '127.0.0.1'];

let folder;
let browser;

before(async () => {
  folder = await install('tools/next');
  cpSync(sources, folder, { recursive: true });
  cpSync(join(sources, '../../apps/page/ways.js'), join(folder, 'ways.js'));
  browser = await launch('chromium');
});

after(() => browser.close());

for (const [tool, flag] of [['Next.js, Turbopack', '--turbopack'], ['Next.js, webpack', '--webpack']]) {
  describe(`literal: ${tool}`, () => {
    before(() => rmSync(join(folder, '.next'), { recursive: true, force: true }));

    test('leaves one Buffer in a build', async () => {
      await run(folder, 'next', 'build', flag);
      const { url, close } = await start(folder, 'next', 'start', ...local);
      assert.deepEqual(await read(browser, url).finally(close), expected);
    });

    test('leaves one Buffer in development', async () => {
      const { url, close } = await start(folder, 'next', 'dev', flag, ...local);
      assert.deepEqual(await read(browser, url).finally(close), expected);
    });
  });
}
