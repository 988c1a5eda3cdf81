// What the jobs work on: numbers, bytes and text from a seed, the same for every library and engine.

import { mulberry32 } from '../../compare/random.js';

const words = ('the quick brown fox jumps over a lazy dog while seven wizards make toxic brew for ' +
  'their evil queen and jack').split(' ');
const accented = ['Grüße', 'façade', 'naïve', 'Ærø', 'niño', '東京', 'Москва', '🙂'];

/**
 * Draws from one seed. Bytes are plain Uint8Arrays: a job makes Buffers of them with its library.
 */
export class Data {
  constructor(seed) {
    this.random = mulberry32(seed);
  }

  integer(below) {
    return Math.floor(this.random() * below);
  }

  pick(list) {
    return list[this.integer(list.length)];
  }

  list(count, make) {
    return Array.from({ length: count }, (_, index) => make(index));
  }

  bytes(length) {
    return Uint8Array.from({ length }, () => this.integer(256));
  }

  /** Words with spaces between them, ASCII, exactly so many characters. */
  ascii(length) {
    let text = '';
    while (text.length < length) text += `${this.pick(words)} `;
    return text.slice(0, length - 1) + 'x';
  }

  /** As ascii(), with one word in ten that is not ASCII; may be some characters longer. */
  text(length) {
    let text = '';
    while (text.length < length) text += `${this.pick(this.integer(10) === 0 ? accented : words)} `;
    return text;
  }

  word() {
    return `${this.pick(words)}${this.integer(1000)}`;
  }

  hex(digits) {
    return this.list(digits, () => this.integer(16).toString(16)).join('');
  }
}
