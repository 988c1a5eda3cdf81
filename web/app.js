// The page: a script is read from the code box, run by ours here and by real Node beside it, and shown.
//
// Owns        the page's state and everything in index.html but the lessons and the race. Operations are
//             those of compare/script.js, for both sides; the buttons write lines into the code box, so
//             that what they do is compared too.
// Holds       what is drawn is a function of the last run and of the watch's records; the pool is looked
//             at through pool.inspect() and pool.locate() only. A name in a script holds its Buffer until
//             the next run; what has none is garbage. A run that was overtaken by a later one is not
//             shown.

import { Buffer, pool } from '../js/index.js';
import { examples } from '../compare/examples.js';
import { checkScript, runScript, strictLimits } from '../compare/script.js';
import { comparesTexts, counted, sides, sizeOf, verdictOf, wordsOf } from './beside.js';
import { drawHeap, tileAt } from './heap.js';
import { School } from './lessons.js';
import { draw, sliceAt } from './map.js';
import { format, parse } from './notation.js';
import { colours } from './paint.js';
import { bytesOf, reachOf, Watch } from './watch.js';

const longestDump = 4096;
const longestLink = 20000; // characters of a script in a link
const longestTable = 200;

const element = (id) => document.getElementById(id);

const watch = new Watch(() => redrawSoon());
const available = sides();

const nothing = () => ({ slices: [], blocks: [], sliceOfRow: new Map(), numberOf: new Map() });

const state = {
  request: new AbortController(), // of the last run
  compared: 0,
  diverged: 0,
  run: { rows: [], entries: [], lines: [], ...nothing() },
  held: new Map(),    // slice -> its Buffer: what the script's names and the churn hold
  block: undefined,   // what the map shows
  chosen: undefined,  // the slice that is selected
  isChurning: false,
};


// ---- one run ----------------------------------------------------------------------------------------------

function entryOf(entries, index) {
  return entries.find((entry) => entry.index === index);
}

// Runs on ours, and takes down every Buffer on the way: those of the script, and those that the runner uses
// up to start on a fresh slab.
function runOurs({ script, entries, lines }) {
  const made = []; // [slice, Buffer] by row, the row's own last
  const locate = (buffer) => {
    if (buffer.length === 0) watch.place(buffer);
    else if (!watch.recordOf.has(buffer)) {
      watch.add(buffer, { name: 'filler', call: 'the runner, to start the script on a fresh slab', colour: 0, isView: false });
    }
    return pool.locate(buffer);
  };
  const rows = runScript(script, {
    Buffer,
    locate,
    source: pool.source,
    limits: strictLimits,
    made(buffer, index) {
      const { name, line } = entryOf(entries, index);
      const slice = watch.add(buffer, {
        name: name || `line ${line}`, call: lines[line - 1].trim(), row: index, colour: index % colours,
        isView: script.ops[index].on !== undefined, isGiven: false,
      });
      (made[index] = made[index] || []).push([slice, buffer]);
    },
  });
  return { rows, made };
}

function takeRun({ script, entries, lines }, { rows, made }) {
  const run = { script, entries, lines, rows, ...nothing() };
  state.held.clear();
  rows.forEach((row, index) => {
    const list = made[index] || [];
    const own = row.store === undefined ? undefined : list[list.length - 1];
    const places = [...(row.inner || []), ...(own ? [row] : [])];
    list.forEach(([slice, buffer], position) => {
      if (own === undefined || slice !== own[0]) {
        Object.assign(slice, { name: `in ${slice.name}`, call: 'Buffer.allocUnsafe() in a valueOf()', isView: false });
      } else {
        slice.isGiven = row.kind === 'given';
        run.sliceOfRow.set(index, slice);
        if (entryOf(entries, index).name) state.held.set(slice, buffer);
      }
      run.slices.push(slice);
      run.numberOf.set(slice.block, places[position].store);
      if (slice.block.source !== 'private' && !run.blocks.includes(slice.block)) run.blocks.push(slice.block);
    });
  });
  return run;
}

function poolSize() {
  const { value } = document.querySelector('input[name=pool]:checked');
  return Number(value === 'own' ? element('own-size').value : value);
}

function source() {
  return document.querySelector('input[name=source]:checked').value;
}

