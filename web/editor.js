// The script panel: the code box, the examples, the buttons that add a line, the source and size of slabs.
//
// Owns        what the panel's controls say. read() gives it as a script that may be run.
// Assumes     parse() and format() (web/notation.js) turn text into operations and back.
// Holds       a button writes a line into the code box and runs the box: whatever it does is compared with
//             Node, too.

import { pool } from '../js/index.js';
import { examples } from '../compare/examples.js';
import { checkScript, strictLimits } from '../compare/script.js';
import { checked, element, make } from './elements.js';
import { format, parse } from './notation.js';

export class Editor {
  /**
   * @param {object} page `run()` runs what is in the box; `load(script, look)` runs an example;
   *   `isBuffer(index)` says whether an operation of the last run made a Buffer
   */
  constructor({ run, load, isBuffer }) {
    Object.assign(this, { run, load, isBuffer });
    this.fillControls();
    this.listen();
  }

  fillControls() {
    element('examples').append(
      make('option', { value: '', hidden: true }, 'own lines'),
      ...examples.map(({ title }, index) => make('option', { value: String(index) }, title)),
    );
    element('examples').value = '0';
    this.source = pool.source;
    for (const [name, call] of Object.entries(calls)) {
      const button = make('button', { type: 'button' }, name);
      button.addEventListener('click', () => this.addLine(call));
      element('calls').append(button);
    }
  }

  listen() {
    const on = (id, event, handle) => element(id).addEventListener(event, handle);
    on('examples', 'change', ({ target }) => this.loadExample(Number(target.value)));
    on('run', 'click', this.run);
    on('clear', 'click', () => {
      this.code = '';
      this.leaveExample('Write a line, or add one with a button below.');
      this.run();
    });
    on('code', 'input', () => this.leaveExample('Your own lines: run them with Ctrl and Enter.'));
    on('code', 'keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.run();
    });
    on('source', 'change', this.run);
    on('pool-size', 'change', () => {
      element('own-size').disabled = checked('pool') !== 'own';
      this.run();
    });
  }

  get code() {
    return element('code').value;
  }

  set code(text) {
    element('code').value = text;
  }

  get source() {
    return checked('source');
  }

  set source(name) {
    document.querySelector(`input[name=source][value=${name}]`).checked = true;
  }

  get poolSize() {
    return Number(checked('pool') === 'own' ? element('own-size').value : checked('pool'));
  }

  set poolSize(size) {
    const radio = document.querySelector(`input[name=pool][value="${size}"]`) ||
      document.querySelector('input[name=pool][value=own]');
    radio.checked = true;
    if (radio.value === 'own') element('own-size').value = size;
    element('own-size').disabled = radio.value !== 'own';
  }

  set fault(message) {
    element('fault').textContent = message;
  }

  /** What is in the code box: { script, entries, lines }. Throws an error of one line. */
  read() {
    const { ops, entries } = parse(this.code);
    const script = { poolSize: this.poolSize, ops };
    try {
      checkScript(script, strictLimits);
    } catch (error) {
      // checkScript() counts operations, a reader counts lines.
      const lineOf = (index) => entries.find((entry) => entry.index === Number(index)).line;
      throw new Error(error.message.replace(/^op (\d+)/, (all, index) => `line ${lineOf(index)}`));
    }
    return { script, entries, lines: this.code.split('\n') };
  }

  /** Put a script into the controls, and say what to look at. */
  write(script, look) {
    element('look').textContent = look;
    this.poolSize = script.poolSize;
    this.code = format(script);
  }

  loadExample(index) {
    const { look, script } = examples[index];
    this.load(script, `Look: ${look}.`);
  }

  leaveExample(text) {
    element('examples').value = '';
    element('look').textContent = text;
  }

  addLine(call) {
    let entries;
    try {
      ({ entries } = this.read());
    } catch (error) {
      this.fault = error.message;
      return;
    }
    const names = entries.filter(({ index, name }) => name && this.isBuffer(index)).map(({ name }) => name);
    const taken = new Set(entries.map(({ name }) => name));
    let count = entries.length;
    while (taken.has(`b${count}`)) count++;
    const size = element('size').valueAsNumber;
    const text = this.code.trimEnd();
    this.code = `${text}${text && '\n'}b${count} = ${call({ size: Number.isNaN(size) ? 0 : size, count, names })}`;
    element('code').scrollTop = element('code').scrollHeight;
    this.leaveExample('Your own lines.');
    this.run();
  }
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

function letter(count) {
  return String.fromCharCode(97 + count % 26);
}
