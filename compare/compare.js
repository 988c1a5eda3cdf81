// The side by side: the same script in real Node and in ours, and what differs.
//
// Owns        the two sides, the random run with its shrinking and its report, and the command
//             node compare/compare.js [--node PATH] [--ops N] [--seed S] [--source auto|linear|heap]
//             Real Node is the reference, or the Node at PATH, whatever runs the command.
// Holds       exit code 0: no divergence, 1: a divergence, 2: arguments that make no sense, or a side that
//             cannot be run.

import { UsageError, integerArgument, isMain, progressLine, readArguments, runCommand } from './command.js';
import { judgeBinary, openNode } from './node.js';
import { excludedFor, exclusions, randomScript, shrink } from './random.js';
import { compareRows, runScript, wideLimits } from './script.js';

/** Where slabs of ours may come from. */
export const sources = ['auto', 'linear', 'heap'];

const operationsPerScript = 2000;
const widestOperation = 60;
const widestRow = 100;

/**
 * Ours, in this process.
 *
 * @param {string} source where slabs come from, one of `sources`
 */
export async function openOurs(source) {
  process.noDeprecation = true; // Buffer() is compared, too
  const { Buffer, pool } = await import('../js/index.js');
  return {
    name: `pagebuf, ${source}`,
    async run(script) {
      pool.source = source;
      return runScript(script, { Buffer, locate: pool.locate, source, limits: wideLimits });
    },
  };
}

/** Any Buffer implementation in this process; one without `locate` is treated as real Node is. */
export function openBuffer(name, Buffer, { locate, source } = {}) {
  return { name, run: async (script) => runScript(script, { Buffer, locate, source }) };
}

// The texts are Node 26's, so they are compared with that line; the engine's own texts where both sides run
// on the same engine.
function messagesComparedWith(about) {
  if (about === undefined) return 'all';
  if (about.major < 26) return 'none';
  return about.engine === process.versions.v8 ? 'all' : 'coded';
}

/**
 * Run a script on both sides.
 *
 * @returns {Promise<{ ours: object[], theirs: object[], divergences: { row: number, columns: string[] }[] }>}
 */
export async function compareScript(script, ours, theirs) {
  const [left, right] = await Promise.all([ours.run(script), theirs.run(script)]);
  const messages = messagesComparedWith(theirs.about);
  const divergences = [];
  for (let row = 0; row < Math.max(left.length, right.length); row++) {
    const columns = compareRows(left[row], right[row], { messages });
    if (columns.length > 0) divergences.push({ row, columns });
  }
  return { ours: left, theirs: right, divergences };
}

/**
 * Random operations until `count` are done or one diverges.
 *
 * @param {object} options `count` operations, `seed` of the first script (the n-th has seed + n),
 *   `progress(done)` is called now and then
 * @returns {Promise<{ done: number, known: number, failure?: { seed, script, ours, theirs, divergences } }>}
 *   `known`: rows whose `byteLength` may differ and was not compared; a failure carries the shortest script
 *   found
 */
export async function compareRandom(ours, theirs, { count, seed, progress = () => {}, shrinkFor = 10000 }) {
  const line = theirs.about || { major: 26, alignment: true };
  let done = 0;
  let known = 0;
  for (let index = 0; done < count; index++) {
    const script = randomScript(seed + index, Math.min(operationsPerScript, count - done), line);
    const result = await compareScript(script, ours, theirs).catch((error) => {
      error.message += ` (seed ${seed + index})`;
      throw error;
    });
    known += result.ours.filter((row) => row.known).length;
    if (result.divergences.length > 0) {
      const upTo = { ...script, ops: script.ops.slice(0, result.divergences[0].row + 1) };
      const compared = (candidate) => compareScript(candidate, ours, theirs);
      const fails = async (candidate) => (await compared(candidate)).divergences.length > 0;
      const shortest = await shrink(await fails(upTo) ? upTo : script, fails, shrinkFor);
      const again = await compared(shortest);
      // A divergence that depends on earlier operations may not show again. Then the first one is reported.
      const isShown = again.divergences.length > 0;
      const shown = isShown ? { script: shortest, ...again } : { script, ...result };
      return { done, known, failure: { seed: seed + index, ...shown } };
    }
    done += script.ops.length;
    progress(done);
  }
  return { done, known };
}

