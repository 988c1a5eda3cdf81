// The report of a run of the jobs: as text, in docs/bench/ as apps.json, apps.md and apps.svg, and the
// figures in README.md.
//
// Holds       a ratio is the rival's time divided by ours: above 1 we are faster. Means are geometric.
//             Nothing is typed by hand: a run of some engines leaves the others' results as they are.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { init } from 'echarts';

const names = { chromium: 'Chromium', firefox: 'Firefox', node26: 'Node 26' };
const rivals = ['buffer@6', 'native'];
const libraries = ['pagebuf', ...rivals];
const begin = '<!-- npm run bench:apps -->\n';
const end = '<!-- end of bench:apps -->\n';
const lost = 0.98;

function geometricMean(values) {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

const textOfRatio = (ratio) => ratio.toFixed(ratio < 10 ? 2 : 1);
const textOfTime = (nanoseconds) => (nanoseconds < 1e6 ? `${(nanoseconds / 1e3).toPrecision(3)} us`
  : `${(nanoseconds / 1e6).toPrecision(3)} ms`);
const textOfBytes = (bytes) => (bytes === undefined ? '' : bytes < 1e6 ? Math.round(bytes).toLocaleString('en') : `${(bytes / 1e6).toFixed(2)} M`);
const textOfEntry = ({ ratio, spread } = {}) =>
  (ratio === undefined ? '' : `${textOfRatio(ratio)} ± ${(spread * 50).toFixed(0)} %`);

function ratiosOf(jobs, rival) {
  return jobs.flatMap(({ ratios = {} }) => (ratios[rival] ? [ratios[rival].ratio] : []));
}

const rivalsOf = (jobs) => rivals.filter((rival) => ratiosOf(jobs, rival).length > 0);

/** The geometric mean of a rival's times over ours, or undefined. */
export function meanOf(jobs, rival) {
  const ratios = ratiosOf(jobs, rival);
  return ratios.length > 0 ? geometricMean(ratios) : undefined;
}

/** The jobs that are lost to buffer@6, with more than the noise of a run. */
export function lostOf(jobs) {
  return jobs.filter(({ ratios = {} }) => ratios['buffer@6'] && ratios['buffer@6'].ratio < lost)
    .sort((a, b) => a.ratios['buffer@6'].ratio - b.ratios['buffer@6'].ratio);
}

const complaintsOf = (jobs) => jobs.flatMap(({ name, leftOut = [], failed }) => [
  ...leftOut.map(({ rival, reason, isWrong }) => `${isWrong ? 'wrong' : 'left out'}: ${name}: ${rival} ${reason}`),
  ...failed ? [`failed: ${name}: ${failed}`] : [],
]);

function columns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((text, column) =>
    (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column]))).join('  ').trimEnd()).join('\n');
}

// How much a job allocates, and how much is resident after many, with each library.
function memoryRows(jobs) {
  const head = ['job', ...libraries.map((name) => `bytes, ${name}`), ...libraries.map((name) => `MB, ${name}`)];
  return [head, ...jobs.filter(({ memory }) => memory).map(({ name, memory }) => [name,
    ...libraries.map((library) => (memory[library] ? textOfBytes(memory[library].bytes) : '')),
    ...libraries.map((library) => (memory[library] ? (memory[library].resident / 1e6).toFixed(0) : '')),
  ])];
}

/** A run of one engine as a terminal shows it. */
export function textOf({ engine, version, jobs }) {
  const shown = rivalsOf(jobs);
  const rows = jobs.filter(({ times }) => times).map(({ name, times, ratios, rounds }) =>
    [name, textOfTime(times.pagebuf), ...shown.map((rival) => textOfEntry(ratios[rival])), String(rounds)]);
  const means = shown.map((rival) => `${textOfRatio(meanOf(jobs, rival))} x ${rival}`);
  return [
    columns([[`${engine} (${version})`, 'pagebuf', ...shown.map((rival) => `x ${rival}`), 'rounds'], ...rows]),
    ...jobs.some(({ memory }) => memory) ? ['', columns(memoryRows(jobs))] : [],
    ...complaintsOf(jobs),
    `${engine}: geometric mean over ${rows.length} jobs: ${means.join(', ') || 'no rival'}; below ${lost} of buffer@6: ${
      lostOf(jobs).length}`,
    '',
  ].join('\n');
}

