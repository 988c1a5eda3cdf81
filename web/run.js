// One run: a script is run on pagebuf in this page, and every Buffer that it makes is recorded.
//
// Owns        the last run: its script, its rows (compare/script.js), and its Buffers as slices and blocks
//             (web/watch.js); `held`, the Buffers that the script's names and the churn keep alive.
// Assumes     a script that checkScript() has accepted, with the entries and lines that parse() gives.
// Holds       a name in a script holds its Buffer until the next run. A Buffer without a name is garbage.
//             A script that throws leaves the last run as it was.

import { Buffer, pool } from '../js/index.js';
import { runScript, strictLimits } from '../compare/script.js';
import { counted } from './beside.js';
import { colours } from './paint.js';
import { reachOf } from './watch.js';

export class Run {
  /** @param {Watch} watch records where the Buffers lie */
  constructor(watch) {
    this.watch = watch;
    this.held = new Map(); // slice -> Buffer
    this.take({ rows: [], entries: [], lines: [] }, []);
  }

  /** Run a script: { script, entries, lines }. */
  start({ script, entries, lines }) {
    this.watch.forgetFreed();
    const made = []; // [slice, Buffer] by row, the row's own last
    const rows = runScript(script, {
      Buffer,
      locate: (buffer) => this.locate(buffer),
      source: pool.source,
      limits: strictLimits,
      made: (buffer, index) => {
        const { name, line } = entries.find((entry) => entry.index === index);
        const slice = this.watch.add(buffer, {
          name: name || `line ${line}`, call: lines[line - 1].trim(), row: index, colour: index % colours,
          isView: script.ops[index].on !== undefined, isGiven: false,
        });
        (made[index] = made[index] || []).push([slice, buffer]);
      },
    });
    this.take({ script, entries, lines, rows }, made);
  }

  // The runner itself fills slabs up, so that a script starts on a fresh one. Those Buffers are shown, too.
  locate(buffer) {
    if (buffer.length === 0) this.watch.place(buffer);
    else if (!this.watch.recordOf.has(buffer)) {
      this.watch.add(buffer, { name: 'filler', call: 'the runner, to start the script on a fresh slab', colour: 0, isView: false });
    }
    return pool.locate(buffer);
  }

  take(about, made) {
    Object.assign(this, about);
    this.held.clear();
    this.slices = [];           // all of the run, in the order in which they were made
    this.blocks = [];           // its slabs
    this.sliceOfRow = new Map();
    this.numberOf = new Map();  // block -> its number in the table
    this.rows.forEach((row, index) => this.takeRow(row, index, made[index] || []));
  }

  takeRow(row, index, list) {
    const own = row.store === undefined ? undefined : list[list.length - 1];
    const places = [...(row.inner || []), ...(own ? [row] : [])];
    list.forEach(([slice, buffer], position) => {
      if (own === undefined || slice !== own[0]) {
        Object.assign(slice, { name: `in ${slice.name}`, call: 'Buffer.allocUnsafe() in a valueOf()', isView: false });
      } else {
        slice.isGiven = row.kind === 'given';
        this.sliceOfRow.set(index, slice);
        if (this.entries.find((entry) => entry.index === index).name) this.held.set(slice, buffer);
      }
      this.slices.push(slice);
      this.numberOf.set(slice.block, places[position].store);
      if (slice.block.source !== 'private' && !this.blocks.includes(slice.block)) this.blocks.push(slice.block);
    });
  }

  /** The slices that lie on no slab. */
  outside() {
    return this.slices.filter(({ block }) => block.source === 'private');
  }

  /** What a block is called: by its number in the table, or by the pool's when the run did not use it. */
  nameOf(block) {
    const number = this.numberOf.get(block);
    if (block.source === 'private') return number === undefined ? `private ${block.number}` : `own memory ${number}`;
    return number === undefined ? `pool slab ${block.number}` : `slab ${number}`;
  }

  /** The same with the slab's source. */
  kindOf(block) {
    const name = this.nameOf(block);
    return block.source === 'private' ? name : `${name}, ${block.source}`;
  }

  /** The run in words. */
  summary() {
    const { length } = this.script.ops;
    const about = this.blocks.map((block) => {
      const reach = isCurrent(block) ? `cursor at ${counted(pool.inspect().current.cursor)}` : `full at ${counted(reachOf(block))}`;
      const name = this.nameOf(block);
      const count = block.slices.length;
      return `${name[0].toUpperCase()}${name.slice(1)}: ${count} ${count === 1 ? 'slice' : 'slices'}, ${reach} of ${counted(block.size)} bytes.`;
    });
    return `${length} ${length === 1 ? 'operation' : 'operations'}. ${about.join(' ')}`;
  }
}

/** Whether the pool takes the next slice from a block. */
export function isCurrent({ source, number }) {
  const { current } = pool.inspect();
  return source !== 'private' && current !== null && current.slab === number;
}
