// The page: a script is read from the code box, run by ours here and by real Node at the server, and shown.
//
// Owns        the page's state and everything in index.html. Operations are those of compare/script.js, for
//             both sides; the buttons write lines into the code box, so that what they do is compared too.
// Holds       what is drawn is a function of the last run's snapshot; the pool is looked at through
//             pool.inspect() and pool.locate() only. A run that was overtaken by a later one is not shown.

import { Buffer, pool } from '../js/index.js';
import { checkScript, compareRows, runScript, strictLimits } from '../compare/script.js';
import { examples } from '../compare/examples.js';
import { draw, sliceAt } from './map.js';
import { format, parse } from './notation.js';

const colours = 6;
const longestDump = 4096;

const element = (id) => document.getElementById(id);

const state = {
  request: new AbortController(), // of the last run
  compared: 0,
  diverged: 0,
  snapshot: { stores: [], slabs: [], rows: [], entries: [] },
  slab: 0,
  chosen: -1, // the row whose Buffer is selected
};

// ---- one run ----------------------------------------------------------------------------------------------

// The runner asks locate() about every Buffer that it places, so this is the page's own list of what was
// made. The last so many stores in it are those of the script; before them come the slabs that the runner
// used up to start at a fresh one.
function runOurs(script) {
  const seen = new Map();
  const locate = (buffer) => {
    const place = pool.locate(buffer);
    const key = place.source === 'private' ? buffer.buffer : place.slab;
    if (!seen.has(key)) seen.set(key, { base: buffer.byteOffset, ...place, memory: buffer.buffer });
    return place;
  };
  const rows = runScript(script, { Buffer, locate, limits: strictLimits });
  const inspected = pool.inspect();
  const numbers = new Set([0]);
  for (const row of rows.flatMap((each) => [each, ...(each.inner || [])])) {
    if (row.store !== undefined && row.kind !== 'given') numbers.add(row.store);
  }
  const places = [...seen.values()].slice(-numbers.size);
  const sorted = [...numbers].sort((a, b) => a - b);
  const stores = new Map(sorted.map((number, index) => [number, { number, ...places[index] }]));
  return { rows, inspected, stores };
}

function entryOf(entries, index) {
  return entries.find((entry) => entry.index === index);
}

function nameOf(entries, index) {
  const { name, line } = entryOf(entries, index);
  return name || `line ${line}`;
}

// What a row made: its Buffer, after what a valueOf() in it took.
function slicesOf(row, index, { ops }, entries, lines) {
  const common = { row: index, colour: index % colours, isView: false, bytes: '' };
  const placed = ({ store, kind, offset, length }) => ({ ...common, store, kind, offset, length });
  const name = nameOf(entries, index);
  const inner = (row.inner || []).map((each) => (
    { ...placed(each), name: `in ${name}`, call: 'Buffer.allocUnsafe() in a valueOf()' }));
  if (row.store === undefined) return inner;
  const call = lines[entryOf(entries, index).line - 1].trim();
  const isView = ops[index].on !== undefined;
  return [...inner, { ...placed(row), name, call, isView, bytes: row.bytesAtEnd || row.bytes }];
}

function takeSnapshot({ rows, inspected, stores }, script, entries, lines) {
  const slices = rows.flatMap((row, index) => slicesOf(row, index, script, entries, lines));
  const slabs = [...stores.values()].filter(({ source }) => source === 'linear' || source === 'heap').map((store) => {
    const own = slices.filter((slice) => slice.store === store.number);
    const isCurrent = inspected.current !== null && inspected.current.slab === store.slab;
    const end = own.reduce((most, { offset, length }) => Math.max(most, offset + length), 0);
    const cursor = isCurrent ? inspected.current.cursor : Math.min(store.size, Math.ceil(end / 8) * 8);
    return { ...store, slices: own, isCurrent, cursor };
  });
  return { script, entries, rows, inspected, stores, slices, slabs, lines };
}