// ---- Markdown ---------------------------------------------------------------------------------------------

function table(head, rows) {
  const line = (row) => `| ${row.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

const headAndRows = ([head, ...rows]) => [head, rows];

// [engine, rival] of each column.
function pairsOf(results) {
  return results.flatMap(({ engine, jobs }) => rivalsOf(jobs).map((rival) => [engine, rival]));
}

const headOf = ([engine, rival]) => `${names[engine]}, ${rival}`;

function summary(results) {
  return table(['', 'jobs', 'x buffer@6', `below ${lost}`, 'x native'], results.map(({ engine, jobs }) => {
    const [feross, native] = rivals.map((rival) => meanOf(jobs, rival));
    return [names[engine], String(jobs.filter(({ times }) => times).length), feross ? textOfRatio(feross) : '',
      String(lostOf(jobs).length), native ? textOfRatio(native) : ''];
  }));
}

function jobTable(results, asked) {
  const pairs = pairsOf(results);
  return table(['job', 'once is', ...pairs.map(headOf)], asked.map(({ name, what }) => {
    const entries = pairs.map(([engine, rival]) => {
      const { jobs } = results.find((result) => result.engine === engine);
      const { ratios = {} } = jobs.find((job) => job.name === name) || {};
      return textOfEntry(ratios[rival]);
    });
    return [name, what, ...entries];
  }));
}

function timeTable(results, asked) {
  return table(['job', ...results.map(({ engine }) => names[engine])], asked.map(({ name }) => [name,
    ...results.map(({ jobs }) => {
      const { times } = jobs.find((job) => job.name === name) || {};
      return times ? textOfTime(times.pagebuf) : '';
    })]));
}

function markdownOf(results, asked) {
  const packages = new Set(asked.map((job) => job.package)).size;
  const withMemory = results.find(({ jobs }) => jobs.some(({ memory }) => memory));
  const complaints = results.flatMap(({ engine, jobs }) => complaintsOf(jobs).map((text) => `- ${names[engine]}: ${text}`));
  return [
    '# Jobs of real packages',
    `Rendered by \`npm run bench:apps\`. ${asked.length} jobs of ${packages} packages from npm, each bundled once with each library ` +
      'and run in turns in one page or process. A number is the rival\'s time divided by pagebuf\'s: above 1, pagebuf is faster. ' +
      'It is the median over rounds, ± half of the range of the middle half of them. Means are geometric.',
    summary(results),
    results.map(({ engine, version, machine, date, seed }) =>
      `- ${names[engine]}: ${version}, ${machine}, ${date}, seed ${seed}.`).join('\n'),
    'Each package finds `Buffer` in its own way. With `buffer@6`, `bson` uses plain Uint8Arrays, and so does `protobufjs` in ' +
      'browsers, because it looks for methods that Node\'s Buffer has. Node\'s other modules are the same stand-ins in every ' +
      'engine, in Node, too, and a tick is a microtask.',
    '![Every job](apps.svg)',
    '## Every job',
    jobTable(results, asked),
    '## Below 0.98 of `buffer@6`',
    results.flatMap(({ engine, jobs }) => lostOf(jobs).map(({ name, ratios }) =>
      `- ${names[engine]}: ${name}, ${textOfEntry(ratios['buffer@6'])}`)).join('\n') || 'None.',
    '## Time of a job with pagebuf',
    timeTable(results, asked),
    ...withMemory ? [
      '## Memory',
      `In ${names[withMemory.engine]}, each library in a process of its own: the bytes that a job allocates, on the JavaScript heap ` +
        'and outside of it, and the resident bytes of the process after the same number of jobs.',
      table(...headAndRows(memoryRows(withMemory.jobs))),
    ] : [],
    '## Left out',
    complaints.join('\n') || 'Nothing.',
    '',
  ].join('\n\n').replace(/\n+$/, '\n');
}

