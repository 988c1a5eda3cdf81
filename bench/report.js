// What a run says: ratios, their geometric means, the cells that are lost, as text, Markdown and SVG.
//
// Owns        the files of docs/bench/: <engine>.json is a run's result as it is, <engine>.md and
//             <engine>.svg are rendered from it, README.md from every result that is there.
// Holds       a ratio is the rival's time divided by ours: above 1 we are faster. Nothing is typed by hand.

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { init } from 'echarts';
import { anchors } from './anchors.js';
import { reasonOf } from './reasons.js';

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

function ratioTable(name, groups, shown) {
  return table([name, 'cells', ...shown], groups.map(([label, cells]) =>
    [label, String(cells.length), ...shown.map((rival) => textOfRatio(meanAgainst(cells, rival)))]));
}

function cellTable(cells, shown) {
  return table(['cell', `${ours}, ns`, ...shown.map((rival) => `x ${rival}`)], cells.map((cell) =>
    [cell.name, textOfTime(cell.times[ours]), ...shown.map((rival) => textOfRatio(ratioOf(cell, rival)))]));
}

// Reasons are long, and each explains many cells.
function lostTable(engine, cells, rival) {
  const reasons = groupedByReason(engine, cells, rival);
  const rows = reasons.flatMap(([, explained], index) => explained.map((cell) =>
    [cell.name, textOfTime(cell.times[ours]), textOfRatio(ratioOf(cell, rival)), String(index + 1)]));
  const why = reasons.map(([reason, explained], index) => `${index + 1}. ${reason} (${explained.length} cells, ` +
    `mean ${textOfRatio(meanAgainst(explained, rival))})`).join('\n');
  return `${why}\n\n${table(['cell', `${ours}, ns`, `x ${rival}`, 'why'], rows)}`;
}

// [reason, cells], the reason of most cells first.
function groupedByReason(engine, cells, rival) {
  const groups = new Map();
  for (const cell of cells) {
    const reason = reasonOf(engine, rival, cell);
    if (!groups.has(reason)) groups.set(reason, []);
    groups.get(reason).push(cell);
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length);
}

// An operation whose mean is this far behind native is explained by what explains most of its lost cells.
const behind = 0.8;

function behindTable(engine, cells) {
  const rows = operationsOf(cells).filter(({ cells: some }) => meanAgainst(some, 'native') < behind)
    .map(({ operation, cells: some }) => {
      const reasons = groupedByReason(engine, lostTo(some, 'native'), 'native')
        .map(([reason, explained]) => `${reason} (${explained.length})`);
      return [operation, textOfRatio(meanAgainst(some, 'native')), reasons.join('; ')];
    });
  return table(['operation', 'x native', 'why, and how many cells'], rows);
}

function groupsBy(cells, property) {
  const values = [...new Set(cells.map((cell) => cell[property]))].filter((value) => value !== '');
  return values.map((value) => [String(value), cells.filter((cell) => cell[property] === value)]);
}

function aboutOf({ version, machine, date, seed, path }) {
  return `${version}, ${machine}, ${date}, seed ${seed}, ${path === 'wasm' ? 'compiled WebAssembly' : 'plain JS'}.`;
}

const meaning = `A number is the rival's time divided by ${ours}'s, medians of the same run in the same process: above 1,
${ours} is faster. Means are geometric. \`platform\` is what the engine itself has for plain Uint8Arrays: its own methods,
TextEncoder, TextDecoder and DataView. \`@exodus/bytes\`, \`uint8array-extras\` and \`b4a\` are other libraries of bytes, for
what they do, as a bundler takes them for browsers; a cell in which they answer otherwise than Node is left out.`;

function markdownOf(result) {
  const { engine, cells, leftOut, startup, codeSize } = result;
  const shown = rivalsOf(cells);
  const lost = shown.map((rival) => {
    const list = lostTo(cells, rival);
    return `### To ${rival}: ${list.length} of ${ratiosOf(cells, rival).length}\n\n${
      list.length > 0 ? lostTable(engine, list, rival) : 'None.'}`;
  });
  const out = leftOutOf(leftOut, cells);
  return [
    `# ${engine}`,
    aboutOf(result),
    meaning,
    `![Geometric mean per operation](${engine}.svg)`,
    '## Means',
    ratioTable('', [['all', cells]], shown),
    ratioTable('operation', operationsOf(cells).map(({ operation, cells: some }) => [operation, some]), shown),
    ratioTable('bytes', groupsBy(cells, 'size'), shown),
    ratioTable('where', groupsBy(cells, 'storage'), shown),
    ...shown.includes('native') ? [`## Operations below ${behind} of native`, behindTable(engine, cells)] : [],
    '## Cells that are lost',
    ...lost,
    '## Code',
    textOfSizes(codeSize).map((line) => `- ${line}`).join('\n'),
    ...startup
      ? [`Import to the first \`Buffer.from('x')\`, on a page of its own: ${textOfStartup(startup)}.`]
      : [],
    '## Left out',
    out.length > 0 ? out.map((text) => `- ${text}`).join('\n') : 'Nothing.',
    '## Every cell',
    cellTable(cells, shown),
    '',
  ].join('\n\n').replace(/\n+$/, '\n');
}

