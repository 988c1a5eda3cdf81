// The lessons: six scenes, each with one control and two sentences at most.
//
// Owns        the lessons' Buffers, and the part of the page that shows them. A lesson is { title,
//             sentence, control, act, script }. act(stage, value) makes and changes Buffers through
//             stage.keep(), and returns the text below the control. script, where there is one, does the same
//             thing as operations, for the comparison with real Node.
// Assumes     a Watch for the records, map.js for the picture.
// Holds       a lesson leaves the pool's source and Buffer.poolSize as they were. Its text is read from the
//             Buffers: no answer is written down beforehand.

import { Buffer, pool, retained, toOwned } from '../js/index.js';
import { counted, sizeOf } from './beside.js';
import { element, make } from './elements.js';
import { draw } from './map.js';
import { reachOf } from './watch.js';

const page = 65536;
const row = (of) => ({ $: 'row', of });
const half = (plus) => ({ $: 'half', plus });

export const lessons = [
  {
    title: 'One ArrayBuffer',
    sentence: 'Two small Buffers are slices of one ArrayBuffer and differ only in byteOffset. So a write through .buffer ' +
      'can change the neighbour.',
    control: { kind: 'button', label: 'new Uint8Array(a.buffer)[b.byteOffset] = 0x4A' },
    act(stage, isPressed) {
      const a = stage.keep('a', `Buffer.from('hello')`, Buffer.from('hello'));
      const b = stage.keep('b', `Buffer.from('world')`, Buffer.from('world'));
      if (isPressed) new Uint8Array(a.buffer)[b.byteOffset] = 0x4a;
      return `a.buffer === b.buffer is ${a.buffer === b.buffer}. a starts at byte ${a.byteOffset}, b at ` +
        `${b.byteOffset}. b says “${b}”${isPressed ? ': written through a’s memory.' : '.'}`;
    },
    script: {
      poolSize: page,
      ops: [
        { op: 'from', args: ['hello'] },
        { op: 'from', args: ['world'] },
        { op: 'put', on: 1, args: [0, [0x4a]] },
        { op: 'toString', on: 1, args: [] },
      ],
    },
  },
  {
    title: 'Half a slab',
    sentence: 'A Buffer smaller than half of Buffer.poolSize is a slice of the slab. Any other has an ArrayBuffer of ' +
      'its own.',
    control: {
      kind: 'choice', label: 'Buffer.poolSize = 8192; Buffer.allocUnsafe(…)',
      values: ['1000', '4095', '4096', '8192'], value: '4095', poolSize: 8192,
    },
    act(stage, value) {
      const size = Number(value);
      stage.keep('before', 'Buffer.allocUnsafe(1000)', Buffer.allocUnsafe(1000));
      const buffer = stage.keep('it', `Buffer.allocUnsafe(${size})`, Buffer.allocUnsafe(size));
      const { source } = pool.locate(buffer);
      const sign = size < Buffer.poolSize >>> 1 ? 'less than' : 'not less than';
      return `${sizeOf(size)}, ${sign} ${counted(Buffer.poolSize >>> 1)}: ${source === 'private'
        ? `an ArrayBuffer of its own, ${sizeOf(buffer.buffer.byteLength)} long.`
        : `on the slab, at byte ${counted(buffer.byteOffset)}.`}`;
    },
    script: {
      poolSize: 8192,
      ops: [
        { op: 'allocUnsafe', args: [1000] },
        { op: 'allocUnsafe', args: [half(-1)] },
        { op: 'allocUnsafe', args: [half(0)] },
      ],
    },
  },
  {
    title: 'A survivor keeps a slab',
    sentence: 'A slab is freed when its last slice is gone. One small Buffer that you keep holds all of its slab, but ' +
      'no other slab.',
    control: { kind: 'button', label: 'Let go of all but one' },
    act(stage, isPressed) {
      // Three slabs of 40.
      const made = [];
      for (let index = 0; index < 120; index++) {
        const name = index === 60 ? 'the survivor' : `b${index}`;
        made.push(stage.keep(name, 'Buffer.allocUnsafe(1600)', Buffer.allocUnsafe(1600).fill(index)));
      }
      const survivor = made[60];
      stage.show(survivor);
      if (isPressed) stage.letGo(made.filter((buffer) => buffer !== survivor));
      const { buffers, usedBytes, retainedBytes } = retained(isPressed ? [survivor] : made);
      return `${counted(buffers)} ${buffers === 1 ? 'Buffer uses' : 'Buffers use'} ${sizeOf(usedBytes)} and ` +
        `${buffers === 1 ? 'keeps' : 'keep'} ${sizeOf(retainedBytes)} alive.` +
        `${isPressed ? ' The collector frees the others. Of the slabs, this one stays.' : ''}`;
    },
    script: {
      poolSize: page,
      ops: Array.from({ length: 4 }, () => ({ op: 'allocUnsafe', args: [20000] })),
    },
  },
  {
    title: 'Who stays apart',
    sentence: 'alloc() and allocUnsafeSlow() never use the pool. Each makes an ArrayBuffer of exactly its length, ' +
      'and the cursor stays.',
    control: {
      kind: 'choice', label: 'Make 24 bytes with', values: ['alloc', 'allocUnsafe', 'allocUnsafeSlow'], value: 'alloc',
    },
    act(stage, method) {
      const first = stage.keep('first', `Buffer.from('first')`, Buffer.from('first'));
      const before = pool.inspect().current.cursor;
      const buffer = stage.keep('it', `Buffer.${method}(24)`, Buffer[method](24));
      const { cursor } = pool.inspect().current;
      return `Buffer.${method}(24): .buffer is ${sizeOf(buffer.buffer.byteLength)} long, ` +
        `${buffer.buffer === first.buffer ? 'the slab' : 'its own'}. The cursor was at ${before} and ` +
        `${cursor === before ? 'stays there' : `moved to ${cursor}`}.`;
    },
    script: {
      poolSize: page,
      ops: [
        { op: 'from', args: ['first'] },
        { op: 'alloc', args: [24] },
        { op: 'allocUnsafeSlow', args: [24] },
        { op: 'allocUnsafe', args: [24] },
        { op: 'equals', on: 1, args: [row(2)] },
      ],
    },
  },
  {
    title: 'Transfer a slab',
    sentence: 'A linear slab cannot be transferred, as in Node. A heap slab can, and then all its Buffers are empty. ' +
      'So transfer toOwned(a) instead.',
    control: {
      kind: 'choice', label: 'structuredClone(a, { transfer: [a.buffer] }) with a slab from',
      values: ['linear', 'heap'], value: 'linear',
    },
    act(stage, source) {
      stage.from(source);
      const a = stage.keep('a', `Buffer.from('mine')`, Buffer.from('mine'));
      const b = stage.keep('b', `Buffer.from('somebody else’s')`, Buffer.from('somebody else’s'));
      const { source: kind } = pool.locate(a);
      let outcome;
      try {
        structuredClone(a, { transfer: [a.buffer] });
        outcome = 'It is transferred';
      } catch (error) {
        outcome = `Refused with a ${error.name}`;
      }
      if (b.length === 0) stage.detach();
      return `A ${kind} slab. ${outcome}: a has ${sizeOf(a.length)} now, and b, which nobody transferred, has ` +
        `${sizeOf(b.length)}.`;
    },
  },
  {
    title: 'What a message carries',
    sentence: 'A posted Buffer carries its whole ArrayBuffer, with the bytes of its neighbours. toOwned(a) carries its ' +
      'own bytes only.',
    control: {
      kind: 'choice', label: 'port.postMessage(…)', values: ['a', 'toOwned(a)'], value: 'a',
    },
    async act(stage, what) {
      const a = stage.keep('a', `Buffer.from('hi')`, Buffer.from('hi'));
      stage.keep('b', `Buffer.from('password: 1234')`, Buffer.from('password: 1234'));
      const arrived = await post(what === 'a' ? a : toOwned(a));
      const text = new TextDecoder('latin1').decode(arrived.buffer).replace(/[^ -~]+/g, ' ').trim();
      return `Sent: ${sizeOf(a.length)}. Arrived: .buffer of ${sizeOf(arrived.buffer.byteLength)}, and in it one ` +
        `reads “${text}”.`;
    },
  },
];

