// Runs the Vitest files in every runtime, and writes the table of README.md: which versions, how many tests.
//
// Usage    node tools/runtimes.js
// Owns     the lines of README.md between the two marks below, and .cache/runtimes/ with Bun and Deno.
// Assumes  tools/set-up.js has run.
// Holds    exit code 1 when a test failed anywhere; the table is written all the same, and says so.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeBinary } from '../compare/node.js';
import { runVectors } from '../tests/tools/hermes.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = join(root, 'README.md');
const begin = '<!-- npm run runtimes -->\n';
const end = '<!-- end of runtimes -->\n';

// Each row: the project of tests/vitest.config.js, the command that runs Vitest, and the one that prints the
// version.
const runtimes = [
  ...[20, 22, 24, 26].map((line) => ({ name: 'Node', project: 'node', command: () => [nodeBinary(line)] })),
  { name: 'Node, compiled code refused', project: 'node-plain', command: () => [nodeBinary(26)] },
  { name: 'Bun', project: 'node', command: () => [packaged('@oven/bun-linux-x64', '1.4.5', 'bin/bun'), '--bun'] },
  { name: 'Deno', project: 'node', command: () => [packaged('@deno/linux-x64-glibc', '2.9.6', 'deno'), 'run', '-A'] },
  { name: 'Chromium', project: 'chromium', version: ['chromium', '--version'] },
  { name: 'Firefox', project: 'firefox', version: ['firefox-esr', '--version'] },
  // Its browser prints its version only where there is a display.
  { name: 'WebKitGTK', project: 'webkitgtk', version: ['dpkg-query', '-W', '-f', '${Version}', 'webkit2gtk-driver'] },
];

// A binary that an npm package carries; the package is installed when it is not there.
function packaged(name, version, file) {
  const folder = join(root, '.cache/runtimes', version);
  const binary = join(folder, 'node_modules', name, file);
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    execFileSync('npm', ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund',
      '--loglevel=error', `${name}@${version}`], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return binary;
}

function runTests({ name, project, command, version }) {
  const [binary, ...args] = command ? command() : [process.execPath];
  const [teller, ...question] = version || [binary, '--version'];
  const answer = execFileSync(teller, question, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const [number] = /\d+(\.\d+)+/.exec(answer);
  const report = join(root, 'build/runtimes.json');
  rmSync(report, { force: true });
  spawnSync(binary, [...args, 'node_modules/vitest/vitest.mjs', 'run', '--configLoader', 'native', '--config',
    'tests/vitest.config.js', '--project', project, '--reporter=json', `--outputFile=${report}`],
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(report)) throw new Error(`${name} ${number}: Vitest wrote no report`);
  const { success, testResults, ...counts } = JSON.parse(readFileSync(report));
  const { numPassedTests: passed, numPendingTests: skipped } = counts;
  // A file that does not even load has no tests that could fail.
  const failed = success ? counts.numFailedTests : Math.max(counts.numFailedTests, 1);
  console.log(`${name} ${number}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  for (const { assertionResults, message, name: file, status } of testResults) {
    const broken = assertionResults.filter((result) => result.status === 'failed');
    for (const { fullName, failureMessages } of broken) console.log(`  ${fullName}\n    ${failureMessages[0]}`);
    if (status === 'failed' && broken.length === 0) console.log(`  ${file}\n    ${message}`);
  }
  return { name, number, passed, failed, skipped };
}

// Vitest does not run in Hermes, and no module does: the recorded answers of Node, bundled by Metro, do.
async function runInHermes() {
  const { number, passed, failed, skipped } = await runVectors();
  const row = { name: 'Hermes, recorded answers', number, passed: passed.length, failed: failed.length, skipped: skipped.length };
  console.log(`Hermes ${number}: ${row.passed} passed, ${row.failed} failed, ${row.skipped} skipped`);
  for (const { name, message } of failed) console.log(`  ${name}\n    ${message}`);
  return row;
}

function stop(message) {
  console.error(`runtimes: ${message}`);
  process.exit(2);
}

if (process.argv.length > 2) stop(`unexpected argument '${process.argv[2]}'`);
const before = readFileSync(readme, 'utf8').split(begin);
const after = before.length === 2 ? before[1].split(end) : [];
if (after.length !== 2) stop(`README.md has no lines between ${begin.trim()} and ${end.trim()}`);

mkdirSync(join(root, 'build'), { recursive: true });
execFileSync('npm', ['pack', '--silent', '--pack-destination', 'build'], { cwd: root, stdio: 'ignore' });
const results = [...runtimes.map(runTests), await runInHermes()];
const table = ['| runtime | version | passed | failed | skipped |', '| --- | --- | ---: | ---: | ---: |',
  ...results.map(({ name, number, passed, failed, skipped }) =>
    `| ${name} | ${number} | ${passed} | ${failed} | ${skipped} |`)];
writeFileSync(readme, `${before[0]}${begin}${table.join('\n')}\n${end}${after[1]}`);
process.exit(results.some(({ failed }) => failed > 0) ? 1 : 0);