// ---- printing ---------------------------------------------------------------------------------------------

function nameOfBuffer(row) {
  return `b${row}`;
}

/** A value of a script as one would write it in JavaScript. */
export function textOfValue(value) {
  if (Array.isArray(value)) return `[${value.map(textOfValue).join(', ')}]`;
  if (typeof value === 'string') return value.length > 30 ? `'${value.slice(0, 30)}…'` : `'${value}'`;
  if (typeof value !== 'object' || value === null) return String(value);
  const plus = value.plus ? ` ${value.plus < 0 ? '-' : '+'} ${Math.abs(value.plus)}` : '';
  const per = value.per > 1 ? ` / ${value.per}` : '';
  switch (value.$) {
    case 'row': return nameOfBuffer(value.of);
    case 'left': return `left${plus}${per}`;
    case 'half': return `half${plus}${per}`;
    case 'string': return `'${value.unit}'.repeat(${textOfValue(value.times)})`;
    case 'bytes': return `[${textOfValue(value.length)} bytes]`;
    case 'typed': return `${value.type} ${value.items ? textOfValue(value.items) : `of ${textOfValue(value.length)}`}`;
    case 'like': return `{ length: ${textOfValue(value.length)}, ... }`;
    case 'memory': return `${value.shared ? 'Shared' : ''}ArrayBuffer ${value.name}`;
    case 'json': return `{ type: 'Buffer', data: ${textOfValue(value.data)} }`;
    case 'object': return `{ ${Object.keys(value).filter((key) => key !== '$').map((key) => `${key}: ${textOfValue(value[key])}`).join(', ')} }`;
    case 'allocates': return `{ valueOf: allocUnsafe(${textOfValue(value.size)}) }`;
    case 'bigint': return `${value.value}n`;
    default: return value.$;
  }
}

/** An operation of a script as one would write it in JavaScript; `made` is whether it gave a Buffer. */
export function textOfOperation({ op, on, args = [] }, row, made) {
  const values = args.map(textOfValue).join(', ');
  const name = made ? `${nameOfBuffer(row)} = ` : '';
  if (op === 'poolSize') return `Buffer.poolSize = ${values}`;
  if (op === 'put') return `${nameOfBuffer(on)}.set(${textOfValue(args[1])}, ${args[0]})`;
  if (on !== undefined) return `${name}${nameOfBuffer(on)}.${op}(${values})`;
  return `${name}${op === 'Buffer' || op === 'new Buffer' ? op : `Buffer.${op}`}(${values})`;
}

/** One row in words. `earlier` are the rows before it on the same side. */
export function textOfRow(row, earlier) {
  if (row === undefined) return 'no row';
  if (row.fault) return `fault: ${row.fault}`;
  if (row.skipped) return `skipped: ${row.skipped}`;
  if (row.error) return `${row.error.class} ${row.error.code} ${row.error.message}`;
  if (row.store === undefined) return JSON.stringify(row.value) || 'undefined';
  const shares = earlier.flatMap((other, index) => (other.store === row.store ? [nameOfBuffer(index)] : []));
  const sharing = shares.length === 0 ? '' : ` shares ${shares.length > 4 ? `${shares.length} rows` : shares.join(' ')}`;
  const length = `${row.byteLength}${row.known ? '*' : ''}${row.padding ? `+${row.padding}` : ''}`;
  const end = row.bytesAtEnd === undefined ? '' : ` later ${row.bytesAtEnd}`;
  const inner = row.inner ? ` inner ${row.inner.map(({ store, offset, length: size }) => `${store}@${offset}+${size}`).join(' ')}` : '';
  return `${row.kind} ${row.store} @${row.offset} +${row.length} of ${length}${sharing} ${row.bytes}${end}${inner}`;
}

function cut(text, width) {
  return (text.length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width);
}