function post(value) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port2.onmessage = ({ data }) => {
      port1.close();
      resolve(data);
    };
    port1.postMessage(value);
  });
}

// ---- the stage --------------------------------------------------------------------------------------------

// What a lesson can do to Buffers. They live as long as they are held here.
class Stage {
  constructor(watch) {
    this.watch = watch;
    this.held = new Map(); // Buffer -> its record
    this.made = [];        // all records, in order
    this.released = [];
  }

  /** Start at the first byte of a slab, with nothing held. */
  begin(poolSize, source) {
    this.held.clear();
    this.made = [];
    this.released = [];
    this.block = undefined;
    this.isDetached = false;
    this.from(source);
    Buffer.poolSize = poolSize;
  }

  /** The next slab is a new one, of that source. The pool abandons a slab when its source changes. */
  from(source) {
    pool.source = source === 'linear' ? 'heap' : 'linear';
    pool.source = source;
  }

  keep(name, call, buffer) {
    const slice = this.watch.add(buffer, { name, call, colour: this.held.size % 6, isView: false });
    this.held.set(buffer, slice);
    this.made.push(slice);
    if (this.block === undefined || this.block.source === 'private') this.block = slice.block;
    return buffer;
  }

  letGo(buffers) {
    for (const buffer of buffers) {
      this.released.push(this.held.get(buffer));
      this.held.delete(buffer);
    }
  }

  /** Show the slab of that Buffer, instead of the first slab. */
  show(buffer) {
    ({ block: this.block } = this.held.get(buffer));
  }

