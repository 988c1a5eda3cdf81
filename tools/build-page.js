// Builds the page: npm run build:page writes it to build/page/, tools/serve-page.js serves it from memory.
//
// Owns        buildPage(), which cells of the benchmark race, and the code of their loops.
// Assumes     nothing of where the page will be served from: every path is relative.
// Holds       no code is made at run time, so that a policy without 'unsafe-eval' is enough: the loops of
//             the race, which the benchmark compiles as it goes, are written into a module here.

import * as feross from 'feross-buffer';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { sourcesOf } from '../bench/harness.js';
import { matrix } from '../bench/matrix.js';
import { isMain, runCommand, UsageError } from '../compare/command.js';
import * as ours from '../js/index.js';

const folder = (name) => fileURLToPath(new URL(name, import.meta.url));

const seed = 1;
const raced = [
  'allocUnsafe 64 kept',
  'alloc 512 short-lived',
  'from string utf8 ascii 64 short-lived',
  'from array random 64 short-lived',
  'concat of 16 64 short-lived',
  'toString utf8 ascii 64 pooled',
  'toString hex random 512 pooled',
  'indexOf string 4096 pooled',
  'compare same 512 pooled',
  'swap32 random 4096 pooled',
  'read number UInt32LE 64 pooled',
  'subarray 64 pooled',
];

// The module 'virtual:race': the cells' names, the seed of their data, and each function by its source.
function raceModule() {
  const rows = matrix(seed);
  const rivals = [
    { name: 'pagebuf', B: ours },
    { name: 'buffer@6', B: feross },
    { name: 'platform', B: {}, hasOwnApi: true },
  ];
  const functions = raced.flatMap((name) => {
    const row = rows.find((each) => each.name === name);
    if (row === undefined) throw new Error(`the benchmark has no cell '${name}'`);
    return sourcesOf(row, rivals);
  }).map(([parameters, body]) => `[${JSON.stringify(body)}, function (${parameters}) {${body}\n}]`);
  return `export const names = ${JSON.stringify(raced)};\nexport const seed = ${seed};\n` +
    `export const compiled = new Map([\n${functions.join(',\n')}\n]);\n`;
}

const race = () => ({
  name: 'race',
  resolveId: (id) => (id === 'virtual:race' ? '\0virtual:race' : undefined),
  load: (id) => (id === '\0virtual:race' ? raceModule() : undefined),
});

// Where a Node answers, the page says which.
const beside = (node) => ({
  name: 'beside',
  transformIndexHtml: () => [{ tag: 'meta', attrs: { name: 'node', content: node }, injectTo: 'head' }],
});

/**
 * Build the page.
 *
 * @param {{ node?: string }} [options] `node`: version of the Node that answers POST api/run, if one does
 * @returns {Promise<Map<string, Buffer>>} the files, by their paths
 */
export async function buildPage({ node } = {}) {
  const { output } = await build({
    configFile: false,
    root: folder('../web'),
    base: './',
    publicDir: false,
    logLevel: 'warn',
    plugins: node === undefined ? [] : [beside(node)],
    worker: { format: 'es', plugins: () => [race()] },
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: 0, // the policy does not allow data:
      modulePreload: { polyfill: false },
    },
  });
  return new Map(output.map(({ fileName, code, source = code }) => [fileName, Buffer.from(source)]));
}

async function main(args) {
  if (args.length > 0) throw new UsageError(`unexpected argument '${args[0]}'`);
  const target = folder('../build/page');
  rmSync(target, { recursive: true, force: true });
  const files = await buildPage();
  for (const [path, content] of files) {
    mkdirSync(dirname(join(target, path)), { recursive: true });
    writeFileSync(join(target, path), content);
    console.log(`${String(content.length).padStart(8)}  ${path}`);
  }
  return true;
}

if (isMain(import.meta.url)) await runCommand('build:page', main);
