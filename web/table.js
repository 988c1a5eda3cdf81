// The table: what pagebuf and real Node say to each line of the last run, and the verdicts.
//
// Owns        the side that is compared with, and how much was compared and differed since the page opened.
// Assumes     beside.js has the sides, the words and the verdicts.
// Holds       an answer to a run that a later one has overtaken is not shown. What Node did not answer is not
//             counted.

import { comparesTexts, counted, sides, verdictOf, wordsOf } from './beside.js';
import { element, make, swatch } from './elements.js';
import { colours } from './paint.js';

export class Table {
  /** @param {object} page `run`: the last run; `choose(slice)`: somebody points at a slice's row */
  constructor({ run, choose }) {
    this.run = run;
    this.sides = sides();
    this.request = new AbortController(); // of the last run
    this.compared = 0;
    this.diverged = 0;
    this.chosen = undefined; // the slice whose row is marked
    element('beside').append(...this.sides.map(({ name, label }) => make('option', { value: name }, label)));
    element('beside').addEventListener('change', () => this.compare());
    element('rows').addEventListener('pointerover', ({ target }) => {
      const row = target.closest('tr[data-row]');
      const slice = row && run.sliceOfRow.get(Number(row.dataset.row));
      if (slice) choose(slice);
    });
  }

  /** Ask the side that is selected for its answers to the last run's script, and show both. */
  async compare() {
    this.request.abort();
    this.request = new AbortController();
    const { run: { script }, request: { signal } } = this;
    const side = this.sides.find(({ name }) => name === element('beside').value);
    this.drawRows(undefined);
    try {
      const theirs = await side.run(script, signal);
      if (!signal.aborted) this.draw({ ...theirs, kind: side.kind });
    } catch (error) {
      if (!signal.aborted) this.drawAlone(error.message);
    }
  }

  draw(theirs) {
    const { entries } = this.run;
    const verdicts = this.drawRows(theirs);
    const operations = verdicts.filter((_, index) => !entries[index].look);
    const differing = (list) => list.filter(({ kind }) => kind === 'differs').length;
    this.compared += operations.length;
    // A look repeats what a row says. It counts only when no row says it.
    this.diverged += differing(operations) || differing(verdicts);
    this.drawTotals(theirs, differing(verdicts));
  }

  drawAlone(reason) {
    this.drawRows(undefined, 'not compared');
    element('node').textContent = 'no answer';
    element('node-column').textContent = 'Node';
    element('footnote').textContent = `Not compared: ${reason}`;
    element('summary').textContent = `${this.run.summary()} Not compared with Node.`;
  }

  drawRows(theirs, waiting = '…') {
    const { entries, rows } = this.run;
    const verdicts = entries.map((entry) => (theirs ? verdictOf(entry, rows, theirs) : { kind: 'alone', words: waiting }));
    element('rows').replaceChildren(...entries.map((entry, index) => this.rowOf(entry, theirs, verdicts[index])));
    this.mark(this.chosen);
    return verdicts;
  }

  rowOf(entry, theirs, verdict) {
    const { rows, lines, sliceOfRow } = this.run;
    const text = lines[entry.line - 1].replace(/\/\/.*$/, '').trim();
    const isBuffer = !entry.look && sliceOfRow.has(entry.index);
    const made = make('tr', { className: `${verdict.kind}${entry.look ? ' look' : ''}` },
      cell('', '', [String(entry.line), '']),
      cell('', '', [text, ''], ...(isBuffer ? [swatch(entry.index % colours)] : [])),
      cell('ours', '', wordsOf(entry, rows)),
      cell('Node', '', wordsOf(entry, theirs && theirs.rows)),
      cell('', 'verdict', [verdict.words, '']));
    made.setAttribute('role', 'row');
    if (!entry.look) made.dataset.row = entry.index;
    return made;
  }

  /** Mark the row of a slice, if the slice is of the last run. */
  mark(slice) {
    this.chosen = slice;
    const row = slice && this.run.sliceOfRow.get(slice.row) === slice ? String(slice.row) : undefined;
    for (const each of element('rows').children) each.classList.toggle('chosen', each.dataset.row === row && row !== undefined);
  }

  drawTotals({ version, kind: from, rows: theirs }, differing) {
    const name = `Node ${version.slice(1)}`;
    element('node').textContent = `${name}, ${from}`;
    element('node-column').textContent = name;
    element('compared').textContent = counted(this.compared);
    element('diverged').textContent = counted(this.diverged);
    element('diverged').className = this.diverged > 0 ? 'some' : 'none';
    element('footnote').textContent = this.notes(version, theirs).join(' ');
    element('summary').textContent = `${this.run.summary()} ${differing} ${differing === 1 ? 'divergence' : 'divergences'} from ${name}.`;
  }

  notes(version, theirs) {
    const notes = [];
    if (this.run.rows.some(({ known }) => known)) {
      notes.push('* Linear memory comes in pages of 64 KiB. If poolSize is no multiple of that, .buffer is longer than in ' +
        'Node. Everything else is equal. With slabs from auto or heap, .buffer is equal, too.');
    }
    const { padding } = theirs.find((row) => row.padding) || {};
    if (padding) {
      notes.push(`+ Node makes .buffer of a slab ${padding} bytes longer since 26.8, and starts the slab at a multiple of ` +
        `${padding}. Offsets and lengths are compared from there.`);
    }
    if (!comparesTexts(version) && this.run.rows.some(({ error }) => error)) {
      notes.push('Error messages are compared only with Node 26 and later, class and code with every Node.');
    }
    return notes;
  }
}

function cell(side, className, [first, second], ...before) {
  const made = make('td', { className }, ...before, first, ...(second ? [make('small', {}, second)] : []));
  made.setAttribute('role', 'cell');
  if (side) made.dataset.side = side;
  return made;
}
