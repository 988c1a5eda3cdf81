// The tools that pagebuf is used with: what to write for each, and the tables that say so.
//
// Usage    node tools/recipes.js      (the tests of all tools run, and take minutes)
// Owns     the lines between the marks below, in docs/tools.md and in README.md.
// Assumes  tools/set-up.js has run, and npm pack.
// Holds    a row has the versions that its tests ran with, and how many tests; exit code 1 when one failed:
//          the tables are written all the same, and say so.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { nodeBinary } from '../compare/node.js';

const root = fileURLToPath(new URL('..', import.meta.url));

const vite = "resolve: { alias: [{ find: /^(node:)?buffer\\/?$/, replacement: 'pagebuf' }] }";
const webpack = "plugins: [new webpack.NormalModuleReplacementPlugin(/^(node:)?buffer\\/?$/, 'pagebuf')]";
const webpackPlugin = "new webpack.NormalModuleReplacementPlugin(/^(node:)?buffer\\/?$/, 'pagebuf')";
const rollup = "alias({ entries: [{ find: /^(node:)?buffer\\/?$/, replacement: 'pagebuf' }] })";
const esbuild = '--alias:buffer=pagebuf --alias:node:buffer=pagebuf';
const global = "import 'pagebuf/global';";

/**
 * One row per tool: its name, which is also that of its tests, `literal: <name>`; the packages that are the
 * tool, by the folder whose package.json pins them, or the browsers; the folder with the recipe; where to
 * write, and what; and what gives code its free `Buffer`, where more is needed. README.md shows the first
 * five.
 */
