// The recipes. Each folder of tests/apps/ is an application. It is built with the packed package, as a
// person would build it, and opened in browsers, with a strict policy and without one.
//
// Owns     build/apps/, which has one folder for each recipe: the page in tests/apps/page/, and the recipe's
//          own files.
// Assumes  npm pack has just written the package to build/.
import assert from 'node:assert/strict';
import * as nodeBuffer from 'node:buffer';
import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { rows, short } from '../tools/recipes.js';
import { install, launch, read, run, serve, start } from './application.js';
import { namesOf } from './apps/page/names.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'tests/apps');
const apps = join(root, 'build/apps');

// `tool` is the name in tools/recipes.js. The application has the files of `folders`; later ones replace
// earlier ones. `served` is the folder that is served after the build. For development there is either
// another built folder, `developed`, or a server.
const recipes = [
  { tool: 'Vite', folders: ['vite'], served: 'dist', hasServer: true },
  { tool: 'Vite', folders: ['vite', 'vite-7'], served: 'dist', hasServer: true },
  { tool: 'webpack', folders: ['webpack'], served: 'dist', developed: 'dev' },
  { tool: 'Rollup', folders: ['rollup'], served: 'dist' },
  { tool: 'esbuild', folders: ['esbuild'], served: 'dist' },
  { tool: 'Parcel', folders: ['parcel'], served: 'dist', hasServer: true },
  { tool: 'import map', folders: ['import-map'], served: '.' },
  { tool: 'no tool', folders: ['static'], served: '.', hasNoDependency: true },
];

async function build(name, folders) {
  const folder = join(apps, name);
  rmSync(folder, { recursive: true, force: true });
  for (const part of ['page', ...folders]) cpSync(join(sources, part), folder, { recursive: true });
  // Parcel looks beside the lock file for aliases that also apply to dependencies.
  cpSync(join(sources, 'package-lock.json'), join(folder, 'package-lock.json'));
  await run(folder, 'npm', 'run', 'build');
}

// Allows scripts from the page's own origin only. An import map is inline, so the policy has its hash.
function strictPolicy(folder) {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const map = /<script type="?importmap"?>(.*?)<\/script>/s.exec(page);
  const hash = map ? ` 'sha256-${createHash('sha256').update(map[1]).digest('base64')}'` : '';
  return `default-src 'none'; script-src 'self'${hash}; worker-src 'self'; connect-src 'self'`;
}

async function readServed(browser, folder, policy) {
  const { url, close } = await serve(folder, policy);
  return read(browser, url).finally(close);
}

function expected(path, hasNoDependency) {
  const lines = {
    Runs: path,
    Page: 'hi there at 0 on linear memory',
    Global: 'the same Buffer',
    Ways: '12 ways, one Buffer',
    Names: namesOf(nodeBuffer.default),
    Dependency: 'FIRST (our Buffer) SECOND (our Buffer)',
    Worker: `a message came back, ${path}`,
    'Service worker': `a response, ${path}`,
  };
  if (hasNoDependency) {
    delete lines.Ways;
    delete lines.Names;
    delete lines.Dependency;
  }
  return lines;
}

const browsers = new Map();

before(async () => {
  await install('apps');
  for (const name of ['chromium', 'firefox']) browsers.set(name, await launch(name));
});

after(async () => {
  for (const browser of browsers.values()) await browser.close();
});

for (const { tool, folders, served, hasServer, developed, hasNoDependency } of recipes) {
  const name = folders.at(-1);
  describe(`literal: ${tool}`, () => {
    const folder = join(apps, name, served);
    before(() => build(name, folders));

    for (const browser of ['chromium', 'firefox']) {
      test(`${name} works in ${browser}: page, ways, dependency, worker, service worker`, async () => {
        assert.deepEqual(await readServed(browsers.get(browser), folder), expected('wasm', hasNoDependency));
      });

      test(`${name} works in ${browser} under a strict policy`, async () => {
        const lines = await readServed(browsers.get(browser), folder, strictPolicy(folder));
        assert.deepEqual(lines, expected('plain', hasNoDependency));
      });
    }

    if (hasServer) {
      test(`${name} works in development`, async () => {
        const { url, close } = await start(join(apps, name), 'npm', 'run', 'dev', '--');
        assert.deepEqual(await read(browsers.get('chromium'), url).finally(close), expected('wasm'));
      });
    }

    if (developed) {
      test(`${name} works in development`, async () => {
        await run(join(apps, name), 'npm', 'run', 'build:dev');
        assert.deepEqual(await readServed(browsers.get('chromium'), join(apps, name, developed)), expected('wasm'));
      });
    }
  });
}

describe('literal: the recipes in the documents', () => {
  const withoutSpace = (text) => text.replace(/\s/g, '');
  const textOf = (folder) => readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => withoutSpace(readFileSync(join(parentPath, name), 'utf8')))
    .join('\n');

  test('README.md has the common ones, docs/tools.md has all', () => {
    const tableOf = (file) => /<!-- npm run recipes -->\n(.*)\n<!-- end of recipes -->/s
      .exec(readFileSync(join(root, file), 'utf8'))[1].split('\n');
    assert.deepEqual(tableOf('README.md'), short());
    assert.deepEqual(tableOf('docs/tools.md').slice(2).map((line) => /^\| \[(.*?)\]/.exec(line)[1]),
      rows.map(({ tool }) => tool));
  });

  test('every folder of tests/apps belongs to one', () => {
    const folders = readdirSync(sources, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const used = new Set(['dependency', 'page', ...recipes.flatMap(({ folders: parts }) => parts)]);
    assert.deepEqual(folders.map(({ name }) => name).sort(), [...used].sort());
    assert.deepEqual(recipes.filter(({ tool }) => !rows.some((row) => row.tool === tool)), []);
  });

  for (const { tool, recipe, lines, free } of rows) {
    test(`${tool}: what is written is what is tested`, () => {
      const text = textOf(join(root, 'tests', recipe)) + textOf(join(sources, 'page'));
      assert.deepEqual([...lines, ...free].filter((line) => !text.includes(withoutSpace(line))), []);
    });
  }
});
