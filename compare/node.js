// Real Node, the reference: where its binaries come from, and one of them as a process that answers.
//
// Owns        the npm packages node-<platform>-<arch>, which it puts into .cache/ when they are missing, and
//             openNode().
// Assumes     node-side.js is what such a process runs. Nothing but Node itself: this is used before
//             node_modules exists.

import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { UsageError } from './command.js';

/** The lines that ours is compared with; the last one is the reference. */
export const lines = [22, 24, 26];

// The reference is the version that the answers are recorded from. A newer one may have new functions. Not
// every platform has every version.
const versions = { 26: '26.0.0 - 26.12.1' };

const cache = fileURLToPath(new URL('../.cache/', import.meta.url));

/**
 * The binary of a line of Node. If it is not there, it is installed first.
 *
 * @param {number} line 22, 24 or 26
 * @returns {string} path
 * @throws {UsageError} when it cannot be installed
 */
export function nodeBinary(line) {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = join(cache, `node-${line}`);
  const binary = join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  if (process.stderr.isTTY) process.stderr.write(`Node ${line} is not here yet, npm puts it into .cache/\n`);
  mkdirSync(folder, { recursive: true });
  // Without a network, npm gives up soon.
  const args = ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--loglevel=error',
    '--fetch-retries=1', '--fetch-retry-mintimeout=1000', `${name}@${versions[line] || line}`];
  try {
    execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], shell: platform === 'win' });
  } catch (error) {
    const [, code = error.code || error.message] = /^npm (?:error|ERR!) code (\S+)/m.exec(error.stderr) || [];
    throw new UsageError(`npm cannot install ${name}@${line}: ${code}`);
  }
  if (!existsSync(binary)) throw new UsageError(`${name}@${line} has no ${binary}`);
  return binary;
}

/**
 * The binary that judges: the one at `path`, or the reference, whatever Node runs this.
 *
 * @throws {UsageError} when there is none
 */
export function judgeBinary(path) {
  if (path !== undefined) return path;
  try {
    return nodeBinary(lines[lines.length - 1]);
  } catch (error) {
    if (error instanceof UsageError) error.message += '; --node PATH takes a Node that is here';
    throw error;
  }
}

/**
 * Real Node, as a child process that answers until it is closed.
 *
 * @param {string} path the binary
 * @param {string[]} [flags] of Node
 * @returns {Promise<{ name, about, run(script, limits), claim(id, source), close(), end() }>} `about` is {
 *   version, major, poolSize, alignment, ... }. close() lets it finish its requests, end() does not
 * @throws {UsageError} when it cannot be run
 */
export async function openNode(path, flags = []) {
  const side = fileURLToPath(new URL('node-side.js', import.meta.url));
  const child = spawn(path, ['--no-deprecation', '--no-warnings', ...flags, side], { stdio: ['pipe', 'pipe', 'pipe'] });
  const waiting = [];
  let complaint = '';
  let ended;
  const end = (reason) => {
    ended = ended || reason;
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  const next = () => new Promise((resolve, reject) => {
    if (ended) reject(ended);
    else waiting.push({ resolve, reject });
  });
  child.stderr.on('data', (text) => { complaint = (complaint + text).slice(-2000); });
  child.stdin.on('error', () => {});
  child.on('error', (error) => end(new UsageError(`cannot run ${path}: ${error.code || error.message}`)));
  child.on('close', (code, signal) => {
    const [line = ''] = complaint.split('\n').filter((text) => /error|abort|assert|fatal/i.test(text));
    end(new UsageError(`${path} ended with ${signal || `code ${code}`}${line && `: ${line.trim()}`}`));
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    let answer;
    try {
      answer = JSON.parse(line);
    } catch {
      end(new UsageError(`${path} does not answer as Node would`));
      child.kill();
      return;
    }
    const first = waiting.shift();
    if (first) first.resolve(answer);
  });
  const ask = (request) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return next();
  };
  const about = await next();
  about.major = Number(about.version.slice(1).split('.')[0]);
  return {
    name: `Node ${about.version.slice(1)}`,
    about,
    async run(script, limits) {
      const { rows, refused } = await ask({ script, limits });
      if (rows === undefined) throw new Error(refused);
      return rows;
    },
    async claim(id, source) {
      const { result, failed } = await ask({ claim: id, source });
      if (result === undefined) throw new Error(`claim '${id}': ${failed}`);
      return result;
    },
    close() {
      child.stdin.end();
    },
    end() {
      child.kill('SIGKILL');
    },
  };
}
