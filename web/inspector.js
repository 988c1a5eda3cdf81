// The inspector: what is known of the slice that is chosen, its bytes, and the Buffers that lie on no slab.
//
// Owns        `slice`, the one that is chosen.
// Holds       bytes are read through a weak reference: looking at a Buffer does not keep it alive.

import { counted, sizeOf } from './beside.js';
import { element, make, swatch } from './elements.js';
import { bytesOf } from './watch.js';

const longestDump = 4096;

export class Inspector {
  /** @param {object} page `run`: the last run; `choose(slice)`; `changed()` is called after letting go */
  constructor({ run, choose, changed }) {
    Object.assign(this, { run, choose, slice: undefined });
    element('let-go').addEventListener('click', () => {
      run.held.delete(this.slice);
      changed();
      // The button is disabled now and would lose the focus to nothing.
      element('map').focus({ preventScroll: true });
    });
  }

  /** Draw the card of the chosen slice. */
  draw() {
    const { slice } = this;
    const bytes = slice && bytesOf(slice);
    const facts = slice ? this.factsOf(slice) : [];
    element('slice-name').replaceChildren(...(slice ? [swatch(slice.colour), slice.name] : ['No Buffer selected']));
    element('slice').replaceChildren(...facts.flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]));
    if (slice === undefined) element('hex').textContent = '';
    else element('hex').textContent = bytes ? dumpOf(bytes) : 'The Buffer is gone, and nobody can read these bytes.';
    element('let-go').disabled = slice === undefined || !this.run.held.has(slice);
    const outside = this.run.outside();
    [...element('outside').querySelectorAll('button')].forEach((chip, index) => {
      chip.setAttribute('aria-pressed', String(outside[index] === slice));
    });
  }

  /** List the run's Buffers that lie on no slab. */
  list() {
    const chips = this.run.outside().map((slice) => {
      const chip = make('button', { type: 'button' }, swatch(slice.colour),
        `${slice.name} · ${counted(slice.length)}${slice.isGiven ? ' given' : ''}`);
      chip.addEventListener('click', () => this.choose(slice));
      return chip;
    });
    element('outside').replaceChildren(...(chips.length > 0 ? chips : [make('p', {}, 'nothing')]));
  }

  factsOf(slice) {
    const { block, offset, length, call, isGiven } = slice;
    const own = isGiven ? 'an ArrayBuffer that the script brought' : 'an ArrayBuffer of its own';
    return [
      ['length', sizeOf(length)],
      ['byteOffset', counted(offset)],
      ['lies on', block.source === 'private' ? own : this.run.kindOf(block)],
      ['buffer.byteLength', counted(block.byteLength)],
      ['made by', call],
      ['state', this.lifeOf(slice)],
    ];
  }

  lifeOf(slice) {
    if (!slice.isLive) return 'dead, collected';
    return this.run.held.has(slice) ? 'live, held here' : 'live, nobody holds it';
  }

  /** A slice in words. */
  describe(slice) {
    return `${slice.name}: ${this.factsOf(slice).map(([name, value]) => `${name} ${value}`).join(', ')}`;
  }
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