/** A script and both sides' rows as an aligned table; divergent rows begin with `!`. */
export function table(script, { ours, theirs, divergences }, [left, right]) {
  const differing = new Map(divergences.map(({ row, columns }) => [row, `  <- ${columns.join(', ')}`]));
  const cells = script.ops.map((operation, index) => [
    textOfOperation(operation, index, theirs[index] !== undefined && theirs[index].store !== undefined),
    textOfRow(ours[index], ours.slice(0, index)),
    textOfRow(theirs[index], theirs.slice(0, index)),
  ]);
  const [first, second] = [0, 1].map((column) => Math.max(16, ...cells.map((row) => row[column].length)));
  const widths = [Math.min(first, widestOperation), Math.min(second, widestRow)];
  const line = (mark, [operation, our, their], why) =>
    `${mark} ${cut(operation, widths[0])}  ${cut(our, widths[1])}  ${their}${why}`;
  return [
    line(' ', ['', left, right], ''),
    ...cells.map((row, index) => line(differing.has(index) ? '!' : ' ', row, differing.get(index) || '')),
  ].join('\n');
}

/** What to print about a failure of compareRandom(). */
export function textOfFailure({ seed, script, ours, theirs, divergences }, sides) {
  const [{ row, columns }] = divergences;
  return [
    `divergence with seed ${seed}, in ${columns.join(', ')}; the shortest script that shows it:`,
    table(script, { ours, theirs, divergences }, sides.map(({ name }) => name)),
    `script  ${JSON.stringify(script)}`,
    `ours    ${JSON.stringify(ours[row])}`,
    `node    ${JSON.stringify(theirs[row])}`,
  ].join('\n');
}

// ---- the command ------------------------------------------------------------------------------------------

async function showExamples(ours, theirs) {
  const { examples } = await import('./examples.js');
  let divergent = 0;
  let padding = 0;
  for (const { title, look, script } of examples) {
    const result = await compareScript(script, ours, theirs);
    divergent += result.divergences.length;
    padding = result.theirs.reduce((most, row) => Math.max(most, row.padding || 0), padding);
    process.stdout.write(`\n${title}\n  ${look}\n${table(script, result, [ours.name, theirs.name])}\n`);
  }
  return { divergent, padding };
}

async function main(args) {
  const values = readArguments(args, {
    node: { type: 'string' },
    ops: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1000000) },
    source: { type: 'string', default: sources[0] },
  });
  const count = integerArgument('ops', values.ops, 0, 1e9);
  const seed = integerArgument('seed', values.seed, 0, 2 ** 32 - 1);
  if (!sources.includes(values.source)) {
    throw new UsageError(`--source must be auto, linear or heap, got "${values.source}"`);
  }
  const theirs = await openNode(judgeBinary(values.node));
  try {
    const ours = await openOurs(values.source);
    const { divergent, padding } = await showExamples(ours, theirs);
    if (padding > 0) {
      process.stdout.write(`\n+${padding}: ${theirs.name} makes .buffer of a slab ${padding} bytes longer, and starts the slab at a ` +
        `multiple of ${padding}; offsets and lengths count from there\n`);
    }
    process.stdout.write(`\n${count} random operations, seed ${seed}\n`);
    for (const { name, reason } of exclusions.filter((row) => excludedFor(theirs.about).has(row.name))) {
      process.stdout.write(`left out on ${theirs.name}: ${name} (${reason})\n`);
    }
    const progress = progressLine(theirs.name, count);
    const result = await compareRandom(ours, theirs, { count, seed, progress });
    if (result.known > 0) {
      process.stdout.write(`* ${result.known} rows with a known difference: linear memory comes in pages, .buffer is longer\n`);
    }
    if (divergent > 0) process.stdout.write(`${divergent} rows of the examples diverge\n`);
    if (result.failure) process.stdout.write(`${textOfFailure(result.failure, [ours, theirs])}\n`);
    else process.stdout.write(`${result.done} operations, 0 divergences\n`);
    return divergent === 0 && !result.failure;
  } finally {
    theirs.close();
  }
}

if (isMain(import.meta.url)) await runCommand('compare', main);
