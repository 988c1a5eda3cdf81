// The page: makes its parts and connects them.
//
// Owns        the order of things: what happens when a script is run, when a slice or a slab is chosen, and
//             when something dies.
// Holds       what is drawn is a function of the last run and of the watch's records. The pool is looked at
//             through pool.inspect() and pool.locate() only. No part knows another: each calls what is
//             passed to it here.

import { pool } from '../js/index.js';
import { Churn, collect } from './churn.js';
import { Editor } from './editor.js';
import { element, make } from './elements.js';
import { Heap } from './heap.js';
import { Inspector } from './inspector.js';
import { School } from './lessons.js';
import { Link } from './link.js';
import { Run } from './run.js';
import { Slab } from './slab.js';
import { Table } from './table.js';
import { Watch } from './watch.js';

const watch = new Watch(redrawSoon);
const run = new Run(watch);
const editor = new Editor({ run: start, load, isBuffer: (index) => run.sliceOfRow.has(index) });
const link = new Link({ editor, run: start });
const table = new Table({ run, choose });
const inspector = new Inspector({ run, choose, changed: drawChosen });
const slab = new Slab({
  run,
  chosen: () => inspector.slice,
  choose,
  show: showBlock,
  describe: (slice) => inspector.describe(slice),
});
const heap = new Heap({ watch, chosen: () => slab.block, choose: showBlock });
new Churn({
  watch,
  held: run.held,
  settings: editor,
  made: (slice) => show(slice.block, slice),
  changed: redrawSoon,
});
const school = new School({
  watch,
  source: () => editor.source,
  changed: redrawSoon,
  collect,
  compare({ title, script }) {
    element('examples').value = '';
    load(script, `Lesson: ${title}.`);
    element('beside-title').scrollIntoView({ block: 'start' });
  },
});

// ---- running ----------------------------------------------------------------------------------------------

// Runs what is in the code box, here and on the side that is selected.
function start() {
  if (runHere()) table.compare();
}

// Runs it here alone; false when it makes no sense.
function runHere() {
  try {
    pool.source = editor.source;
    run.start(editor.read());
    editor.fault = '';
  } catch (error) {
    editor.fault = error.message;
    return false;
  }
  const pooled = run.slices.filter(({ block }) => run.blocks.includes(block));
  const [last] = (pooled.length > 0 ? pooled : run.slices).slice(-1);
  element('path').textContent = pool.inspect().path;
  inspector.list();
  show(last && last.block, last);
  return true;
}

// Runs an example or a lesson's script.
function load(script, look) {
  editor.write(script, look);
  if (!runHere()) return;
  // The texts compare .buffer of two Buffers. That is no operation of the script, so a look is added.
  const [first, second] = run.sliceOfRow.keys();
  if (second !== undefined) editor.code += `\nb${first}.buffer === b${second}.buffer`;
  const { entries, lines } = editor.read();
  Object.assign(run, { entries, lines });
  table.compare();
}

// ---- choosing ---------------------------------------------------------------------------------------------

function show(block, slice) {
  slab.block = block;
  inspector.slice = slice;
  drawChosen();
  heap.draw();
}

function showBlock(block) {
  show(block, block && block.slices[0]);
}

function choose(slice) {
  if (slice === inspector.slice && slice.block === slab.block) return;
  inspector.slice = slice;
  if (run.blocks.includes(slice.block)) slab.block = slice.block;
  drawChosen();
}

// ---- drawing ----------------------------------------------------------------------------------------------

function drawChosen() {
  inspector.draw();
  slab.draw();
  table.mark(inspector.slice);
}

let isDue = false;

// What dies, dies in crowds; one picture a frame is enough.
function redrawSoon() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    heap.draw();
    drawChosen();
    school.draw();
  });
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawSoon);

// ---- opening ----------------------------------------------------------------------------------------------

// The race brings a charting library along. Who does not race does not load it.
element('race-start').addEventListener('click', async () => {
  element('race-picture').hidden = false;
  const { race } = await import('./race.js');
  race();
});

const isPlain = pool.inspect().path === 'plain';
element('policy').append(isPlain ? 'Compiled WebAssembly is refused here. ' : 'Compiled WebAssembly is allowed here. ');
if (document.querySelector('meta[name=node]')) {
  element('policy').append(make('a', { href: isPlain ? '?' : '?csp=plain' }, isPlain ? 'Allow it' : 'Try without it'));
}

// A lesson opens a slab of its own. The script's slab comes after it, and is the current one.
school.open(0);
if (!link.open()) editor.loadExample(0);
