// The churn: it makes garbage, and shows the engine's collector take slices, and slabs with them.
//
// Owns        the churn's controls and what it says; collect(), which makes a collector come.
// Holds       Buffer.poolSize is afterwards what it was. A few survivors stay held, and each keeps its slab.

import { Buffer, pool } from '../js/index.js';
import { counted } from './beside.js';
import { element } from './elements.js';
import { colours } from './paint.js';
import { isCurrent } from './run.js';

const inOneFrame = 2000;   // slices
const survivors = 2;
const longestWait = 6000;  // milliseconds, for a collector that takes its time

export class Churn {
  /**
   * @param {object} page `watch`: the records; `held`: what keeps Buffers alive; `settings`: where the source
   *   and the size of slabs are read; `made(slice)`: show the last slice so far; `changed()`
   */
  constructor({ watch, held, settings, made, changed }) {
    Object.assign(this, { watch, held, settings, made, changed, isRunning: false });
    element('churn').addEventListener('click', () => this.start());
  }

  async start() {
    if (this.isRunning) return;
    this.isRunning = true;
    element('churn').setAttribute('aria-disabled', 'true');
    const count = Number(element('churn-count').value);
    element('churned').textContent = `Making ${counted(count)} slices …`;
    try {
      const { dead, blocks, freed } = await this.run(count);
      element('churned').textContent = `${counted(count)} slices on ${counted(blocks)} slabs: ${counted(dead)} slices ` +
        `died, and ${counted(freed)} slabs with them. The rest is kept by ${survivors} survivors.`;
    } catch (error) {
      element('churned').textContent = error.message;
    } finally {
      this.isRunning = false;
      element('churn').setAttribute('aria-disabled', 'false');
      this.changed();
    }
  }

  // Makes slices that nobody holds, but for the survivors, and waits until they died.
  async run(count) {
    const slices = [];
    while (slices.length < count) {
      this.makeSome(slices, count);
      this.made(slices[slices.length - 1]);
      await frame();
    }
    await collect(() => {
      const { dead, free, freed } = this.outcomeOf(slices);
      return dead >= count * 0.9 && freed >= free * 0.9;
    });
    return this.outcomeOf(slices);
  }

  makeSome(slices, count) {
    const before = Buffer.poolSize;
    pool.source = this.settings.source;
    Buffer.poolSize = this.settings.poolSize;
    try {
      for (const end = Math.min(count, slices.length + inOneFrame); slices.length < end;) {
        slices.push(this.makeOne(slices.length, count));
      }
    } finally {
      Buffer.poolSize = before;
    }
  }

  makeOne(index, count) {
    const size = 1 + Math.floor(Math.random() * 200);
    const buffer = Buffer.allocUnsafe(size);
    const slice = this.watch.add(buffer, {
      name: `churned ${index}`, call: `Buffer.allocUnsafe(${size})`, colour: index % colours, isView: false,
    });
    if (index % Math.ceil(count / survivors) === 100) this.held.set(slice, buffer);
    return slice;
  }

  // How many slices died, how many slabs were freed, and how many nothing keeps: a survivor keeps its slab,
  // the pool keeps the current one.
  outcomeOf(slices) {
    const blocks = [...new Set(slices.map(({ block }) => block))];
    const kept = new Set([...this.held.keys()].map(({ block }) => block));
    return {
      dead: slices.filter(({ isLive }) => !isLive).length,
      blocks: blocks.length,
      free: blocks.filter((block) => !kept.has(block) && !isCurrent(block)).length,
      freed: blocks.filter(({ isFreed }) => isFreed).length,
    };
  }
}

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** Make garbage until the engine's collector has come and `isDone()`, or the time is up. */
export async function collect(isDone) {
  const end = performance.now() + longestWait;
  // What is held for a while grows old. Only that makes a collector go through all of memory.
  const old = [];
  while (!isDone() && performance.now() < end) {
    for (let each = 0; each < 10; each++) {
      for (let more = 0; more < 8; more++) old[Math.floor(Math.random() * 32)] = new Uint8Array(2 ** 20);
      await frame();
    }
  }
}
