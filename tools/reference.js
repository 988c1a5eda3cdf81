// Writes docs/api.md, the API reference, from the types and what they say.
//
// Usage    node tools/reference.js            writes it
//          node tools/reference.js --check    exits 1 when the committed one is not what the types give
// Assumes  npm. TypeDoc wants a TypeScript of its own, older than the one that checks the types, so both are
//          installed into .cache/, when they are missing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tools = `${root}.cache/typedoc`;
const packages = ['typedoc@0.28.20', 'typedoc-plugin-markdown@4.14.1', 'typescript@6.0.3'];
const options = {
  entryPoints: [`${root}js/index.d.ts`],
  plugin: [`${tools}/node_modules/typedoc-plugin-markdown/dist/index.js`],
  tsconfig: `${tools}/tsconfig.json`,
  out: `${tools}/out`,
  name: 'API',
  entryFileName: 'api.md',
  readme: 'none',
  outputFileStrategy: 'modules',
  excludeExternals: true, // what a Buffer inherits from Uint8Array
  disableSources: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  logLevel: 'Error',
};
const compilerOptions = { target: 'es2022', lib: ['es2024', 'dom'], module: 'node16', types: [], strict: true };

const words = process.argv.slice(2);
const isCheck = words[0] === '--check';
if (words.length > (isCheck ? 1 : 0)) stop(`unknown word '${words[isCheck ? 1 : 0]}', expected --check or nothing`, 2);

mkdirSync(tools, { recursive: true });
if (!existsSync(`${tools}/node_modules/typedoc-plugin-markdown`)) {
  run('npm', 'install', '--prefix', tools, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund',
    '--loglevel=error', ...packages);
}
writeFileSync(options.tsconfig, JSON.stringify({ compilerOptions, files: options.entryPoints }));
writeFileSync(`${tools}/typedoc.json`, JSON.stringify(options));
run(`${tools}/node_modules/.bin/typedoc`, '--options', `${tools}/typedoc.json`);

const written = readFileSync(`${tools}/out/api.md`, 'utf8');
if (!isCheck) {
  writeFileSync(`${root}docs/api.md`, written);
} else if (readFileSync(`${root}docs/api.md`, 'utf8') !== written) {
  stop('docs/api.md is not what js/index.d.ts gives; run: npm run reference', 1);
}
console.log(`reference: docs/api.md ${isCheck ? 'is what the types give' : 'is written'}`);

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) stop(`${command} failed (${error ? error.message : `exit code ${status}`})`, 1);
}

function stop(message, exitCode) {
  console.error(`reference: ${message}`);
  process.exit(exitCode);
}