async function runTheirs(script, signal) {
  const response = await fetch('/api/run', {
    signal,
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(script),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

function poolSize() {
  const { value } = document.querySelector('input[name=pool]:checked');
  return Number(value === 'own' ? element('own-size').value : value);
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

async function run() {
  try {
    pool.source = document.querySelector('input[name=source]:checked').value;
    const { script, entries, lines } = readScript();
    state.snapshot = takeSnapshot(runOurs(script), script, entries, lines);
    showFault('');
  } catch (error) {
    showFault(error.message);
    return;
  }
  state.request.abort();
  state.request = new AbortController();
  const { snapshot, request: { signal } } = state;
  const isPooled = ({ kind }) => kind === 'pool';
  const pooled = snapshot.slices.filter(isPooled);
  const [last] = (pooled.length > 0 ? pooled : snapshot.slices).slice(-1);
  state.slab = Math.max(0, snapshot.slabs.findIndex((slab) => last && slab.number === last.store));
  state.chosen = last === undefined ? -1 : last.row;
  showSnapshot();
  showRows(undefined);
  try {
    const theirs = await runTheirs(snapshot.script, signal);
    if (!signal.aborted) showRows(theirs);
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

const counted = (number) => number.toLocaleString('en');

function sizeOf(bytes) {
  return `${counted(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
}

function placeOf({ store, kind, offset, length }) {
  const where = { pool: `slab ${store}`, private: `own memory ${store}`, given: `given memory ${store}` }[kind];
  return `${where} · at ${counted(offset)} · ${sizeOf(length)}`;
}

function bytesOf(bytes) {
  const [, length, checksum] = /^(\d+):(.*)$/.exec(bytes) || [];
  if (length !== undefined) return `checksum ${checksum}`;
  return bytes === '' ? 'no bytes' : bytes.replace(/../g, '$& ').trim();
}

// What one side says about one operation: a line, and a smaller one.
function wordsOf(row) {
  if (row === undefined) return ['…', ''];
  if (row.fault) return [row.fault, ''];
  if (row.skipped) return [`skipped: ${row.skipped}`, ''];
  if (row.error) return [`${row.error.class} ${row.error.code}`, row.error.message];
  if (row.store === undefined) return [JSON.stringify(row.value) || 'undefined', ''];
  const inner = (row.inner || []).map((each) => `, inside: ${placeOf(each)}`).join('');
  const later = row.bytesAtEnd === undefined ? '' : `, later ${bytesOf(row.bytesAtEnd)}`;
  return [placeOf(row) + inner, `of ${counted(row.byteLength)}${row.known ? '*' : ''} · ${bytesOf(row.bytes)}${later}`];
}

function valueOfLook(look, rows) {
  const of = (index) => (rows[index].store === undefined ? undefined : rows[index]);
  const read = (index) => (of(index) === undefined ? undefined : of(index)[look.column]);
  if (look.$ === 'look') return read(look.row);
  const [left, right] = look.rows;
  return of(left) === undefined || of(right) === undefined ? undefined : read(left) === read(right);
}

function isKnown(ours, theirs) {
  return Boolean(ours.known) && theirs.byteLength !== ours.byteLength;
}

function verdictOfLook(look, ours, theirs) {
  if (valueOfLook(look, ours) === valueOfLook(look, theirs)) return { kind: 'equal', words: 'equal' };
  const rows = look.$ === 'same' ? look.rows : [look.row];
  if (look.column === 'byteLength' && rows.some((row) => isKnown(ours[row], theirs[row]))) return known();
  return { kind: 'differs', words: 'differs' };
}

function known() {
  return { kind: 'known', words: 'known, see *' };
}

// Each line of Node has error texts of its own; ours are those of 26.
function comparesTexts(version) {
  return Number(/^v(\d+)/.exec(version)[1]) >= 26;
}

function verdictOf(entry, ours, theirs) {
  if (entry.look) return verdictOfLook(entry.look, ours, theirs.rows);
  const { index } = entry;
  const columns = compareRows(ours[index], theirs.rows[index], { messages: comparesTexts(theirs.version) });
  if (columns.length > 0) return { kind: 'differs', words: `differs: ${columns.join(', ')}` };
  return isKnown(ours[index], theirs.rows[index]) ? known() : { kind: 'equal', words: 'equal' };
}

function cell(side, className, [first, second] = ['', ''], ...before) {
  const made = make('td', { className }, ...before, first, ...(second ? [make('small', {}, second)] : []));
  made.setAttribute('role', 'cell');
  if (side) made.dataset.side = side;
  return made;
}

function rowOf(entry, theirs, verdict) {
  const { rows, lines } = state.snapshot;
  const text = lines[entry.line - 1].replace(/\/\/.*$/, '').trim();
  const words = (side) => {
    if (side === undefined) return ['…', ''];
    if (!entry.look) return wordsOf(side[entry.index]);
    const value = valueOfLook(entry.look, side);
    return [value === undefined ? 'not a Buffer' : String(value), ''];
  };
  const isBuffer = !entry.look && rows[entry.index].store !== undefined;
  const swatch = isBuffer ? [make('i', { className: `swatch c${entry.index % colours}` })] : [];
  const made = make('tr', { className: `${verdict.kind}${entry.look ? ' look' : ''}` },
    cell('', '', [String(entry.line), '']),
    cell('', '', [text, ''], ...swatch),
    cell('ours', '', words(rows)),
    cell('Node', '', words(theirs && theirs.rows)),
    cell('', 'verdict', [verdict.words, '']));
  made.setAttribute('role', 'row');
  if (!entry.look) made.dataset.row = entry.index;
  return made;
}

function showRows(theirs, waiting = '…') {
  const { entries, rows } = state.snapshot;
  const verdicts = entries.map((entry) => (theirs ? verdictOf(entry, rows, theirs) : { kind: 'alone', words: waiting }));
  element('rows').replaceChildren(...entries.map((entry, index) => rowOf(entry, theirs, verdicts[index])));
  markChosen();
  if (theirs === undefined) return;
  const operations = verdicts.filter((_, index) => !entries[index].look);
  state.compared += operations.length;
  // A look repeats what a row says; it counts only when no row says it.
  state.diverged += (operations.some(({ kind }) => kind === 'differs') ? operations : verdicts)
    .filter(({ kind }) => kind === 'differs').length;
  showTotals(theirs.version, verdicts);
}

function showTotals(version, verdicts) {
  const name = `Node ${version.slice(1)}`;
  const differing = verdicts.filter(({ kind }) => kind === 'differs').length;
  element('node').textContent = name;
  element('node-column').textContent = name;
  element('compared').textContent = counted(state.compared);
  element('diverged').textContent = counted(state.diverged);
  element('diverged').className = state.diverged > 0 ? 'some' : 'none';
  const notes = [];
  if (verdicts.some(({ kind }) => kind === 'known')) {
    notes.push('* Linear memory comes in pages of 64 KiB, so a smaller slab’s .buffer is longer than in Node. ' +
      'Everything else is equal; with slabs from heap this is, too.');
  }
  if (!comparesTexts(version) && state.snapshot.rows.some(({ error }) => error)) notes.push('Texts of errors are compared with Node 26 and later, class and code always.');
  element('footnote').textContent = notes.join(' ');
  element('summary').textContent = `${textOfSnapshot()} ${differing} ${differing === 1 ? 'divergence' : 'divergences'} from ${name}.`;
}

function showAlone(reason) {
  showRows(undefined, 'not compared');
  element('node').textContent = 'no Node answers';
  element('footnote').textContent = `Not compared: ${reason}`;
  element('summary').textContent = `${textOfSnapshot()} Not compared with Node.`;
}

function markChosen() {
  for (const row of element('rows').children) row.classList.toggle('chosen', row.dataset.row === String(state.chosen));
}

// ---- the map and what is beside it ------------------------------------------------------------------------

function textOfSnapshot() {
  const { slabs, script: { ops } } = state.snapshot;
  const about = slabs.map(({ number, slices, cursor, size, isCurrent }) => {
    const reach = `${isCurrent ? 'cursor at' : 'full at'} ${counted(cursor)} of ${counted(size)} bytes`;
    return `Slab ${number}: ${slices.length} ${slices.length === 1 ? 'slice' : 'slices'}, ${reach}.`;
  });
  return `${ops.length} ${ops.length === 1 ? 'operation' : 'operations'}. ${about.join(' ')}`;
}

function view() {
  const slab = state.snapshot.slabs[state.slab];
  const whole = document.querySelector('input[name=zoom]:checked').value === 'whole';
  return slab && { slab, whole, selected: slab.slices.findIndex(({ row }) => row === state.chosen) };
}

function showMap() {
  const current = view();
  if (current) draw(element('map'), current);
}

function showSnapshot() {
  const { inspected } = state.snapshot;
  element('path').textContent = inspected.path;
  showNumbers(inspected);
  showSlab();
}

function showSlab() {
  const { slabs, slices } = state.snapshot;
  element('which').textContent = slabs.length === 0 ? 'no slab' : `slab ${slabs[state.slab].number}`;
  element('before').disabled = state.slab === 0;
  element('after').disabled = state.slab >= slabs.length - 1;
  const outside = slices.filter(({ kind }) => kind !== 'pool');
  element('outside').replaceChildren(...(outside.length === 0 ? [make('p', {}, 'nothing')] : outside.map(chipOf)));
  showChosen();
}

function chipOf(slice) {
  const chip = make('button', { type: 'button' }, make('i', { className: `swatch c${slice.colour}` }),
    `${slice.name} · ${counted(slice.length)}${slice.kind === 'given' ? ' given' : ''}`);
  chip.dataset.row = slice.row;
  chip.addEventListener('click', () => choose(slice.row));
  return chip;
}

function showNumbers(inspected) {
  const { current, path, source, ...counts } = inspected;
  const rows = [
    ['path', path], ['source', source],
    ...Object.entries(current || {}).map(([name, value]) => [`current.${name}`, counted(value)]),
    ...Object.entries(counts).map(([name, value]) => [name, counted(value)]),
  ];
  element('numbers').replaceChildren(...rows.map(([name, value]) => {
    const made = make('tr', {}, make('th', { scope: 'row' }, name), make('td', {}, value));
    made.dataset.name = name;
    return made;
  }));
}

function bytesOfSlice(slice) {
  const { stores } = state.snapshot;
  const store = stores.get(slice.store);
  // Memory that the script brought along is not asked about; its row has the bytes of short ones.
  if (store === undefined) {
    const digits = slice.bytes.includes(':') ? [] : slice.bytes.match(/../g) || [];
    return Uint8Array.from(digits, (hex) => Number.parseInt(hex, 16));
  }
  return new Uint8Array(store.memory, store.base + slice.offset, slice.length);
}

function dumpOf(bytes) {
  const lines = [];
  for (let at = 0; at < Math.min(bytes.length, longestDump); at += 8) {
    const part = bytes.slice(at, Math.min(at + 8, longestDump));
    const hex = Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = Array.from(part, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')).join('');
    lines.push(`${String(at).padStart(4)}  ${hex.padEnd(23)}  ${text}`);
  }
  if (bytes.length > longestDump) lines.push(`… ${counted(bytes.length - longestDump)} more`);
  return lines.join('\n');
}

function factsOf(slice) {
  const { stores } = state.snapshot;
  const store = stores.get(slice.store);
  const { base } = store || { base: 0 };
  const facts = [['length', sizeOf(slice.length)], ['byteOffset', counted(base + slice.offset)]];
  if (store === undefined) return [...facts, ['lies on', 'an ArrayBuffer that the script brought']];
  if (store.source === 'private') facts.push(['lies on', 'an ArrayBuffer of its own']);
  else {
    facts.push(['slab', `${store.number}, base ${counted(base)}, ${store.source}`]);
    facts.push(['offset in it', counted(slice.offset)]);
  }
  return [...facts, ['buffer.byteLength', counted(store.memory.byteLength)]];
}

function textOfSlice(slice) {
  return `${slice.name}: ${factsOf(slice).map(([name, value]) => `${name} ${value}`).join(', ')}. Made by ${slice.call}`;
}

function showChosen() {
  const { slices } = state.snapshot;
  const slice = slices.find(({ row }) => row === state.chosen);
  const facts = slice === undefined ? [] : [...factsOf(slice), ['made by', slice.call]];
  element('slice-name').textContent = slice === undefined ? 'No Buffer selected' : slice.name;
  if (slice) element('slice-name').prepend(make('i', { className: `swatch c${slice.colour}` }));
  element('slice').replaceChildren(...facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]));
  element('hex').textContent = slice === undefined ? '' : dumpOf(bytesOfSlice(slice)) || 'no bytes';
  for (const chip of element('outside').querySelectorAll('button')) {
    chip.setAttribute('aria-pressed', String(chip.dataset.row === String(state.chosen)));
  }
  showSlider();
  markChosen();
  showMap();
}

function showSlider() {
  const current = view();
  const map = element('map');
  const count = current ? current.slab.slices.length : 0;
  const selected = current ? current.selected : -1;
  map.setAttribute('aria-valuemax', String(Math.max(0, count - 1)));
  map.setAttribute('aria-valuenow', String(Math.max(0, selected)));
  map.setAttribute('aria-valuetext', selected < 0 ? `${count} slices, none selected` : textOfSlice(current.slab.slices[selected]));
}

function choose(row) {
  if (row === state.chosen) return;
  state.chosen = row;
  showChosen();
}

function turnTo(slab) {
  const { slabs } = state.snapshot;
  if (slab < 0 || slab >= slabs.length) return;
  state.slab = slab;
  const [first] = slabs[slab].slices;
  state.chosen = first === undefined ? -1 : first.row;
  showSlab();
}

// ---- controls ---------------------------------------------------------------------------------------------

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
  const isBuffer = (index) => state.snapshot.rows[index] && state.snapshot.rows[index].store !== undefined;
  const names = entries.filter(({ index, name }) => name && isBuffer(index)).map(({ name }) => name);
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

// The texts hold .buffer of one Buffer against another's; a script of operations only implies it.
function textOfExample(script) {
  const { rows } = runOurs(script);
  const buffers = rows.flatMap((row, index) => (row.store === undefined ? [] : [`b${index}`]));
  const text = format(script);
  return buffers.length < 2 ? text : `${text}\n${buffers[0]}.buffer === ${buffers[1]}.buffer`;
}

function loadExample(index) {
  const { look, script } = examples[index];
  element('look').textContent = `Look: ${look}.`;
  setPoolSize(script.poolSize);
  element('code').value = textOfExample(script);
  run();
}

function fillControls() {
  element('examples').append(
    make('option', { value: '', hidden: true }, 'own lines'),
    ...examples.map(({ title }, index) => make('option', { value: String(index) }, title)),
  );
  element('examples').value = '0';
  document.querySelector(`input[name=source][value=${pool.source}]`).checked = true;
  for (const [name, call] of Object.entries(calls)) {
    const button = make('button', { type: 'button' }, name);
    button.addEventListener('click', () => addLine(call));
    element('calls').append(button);
  }
  const isPlain = new URLSearchParams(location.search).get('csp') === 'plain';
  element('policy').append(
    isPlain ? 'This page’s policy refuses compiled WebAssembly. ' : 'This page’s policy allows compiled WebAssembly. ',
    make('a', { href: isPlain ? '?' : '?csp=plain' }, isPlain ? 'Allow it' : 'Try without it'));
}

function moveSlider(event) {
  const current = view();
  if (!current) return;
  const last = current.slab.slices.length - 1;
  const { selected } = current;
  const target = {
    ArrowRight: selected + 1, ArrowDown: selected + 1, ArrowLeft: selected - 1, ArrowUp: selected - 1,
    PageDown: selected + 10, PageUp: selected - 10, Home: 0, End: last,
  }[event.key];
  if (target === undefined || last < 0) return;
  event.preventDefault();
  choose(current.slab.slices[Math.min(last, Math.max(0, target))].row);
}

function pointAt(event) {
  const current = view();
  if (!current) return;
  const { left, top, width, height } = element('map').getBoundingClientRect();
  const index = sliceAt(current, { x: event.clientX - left, y: event.clientY - top, width, height });
  if (index >= 0) choose(current.slab.slices[index].row);
}

function listen() {
  element('examples').addEventListener('change', ({ target }) => loadExample(Number(target.value)));
  element('run').addEventListener('click', run);
  element('clear').addEventListener('click', () => {
    element('code').value = '';
    leaveExample('Write a line, or add one with a button below.');
    run();
  });
  element('code').addEventListener('input', () => leaveExample('Your own lines: run them with Ctrl and Enter.'));
  element('code').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run();
  });
  element('source').addEventListener('change', run);
  element('pool-size').addEventListener('change', () => {
    element('own-size').disabled = document.querySelector('input[name=pool]:checked').value !== 'own';
    run();
  });
  element('zoom').addEventListener('change', showMap);
  element('before').addEventListener('click', () => turnTo(state.slab - 1));
  element('after').addEventListener('click', () => turnTo(state.slab + 1));
  element('map').addEventListener('keydown', moveSlider);
  element('map').addEventListener('pointermove', pointAt);
  element('map').addEventListener('pointerdown', pointAt);
  element('rows').addEventListener('pointerover', ({ target }) => {
    const row = target.closest('tr[data-row]');
    const slice = row && state.snapshot.slices.find((each) => each.row === Number(row.dataset.row));
    if (!slice) return;
    const slab = state.snapshot.slabs.findIndex(({ number }) => number === slice.store);
    state.chosen = slice.row;
    if (slab >= 0) state.slab = slab;
    showSlab();
  });
  new ResizeObserver(showMap).observe(element('map'));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showMap);
}

fillControls();
listen();
loadExample(0);
