// Builds what js/ holds of the code in src/, in build/wasm/.
//
// Usage    node tools/build.js            builds, and copies the generated files to js/
//          node tools/build.js --check    builds, and exits 1 when a committed file is not what was built
// Assumes  cmake and emcc are on PATH, and Binaryen in node_modules.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const generated = ['wasm.bytes.js', 'strings.bytes.js', 'ledger.js'];

function stop(message, exitCode) {
  console.error(`build: ${message}`);
  process.exit(exitCode);
}

function run(...args) {
  const { status, error } = spawnSync('cmake', args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) stop(`cmake ${args.join(' ')} failed (${error ? error.message : `exit code ${status}`})`, 1);
}

const words = process.argv.slice(2);
const check = words.includes('--check');
const unknown = words.find((word) => word !== '--check');
if (unknown !== undefined) stop(`unknown word '${unknown}', expected --check or nothing`, 2);

run('--preset', 'wasm');
run('--build', '--preset', 'wasm');

for (const name of generated) {
  const built = `${root}build/wasm/${name}`;
  const committed = `${root}js/${name}`;
  if (!check) {
    copyFileSync(built, committed);
  } else if (!existsSync(committed) || readFileSync(built, 'utf8') !== readFileSync(committed, 'utf8')) {
    stop(`js/${name} is not what src/ builds here; run: npm run build`, 1);
  }
}
console.log(`build: ${generated.join(', ')} ${check ? 'are what src/ builds' : 'are written to js/'}`);
