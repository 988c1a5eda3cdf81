// A canvas on which one of many things is chosen: by pointing at it, or by arrow keys as on a slider.
//
// Owns        the canvas's keys, pointer events and ARIA values. What is drawn on it, others draw.
// Assumes     the canvas has role="slider" and can be focused.

import { element } from './elements.js';

export class Picker {
  /**
   * @param {string} id of the canvas
   * @param {object} about `things()` lists what can be chosen; `chosen()` is the one that is; `at(point)` is
   *   what is drawn at { x, y, width, height }, CSS pixels from the corner and the canvas's size;
   *   `choose(thing)`; `describe(thing, things)` says it in words; `follows`: moving the pointer chooses
   */
  constructor(id, { things, chosen, at, choose, describe, follows = false }) {
    Object.assign(this, { canvas: element(id), things, chosen, at, choose, describe });
    this.canvas.addEventListener('keydown', (event) => this.move(event));
    for (const event of follows ? ['pointerdown', 'pointermove'] : ['pointerdown']) {
      this.canvas.addEventListener(event, (pointer) => this.point(pointer));
    }
  }

  move(event) {
    const things = this.things();
    const target = targetOf(event.key, things.indexOf(this.chosen()), things.length);
    if (target === undefined) return;
    event.preventDefault();
    this.choose(things[target]);
  }

  point({ clientX, clientY }) {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    const found = this.at({ x: clientX - left, y: clientY - top, width, height });
    if (found) this.choose(found);
  }

  /** Say what is chosen, to those who do not see it. */
  say() {
    const things = this.things();
    const chosen = this.chosen();
    this.canvas.setAttribute('aria-valuemax', String(Math.max(0, things.length - 1)));
    this.canvas.setAttribute('aria-valuenow', String(Math.max(0, things.indexOf(chosen))));
    this.canvas.setAttribute('aria-valuetext', this.describe(chosen, things));
  }
}

// Where a key moves the choice from `at`, among `count` things.
function targetOf(key, at, count) {
  const target = {
    ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1,
    PageDown: at + 10, PageUp: at - 10, Home: 0, End: count - 1,
  }[key];
  return target === undefined || count === 0 ? undefined : Math.min(count - 1, Math.max(0, target));
}
