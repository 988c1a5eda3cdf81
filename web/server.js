// The page's server: Vite's dev server for the sources, and the real Node that the page compares with.
//
// Owns        node web/server.js [--port N] [--host H]; the content security policy; POST /api/run.
// Assumes     web/node-run.js runs one script in a worker: a Buffer module of its own, so that this process
//             keeps its pool.
// Holds       a request is answered with rows or refused with one line of JSON, whatever it contains: it is
//             data, bounded in bytes, operations and sizes before it is run, and in time while it runs. Only
//             a page of this server may ask. A page opened with ?csp=plain is sent a policy that refuses
//             compiled WebAssembly.

import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { createServer as createVite } from 'vite';
import { checkScript, strictLimits } from '../compare/script.js';

const defaultPort = 5173;
const largestBody = 256 * 1024;
const longestRun = 5000; // milliseconds
const mostWorkers = 2;
const mostWaiting = 32;

let workers = 0;
const waiting = [];

class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

// ---- what may be asked, and by whom -----------------------------------------------------------------------

function hostName(host) {
  return host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}

// A foreign name that resolves to this machine (DNS rebinding) would make a foreign page same-origin.
function checkHost({ headers: { host = '' } }, ownHost) {
  if (!['localhost', '127.0.0.1', '::1', ownHost].includes(hostName(host))) {
    throw new Refusal(403, `this server is not called '${hostName(host)}'`);
  }
}

function checkCaller({ method, headers }) {
  if (method !== 'POST') throw new Refusal(405, `${method} is not allowed here, POST is`);
  const { host, origin, 'sec-fetch-site': site = 'same-origin' } = headers;
  if (site !== 'same-origin' || (origin !== undefined && origin !== `http://${host}`)) {
    throw new Refusal(403, 'only a page of this server may run scripts here');
  }
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] || '')) {
    throw new Refusal(415, 'the body must be application/json');
  }
}

async function readBody(request) {
  const tooLarge = new Refusal(413, `the body must not be larger than ${largestBody} bytes`);
  if (Number(request.headers['content-length']) > largestBody) throw tooLarge;
  const chunks = [];
  let length = 0;
  // The answer needs the connection that a destroyed request would take with it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > largestBody) throw tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function readScript(body) {
  try {
    return checkScript(JSON.parse(body), strictLimits);
  } catch (error) {
    throw new Refusal(400, error.message.split('\n')[0]);
  }
}

// ---- running it -------------------------------------------------------------------------------------------

// Resolves when a worker may start; endTurn() has to follow.
function beginTurn() {
  if (workers < mostWorkers) {
    workers++;
    return undefined;
  }
  if (waiting.length >= mostWaiting) throw new Refusal(503, 'busy with other scripts, try again');
  return new Promise((resolve) => waiting.push(resolve));
}

function endTurn() {
  const next = waiting.shift();
  if (next) next();
  else workers--;
}

async function runInWorker(script) {
  const worker = new Worker(new URL('node-run.js', import.meta.url), {
    workerData: script,
    execArgv: ['--no-deprecation'],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  let timer;
  try {
    return await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Refusal(400, `the script runs longer than ${longestRun} ms`)), longestRun);
      worker.on('message', ({ rows, refused }) => (rows ? resolve(rows) : reject(new Refusal(400, refused))));
      worker.on('error', (error) => reject(new Refusal(400, `the script cannot be run: ${error.message}`)));
      worker.on('exit', (code) => reject(new Refusal(500, `the worker ended with code ${code}`)));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

function answer(response, status, value, headers = {}) {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
  response.end(`${JSON.stringify(value)}\n`);
}

async function serveRun(request, response) {
  try {
    checkCaller(request);
    const script = readScript(await readBody(request));
    await beginTurn();
    try {
      // Who has gone meanwhile needs no answer.
      const rows = response.destroyed ? [] : await runInWorker(script);
      answer(response, 200, { version: process.version, rows });
    } finally {
      endTurn();
    }
  } catch (error) {
    const { status = 500, message } = error;
    // What is left of a body that nobody reads would be taken for the next request.
    const headers = status === 405 ? { Allow: 'POST', Connection: 'close' } : { Connection: 'close' };
    if (!response.headersSent) answer(response, status, { error: message }, headers);
  }
}

// ---- the page ---------------------------------------------------------------------------------------------

function policy(url) {
  const isPlain = url.searchParams.get('csp') === 'plain';
  return [
    `default-src 'self'`,
    `script-src 'self'${isPlain ? '' : ` 'wasm-unsafe-eval'`}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
}

// Vite's client reloads a page when its source changes, over a socket that the policy does not allow.
const withoutClient = {
  name: 'without-client',
  transformIndexHtml: {
    order: 'post',
    handler: (html) => html.replace('<script type="module" src="/@vite/client"></script>', ''),
  },
};

function openVite() {
  const folder = (name) => fileURLToPath(new URL(name, import.meta.url));
  return createVite({
    configFile: false,
    root: folder('.'),
    cacheDir: folder('../node_modules/.vite/page'),
    appType: 'mpa',
    logLevel: 'warn',
    publicDir: false,
    optimizeDeps: { noDiscovery: true },
    plugins: [withoutClient],
    server: {
      middlewareMode: true,
      hmr: false,
      ws: false,
      watch: null,
      fs: { strict: true, allow: ['.', '../js', '../compare'].map(folder) },
    },
  });
}

function handler(vite, host) {
  return (request, response) => {
    let url;
    try {
      checkHost(request, host);
      url = new URL(request.url, 'http://page');
    } catch (error) {
      answer(response, error.status || 400, { error: error.message }, { Connection: 'close' });
      return;
    }
    if (url.pathname === '/api/run') {
      serveRun(request, response);
      return;
    }
    response.setHeader('Content-Security-Policy', policy(url));
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    vite.middlewares(request, response, () => answer(response, 404, { error: 'nothing here' }));
  };
}

function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function readArguments(args) {
  const { values } = parseArgs({ args, options: { port: { type: 'string' }, host: { type: 'string', default: '127.0.0.1' } } });
  const { port, host } = values;
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) < 65536)) {
    throw new Error(`--port must be an integer from 0 to 65535, got '${port}'`);
  }
  return { port: port === undefined ? undefined : Number(port), host };
}

async function start({ port, host }) {
  const vite = await openVite();
  const server = createServer(handler(vite, host));
  try {
    await listen(server, port === undefined ? defaultPort : port, host).catch((error) => {
      if (port !== undefined || error.code !== 'EADDRINUSE') throw error;
      return listen(server, 0, host);
    });
  } catch (error) {
    await vite.close();
    throw error;
  }
  const name = host.includes(':') ? `[${host}]` : host;
  console.log(`pagebuf: http://${name}:${server.address().port}/ beside Node ${process.versions.node}`);
}

try {
  await start(readArguments(process.argv.slice(2)));
} catch (error) {
  console.error(`server: ${error.message.split('\n')[0]}`);
  process.exitCode = 2;
}
