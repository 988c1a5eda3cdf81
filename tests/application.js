// Installs the tools of an application, serves it, and reads its page.
//
// Owns     build/apps/ and build/tools/. Each folder of tests/ with a package.json and a lock file is
//          installed there once, with the packed pagebuf, and with the dependency that all applications
//          share.
// Assumes  npm pack has just written the package to build/.
// Holds    nothing is fetched after the first time. Servers end with the test that started them.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, firefox } from 'playwright';
import { commandPath } from '../compare/command.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const execute = promisify(execFile);
const wait = promisify(setTimeout);

/** Milliseconds. Long, because a busy machine is no failure. */
export const patience = 120000;

// Tools run in the Node that runs the tests, and send no telemetry. A test runner within a test must report
// as it does on a command line.
function environment(folder) {
  return {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_TEST_CONTEXT: undefined,
    NO_COLOR: '1',
    PATH: [join(folder, 'node_modules/.bin'), dirname(process.execPath), process.env.PATH].join(':'),
  };
}

/** Runs a command to its end, and returns what it printed. */
export async function run(folder, command, ...args) {
  const options = { cwd: folder, env: environment(folder), maxBuffer: 2 ** 26 };
  try {
    const { stdout, stderr } = await execute(command, args, options);
    return stdout + stderr;
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')}: ${error.message}\n${error.stdout}${error.stderr}`);
  }
}

/** The folder in build/ that has the packages of tests/`name`/package.json installed. */
export async function install(name) {
  const sources = join(root, 'tests', name);
  const target = join(root, 'build', name);
  const installed = join(target, 'node_modules/.package-lock.json'); // npm writes it last
  const lock = join(sources, 'package-lock.json');
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    for (const file of ['package.json', 'package-lock.json']) cpSync(join(sources, file), join(target, file));
    // Not `npm ci`, which requires the binaries for other systems: some registries do not have them.
    await run(target, 'npm', 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json')));
  const pagebuf = join(target, 'node_modules/pagebuf');
  rmSync(pagebuf, { recursive: true, force: true });
  mkdirSync(pagebuf);
  await run(target, 'tar', '-xzf', join(root, `build/pagebuf-${version}.tgz`), '--strip-components=1', '-C', pagebuf);
  const dependency = join(target, 'node_modules/dependency');
  rmSync(dependency, { recursive: true, force: true });
  cpSync(join(root, 'tests/apps/dependency'), dependency, { recursive: true });
  return target;
}

/** Launches the installed browser of that name. */
export function launch(name) {
  return name === 'chromium'
    ? chromium.launch({ executablePath: commandPath('chromium'), args: ['--no-sandbox'], timeout: patience })
    : firefox.launch({ executablePath: commandPath('firefox-esr'), channel: 'moz-firefox', timeout: patience });
}

const contentTypes = { '.html': 'text/html', '.js': 'text/javascript' };

/** Serves a folder, each on a port of its own, because a service worker controls its whole origin. */
export async function serve(folder, policy) {
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
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Starts a tool's own server, which takes its port as `--port`, and waits until it answers. */
export async function start(folder, command, ...args) {
  const { url, close } = await serve(folder); // for a port that is free
  close();
  const port = new URL(url).port;
  const server = spawn(command, [...args, '--port', port], {
    cwd: folder,
    detached: true, // the tool's own children end with it
    env: environment(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => { output += text; });
  for (const end = Date.now() + patience; ; await wait(100)) {
    if (await fetch(url).then(() => true, () => false)) break;
    if (server.exitCode !== null || Date.now() > end) throw new Error(`${command} ${args.join(' ')}: ${output}`);
  }
  return { url, close: () => process.kill(-server.pid) };
}

/** The lines of a page's <dl>, once none of them is `…` any more. */
export async function read(browser, url) {
  const page = await browser.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message)); // in Firefox also what a policy refused
  const terms = () => Array.from(globalThis.document.querySelectorAll('dt'),
    (term) => [term.innerText, term.nextElementSibling.innerText]);
  try {
    await page.goto(url, { timeout: patience });
    let lines = {};
    // Polled from here, because the policy forbids Playwright's own way to wait. A development server
    // reloads the page when it finds another dependency, and a question that is open then fails.
    for (const end = Date.now() + patience; Date.now() < end; await wait(50)) {
      lines = Object.fromEntries(await page.evaluate(terms).catch(() => []));
      if (Object.keys(lines).length > 0 && !Object.values(lines).includes('…')) return lines;
      if (complaints.length > 0 && Date.now() > end - patience + 10000) break;
    }
    return { ...lines, complaints };
  } finally {
    await page.close();
  }
}
