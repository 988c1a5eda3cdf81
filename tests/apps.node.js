// The recipes: each folder of tests/apps/ is an application that is built with the packed package, as a
// person would build it, and opened in browsers, with a strict policy and without one.
//
// Owns     build/apps/: what the applications are built with, installed when it is not there, the package
//          unpacked from build/, and one folder per recipe: the page in tests/apps/page/ with the recipe's
//          own files over it.
// Assumes  npm pack has just written the package to build/.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, firefox } from 'playwright';
import { commandPath } from './set-up.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'tests/apps');
const apps = join(root, 'build/apps');
const run = promisify(execFile);
const patience = 120000; // milliseconds: a busy machine is no failure

// Which folder is served once the application is built.
const recipes = [
  { name: 'vite', served: 'dist' },
  { name: 'webpack', served: 'dist' },
  { name: 'rollup', served: 'dist' },
  { name: 'esbuild', served: 'dist' },
  { name: 'parcel', served: 'dist' },
  { name: 'import-map', served: '.' },
  { name: 'static', served: '.', hasNoDependency: true },
];

async function npm(folder, ...args) {
  try {
    await run('npm', args, { cwd: folder, env: { ...process.env, NO_COLOR: '1' } });
  } catch (error) {
    throw new Error(`npm ${args.join(' ')}: ${error.stdout}${error.stderr}`);
  }
}

async function install() {
  const installed = join(apps, 'node_modules/.package-lock.json'); // npm writes it last
  const lock = join(sources, 'package-lock.json');
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
    rmSync(apps, { recursive: true, force: true });
    mkdirSync(apps, { recursive: true });
    for (const file of ['package.json', 'package-lock.json']) cpSync(join(sources, file), join(apps, file));
    // Not `npm ci`: it insists on the binaries for other systems, which some registries do not have.
    await npm(apps, 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json')));
  const target = join(apps, 'node_modules/pagebuf');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  await run('tar', ['-xzf', join(root, `build/pagebuf-${version}.tgz`), '--strip-components=1', '-C', target]);
}

async function build({ name }) {
  const folder = join(apps, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(sources, 'page'), folder, { recursive: true });
  cpSync(join(sources, name), folder, { recursive: true });
  // Where this lies is where Parcel looks for aliases that hold for dependencies, too.
  cpSync(join(sources, 'package-lock.json'), join(folder, 'package-lock.json'));
  await npm(folder, 'run', 'build');
}

const contentTypes = { '.html': 'text/html', '.js': 'text/javascript' };

// A static server of one folder, on a port of its own: a service worker owns its origin.
async function serve(folder, policy) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const file = join(folder, pathname === '/' ? 'index.html' : pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    const headers = { 'content-type': contentTypes[extname(file)] };
    if (policy) headers['content-security-policy'] = policy;
    return response.writeHead(200, headers).end(readFileSync(file));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

// Scripts from the page's own origin and nothing else. An import map stands in the page, so it is allowed by
// its hash.
function strictPolicy(folder) {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const map = /<script type="?importmap"?>(.*?)<\/script>/s.exec(page);
  const hash = map ? ` 'sha256-${createHash('sha256').update(map[1]).digest('base64')}'` : '';
  return `default-src 'none'; script-src 'self'${hash}; worker-src 'self'; connect-src 'self'`;
}

// What a person reads on the page once it has come to rest.
async function read(browser, folder, policy) {
  const server = await serve(folder, policy);
  const page = await browser.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message)); // in Firefox, what the policy refused, too
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/`, { timeout: patience });
    let lines = {};
    // Polled from here: a policy forbids what Playwright would wait with.
    for (const end = Date.now() + patience; Date.now() < end;) {
      const terms = () => Array.from(globalThis.document.querySelectorAll('dt'),
        (term) => [term.innerText, term.nextElementSibling.innerText]);
      lines = Object.fromEntries(await page.evaluate(terms));
      if (!Object.values(lines).includes('…')) return lines;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return { ...lines, complaints };
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
}

function expected(path, hasNoDependency) {
  const lines = {
    Runs: path,
    Page: 'hi there at 0 on linear memory',
    Global: 'the same Buffer',
    Dependency: 'FIRST (our Buffer) SECOND (our Buffer)',
    Worker: `a message came back, ${path}`,
    'Service worker': `a response, ${path}`,
  };
  if (hasNoDependency) delete lines.Dependency;
  return lines;
}

const browsers = new Map();

before(async () => {
  await install();
  browsers.set('chromium', await chromium.launch(
    { executablePath: commandPath('chromium'), args: ['--no-sandbox'], timeout: patience }));
  browsers.set('firefox', await firefox.launch(
    { executablePath: commandPath('firefox-esr'), channel: 'moz-firefox', timeout: patience }));
});

after(async () => {
  for (const browser of browsers.values()) await browser.close();
});

for (const recipe of recipes) {
  describe(`literal: ${recipe.name}`, () => {
    const folder = join(apps, recipe.name, recipe.served);
    before(() => build(recipe));

    for (const name of ['chromium', 'firefox']) {
      test(`works in ${name}: page, dependency, worker, service worker`, async () => {
        assert.deepEqual(await read(browsers.get(name), folder), expected('wasm', recipe.hasNoDependency));
      });

      test(`works in ${name} under a strict policy`, async () => {
        assert.deepEqual(await read(browsers.get(name), folder, strictPolicy(folder)),
          expected('plain', recipe.hasNoDependency));
      });
    }
  });
}

describe('literal: README.md', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const rows = [...text.matchAll(/^\| \[.*?\]\(tests\/apps\/(\S+)\) \| .* \| `(.*)` \|$/gm)]
    .map(([, name, line]) => ({ name, line }));

  test('has one line for every recipe, and every folder of tests/apps is one', () => {
    const names = recipes.map(({ name }) => name);
    assert.deepEqual(rows.map(({ name }) => name), names);
    const folders = readdirSync(sources, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(folders.map(({ name }) => name).sort(), ['page', ...names].sort());
  });

  const withoutSpace = (text) => text.replace(/\s/g, '');
  for (const { name, line } of rows) {
    test(`says what ${name} does: ${line}`, () => {
      const files = readdirSync(join(sources, name)).map((file) => readFileSync(join(sources, name, file), 'utf8'));
      assert.ok(files.some((text) => withoutSpace(text).includes(withoutSpace(line))));
    });
  }
});