function readScript() {
  const text = element('code').value;
  const { ops, entries } = parse(text);
  const script = { poolSize: poolSize(), ops };
  try {
    checkScript(script, strictLimits);
  } catch (error) {
    // checkScript() counts operations, the reader sees lines.
    throw new Error(error.message.replace(/^op (\d+)/, (all, index) => `line ${entryOf(entries, Number(index)).line}`));
  }
  return { script, entries, lines: text.split('\n') };
}

function run() {
  if (!runHere()) return;
  compare();
}

// Runs what is in the code box on ours alone; false when it makes no sense.
function runHere() {
  try {
    pool.source = source();
    const read = readScript();
    watch.forgetFreed();
    state.run = takeRun(read, runOurs(read));
    showFault('');
  } catch (error) {
    showFault(error.message);
    return false;
  }
  const { slices, blocks } = state.run;
  const pooled = slices.filter(({ block }) => blocks.includes(block));
  state.chosen = (pooled.length > 0 ? pooled : slices).slice(-1)[0];
  state.block = state.chosen && state.chosen.block;
  element('path').textContent = pool.inspect().path;
  showOutside();
  showBlock();
  showHeap();
  return true;
}

// Asks the side that is chosen for what the last run did.
async function compare() {
  state.request.abort();
  state.request = new AbortController();
  const { run: { script }, request: { signal } } = state;
  const side = available.find(({ name }) => name === element('beside').value);
  showRows(undefined);
  try {
    const theirs = await side.run(script, signal);
    if (!signal.aborted) showRows({ ...theirs, kind: side.kind });
  } catch (error) {
    if (!signal.aborted) showAlone(error.message);
  }
}

// ---- the table --------------------------------------------------------------------------------------------