export const rows = [
  { tool: 'Vite', packages: { apps: ['vite-7', 'vite'] }, recipe: 'apps/vite', place: '`vite.config.js`', lines: [vite], free: [global] },
  { tool: 'webpack', packages: { apps: ['webpack'] }, recipe: 'apps/webpack', place: '`webpack.config.js`', lines: [webpack], free: [global] },
  { tool: 'Rollup', packages: { apps: ['rollup'] }, recipe: 'apps/rollup', place: '`rollup.config.js`, `plugins`, before the resolver', lines: [rollup], free: [global] },
  { tool: 'esbuild', packages: { apps: ['esbuild'] }, recipe: 'apps/esbuild', place: 'the command', lines: [esbuild], free: [global] },
  {
    tool: 'Next.js, Turbopack', packages: { 'tools/next': ['next'] }, recipe: 'tools/next',
    place: '`next.config.js`, `turbopack.resolveAlias`, with `const pagebuf = { browser: \'pagebuf\' };`',
    lines: ["buffer: pagebuf, 'buffer/*': pagebuf, 'node:buffer': pagebuf, 'next/dist/compiled/buffer': pagebuf"], free: [],
  },
  {
    tool: 'Next.js, webpack', packages: { 'tools/next': ['next'] }, recipe: 'tools/next', place: '`next.config.js`, `webpack`',
    lines: [`const replacement = ${webpackPlugin};`, 'if (!isServer) config.plugins.push(replacement);'], free: [],
  },
  {
    tool: 'Parcel', packages: { apps: ['parcel'] }, recipe: 'apps/parcel', place: '`package.json`, beside the lock file',
    lines: ['"alias": { "buffer": "pagebuf", "buffer/": "pagebuf", "node:buffer": "pagebuf" }'], free: [global],
  },
  {
    tool: 'import map', browsers: ['chromium', 'firefox-esr'], recipe: 'apps/import-map', place: 'the page (workers have none, and import by address)',
    lines: ['"buffer": "./pagebuf/js/index.js", "buffer/": "./pagebuf/js/index.js#/", "node:buffer": "./pagebuf/js/index.js"'], free: [global],
  },
  {
    tool: 'no tool', browsers: ['chromium', 'firefox-esr'], recipe: 'apps/static', place: 'a module, with the package in a static folder',
    lines: ["import { Buffer, pool } from './pagebuf/js/index.js';"], free: ["import './pagebuf/js/global.js';"],
  },
  {
    tool: 'vite-plugin-node-polyfills', packages: { 'tools/companions': ['vite-plugin-node-polyfills', 'vite-7', 'vite'] },
    recipe: 'tools/companions', place: '`vite.config.js`, with Vite\'s line',
    lines: ["nodePolyfills({ exclude: ['buffer'], globals: { Buffer: false } })"], free: [global],
  },
  {
    tool: 'node-stdlib-browser', packages: { 'tools/companions': ['node-stdlib-browser', 'vite-7', 'vite', 'webpack'] },
    recipe: 'tools/companions', place: '`webpack.config.js`, with webpack\'s line; in Vite\'s, the line\'s alias first',
    lines: ['resolve: { alias: stdlib }', "[{ find: /^(node:)?buffer\\/?$/, replacement: 'pagebuf' }, ...polyfills]"], free: [global],
  },
  {
    tool: 'node-polyfill-webpack-plugin', packages: { 'tools/companions': ['node-polyfill-webpack-plugin', 'webpack'] },
    recipe: 'tools/companions', place: '`webpack.config.js`, with webpack\'s line',
    lines: ["new NodePolyfillPlugin({ excludeAliases: ['buffer', 'Buffer'] })"], free: [global],
  },
  {
    tool: 'rollup-plugin-polyfill-node', packages: { 'tools/companions': ['rollup-plugin-polyfill-node', 'rollup'] },
    recipe: 'tools/companions', place: '`rollup.config.js`, `plugins`, before it, instead of Rollup\'s line',
    lines: ["alias({ entries: [{ find: /^(\\0polyfill-node\\.|node:)?buffer(\\.js|\\/)?$/, replacement: 'pagebuf' }] })"], free: [global],
  },
  {
    tool: 'webpack ProvidePlugin', packages: { 'tools/companions': ['webpack'] }, recipe: 'tools/companions',
    place: '`webpack.config.js`, with webpack\'s line', lines: ["new webpack.ProvidePlugin({ Buffer: ['pagebuf', 'Buffer'] })"], free: [],
  },
  {
    tool: '@rollup/plugin-inject', packages: { 'tools/companions': ['@rollup/plugin-inject', 'rollup'] }, recipe: 'tools/companions',
    place: '`rollup.config.js`, with Rollup\'s line', lines: ["inject({ Buffer: ['pagebuf', 'Buffer'] })"], free: [],
  },
  {
    tool: 'esbuild --inject', packages: { 'tools/companions': ['esbuild'] }, recipe: 'tools/companions',
    place: 'the command, with esbuild\'s', lines: ['--inject:pagebuf/global'], free: [],
  },
  {
    tool: 'Jest', packages: { 'tools/jest': ['jest', 'jest-environment-jsdom'] }, recipe: 'tools/jest', place: '`jest.config.js`; node, jsdom',
    lines: ["moduleNameMapper: { '^(node:)?buffer/?$': 'pagebuf' }, setupFiles: ['./set-up.js']"],
    free: ["globalThis.Buffer = require('pagebuf').Buffer;"],
  },
  {
    tool: 'Vitest', packages: { 'tools/vitest': ['vitest', 'jsdom', 'happy-dom'] }, recipe: 'tools/vitest',
    place: '`vitest.config.js`, and the hook in a setup file; node, jsdom, happy-dom',
    lines: [vite, "registerHooks({ resolve: (name, context, next) => next(name.replace(/^(node:)?buffer\\/?$/, 'pagebuf'), context) });"],
    free: ['globalThis.Buffer = Buffer;'],
  },
  {
    tool: 'React Native', packages: { 'tools/react-native': ['@react-native/metro-config', 'metro', 'hermes-engine-cli', 'hermes-compiler'] },
    recipe: 'tools/react-native', place: '`metro.config.js`, `resolver`',
    lines: ["resolveRequest: (context, name, platform) => context.resolveRequest(context, name.replace(/^(node:)?buffer\\/?$/, 'pagebuf'), platform)"],
    free: [global],
  },
  {
    tool: 'workerd', packages: { 'tools/workerd': ['workerd', 'esbuild'] }, recipe: 'tools/workerd', place: 'esbuild\'s command',
    lines: [`${esbuild} --inject:./buffer.js`], free: ["export { Buffer } from 'pagebuf';"],
  },
  {
    tool: 'MV3 extension', browsers: ['chromium'], recipe: 'tools/extension', place: 'a module, with the package in a folder of the extension',
    lines: ["import { Buffer, pool } from './pagebuf/js/index.js';"], free: ["import './pagebuf/js/global.js';"],
  },
  {
    tool: 'AudioWorklet', browsers: ['chromium', 'firefox-esr'], recipe: 'tools/worklet', place: 'a module, with the package in a static folder',
    lines: ["import { Buffer, pool } from './pagebuf/js/index.js';"], free: [],
  },
  {
    tool: 'TypeScript', packages: { 'tools/typescript-5.4': ['typescript-5.4'], 'tools/typescript': ['typescript-5.6', 'typescript-5.7', 'typescript'] },
    recipe: 'tools/typescript', place: 'node16, bundler, node10; with and without @types/node', lines: [], free: [],
  },
];