// ---- SVG --------------------------------------------------------------------------------------------------

function svgOf(results, asked) {
  const pairs = pairsOf(results);
  const shown = [...asked].reverse();
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: 860, height: 120 + shown.length * 17 });
  // The axis is logarithmic, with 1 in the middle: logarithms on a linear axis.
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    title: { text: 'Jobs of real packages', subtext: 'times faster than, per job', left: 16 },
    legend: { top: 12, right: 24, itemGap: 24, data: pairs.map(headOf) },
    grid: { left: 210, right: 40, top: 72, bottom: 36 },
    xAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { formatter: (value) => (value < 0 ? `1/${2 ** -value}` : `${2 ** value}`) },
    },
    yAxis: {
      type: 'category', data: shown.map(({ name }) => name), axisLabel: { fontSize: 10, interval: 0 },
      splitLine: { show: true, lineStyle: { color: '#eeeeee' } },
    },
    series: pairs.map((pair) => {
      const { jobs } = results.find(({ engine }) => engine === pair[0]);
      return {
        name: headOf(pair),
        type: 'scatter',
        symbolSize: 7,
        symbol: pair[1] === 'native' ? 'diamond' : 'circle',
        data: shown.map(({ name }) => {
          const { ratios = {} } = jobs.find((job) => job.name === name) || {};
          return ratios[pair[1]] ? Number(Math.log2(ratios[pair[1]].ratio).toFixed(3)) : null;
        }),
        ...pair === pairs[0] && { markLine: {
          silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: '#888888', type: 'solid' }, data: [{ xAxis: 0 }],
        } },
      };
    }),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}

// ---- files ------------------------------------------------------------------------------------------------

function jsonOf(results) {
  const texts = results.map(({ jobs, ...about }) =>
    `{\n"about": ${JSON.stringify(about)},\n"jobs": [\n${jobs.map((job) => JSON.stringify(job)).join(',\n')}\n]\n}`);
  return `[${texts.join(', ')}]\n`;
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).map(({ about, jobs }) => ({ ...about, jobs })) : [];
}

function readmeOf(text, results, asked) {
  const [before, rest, ...more] = text.split(begin);
  const [, after] = rest === undefined ? [] : rest.split(end);
  if (after === undefined || more.length > 0) throw new Error(`README has no lines between ${begin.trim()} and ${end.trim()}`);
  const packages = new Set(asked.map((job) => job.package)).size;
  const figures = table([`speed, ${asked.length} jobs of ${packages} packages`, ...results.map(({ engine }) => names[engine])],
    rivals.map((rival) => [`against ${rival === 'native' ? 'native Buffer' : '`buffer@6`'}`,
      ...results.map(({ jobs }) => (meanOf(jobs, rival) ? textOfRatio(meanOf(jobs, rival)) : ''))]));
  return `${before}${begin}${figures}\n${end}${after}`;
}

/**
 * Write results, and what is rendered from them and from those of other engines that are there.
 *
 * @param {string} folder docs/bench
 * @param {string} readme
 * @param {object[]} results one per engine
 * @param {object[]} asked the jobs of jobs.js
 */
export function writeReports(folder, readme, results, asked) {
  const file = join(folder, 'apps.json');
  const others = readJson(file).filter(({ engine }) => !results.some((result) => result.engine === engine));
  const all = [...others, ...results].sort((a, b) => (a.engine < b.engine ? -1 : 1));
  const text = readmeOf(readFileSync(readme, 'utf8'), all, asked);
  writeFileSync(file, jsonOf(all));
  writeFileSync(join(folder, 'apps.md'), markdownOf(all, asked));
  writeFileSync(join(folder, 'apps.svg'), svgOf(all, asked));
  writeFileSync(readme, text);
}