function make(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function cell(side, className, [first, second] = ['', ''], ...before) {
  const made = make('td', { className }, ...before, first, ...(second ? [make('small', {}, second)] : []));
  made.setAttribute('role', 'cell');
  if (side) made.dataset.side = side;
  return made;
}

function rowOf(entry, theirs, verdict) {
  const { rows, lines, sliceOfRow } = state.run;
  const text = lines[entry.line - 1].replace(/\/\/.*$/, '').trim();
  const isBuffer = !entry.look && sliceOfRow.has(entry.index);
  const swatch = isBuffer ? [make('i', { className: `swatch c${entry.index % colours}` })] : [];
  const made = make('tr', { className: `${verdict.kind}${entry.look ? ' look' : ''}` },
    cell('', '', [String(entry.line), '']),
    cell('', '', [text, ''], ...swatch),
    cell('ours', '', wordsOf(entry, rows)),
    cell('Node', '', wordsOf(entry, theirs && theirs.rows)),
    cell('', 'verdict', [verdict.words, '']));
  made.setAttribute('role', 'row');
  if (!entry.look) made.dataset.row = entry.index;
  return made;
}

function showRows(theirs, waiting = '…') {
  const { entries, rows } = state.run;
  const verdicts = entries.map((entry) => (theirs ? verdictOf(entry, rows, theirs) : { kind: 'alone', words: waiting }));
  element('rows').replaceChildren(...entries.map((entry, index) => rowOf(entry, theirs, verdicts[index])));
  markChosen();
  if (theirs === undefined) return;
  const operations = verdicts.filter((_, index) => !entries[index].look);
  state.compared += operations.length;
  // A look repeats what a row says; it counts only when no row says it.
  state.diverged += (operations.some(({ kind }) => kind === 'differs') ? operations : verdicts)
    .filter(({ kind }) => kind === 'differs').length;
  showTotals(theirs, verdicts);
}

function showTotals({ version, kind: from, rows: theirs }, verdicts) {
  const name = `Node ${version.slice(1)}`;
  const differing = verdicts.filter(({ kind }) => kind === 'differs').length;
  element('node').textContent = `${name}, ${from}`;
  element('node-column').textContent = name;
  element('compared').textContent = counted(state.compared);
  element('diverged').textContent = counted(state.diverged);
  element('diverged').className = state.diverged > 0 ? 'some' : 'none';
  const notes = [];
  if (state.run.rows.some(({ known }) => known)) {
    notes.push('* Linear memory comes in pages of 64 KiB: .buffer of a slab that is no whole number of them is longer than ' +
      'in Node. Everything else is equal; with slabs from auto or heap this is, too.');
  }
  const { padding } = theirs.find((row) => row.padding) || {};
  if (padding) {
    notes.push(`+ Node makes .buffer of a slab ${padding} bytes longer since 26.8, and starts the slab at a multiple of ` +
      `${padding}. Offsets and lengths are compared from there.`);
  }
  if (!comparesTexts(version) && state.run.rows.some(({ error }) => error)) {
    notes.push('Texts of errors are compared with Node 26 and later, class and code always.');
  }
  element('footnote').textContent = notes.join(' ');
  element('summary').textContent = `${textOfRun()} ${differing} ${differing === 1 ? 'divergence' : 'divergences'} from ${name}.`;
}

function showAlone(reason) {
  showRows(undefined, 'not compared');
  element('node').textContent = 'no answer';
  element('node-column').textContent = 'Node';
  element('footnote').textContent = `Not compared: ${reason}`;
  element('summary').textContent = `${textOfRun()} Not compared with Node.`;
}

function markChosen() {
  const { chosen } = state;
  const row = chosen && state.run.sliceOfRow.get(chosen.row) === chosen ? String(chosen.row) : undefined;
  for (const each of element('rows').children) each.classList.toggle('chosen', each.dataset.row === row && row !== undefined);
}

// ---- the map and what is beside it ------------------------------------------------------------------------

function view() {
  const { block, chosen } = state;
  if (block === undefined) return undefined;
  const { current } = pool.inspect();
  const isCurrent = block.source !== 'private' && current !== null && current.slab === block.number;
  let cursor = block.source === 'private' ? block.size : reachOf(block);
  if (isCurrent) ({ cursor } = current);
  const whole = document.querySelector('input[name=zoom]:checked').value === 'whole';
  return { block, cursor, isCurrent, whole, selected: chosen && chosen.block === block ? chosen : undefined };
}

function nameOfBlock(block) {
  const number = state.run.numberOf.get(block);
  if (block.source === 'private') return number === undefined ? `private ${block.number}` : `own memory ${number}`;
  return number === undefined ? `pool slab ${block.number}` : `slab ${number}`;
}

// With where it is from; that a private one is private its name says.
function textOfKind(block) {
  const name = nameOfBlock(block);
  return block.source === 'private' ? name : `${name}, ${block.source}`;
}

function textOfRun() {
  const { blocks, script: { ops } } = state.run;
  const { current } = pool.inspect();
  const about = blocks.map((block) => {
    const isCurrent = current !== null && current.slab === block.number;
    const reach = `${isCurrent ? 'cursor at' : 'full at'} ${counted(isCurrent ? current.cursor : reachOf(block))} of ${counted(block.size)} bytes`;
    const count = block.slices.length;
    const name = nameOfBlock(block);
    return `${name[0].toUpperCase()}${name.slice(1)}: ${count} ${count === 1 ? 'slice' : 'slices'}, ${reach}.`;
  });
  return `${ops.length} ${ops.length === 1 ? 'operation' : 'operations'}. ${about.join(' ')}`;
}

function showMap() {
  const current = view();
  element('map-empty').hidden = current !== undefined;
  element('map').hidden = current === undefined;
  if (current) draw(element('map'), current);
}

function showBlock() {
  const { block, run: { blocks } } = state;
  const at = blocks.indexOf(block);
  element('which').textContent = block === undefined ? 'no slab' : textOfKind(block) + (block.isFreed ? ', freed' : '');
  element('before').disabled = at <= 0;
  element('after').disabled = at >= blocks.length - 1;
  showChosen();
}

function showOutside() {
  const outside = state.run.slices.filter(({ block }) => block.source === 'private');
  element('outside').replaceChildren(...(outside.length === 0 ? [make('p', {}, 'nothing')] : outside.map(chipOf)));
}

function chipOf(slice) {
  const chip = make('button', { type: 'button' }, make('i', { className: `swatch c${slice.colour}` }),
    `${slice.name} · ${counted(slice.length)}${slice.isGiven ? ' given' : ''}`);
  chip.addEventListener('click', () => choose(slice));
  return chip;
}

function dumpOf(bytes) {
  const lines = [];
  for (let at = 0; at < Math.min(bytes.length, longestDump); at += 8) {
    const part = Array.from(bytes.subarray(at, Math.min(at + 8, longestDump)));
    const hex = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('');
    lines.push(`${String(at).padStart(4)}  ${hex.padEnd(23)}  ${text}`);
  }
  if (bytes.length > longestDump) lines.push(`… ${counted(bytes.length - longestDump)} more`);
  return lines.join('\n') || 'no bytes';
}

function lifeOf(slice) {
  if (!slice.isLive) return 'dead, collected';
  return state.held.has(slice) ? 'live, held here' : 'live, nobody holds it';
}

function factsOf(slice) {
  const { block, offset, length } = slice;
  const facts = [['length', sizeOf(length)], ['byteOffset', counted(offset)]];
  const own = slice.isGiven ? 'an ArrayBuffer that the script brought' : 'an ArrayBuffer of its own';
  facts.push(['lies on', block.source === 'private' ? own : textOfKind(block)]);
  return [...facts, ['buffer.byteLength', counted(block.byteLength)], ['made by', slice.call], ['state', lifeOf(slice)]];
}

function textOfSlice(slice) {
  return `${slice.name}: ${factsOf(slice).map(([name, value]) => `${name} ${value}`).join(', ')}`;
}

function showChosen() {
  const slice = state.chosen;
  const facts = slice === undefined ? [] : factsOf(slice);
  const bytes = slice && bytesOf(slice);
  element('slice-name').textContent = slice === undefined ? 'No Buffer selected' : slice.name;
  if (slice) element('slice-name').prepend(make('i', { className: `swatch c${slice.colour}` }));
  element('slice').replaceChildren(...facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]));
  element('hex').textContent = slice === undefined ? '' : bytes ? dumpOf(bytes) : 'The Buffer is gone, and nobody can read these bytes.';
  element('let-go').disabled = slice === undefined || !state.held.has(slice);
  const outside = state.run.slices.filter(({ block }) => block.source === 'private');
  [...element('outside').querySelectorAll('button')].forEach((chip, index) => {
    chip.setAttribute('aria-pressed', String(outside[index] === slice));
  });
  showSlider();
  markChosen();
  showMap();
}