// What was set out to reach: [what, the number wanted, the number reached, whether it is enough].
function barsOf(results) {
  const byEngine = Object.fromEntries(results.map((result) => [result.engine, result]));
  const bars = [];
  const least = (what, wanted, reached, unit = '') => reached !== undefined &&
    bars.push([what, `at least ${wanted}${unit}`, `${textOfRatio(reached)}${unit}`, reached >= wanted]);
  const most = (what, wanted, reached, unit = '') => reached !== undefined &&
    bars.push([what, `at most ${wanted}${unit}`, `${textOfRatio(reached)}${unit}`, reached <= wanted]);
  const { node26, chromium, firefox } = byEngine;
  if (node26) {
    const { cells } = node26;
    least('geometric mean, native Node 26', 1, meanAgainst(cells, 'native'));
    const worst = operationsOf(cells).map(({ cells: some }) => meanAgainst(some, 'native'));
    least('the operation furthest behind native Node 26', 0.25, Math.min(...worst));
    const short = cells.filter(({ operation, size, storage }) =>
      operation === 'allocUnsafe' && size <= 64 && storage === 'short-lived');
    most('allocUnsafe of 8 and 64 bytes, its time over native\'s', 1.3, 1 / meanAgainst(short, 'native'));
  }
  if (chromium) {
    least('geometric mean, buffer@6 in Chromium', 10, meanAgainst(chromium.cells, 'buffer@6'));
    const { startup } = chromium;
    if (startup) {
      const { preloaded, read, longTasks } = startup;
      most('import to the first Buffer in Chromium, of a preloaded module', 5, preloaded[ours], ' ms');
      // What an empty module takes is the way to it.
      most('the same, of one that is still to be read, beyond an empty module', 5, read[ours] - read.empty, ' ms');
      most('long tasks while it is imported', 0, longTasks);
    }
  }
  if (firefox) least('geometric mean, buffer@6 in Firefox', 8, meanAgainst(firefox.cells, 'buffer@6'));
  const unknown = results.flatMap(({ engine, cells }) => lostTo(cells, 'buffer@6').map((cell) =>
    reasonOf(engine, 'buffer@6', cell))).filter((reason) => reason === 'not known');
  most('cells lost to buffer@6 for a reason that is not known', 0, unknown.length);
  return table(['bar', 'wanted', 'reached', ''], bars.map(([what, wanted, reached, isMet]) =>
    [what, wanted, reached, isMet ? 'met' : 'not met']));
}

// What can be had at most of the engines' own methods: each cell at the better of the two times.
function limitsOf(results) {
  const rows = results.flatMap(({ engine, cells }) => {
    const fastest = cells.map(({ times }) =>
      ({ times: { ...times, [ours]: Math.min(times[ours], times.platform || Infinity) } }));
    return rivalsOf(cells).filter((rival) => rival === 'native' || rival === 'buffer@6').map((rival) =>
      [`${engine}, ${rival}`, textOfRatio(meanAgainst(cells, rival)), textOfRatio(meanAgainst(fastest, rival))]);
  });
  return table(['geometric mean', ours, 'limit'], rows);
}

const limits = `The limit is the mean if each cell took the less of ${ours}'s time and the platform's: what the engines' own
methods would give if they checked arguments for nothing.`;

function indexOf(results) {
  const [{ codeSize }] = results;
  const shown = rivals.filter((rival) => results.some(({ cells }) => rivalsOf(cells).includes(rival)));
  return [
    '# The bench',
    'Rendered by `npm run bench`. What an application gets, [jobs of real packages](apps.md) say; these are single calls.',
    meaning,
    ratioTable('engine', results.map(({ engine, cells }) => [`[${engine}](${engine}.md)`, cells]), shown),
    table(['engine', 'with', ...shown.map((rival) => `lost to ${rival}`)], results.map((result) =>
      [result.engine, aboutOf(result), ...shown.map((rival) => String(lostTo(result.cells, rival).length))])),
    '## Bars',
    barsOf(results),
    limitsOf(results),
    limits,
    '## Code',
    textOfSizes(codeSize).map((line) => `- ${line}`).join('\n'),
    ...results.map(({ engine }) => `![${engine}](${engine}.svg)`),
    '',
  ].join('\n\n').replace(/\n+$/, '\n');
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
    legend: { top: 12, right: 24, data: shown },
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

// A line per cell, so that two runs can be compared line by line.
function jsonOf(result) {
  const lines = Object.entries(result).filter(([, value]) => value !== undefined).map(([key, value]) => {
    const text = Array.isArray(value)
      ? `[\n${value.map((entry) => JSON.stringify(entry)).join(',\n')}\n]`
      : JSON.stringify(value);
    return `${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}

/**
 * Write a run's result and what is rendered from it, and render the index anew.
 *
 * @param {string} folder docs/bench, which exists
 * @param {object[]} results of this run, one per engine
 */
export function writeReports(folder, results) {
  for (const result of results) {
    const file = join(folder, result.engine);
    writeFileSync(`${file}.json`, jsonOf(result));
    writeFileSync(`${file}.md`, markdownOf(result));
    writeFileSync(`${file}.svg`, svgOf(result));
  }
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'apps.json').sort();
  writeFileSync(join(folder, 'README.md'),
    indexOf(files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))));
}