  detach() {
    this.watch.takeAway(this.block);
    this.isDetached = true;
  }
}

// What is not on the slab in the picture: private Buffers by name, other slabs by their bytes.
function textOfOthers({ made, block }) {
  const others = made.filter((slice) => slice.block !== block);
  const own = others.filter((slice) => slice.block.source === 'private');
  const slabs = [...new Set(others.map((slice) => slice.block))].filter(({ source }) => source !== 'private');
  const bytes = (list) => sizeOf(list.reduce((sum, { size }) => sum + size, 0));
  const freed = slabs.filter(({ isFreed }) => isFreed);
  return [
    ...(own.length > 0 ? [`Not on the slab: ${own.map(({ name, length }) => `${name}, ${sizeOf(length)}`).join('; ')}.`] : []),
    ...(slabs.length > 0 ? [`${slabs.length} other slabs, ${bytes(slabs)}: ${bytes(freed)} are freed.`] : []),
  ].join(' ');
}

/** Shows the lessons, and runs one whenever it is chosen or its control is used. */
export class School {
  /**
   * @param {object} page `watch`: the records; `source()`: the source that is chosen in the script panel;
   *   `compare(lesson)` compares a lesson's script with real Node; `changed()` is called after each run;
   *   `collect(isDone)` makes garbage until the collector has come
   */
  constructor({ watch, source, compare, changed, collect }) {
    this.stage = new Stage(watch);
    this.source = source;
    this.changed = changed;
    this.collect = collect;
    this.current = 0;
    this.tabs = lessons.map(({ title }, index) => this.tab(title, index));
    element('lessons').append(...this.tabs);
    element('lesson-compare').addEventListener('click', () => compare(lessons[this.current]));
    new ResizeObserver(() => this.draw()).observe(element('lesson-map'));
  }

  tab(title, index) {
    const tab = make('button', { type: 'button', id: `lesson-${index}` }, make('b', {}, String(index + 1)), title);
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', 'lesson');
    tab.addEventListener('click', () => this.open(index));
    tab.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const next = (index + step + lessons.length) % lessons.length;
      this.tabs[next].focus();
      this.open(next);
    });
    return tab;
  }

  async open(index) {
    this.current = index;
    const { sentence, control, script } = lessons[index];
    this.tabs.forEach((tab, at) => {
      tab.setAttribute('aria-selected', String(at === index));
      tab.tabIndex = at === index ? 0 : -1;
    });
    element('lesson').setAttribute('aria-labelledby', `lesson-${index}`);
    element('lesson-sentence').textContent = sentence;
    element('lesson-compare').disabled = script === undefined;
    element('lesson-control').replaceChildren(...this.control(control));
    await this.run(control.kind === 'button' ? false : control.value);
  }

  control({ kind, label, values, value }) {
    if (kind === 'button') {
      const button = make('button', { type: 'button', className: 'main code', textContent: label });
      button.addEventListener('click', () => this.run(true));
      return [button];
    }
    const options = values.map((each) => {
      const input = make('input', { type: 'radio', name: 'lesson-choice', value: each, checked: each === value });
      input.addEventListener('change', () => this.run(each));
      return make('label', {}, input, make('span', { className: 'code' }, each));
    });
    return [make('fieldset', {}, make('legend', { className: 'code' }, label), make('div', { className: 'choice' }, ...options))];
  }

  async run(value) {
    const { control, act } = lessons[this.current];
    const [sourceBefore, sizeBefore] = [pool.source, Buffer.poolSize];
    const running = this.running = {};
    const { stage } = this;
    let said;
    try {
      stage.begin(control.poolSize || page, this.source());
      said = act(stage, value);
      stage.cursor = reachOf(stage.block);
      const { current } = pool.inspect();
      stage.isCurrent = !stage.isDetached && current !== null && current.slab === stage.block.number;
    } finally {
      Buffer.poolSize = sizeBefore;
      // So that nobody else allocates from the slab in the picture.
      stage.from(sourceBefore);
    }
    said = await said;
    if (running !== this.running) return;
    element('lesson-said').textContent = said;
    this.draw();
    this.changed();
    const { released, block: shown } = stage;
    const isGone = ({ isLive, block }) => !isLive && (block === shown || block.isFreed);
    if (released.length > 0) this.collect(() => released.every(isGone));
  }

  /** Draw again, after something died or the colours changed. */
  draw() {
    const { stage } = this;
    if (stage.block === undefined) return;
    const { block, cursor, isCurrent } = stage;
    draw(element('lesson-map'), { block, cursor, isCurrent, whole: false });
    element('lesson-outside').textContent = textOfOthers(stage);
    const count = block.slices.filter(({ isView }) => !isView).length;
    element('lesson-map').setAttribute('aria-label', `The slab, ${block.source}: ${count} ` +
      `${count === 1 ? 'slice' : 'slices'}, ${block.live} live, the cursor at ${counted(cursor)} of ${sizeOf(block.size)}`);
  }
}