function showSlider() {
  const current = view();
  const map = element('map');
  const slices = current ? current.block.slices : [];
  const selected = current && current.selected;
  map.setAttribute('aria-valuemax', String(Math.max(0, slices.length - 1)));
  map.setAttribute('aria-valuenow', String(Math.max(0, slices.indexOf(selected))));
  map.setAttribute('aria-valuetext', selected ? textOfSlice(selected) : `${slices.length} slices, none selected`);
}

function choose(slice) {
  if (slice === state.chosen) return;
  state.chosen = slice;
  showChosen();
}

function showInMap(block) {
  state.block = block;
  state.chosen = block && block.slices[0];
  showBlock();
  showHeap();
}

// ---- the heap: everything that is there -------------------------------------------------------------------

let isDue = false;

// What dies, dies in crowds; one picture a frame is enough.
function redrawSoon() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    showHeap();
    showBlock();
    school.draw();
  });
}

function showHeap() {
  const blocks = watch.list();
  drawHeap(element('heap'), { blocks, chosen: state.block });
  const { liveSlices, deadSlices, ...totals } = watch.totals();
  const shown = { ...totals, 'live-slices': liveSlices, 'dead-slices': deadSlices };
  for (const [name, value] of Object.entries(shown)) element(`heap-${name}`).textContent = counted(value);
  const heap = element('heap');
  const at = blocks.indexOf(state.block);
  heap.setAttribute('aria-valuemax', String(Math.max(0, blocks.length - 1)));
  heap.setAttribute('aria-valuenow', String(Math.max(0, at)));
  heap.setAttribute('aria-valuetext', at < 0 ? `${blocks.length} blocks, none selected` : textOfBlock(blocks[at]));
  if (element('heap-table').open) showHeapTable(blocks);
  if (element('inspect').open) showNumbers();
}

function textOfBlock(block) {
  const { source: from, number, size, slices, live, isFreed } = block;
  const what = from === 'private' ? `private ArrayBuffer ${number}` : `pool slab ${number}, ${from}`;
  return `${what}, ${sizeOf(size)}: ${isFreed ? 'freed' : `${live} of ${slices.length} slices live`}`;
}

function showHeapTable(blocks) {
  const shown = blocks.slice(0, longestTable);
  element('heap-rows').replaceChildren(...shown.map((block) => make('tr', {}, ...[
    block.source, String(block.number), counted(block.size), counted(block.byteLength),
    block.isFreed ? 'freed' : `${counted(block.live)} of ${counted(block.slices.length)}`,
  ].map((text) => make('td', {}, text)))));
  element('heap-more').textContent = blocks.length > shown.length ? `${counted(blocks.length - shown.length)} more` : '';
}

