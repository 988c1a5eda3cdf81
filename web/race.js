// The race, as the page shows it: starts and stops the worker, and draws the results that it posts.
//
// Owns        the race's section of the page, and the chart (Chart.js).
// Holds       a bar is the speed of a rival against the fastest rival of its cell, by the median of its
//             rounds. The line on it spans the rounds. All results are shown, also those that we lose.

import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from 'chart.js';
import { element, make } from './elements.js';

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, Tooltip);

const rivals = [['pagebuf', '--slice-0'], ['buffer@6', '--slice-1'], ['platform', '--gap']];

let worker;
let chart;
let names = []; // of all cells
let cells = []; // what is known of the first of them

/** Start a race. */
export function race() {
  if (worker) return;
  cells = [];
  element('race-progress').value = 0;
  element('race-said').textContent = 'Warming up …';
  element('race-start').disabled = true;
  element('race-stop').disabled = false;
  showFigures();
  names = [];
  draw();
  worker = new Worker(new URL('./race.worker.js', import.meta.url), { type: 'module' });
  worker.addEventListener('message', take);
  worker.addEventListener('error', ({ message }) => end(`The race failed: ${message || 'its worker cannot be started'}`));
}

function take({ data }) {
  if (data.failed !== undefined) {
    end(`The race failed: ${data.failed}`);
    return;
  }
  if (data.names !== undefined) {
    ({ names } = data);
    draw();
    return;
  }
  cells.push(summaryOf(data));
  element('race-progress').max = names.length;
  element('race-progress').value = cells.length;
  draw();
  showFigures();
  const won = cells.filter(({ first }) => first === 'pagebuf').length;
  const score = `pagebuf is first in ${won} of ${cells.length}`;
  if (cells.length === names.length) end(`Done: ${score}.`);
  else element('race-said').textContent = `${cells.length} of ${names.length} cells, ${score} so far.`;
}

function end(said) {
  if (worker) worker.terminate();
  worker = undefined;
  element('race-start').disabled = false;
  element('race-stop').disabled = true;
  element('race-said').textContent = said;
}

element('race-stop').addEventListener('click', () => end(`Stopped after ${cells.length} cells.`));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => chart && draw());

// ---- figures ----------------------------------------------------------------------------------------------

// { name, of: { rival: { speed, low, high, time } }, first }; speeds in percent of the fastest.
function summaryOf({ name, times, leftOut }) {
  const medians = Object.fromEntries(Object.entries(times).map(([rival, values]) => [rival, median(values)]));
  const best = Math.min(...Object.values(medians));
  const percent = (time) => best / time * 100;
  const of = Object.fromEntries(Object.entries(times).map(([rival, values]) => [rival, {
    time: medians[rival],
    speed: percent(medians[rival]),
    low: percent(Math.max(...values)),
    high: percent(Math.min(...values)),
  }]));
  const [first] = Object.entries(medians).sort(([, one], [, other]) => one - other)[0];
  const reasons = Object.fromEntries(leftOut.map(({ rival, reason }) => [rival, reason]));
  return { name, of, first, reasons };
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

function showFigures() {
  element('race-rows').replaceChildren(...cells.map(({ name, of, first, reasons }) => {
    const figures = rivals.map(([rival]) => (of[rival] ? timeOf(of[rival].time) : reasons[rival] || '–'));
    return make('tr', {}, ...[name, ...figures, first].map((text) => make('td', {}, text)));
  }));
}

function timeOf(nanoseconds) {
  return `${Number(nanoseconds.toPrecision(3)).toLocaleString('en')} ns`;
}

// ---- chart ------------------------------------------------------------------------------------------------

function draw() {
  const data = {
    labels: names.map(linesOf),
    datasets: rivals.map(([label, variable]) => ({
      label,
      backgroundColor: colour(variable),
      data: cells.map(({ of }) => (of[label] ? of[label].speed : null)),
      barPercentage: 0.9,
      categoryPercentage: 0.75,
    })),
  };
  const options = optionsOfChart();
  if (chart) {
    Object.assign(chart, { data, options });
    chart.update('none');
  } else {
    chart = new Chart(element('race-chart'), { type: 'bar', data, options, plugins: [whiskers] });
  }
}

// The operation on one line, the number of bytes on the next.
function linesOf(name) {
  const [, done, size, kind] = /^(.*) (\d+) ?(\D*)$/.exec(name);
  return [done, `${size} bytes${kind && `, ${kind}`}`];
}

function optionsOfChart() {
  const [ink, soft, line] = ['--ink', '--soft', '--line'].map(colour);
  const font = { family: getComputedStyle(document.body).fontFamily, size: 12 };
  const highest = cells.flatMap(({ of }) => Object.values(of).map(({ high }) => high));
  return {
    indexAxis: 'y',
    maintainAspectRatio: false,
    animation: false,
    scales: {
      x: {
        min: 0,
        suggestedMax: Math.min(200, Math.max(115, ...highest)),
        grid: { color: line },
        ticks: { color: soft, font, callback: (value) => `${value} %` },
        title: { display: true, text: 'speed against the fastest of the cell', color: soft, font },
      },
      y: { grid: { display: false }, ticks: { color: ink, font, autoSkip: false } },
    },
    plugins: {
      legend: { position: 'top', align: 'start', labels: { color: ink, font, boxWidth: 14, boxHeight: 14 } },
      tooltip: {
        callbacks: {
          title: ([{ dataIndex }]) => names[dataIndex],
          label: ({ dataIndex, dataset: { label } }) => {
            const { time, speed } = cells[dataIndex].of[label];
            return `${label}: ${timeOf(time)}, ${Math.round(speed)} %`;
          },
        },
      },
    },
  };
}

// From the slowest round to the fastest one, across each bar.
const whiskers = {
  id: 'whiskers',
  afterDatasetsDraw(drawn) {
    const { ctx, data, scales: { x }, chartArea: { left, top, width, height } } = drawn;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, top, width, height);
    ctx.clip();
    ctx.strokeStyle = colour('--ink');
    ctx.lineWidth = 1.5;
    data.datasets.forEach((dataset, index) => {
      drawn.getDatasetMeta(index).data.forEach(({ y }, at) => {
        const found = cells[at] && cells[at].of[dataset.label];
        if (!found || !drawn.isDatasetVisible(index)) return;
        const ends = [found.low, found.high].map((value) => x.getPixelForValue(value));
        ctx.beginPath();
        ctx.moveTo(ends[0], y);
        ctx.lineTo(ends[1], y);
        for (const end of ends) {
          ctx.moveTo(end, y - 3);
          ctx.lineTo(end, y + 3);
        }
        ctx.stroke();
      });
    });
    ctx.restore();
  },
};

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