const code = (line) => `\`${line.replaceAll('|', '\\|')}\``;
const inCell = (lines) => lines.map(code).join('<br>');

// The versions of a row's packages, as they are pinned, or of its browsers, as they are installed.
function versionsOf({ packages = {}, browsers = [] }) {
  const pinned = Object.entries(packages).flatMap(([folder, names]) => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'tests', folder, 'package.json')));
    return names.map((name) =>
      /^npm:(.*)@(.*)$/.exec(dependencies[name]) || [name, name, dependencies[name]]);
  });
  const installed = browsers.map((name) => {
    const answer = execFileSync(name, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return [name, name, /\d[\d.]+/.exec(answer)[0]];
  });
  return [...pinned, ...installed].map(([, name, version]) => `${name} ${version}`).join(', ');
}

/** README.md's rows: the common five. */
export function short() {
  return ['| with | in | write |', '| --- | --- | --- |',
    ...rows.slice(0, 5).map(({ tool, recipe, place, lines }) =>
      `| [${tool}](tests/${recipe}) | ${place} | ${inCell(lines)} |`)];
}

// docs/tools.md's rows, with what came of the tests.
function long(results) {
  return ['| tool | versions | in | write | the free `Buffer` | passed | failed |', '| --- | --- | --- | --- | --- | ---: | ---: |',
    ...rows.map((row) => {
      const { tool, recipe, place, lines, free } = row;
      const { passed, failed } = results.get(tool) || { passed: 0, failed: 0 };
      const cells = [`[${tool}](../tests/${recipe})`, versionsOf(row), place, inCell(lines), inCell(free), passed, failed];
      return `| ${cells.join(' | ')} |`;
    })];
}

// Writes the lines between the marks.
function write(file, lines) {
  const path = join(root, file);
  const [begin, end] = ['<!-- npm run recipes -->\n', '<!-- end of recipes -->\n'];
  const [before, rest, ...more] = readFileSync(path, 'utf8').split(begin);
  const [, after] = rest === undefined ? [] : rest.split(end);
  if (after === undefined || more.length > 0) stop(`${file} has no lines between ${begin.trim()} and ${end.trim()}`);
  writeFileSync(path, `${before}${begin}${lines.join('\n')}\n${end}${after}`);
}

function stop(message) {
  console.error(`recipes: ${message}`);
  process.exit(2);
}

function runTests() {
  const report = join(root, 'build/recipes.xml');
  const files = readdirSync(join(root, 'tests/tools')).filter((name) => name.endsWith('.node.js'));
  spawnSync(nodeBinary('26'), ['--test', '--test-timeout=600000',
    '--test-reporter=spec', '--test-reporter-destination=stdout',
    '--test-reporter=junit', `--test-reporter-destination=${report}`,
    'tests/apps.node.js', ...files.map((name) => `tests/tools/${name}`)], { cwd: root, stdio: 'inherit' });
  const results = new Map();
  const suites = readFileSync(report, 'utf8').matchAll(/<testsuite name="literal: ([^"]*)"[^>]* tests="(\d+)" failures="(\d+)"/g);
  for (const [, tool, tests, failures] of suites) {
    const { passed, failed } = results.get(tool) || { passed: 0, failed: 0 };
    results.set(tool, { passed: passed + tests - failures, failed: failed + Number(failures) });
  }
  return results;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv.length > 2) stop(`unexpected argument '${process.argv[2]}'`);
  const results = runTests();
  write('README.md', short());
  write('docs/tools.md', long(results));
  // A row without tests is a failure, too.
  const isWhole = rows.every(({ tool }) => results.get(tool)?.passed > 0 && results.get(tool).failed === 0);
  process.exit(isWhole ? 0 : 1);
}