function showNumbers() {
  const { current, path, source: from, ...counts } = pool.inspect();
  const rows = [
    ['path', path], ['source', from],
    ...Object.entries(current || {}).map(([name, value]) => [`current.${name}`, counted(value)]),
    ...Object.entries(counts).map(([name, value]) => [name, counted(value)]),
  ];
  element('numbers').replaceChildren(...rows.map(([name, value]) => {
    const made = make('tr', {}, make('th', { scope: 'row' }, name), make('td', {}, value));
    made.dataset.name = name;
    return made;
  }));
}

// ---- churn ------------------------------------------------------------------------------------------------

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

const inOneFrame = 2000;   // slices
const survivors = 2;
const longestWait = 6000;  // milliseconds, for a collector that takes its time

// Makes slices that nobody holds, but for a few, and waits until they died.
async function churn(count) {
  const before = Buffer.poolSize;
  const slices = [];
  for (let made = 0; made < count;) {
    pool.source = source();
    Buffer.poolSize = poolSize();
    for (const end = Math.min(count, made + inOneFrame); made < end; made++) {
      const size = 1 + Math.floor(Math.random() * 200);
      const buffer = Buffer.allocUnsafe(size);
      const slice = watch.add(buffer, {
        name: `churned ${made}`, call: `Buffer.allocUnsafe(${size})`, colour: made % colours, isView: false,
      });
      if (made % Math.ceil(count / survivors) === 100) state.held.set(slice, buffer);
      slices.push(slice);
    }
    Buffer.poolSize = before;
    ({ block: state.block } = state.chosen = slices[slices.length - 1]);
    showBlock();
    showHeap();
    await frame();
  }
  await collect(() => {
    const { dead, free, freed } = outcomeOf(slices);
    return dead >= count * 0.9 && freed >= free * 0.9;
  });
  return slices;
}

// Makes garbage until the engine's collector has come, or does not.
async function collect(isDone) {
  const end = performance.now() + longestWait;
  // What is held for a while grows old, and only that makes a collector go through all of memory.
  const old = [];
  while (!isDone() && performance.now() < end) {
    for (let each = 0; each < 10; each++) {
      for (let more = 0; more < 8; more++) old[Math.floor(Math.random() * 32)] = new Uint8Array(2 ** 20);
      await frame();
    }
  }
}

// How many slices died, how many slabs were freed, and how many nothing keeps: a survivor keeps its slab,
// the pool keeps the current one.
function outcomeOf(slices) {
  const blocks = [...new Set(slices.map(({ block }) => block))];
  const kept = new Set([...state.held.keys()].map(({ block }) => block));
  const { current } = pool.inspect();
  const last = blocks.find(({ source: from, number }) => from !== 'private' && current && number === current.slab);
  if (last) kept.add(last);
  return {
    dead: slices.filter(({ isLive }) => !isLive).length,
    blocks: blocks.length,
    free: blocks.filter((block) => !kept.has(block)).length,
    freed: blocks.filter(({ isFreed }) => isFreed).length,
  };
}

async function pressChurn() {
  if (state.isChurning) return;
  state.isChurning = true;
  element('churn').setAttribute('aria-disabled', 'true');
  const count = Number(element('churn-count').value);
  element('churned').textContent = `Making ${counted(count)} slices …`;
  try {
    const slices = await churn(count);
    const { dead, blocks, freed } = outcomeOf(slices);
    element('churned').textContent = `${counted(count)} slices on ${counted(blocks)} slabs: ${counted(dead)} slices ` +
      `died, and ${counted(freed)} slabs with them. The rest is kept by ${survivors} survivors.`;
  } catch (error) {
    element('churned').textContent = error.message;
  } finally {
    state.isChurning = false;
    element('churn').setAttribute('aria-disabled', 'false');
    redrawSoon();
  }
}

// ---- scripts, links and controls --------------------------------------------------------------------------

function letter(count) {
  return String.fromCharCode(97 + count % 26);
}

