// What a run says: ratios, their geometric means and the cells that are lost, as text, Markdown and SVG.
//
// Owns        the files of docs/bench/: <engine>.json is a run's result, <engine>.svg a picture of its means,
//             and README.md is rendered from all results that are there. `npm run bench -- --show PATTERN`
//             prints their cells.
// Holds       a ratio is the rival's time divided by ours: above 1 we are faster. Nothing is typed by hand.

import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { init } from 'echarts';
import { anchors } from './anchors.js';

const ours = 'pagebuf';
const drawn = ['native', 'buffer@6', 'platform'];
const rivals = [...drawn, ...anchors];

function geometricMean(values) {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

const textOfRatio = (ratio) => (ratio === undefined ? '' : ratio.toFixed(ratio < 10 ? 2 : ratio < 100 ? 1 : 0));
const textOfTime = (time) => (time < 100 ? time.toFixed(1) : Math.round(time).toLocaleString('en'));

function ratioOf({ times }, rival) {
  return times[rival] === undefined ? undefined : times[rival] / times[ours];
}

function ratiosOf(cells, rival) {
  return cells.map((cell) => ratioOf(cell, rival)).filter((ratio) => ratio !== undefined);
}

const rivalsOf = (cells) => rivals.filter((rival) => ratiosOf(cells, rival).length > 0);

/** The geometric mean of the rival's times over ours, or undefined where they share no cell. */
export function meanAgainst(cells, rival) {
  const ratios = ratiosOf(cells, rival);
  return ratios.length > 0 ? geometricMean(ratios) : undefined;
}

function operationsOf(cells) {
  return [...new Set(cells.map(({ operation }) => operation))].map((operation) => ({
    operation, cells: cells.filter((cell) => cell.operation === operation),
  }));
}

/** The cells in which the rival is faster, the worst first. */
export function lostTo(cells, rival) {
  const lost = cells.filter((cell) => ratioOf(cell, rival) < 1);
  return lost.sort((a, b) => ratioOf(a, rival) - ratioOf(b, rival));
}

const aTie = 'the times differ by less than 5 %';

/** What a run has measured about a cell that is lost; `platform` is the engine's own method for the same. */
export function kindOf({ times }, rival) {
  if (times[rival] > times[ours] * 0.95) return aTie;
  if (rival === 'platform') return 'the engine\'s own method is faster';
  if (times.platform === undefined) return 'no method of the engine is measured';
  if (times[ours] <= times.platform * 1.1) return 'the engine\'s own method takes as long as ours';
  if (times.platform <= times[rival] * 1.1) return 'the engine\'s own method takes as long as the rival';
  return 'the engine\'s own method lies between the two';
}

// The left-out cells, one entry for all sizes and places of an operation and kind.
function leftOutOf(leftOut, cells) {
  const known = new Map(cells.map((cell) => [cell.name, cell]));
  const entries = new Map();
  for (const { cell, rival, reason } of leftOut) {
    const { operation, kind } = known.get(cell);
    const key = `${rival}: ${[operation, kind].filter(Boolean).join(' ')}: ${reason}`;
    entries.set(key, (entries.get(key) || 0) + 1);
  }
  return [...entries].map(([key, count]) => `${key} (${count} ${count === 1 ? 'cell' : 'cells'})`);
}

// ---- text -------------------------------------------------------------------------------------------------

function columns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((text, column) =>
    (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column]))).join('  ').trimEnd()).join('\n');
}

function meansLine({ engine, cells }) {
  const means = rivalsOf(cells).map((rival) => `${textOfRatio(meanAgainst(cells, rival))} x ${rival}`);
  return `${engine}: geometric mean over ${cells.length} cells: ${means.join(', ') || 'no rival'}`;
}

