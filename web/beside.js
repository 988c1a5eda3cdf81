// The comparison: real Node's answers, and the words and verdicts about both sides.
//
// Owns        the sides that a script can be compared with, and the words and verdicts of the table.
// Assumes     a server that has a Node writes its version into the page's <meta name="node">. web/recorded/
//             has the answers of Node 22, 24 and 26 to the examples and the lessons, by keyOf() of the
//             script.
// Holds       an answer that is missing is an error of one line. No answer is guessed.

import { compareRows } from '../compare/script.js';

const recorded = {
  26: () => import('./recorded/26.json'),
  24: () => import('./recorded/24.json'),
  22: () => import('./recorded/22.json'),
};

// ---- sides ------------------------------------------------------------------------------------------------

/** A hash of a script, the same whatever the order of its keys: FNV-1a, 64 bits. */
export function keyOf({ poolSize, ops }) {
  const sorted = (key, value) => (typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value);
  const prime = 0x100000001b3n;
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(JSON.stringify({ poolSize, ops }, sorted))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
  }
  return hash.toString(36);
}

async function askServer(script, signal) {
  const response = await fetch('api/run', {
    signal,
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(script),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

async function lookUp(line, script) {
  const { default: { version, runs } } = await recorded[line]();
  const rows = runs[keyOf(script)];
  if (rows === undefined) {
    throw new Error('Node answered the examples and the lessons beforehand, with pools of 8 and 64 KiB. ' +
      'Your own scripts need a live Node: “npm start” serves this page with one.');
  }
  return { version, rows };
}

/**
 * The sides, the best one first: { name, kind, label, run(script, signal) }. `kind` is 'live' or 'recorded'.
 * run() resolves to { version, rows }, or rejects with a message of one line.
 */
export function sides() {
  const meta = document.querySelector('meta[name=node]');
  const live = meta && { name: 'live', kind: 'live', label: `Node ${meta.content.slice(1)}, live`, run: askServer };
  const records = Object.keys(recorded).reverse().map((line) => (
    { name: line, kind: 'recorded', label: `Node ${line}, recorded`, run: (script) => lookUp(line, script) }));
  return live ? [live, ...records] : records;
}

// ---- words ------------------------------------------------------------------------------------------------

export const counted = (number) => number.toLocaleString('en');

export function sizeOf(bytes) {
  return `${counted(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
}

function placeOf({ store, kind, offset, length }) {
  const where = { pool: `slab ${store}`, private: `own memory ${store}`, given: `given memory ${store}` }[kind];
  return `${where} · at ${counted(offset)} · ${sizeOf(length)}`;
}

// .buffer.byteLength, with the bytes that Node adds.
function lengthOf({ byteLength, known, padding }) {
  return `${counted(byteLength)}${known ? '*' : ''}${padding ? ` + ${padding}` : ''}`;
}

function bytesOf(bytes) {
  const [, length, checksum] = /^(\d+):(.*)$/.exec(bytes) || [];
  if (length !== undefined) return `checksum ${checksum}`;
  return bytes === '' ? 'no bytes' : bytes.replace(/../g, '$& ').trim();
}

// What one side says about one operation: a line, and a smaller one.
function wordsOfRow(row) {
  if (row.fault) return [row.fault, ''];
  if (row.skipped) return [`skipped: ${row.skipped}`, ''];
  if (row.error) return [`${row.error.class} ${row.error.code}`, row.error.message];
  if (row.store === undefined) return [JSON.stringify(row.value) || 'undefined', ''];
  const inner = (row.inner || []).map((each) => `, inside: ${placeOf(each)}`).join('');
  const later = row.bytesAtEnd === undefined ? '' : `, later ${bytesOf(row.bytesAtEnd)}`;
  return [placeOf(row) + inner, `of ${lengthOf(row)} · ${bytesOf(row.bytes)}${later}`];
}

function valueOfLook(look, rows) {
  const of = (index) => (rows[index].store === undefined ? undefined : rows[index]);
  const read = (index) => {
    if (of(index) === undefined) return undefined;
    const { [look.column]: value, padding = 0 } = of(index);
    return look.column === 'byteLength' ? value + padding : value;
  };
  if (look.$ === 'look') return read(look.row);
  const [left, right] = look.rows;
  return of(left) === undefined || of(right) === undefined ? undefined : read(left) === read(right);
}

/** What the rows of one side say about an entry of parse(), in two lines. '…' while there are no rows. */
export function wordsOf(entry, rows) {
  if (rows === undefined) return ['…', ''];
  if (!entry.look) return wordsOfRow(rows[entry.index]);
  const value = valueOfLook(entry.look, rows);
  return [value === undefined ? 'not a Buffer' : String(value), ''];
}

// ---- verdicts ---------------------------------------------------------------------------------------------

const equal = { kind: 'equal', words: 'equal' };
const rounded = { kind: 'known', words: 'known, see *' };
const padded = { kind: 'known', words: 'known, see +' };

function isRounded(ours, theirs) {
  return Boolean(ours.known) && theirs.byteLength !== ours.byteLength;
}

function verdictOfLook(look, ours, theirs) {
  const [our, their] = [ours, theirs].map((rows) => valueOfLook(look, rows));
  if (our === their) return equal;
  if (look.column === 'byteLength') {
    const rows = look.$ === 'same' ? look.rows : [look.row];
    if (rows.some((row) => isRounded(ours[row], theirs[row]))) return rounded;
    const unpadded = theirs.map((row) => ({ ...row, padding: 0 }));
    if (valueOfLook(look, unpadded) === our) return padded;
  }
  return { kind: 'differs', words: 'differs' };
}

/** Whether messages are compared: each version of Node has its own, and pagebuf has those of 26. */
export function comparesTexts(version) {
  return Number(/^v(\d+)/.exec(version)[1]) >= 26;
}

/** The verdict on an entry of parse(): { kind: 'equal' | 'known' | 'differs', words }. */
export function verdictOf(entry, ours, { version, rows: theirs }) {
  if (entry.look) return verdictOfLook(entry.look, ours, theirs);
  const { index } = entry;
  // An error without a code has a message of the engine, and this engine may be another than Node's.
  const columns = compareRows(ours[index], theirs[index], { messages: comparesTexts(version) ? 'coded' : 'none' });
  if (columns.length > 0) return { kind: 'differs', words: `differs: ${columns.join(', ')}` };
  return isRounded(ours[index], theirs[index]) ? rounded : equal;
}
