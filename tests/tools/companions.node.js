// The usual companions of buffer: plugins that add polyfills, and ways to provide the global Buffer. With
// each, the application, its dependencies and the polyfills must all have the same Buffer.
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { install, launch, read, run, serve, start } from '../application.js';

const sources = fileURLToPath(new URL('companions', import.meta.url));
const expected = { Ways: '12 ways, one Buffer', Polyfill: 'the same Buffer' };

// One row for each application: the companion's name in tools/recipes.js, the folder that is built, and the
// command.
const builds = [
  ['webpack ProvidePlugin', 'provide-plugin', 'webpack', '-c', 'webpack.provide-plugin.js', '-o', 'provide-plugin'],
  ['node-polyfill-webpack-plugin', 'node-polyfill', 'webpack', '-c', 'webpack.node-polyfill.js', '-o', 'node-polyfill'],
  ['node-stdlib-browser', 'webpack-stdlib', 'webpack', '-c', 'webpack.node-stdlib-browser.js', '-o', 'webpack-stdlib'],
  ['@rollup/plugin-inject', 'rollup-inject', 'rollup', '-c', 'rollup.inject.js', '-d', 'rollup-inject'],
  ['rollup-plugin-polyfill-node', 'polyfill-node', 'rollup', '-c', 'rollup.polyfill-node.js', '-d', 'polyfill-node'],
  ['esbuild --inject', 'esbuild-inject', 'npm', 'run', 'esbuild-inject'],
];

// Vite also makes the page, and has a development server.
const vites = ['vite', 'vite-7'].flatMap((name) => [
  ['vite-plugin-node-polyfills', name, 'vite.node-polyfills.js'],
  ['node-stdlib-browser', name, 'vite.node-stdlib-browser.js'],
]);

let folder;
let browser;

async function readAndClose({ url, close }) {
  return read(browser, url).finally(close);
}

before(async () => {
  folder = await install('tools/companions');
  cpSync(sources, folder, { recursive: true });
  cpSync(join(sources, '../../apps/page/ways.js'), join(folder, 'ways.js'));
  browser = await launch('chromium');
});

after(() => browser.close());

for (const [tool, built, ...command] of builds) {
  describe(`literal: ${tool}`, () => {
    test(`leaves one Buffer: ${built}`, async () => {
      await run(folder, ...command);
      cpSync(join(sources, 'index.html'), join(folder, built, 'index.html'));
      assert.deepEqual(await readAndClose(await serve(join(folder, built))), expected);
    });
  });
}

for (const [tool, name, config] of vites) {
  const vite = [`node_modules/${name}/bin/vite.js`, '-c', config];
  describe(`literal: ${tool}`, () => {
    test(`leaves one Buffer in a build: ${name}`, async () => {
      const [bin, ...options] = vite;
      await run(folder, process.execPath, bin, 'build', ...options, '--outDir', 'vite', '--emptyOutDir');
      assert.deepEqual(await readAndClose(await serve(join(folder, 'vite'))), expected);
    });

    test(`leaves one Buffer in development: ${name}`, async () => {
      const server = await start(folder, process.execPath, ...vite, '--host', '127.0.0.1', '--strictPort');
      assert.deepEqual(await readAndClose(server), expected);
    });
  });
}