/** A run as a terminal shows it. */
export function textOf(result) {
  const { engine, version, cells, leftOut, path, startup } = result;
  const shown = rivalsOf(cells);
  const head = [`${engine} (${version}, ${path})`, 'ns', ...shown.map((rival) => `x ${rival}`)];
  const rows = cells.map((cell) =>
    [cell.name, textOfTime(cell.times[ours]), ...shown.map((rival) => textOfRatio(ratioOf(cell, rival)))]);
  const out = leftOutOf(leftOut, cells).map((text) => `left out: ${text}`);
  const start = startup ? [`import to the first Buffer: ${textOfStartup(startup)}`] : [];
  return [columns([head, ...rows]), ...out, ...start, meansLine(result), ''].join('\n');
}

function textOfStartup({ preloaded, read }) {
  const textOf = (times) => Object.entries(times).map(([name, time]) =>
    `${name === 'empty' ? 'an empty module' : name} ${time.toFixed(1)} ms`).join(', ');
  return `${textOf(preloaded)} when the module is preloaded; ${textOf(read)} when it is still to be read`;
}

/** The sizes as one line each. */
export function textOfSizes({ bundles, wasm }) {
  const lines = bundles.map(({ name, minified, gzipped }) =>
    `${name}: ${minified.toLocaleString('en')} bytes minified, ${gzipped.toLocaleString('en')} gzipped`);
  return [...lines, `the WebAssembly module in it: ${wasm.toLocaleString('en')} bytes`];
}

// ---- Markdown ---------------------------------------------------------------------------------------------

