// The page's server: the page as it is built, and the real Node that the page compares with.
//
// Owns        node tools/serve-page.js [--port N] [--host H] [--node PATH]; the content security policy; POST
//             /api/run.
// Assumes     tools/build-page.js builds the page into memory: nothing else can be read.
//             Real Node is the reference, or the Node at PATH, whatever runs this. Where the reference
//             cannot be installed, the page has the recorded runs and nobody answers POST /api/run.
// Holds       a request is answered with rows or refused with one line of JSON, whatever it contains: it is
//             data, bounded in bytes, operations and sizes before it is run, and in time while it arrives and
//             while it runs. Only a page of this server may ask. Each script has a process, and so a pool, of
//             its own. A page opened with ?csp=plain is sent a policy that refuses compiled WebAssembly.

import { createServer } from 'node:http';
import { extname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { integerArgument, readArguments, runCommand, UsageError } from '../compare/command.js';
import { judgeBinary, openNode } from '../compare/node.js';
import { checkScript, strictLimits } from '../compare/script.js';
import { buildPage } from './build-page.js';

const defaultPort = 5173;
const largestBody = 256 * 1024;
const longestRun = 5000; // milliseconds
// How long a request may take to arrive, its head and all of it, and how often that is looked at. A page's
// scripts and their answers are a few kB.
const timeLimits = { headersTimeout: 5000, requestTimeout: 10000, connectionsCheckingInterval: 1000 };
const longestIdle = 5000;
const mostRunning = 2;
const mostWaiting = 32;

let running = 0;
const waiting = [];

class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

// ---- who may send which request -----------------------------------------------------------------------

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

// Resolves when a script may start; endTurn() has to follow.
function beginTurn() {
  if (running < mostRunning) {
    running++;
    return undefined;
  }
  if (waiting.length >= mostWaiting) throw new Refusal(503, 'busy with other scripts, try again');
  return new Promise((resolve) => waiting.push(resolve));
}

function endTurn() {
  const next = waiting.shift();
  if (next) next();
  else running--;
}

// Opens a Node for one script.
function openJudge(binary) {
  return openNode(binary, ['--max-old-space-size=256']);
}

async function runIn(binary, script) {
  const node = await openJudge(binary);
  let timer;
  try {
    return await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Refusal(400, `the script runs longer than ${longestRun} ms`)), longestRun);
      node.run(script, strictLimits).then(resolve, (error) => reject(new Refusal(400, error.message)));
    });
  } finally {
    clearTimeout(timer);
    node.end();
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

async function serveRun({ binary, version }, request, response) {
  try {
    checkCaller(request);
    if (binary === undefined) throw new Refusal(503, 'no Node answers here');
    const script = readScript(await readBody(request));
    await beginTurn();
    try {
      // Who has gone meanwhile needs no answer.
      const rows = response.destroyed ? [] : await runIn(binary, script);
      answer(response, 200, { version, rows });
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

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

function servePage(files, url, { method, headers }, response) {
  const path = url.pathname === '/' ? 'index.html' : url.pathname.slice(1);
  const file = files.get(path);
  if (file === undefined) {
    answer(response, 404, { error: 'nothing here' });
    return;
  }
  if (method !== 'GET' && method !== 'HEAD') {
    answer(response, 405, { error: `${method} is not allowed here, GET is` }, { Allow: 'GET, HEAD', Connection: 'close' });
    return;
  }
  const isPacked = /\bgzip\b/.test(headers['accept-encoding'] || '');
  const body = isPacked ? file.packed : file.plain;
  response.writeHead(200, {
    'Content-Type': types[extname(path)],
    'Content-Length': body.length,
    ...isPacked && { 'Content-Encoding': 'gzip' },
    'Vary': 'Accept-Encoding',
    // Names carry a hash of what is in them, but for the page's own.
    'Cache-Control': path === 'index.html' ? 'no-cache' : 'max-age=31536000, immutable',
    'Content-Security-Policy': policy(url),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  });
  response.end(method === 'HEAD' ? undefined : body);
}

function handler(files, host, judge) {
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
      serveRun(judge, request, response);
      return;
    }
    servePage(files, url, request, response);
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

// Which Node judges: { binary, version }, or what stands in its place: { reason }.
async function findJudge(path) {
  try {
    const binary = judgeBinary(path);
    const node = await openJudge(binary);
    node.end();
    return { binary, version: node.about.version };
  } catch (error) {
    if (!(error instanceof UsageError) || path !== undefined) throw error;
    return { reason: error.message };
  }
}

async function main(args) {
  const { port, host, node } = readArguments(args, {
    port: { type: 'string' },
    host: { type: 'string', default: '127.0.0.1' },
    node: { type: 'string' },
  });
  const asked = port === undefined ? defaultPort : integerArgument('port', port, 0, 65535);
  const judge = await findJudge(node);
  const built = await buildPage({ node: judge.version });
  const files = new Map([...built].map(([path, plain]) => [path, { plain, packed: gzipSync(plain) }]));
  const server = createServer({ ...timeLimits, keepAliveTimeout: longestIdle }, handler(files, host, judge));
  await listen(server, asked, host).catch((error) => {
    if (port !== undefined || error.code !== 'EADDRINUSE') throw new UsageError(error.message);
    return listen(server, 0, host);
  });
  const name = host.includes(':') ? `[${host}]` : host;
  const beside = judge.version === undefined ? 'recorded runs of Node' : `Node ${judge.version.slice(1)}`;
  if (judge.reason) console.error(`server: ${judge.reason}`);
  console.log(`pagebuf: http://${name}:${server.address().port}/ beside ${beside}`);
  return true;
}

await runCommand('server', main);
