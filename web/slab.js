// The slab panel: one block in the map, and the buttons that turn from slab to slab.
//
// Owns        `block`, what the map shows, and how much of it. map.js draws it.
// Assumes     the inspector has the slice that is chosen; `chosen()` gives it.
// Holds       an arrow key or the pointer chooses only slices of the block that is shown.

import { pool } from '../js/index.js';
import { checked, element } from './elements.js';
import { draw, sliceAt } from './map.js';
import { Picker } from './picker.js';
import { isCurrent } from './run.js';
import { reachOf } from './watch.js';

export class Slab {
  /**
   * @param {object} page `run`: the last run; `chosen()`: the slice that is chosen; `choose(slice)`;
   *   `show(block)`; `describe(slice)`: a slice in words
   */
  constructor({ run, chosen, choose, show, describe }) {
    Object.assign(this, { run, chosen, block: undefined });
    this.picker = new Picker('map', {
      things: () => (this.block ? this.block.slices : []),
      chosen: () => this.selected(),
      at: (point) => this.block && sliceAt(this.view(), point),
      choose,
      describe: (slice, slices) => (slice ? describe(slice) : `${slices.length} slices, none selected`),
      follows: true,
    });
    const turn = (step) => show(run.blocks[run.blocks.indexOf(this.block) + step]);
    element('before').addEventListener('click', () => turn(-1));
    element('after').addEventListener('click', () => turn(1));
    element('zoom').addEventListener('change', () => this.drawMap());
    new ResizeObserver(() => this.drawMap()).observe(element('map'));
  }

  // The chosen slice, if it lies in the block that is shown.
  selected() {
    const chosen = this.chosen();
    return chosen && chosen.block === this.block ? chosen : undefined;
  }

  // What map.js draws.
  view() {
    const { block } = this;
    const current = isCurrent(block);
    let cursor = block.source === 'private' ? block.size : reachOf(block);
    if (current) ({ cursor } = pool.inspect().current);
    return { block, cursor, isCurrent: current, whole: checked('zoom') === 'whole', selected: this.selected() };
  }

  draw() {
    const { block, run } = this;
    const at = run.blocks.indexOf(block);
    element('which').textContent = block === undefined ? 'no slab' : run.kindOf(block) + (block.isFreed ? ', freed' : '');
    element('before').disabled = at <= 0;
    element('after').disabled = at >= run.blocks.length - 1;
    this.picker.say();
    this.drawMap();
  }

  drawMap() {
    const isEmpty = this.block === undefined;
    element('map-empty').hidden = !isEmpty;
    element('map').hidden = isEmpty;
    if (!isEmpty) draw(element('map'), this.view());
  }
}