function table(head, rows) {
  const line = (row) => `| ${row.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

const meaning = `A number is the rival's time divided by ${ours}'s: above 1, ${ours} is faster. Times are medians of
one run in one process, means are geometric. \`native\` is Node's own Buffer. \`platform\` is what the engine has for a plain Uint8Array: its
methods, TextEncoder, TextDecoder and DataView. \`@exodus/bytes\`, \`uint8array-extras\` and \`b4a\` are other libraries of
bytes, in the form that a bundler takes for browsers. A cell in which a rival's answer is not Node's is left out.`;

const pageOf = (folder, results) => [
  '# The bench',
  `Written by \`npm run bench\`. These are single calls.${existsSync(join(folder, 'apps.md'))
    ? ' [Jobs of real packages](apps.md) say what an application gets.' : ''}`,
  meaning,
  'The cells are in the JSON files beside this page. This prints those whose name matches a regular expression:',
  "```sh\nnpm run bench -- --show '^toString utf8' --engines chromium,firefox\n```",
  '## Means',
  meansTable(results),
  aboutTable(results),
  '## Bars',
  barsTable(results),
  limitsTable(results),
  `The limit is the mean if each cell took the shorter of ${ours}'s time and the platform's. It is what the engines' own
methods would give if they did not check arguments.`,
  '## Means by operation',
  'Against native in Node, against `buffer@6` in browsers.',
  ...results.map(({ engine }) => `![${engine}](${engine}.svg)`),
  '## Means by size and by place',
  groupsTable('bytes', 'size', results),
  groupsTable('place', 'storage', results),
  '## Lost cells',
  'How many cells of each operation a rival wins, of how many.',
  lossesTable(results),
  'The same cells by kind: what the run has measured about them.',
  kindsTable(results),
  '## Code',
  textOfSizes(results[0].codeSize).map((line) => `- ${line}`).join('\n'),
  ...results.filter(({ startup }) => startup).map(({ engine, startup }) =>
    `Import to the first \`Buffer.from('x')\` in ${engine}, on a page of its own: ${textOfStartup(startup)}.`),
  '## Left out',
  leftOutTable(results),
].join('\n\n');

function meansTable(results) {
  const shown = rivals.filter((rival) => results.some(({ cells }) => rivalsOf(cells).includes(rival)));
  return table(['engine', 'cells', ...shown], results.map(({ engine, cells }) =>
    [engine, String(cells.length), ...shown.map((rival) => textOfRatio(meanAgainst(cells, rival)))]));
}

function aboutTable(results) {
  const rows = results.map(({ engine, version, machine, date, seed, path }) =>
    [engine, version, machine, date, String(seed), path]);
  return table(['engine', 'version', 'machine', 'date', 'seed', 'path'], rows);
}

// What was set out to reach: [what, the number wanted, the number reached, whether it is enough].
function barsTable(results) {
  const bars = [];
  const least = (what, wanted, reached, unit = '') => reached !== undefined &&
    bars.push([what, `at least ${wanted}${unit}`, `${textOfRatio(reached)}${unit}`, reached >= wanted]);
  const most = (what, wanted, reached, unit = '') => reached !== undefined &&
    bars.push([what, `at most ${wanted}${unit}`, `${Number.isInteger(reached) ? reached : textOfRatio(reached)}${unit}`, reached <= wanted]);
  const { node26, chromium, firefox } = Object.fromEntries(results.map((result) => [result.engine, result]));
  if (node26) addNodeBars(node26, least, most);
  if (chromium) addChromiumBars(chromium, least, most);
  if (firefox) most('cells lost to buffer@6 in Firefox by more than 5 %', 45, clearlyLost(firefox.cells));
  return table(['bar', 'wanted', 'reached', ''], bars.map(([what, wanted, reached, isMet]) =>
    [what, wanted, reached, isMet ? 'met' : 'not met']));
}

function addNodeBars({ cells }, least, most) {
  least('geometric mean, native Node 26', 0.82, meanAgainst(cells, 'native'));
  const worst = operationsOf(cells).map(({ cells: some }) => meanAgainst(some, 'native'))
    .filter((mean) => mean !== undefined);
  least('the operation furthest behind native Node 26', 0.25, Math.min(...worst));
  const short = cells.filter(({ operation, size, storage }) =>
    operation === 'allocUnsafe' && size <= 64 && storage === 'short-lived');
  const mean = meanAgainst(short, 'native');
  most('allocUnsafe of 8 and 64 bytes, its time over native\'s', 1.3, mean && 1 / mean);
}

function addChromiumBars({ cells, startup }, least, most) {
  most('cells lost to buffer@6 in Chromium by more than 5 %', 5, clearlyLost(cells));
  if (!startup) return;
  const { preloaded, read, longTasks } = startup;
  most('import to the first Buffer in Chromium, of a preloaded module', 5, preloaded[ours], ' ms');
  // An empty module has to be read, too.
  most('the same, of a module that is still to be read, beyond an empty module', 3, read[ours] - read.empty, ' ms');
  most('long tasks while it is imported', 0, longTasks);
}

const clearlyLost = (cells) => lostTo(cells, 'buffer@6').filter((cell) => kindOf(cell, 'buffer@6') !== aTie).length;

// The most that the engines' own methods can give: each cell at the better of the two times.
function limitsTable(results) {
  const rows = results.flatMap(({ engine, cells }) => {
    const fastest = cells.map(({ times }) =>
      ({ times: { ...times, [ours]: Math.min(times[ours], times.platform || Infinity) } }));
    return judgesOf(cells).map((rival) =>
      [`${engine}, ${rival}`, textOfRatio(meanAgainst(cells, rival)), textOfRatio(meanAgainst(fastest, rival))]);
  });
  return table(['geometric mean', ours, 'limit'], rows);
}

// Those of the rivals that do all that Buffer does.
const judgesOf = (cells) => rivalsOf(cells).filter((rival) => rival === 'native' || rival === 'buffer@6');

// { heading, cells, rival } for every rival that does all that Buffer does, in every engine.
const pairsOf = (results) => results.flatMap(({ engine, cells }) =>
  judgesOf(cells).map((rival) => ({ heading: `${engine}, ${rival}`, cells, rival })));

function groupsTable(name, property, results) {
  const values = [...new Set(results.flatMap(({ cells }) => cells.map((cell) => cell[property])))];
  const pairs = pairsOf(results);
  return table([name, ...pairs.map(({ heading }) => heading)], values.filter((value) => value !== '').map((value) =>
    [String(value), ...pairs.map(({ cells, rival }) =>
      textOfRatio(meanAgainst(cells.filter((cell) => cell[property] === value), rival)))]));
}

function lossesTable(results) {
  const pairs = pairsOf(results);
  const operations = [...new Set(results.flatMap(({ cells }) => cells.map(({ operation }) => operation)))];
  return table(['operation', ...pairs.map(({ heading }) => heading)], [undefined, ...operations].map((operation) =>
    [operation || 'all', ...pairs.map(({ cells, rival }) => {
      const some = cells.filter((cell) => operation === undefined || cell.operation === operation);
      const all = ratiosOf(some, rival).length;
      return all === 0 ? '' : `${lostTo(some, rival).length} of ${all}`;
    })]));
}

function kindsTable(results) {
  const pairs = pairsOf(results);
  const kinds = pairs.map(({ cells, rival }) => lostTo(cells, rival).map((cell) => kindOf(cell, rival)));
  return table(['kind', ...pairs.map(({ heading }) => heading)], [...new Set(kinds.flat())].map((kind) =>
    [kind, ...kinds.map((found) => String(found.filter((each) => each === kind).length || ''))]));
}

function leftOutTable(results) {
  const engines = new Map();
  for (const { engine, leftOut, cells } of results) {
    for (const text of leftOutOf(leftOut, cells)) engines.set(text, [...(engines.get(text) || []), engine]);
  }
  const rows = [...engines].map(([text, names]) => `- ${text}, in ${names.join(', ')}`);
  return rows.length > 0 ? rows.join('\n') : 'Nothing.';
}

// ---- SVG --------------------------------------------------------------------------------------------------

function svgOf(result) {
  const { engine, version, cells } = result;
  const operations = operationsOf(cells).reverse();
  const shown = rivalsOf(cells).filter((rival) => drawn.includes(rival));
  const height = 110 + operations.length * 30;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 860, height });
  // The axis is logarithmic, and its bars start at 1: logarithms on a linear axis.
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    title: { text: `${engine} (${version})`, subtext: `times faster than, geometric mean per operation`, left: 16 },
    legend: { top: 12, right: 24, itemGap: 24, data: shown },
    grid: { left: 130, right: 40, top: 64, bottom: 36 },
    xAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { formatter: (value) => (value < 0 ? `1/${2 ** -value}` : `${2 ** value}`) },
    },
    yAxis: { type: 'category', data: operations.map(({ operation }) => operation), axisLine: { onZero: true } },
    series: shown.map((rival) => ({
      name: rival,
      type: 'bar',
      data: operations.map(({ cells: some }) => {
        const mean = meanAgainst(some, rival);
        return mean === undefined ? null : Number(Math.log2(mean).toFixed(3));
      }),
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}

// A line for each operation: the cells of one are compared with each other.
function jsonOf(result) {
  const lines = Object.entries(result).filter(([, value]) => value !== undefined).map(([key, value]) => {
    const text = key === 'cells'
      ? `[\n${operationsOf(value).map(({ cells }) => cells.map((cell) => JSON.stringify(cell)).join()).join(',\n')}\n]`
      : JSON.stringify(value);
    return `${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** The committed results of all engines, each with the cells whose name matches. */
export function readResults(folder, pattern = /^/) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'apps.json').sort();
  return names.map((name) => {
    const result = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const cells = result.cells.filter((cell) => pattern.test(cell.name));
    return { ...result, cells, leftOut: result.leftOut.filter(({ cell }) => pattern.test(cell)) };
  });
}

/**
 * Write the results of a run and their pictures, and the page about all results that are there.
 *
 * @param {string} folder docs/bench, which exists
 * @param {object[]} results of this run, one per engine
 */
export function writeReports(folder, results) {
  for (const result of results) {
    const file = join(folder, result.engine);
    writeFileSync(`${file}.json`, jsonOf(result));
    writeFileSync(`${file}.svg`, svgOf(result));
  }
  writeFileSync(join(folder, 'README.md'), `${pageOf(folder, readResults(folder))}\n`);
}