// What the buttons write: from the size in the box, the number of lines so far and the names of the Buffers.
const calls = {
  'alloc': ({ size }) => `Buffer.alloc(${size})`,
  'allocUnsafe': ({ size }) => `Buffer.allocUnsafe(${size})`,
  'allocUnsafeSlow': ({ size }) => `Buffer.allocUnsafeSlow(${size})`,
  'from string': ({ size, count }) => `Buffer.from('${letter(count)}'.repeat(${size}))`,
  'from array': ({ size, count }) => `Buffer.from(bytes(${size}, ${count + 1}))`,
  'from ArrayBuffer': ({ size }) => `Buffer.from(new ArrayBuffer(${size}))`,
  'concat': ({ size, names }) => `Buffer.concat([${names.slice(-2).join(', ')}], ${size})`,
  'copyBytesFrom': ({ size, count }) => `Buffer.copyBytesFrom(new Uint8Array(bytes(${size}, ${count + 1})))`,
};

function addLine(call) {
  const box = element('code');
  let entries;
  try {
    ({ entries } = readScript());
  } catch (error) {
    showFault(error.message);
    return;
  }
  const isBuffer = ({ index, name }) => name && state.run.sliceOfRow.has(index);
  const names = entries.filter(isBuffer).map(({ name }) => name);
  const taken = new Set(entries.map(({ name }) => name));
  let count = entries.length;
  while (taken.has(`b${count}`)) count++;
  const size = element('size').valueAsNumber;
  const text = box.value.trimEnd();
  box.value = `${text}${text && '\n'}b${count} = ${call({ size: Number.isNaN(size) ? 0 : size, count, names })}`;
  box.scrollTop = box.scrollHeight;
  leaveExample('Your own lines.');
  run();
}

function leaveExample(text) {
  element('examples').value = '';
  element('look').textContent = text;
}

function showFault(message) {
  element('fault').textContent = message;
}

function setPoolSize(size) {
  const radio = document.querySelector(`input[name=pool][value="${size}"]`) ||
    document.querySelector('input[name=pool][value=own]');
  radio.checked = true;
  if (radio.value === 'own') element('own-size').value = size;
  element('own-size').disabled = radio.value !== 'own';
}

function load(script, look) {
  element('look').textContent = look;
  setPoolSize(script.poolSize);
  element('code').value = format(script);
  if (!runHere()) return;
  // The texts hold .buffer of one Buffer against another's; a script of operations only implies it.
  const [first, second] = state.run.sliceOfRow.keys();
  if (second !== undefined) element('code').value += `\nb${first}.buffer === b${second}.buffer`;
  const { entries, lines } = readScript();
  Object.assign(state.run, { entries, lines });
  compare();
}

function loadExample(index) {
  const { look, script } = examples[index];
  load(script, `Look: ${look}.`);
}

function linkOf() {
  const link = new URL(location.href);
  link.hash = new URLSearchParams({ pool: poolSize(), slabs: source(), code: element('code').value });
  return link.href;
}

// What a link says is checked as everything else is: it is not more than what can be typed here.
function readLink() {
  if (location.hash.length < 2) return false;
  const values = new URLSearchParams(location.hash.slice(1));
  const size = values.get('pool') || '65536';
  const slabs = values.get('slabs') || 'auto';
  const code = values.get('code');
  const radio = ['auto', 'linear', 'heap'].includes(slabs) && document.querySelector(`input[name=source][value=${slabs}]`);
  if (code === null || code.length > longestLink || !/^\d{1,7}$/.test(size) || !radio) {
    showFault('the link carries no script that can be read');
    return false;
  }
  radio.checked = true;
  setPoolSize(size);
  element('code').value = code;
  leaveExample('A script that came with the link.');
  run();
  return true;
}

async function share() {
  history.replaceState(null, '', linkOf());
  try {
    await navigator.clipboard.writeText(location.href);
    element('shared').textContent = 'The link is copied.';
  } catch {
    element('shared').textContent = 'The link is in the address bar.';
  }
}

function fillControls() {
  element('examples').append(
    make('option', { value: '', hidden: true }, 'own lines'),
    ...examples.map(({ title }, index) => make('option', { value: String(index) }, title)),
  );
  element('examples').value = '0';
  element('beside').append(...available.map(({ name, label }) => make('option', { value: name }, label)));
  document.querySelector(`input[name=source][value=${pool.source}]`).checked = true;
  for (const [name, call] of Object.entries(calls)) {
    const button = make('button', { type: 'button' }, name);
    button.addEventListener('click', () => addLine(call));
    element('calls').append(button);
  }
  const isPlain = pool.inspect().path === 'plain';
  element('policy').append(isPlain ? 'Compiled WebAssembly is refused here. ' : 'Compiled WebAssembly is allowed here. ');
  if (document.querySelector('meta[name=node]')) {
    element('policy').append(make('a', { href: isPlain ? '?' : '?csp=plain' }, isPlain ? 'Allow it' : 'Try without it'));
  }
}

