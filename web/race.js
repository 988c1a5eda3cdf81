// The race: the page's part of it. Starts and stops the worker, and draws what it posts.
//
// Owns        the section of the page with the race in it, and the chart (Chart.js).
// Holds       a bar is the speed of a rival against the fastest one of its cell, the median of its rounds; the
//             line on it spans them. Nothing is left out: where another is faster, its bar is longer.

import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from 'chart.js';

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, Tooltip);

const element = (id) => document.getElementById(id);
const rivals = [['pagebuf', '--slice-0'], ['buffer@6', '--slice-1'], ['platform', '--gap']];

let worker;
let chart;
let cells = [];

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

// { name, of: { rival: { speed, low, high, time } }, first }; speeds in percent of the fastest.
function summaryOf({ name, times, leftOut }) {
  const medians = Object.fromEntries(Object.entries(times).map(([rival, values]) => [rival, median(values)]));
  const best = Math.min(...Object.values(medians));
  const percent = (time) => best / time * 100;
  const of = Object.fromEntries(Object.entries(times).map(([rival, values]) => [rival, {
    speed: percent(medians[rival]), low: percent(Math.max(...values)), high: percent(Math.min(...values)), time: medians[rival],
  }]));
  const [first] = Object.entries(medians).sort(([, one], [, other]) => one - other)[0];
  return { name, of, first, leftOut: Object.fromEntries(leftOut.map(({ rival, reason }) => [rival, reason])) };
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

// From the slowest round to the fastest one, across each bar.
const whiskers = {
  id: 'whiskers',
  afterDatasetsDraw(drawn) {
    const { ctx, data, scales: { x } } = drawn;
    ctx.save();
    ctx.strokeStyle = colour('--ink');
    ctx.lineWidth = 1.5;
    data.datasets.forEach((dataset, index) => {
      drawn.getDatasetMeta(index).data.forEach(({ y }, at) => {
        const found = cells[at] && cells[at].of[dataset.label];
        if (!found || !drawn.isDatasetVisible(index)) return;
        const [left, right] = [x.getPixelForValue(found.low), x.getPixelForValue(found.high)];
        ctx.beginPath();
        for (const [from, to] of [[[left, y], [right, y]], [[left, y - 3], [left, y + 3]], [[right, y - 3], [right, y + 3]]]) {
          ctx.moveTo(...from);
          ctx.lineTo(...to);
        }
        ctx.stroke();
      });
    });
    ctx.restore();
  },
};

function timeOf(nanoseconds) {
  return `${Number(nanoseconds.toPrecision(3)).toLocaleString('en')} ns`;
}

function draw() {
  const [ink, soft, line] = ['--ink', '--soft', '--line'].map(colour);
  const font = { family: getComputedStyle(document.body).fontFamily, size: 12 };
  const data = {
    labels: cells.map(({ name }) => name),
    datasets: rivals.map(([label, variable]) => ({
      label,
      backgroundColor: colour(variable),
      data: cells.map(({ of }) => (of[label] ? of[label].speed : null)),
      barPercentage: 0.9,
      categoryPercentage: 0.75,
    })),
  };
  const options = {
    indexAxis: 'y',
    maintainAspectRatio: false,
    animation: false,
    scales: {
      x: {
        min: 0,
        suggestedMax: 115,
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
          label: ({ dataIndex, dataset: { label } }) => {
            const { time, speed } = cells[dataIndex].of[label];
            return `${label}: ${timeOf(time)}, ${Math.round(speed)} %`;
          },
        },
      },
    },
  };
  if (chart) {
    Object.assign(chart, { data, options });
    chart.update('none');
  } else {
    chart = new Chart(element('race-chart'), { type: 'bar', data, options, plugins: [whiskers] });
  }
}

function showFigures() {
  element('race-rows').replaceChildren(...cells.map(({ name, of, first, leftOut }) => {
    const made = document.createElement('tr');
    const figures = rivals.map(([rival]) => (of[rival] ? timeOf(of[rival].time) : leftOut[rival] || '–'));
    for (const text of [name, ...figures, first]) {
      const cell = document.createElement('td');
      cell.textContent = text;
      made.append(cell);
    }
    return made;
  }));
}

function end(said) {
  if (worker) worker.terminate();
  worker = undefined;
  element('race-start').disabled = false;
  element('race-stop').disabled = true;
  element('race-said').textContent = said;
}

function take({ data }) {
  if (data.failed !== undefined) {
    end(`The race failed: ${data.failed}`);
    return;
  }
  cells.push(summaryOf(data));
  element('race-progress').max = data.cells;
  element('race-progress').value = cells.length;
  draw();
  showFigures();
  const won = cells.filter(({ first }) => first === 'pagebuf').length;
  const score = `pagebuf is first in ${won} of ${cells.length}`;
  if (cells.length === data.cells) end(`Done: ${score}.`);
  else element('race-said').textContent = `${cells.length} of ${data.cells} cells, ${score} so far.`;
}

element('race-stop').addEventListener('click', () => end(`Stopped after ${cells.length} cells.`));
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => chart && draw());

/** Start a race. */
export function race() {
  if (worker) return;
  cells = [];
  element('race-progress').value = 0;
  element('race-said').textContent = 'Warming up …';
  element('race-start').disabled = true;
  element('race-stop').disabled = false;
  showFigures();
  draw();
  worker = new Worker(new URL('./race.worker.js', import.meta.url), { type: 'module' });
  worker.addEventListener('message', take);
  worker.addEventListener('error', ({ message }) => end(`The race failed: ${message || 'its worker cannot be started'}`));
}