// Where an arrow key moves a choice among `count` things.
function moved({ key }, at, count) {
  const target = {
    ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1,
    PageDown: at + 10, PageUp: at - 10, Home: 0, End: count - 1,
  }[key];
  return target === undefined || count === 0 ? undefined : Math.min(count - 1, Math.max(0, target));
}

function moveOnMap(event) {
  const current = view();
  if (!current) return;
  const { block: { slices }, selected } = current;
  const target = moved(event, slices.indexOf(selected), slices.length);
  if (target === undefined) return;
  event.preventDefault();
  choose(slices[target]);
}

function moveOnHeap(event) {
  const blocks = watch.list();
  const target = moved(event, blocks.indexOf(state.block), blocks.length);
  if (target === undefined) return;
  event.preventDefault();
  showInMap(blocks[target]);
}

function pointIn(canvas, { clientX, clientY }) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top, width, height };
}

function pointAtMap(event) {
  const current = view();
  const slice = current && sliceAt(current, pointIn(element('map'), event));
  if (slice) choose(slice);
}

function pointAtHeap(event) {
  const block = tileAt(watch.list(), pointIn(element('heap'), event));
  if (block) showInMap(block);
}

function pointAtRow({ target }) {
  const row = target.closest('tr[data-row]');
  const slice = row && state.run.sliceOfRow.get(Number(row.dataset.row));
  if (!slice) return;
  state.chosen = slice;
  if (state.run.blocks.includes(slice.block)) state.block = slice.block;
  showBlock();
}

function turn(step) {
  const { blocks } = state.run;
  showInMap(blocks[blocks.indexOf(state.block) + step]);
}

function letGo() {
  state.held.delete(state.chosen);
  showChosen();
  element('map').focus({ preventScroll: true });
}

function listen() {
  const on = (id, event, handle) => element(id).addEventListener(event, handle);
  on('examples', 'change', ({ target }) => loadExample(Number(target.value)));
  on('run', 'click', run);
  on('share', 'click', share);
  on('clear', 'click', () => {
    element('code').value = '';
    leaveExample('Write a line, or add one with a button below.');
    run();
  });
  on('code', 'input', () => leaveExample('Your own lines: run them with Ctrl and Enter.'));
  on('code', 'keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run();
  });
  on('source', 'change', run);
  on('pool-size', 'change', () => {
    element('own-size').disabled = document.querySelector('input[name=pool]:checked').value !== 'own';
    run();
  });
  on('beside', 'change', compare);
  on('zoom', 'change', showMap);
  on('before', 'click', () => turn(-1));
  on('after', 'click', () => turn(1));
  on('map', 'keydown', moveOnMap);
  on('map', 'pointermove', pointAtMap);
  on('map', 'pointerdown', pointAtMap);
  on('heap', 'keydown', moveOnHeap);
  on('heap', 'pointerdown', pointAtHeap);
  on('let-go', 'click', letGo);
  on('churn', 'click', pressChurn);
  on('heap-table', 'toggle', showHeap);
  on('inspect', 'toggle', showHeap);
  on('rows', 'pointerover', pointAtRow);
  on('race-start', 'click', startRace);
  window.addEventListener('hashchange', readLink);
  new ResizeObserver(showMap).observe(element('map'));
  new ResizeObserver(showHeap).observe(element('heap'));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redrawSoon);
}

// The race brings a charting library along, which nobody needs who does not race.
async function startRace() {
  element('race-picture').hidden = false;
  const { race } = await import('./race.js');
  race();
}

fillControls();
listen();
const school = new School({
  watch,
  source,
  changed: redrawSoon,
  collect,
  compare({ title, script }) {
    element('examples').value = '';
    load(script, `Lesson: ${title}.`);
    element('beside-title').scrollIntoView({ block: 'start' });
  },
});
// A lesson opens a slab of its own; the script's comes after it, to be the current one.
school.open(0);
if (!readLink()) loadExample(0);
