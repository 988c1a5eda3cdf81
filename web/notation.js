// The code box's notation: lines that look like JavaScript, to and from scripts (compare/script.js).
//
// Owns        parse(): text -> { ops, entries }; format(): a script -> text. No text is evaluated as code.
// Assumes     checkScript() decides afterwards which values and sizes are allowed. Here is only how they are
//             written.
// Holds       parse() reads what format() writes: the same ops come back.
//
// A line is a call (`a = Buffer.from('hi')`, `a.subarray(0, 2)`), an assignment (`Buffer.poolSize = 8192`,
// `a[0] = 255`), a name for a value (`text = 'hi'`) or a look (`a.buffer === b.buffer`, `a.length`,
// `a.byteOffset`, `a.buffer.byteLength`). A look is no operation: it is read from the rows of both sides.

import { operations } from '../compare/script.js';

/** A line that is not understood; `line` counts from 1. */
export class NotationError extends Error {
  constructor(line, message) {
    super(`line ${line}: ${message}`);
    this.line = line;
  }
}

// ---- words ------------------------------------------------------------------------------------------------

const words = new RegExp([
  /(?<space>\s+|\/\/.*)/,
  /(?<number>0[xX][\da-fA-F]+n?|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?n?)/,
  /(?<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/,
  /(?<name>[A-Za-z_$][\w$]*)/,
  /(?<sign>===|>>>|\*\*|[()[\]{}.,:;=+\-*/])/,
].map(({ source }) => source).join('|'), 'y');

const simpleEscapes = { n: '\n', r: '\r', t: '\t', 0: '\0', b: '\b', f: '\f', v: '\v' };

function unquote(text) {
  const escapes = /\\(u\{[\da-fA-F]{1,6}\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|.)/g;
  return text.slice(1, -1).replace(escapes, (all, escape) => {
    if (escape.length > 1) return String.fromCodePoint(Number.parseInt(escape.replace(/^[ux]\{?|\}$/g, ''), 16));
    return simpleEscapes[escape] === undefined ? escape : simpleEscapes[escape];
  });
}

function split(text, line) {
  const found = [];
  words.lastIndex = 0;
  while (words.lastIndex < text.length) {
    const at = words.lastIndex;
    const match = words.exec(text);
    if (match === null) throw new NotationError(line, `'${text[at]}' is not understood`);
    const [kind, part] = Object.entries(match.groups).find(([, value]) => value !== undefined);
    if (kind !== 'space') found.push({ kind, text: part });
  }
  return found;
}

// ---- reading ----------------------------------------------------------------------------------------------

const literals = {
  null: null,
  true: true,
  false: false,
  undefined: { $: 'undefined' },
  NaN: { $: 'NaN' },
  Infinity: { $: 'Infinity' },
  left: { $: 'left' },
  half: { $: 'half' },
};

// The column of the rows that a look reads, by what is written after the Buffer's name.
const looks = { length: 'length', byteLength: 'length', byteOffset: 'offset', 'buffer.byteLength': 'byteLength', buffer: 'store' };

const longestFill = 65536;

function isForm(value, ...names) {
  return typeof value === 'object' && value !== null && names.includes(value.$);
}

function isCount(value) {
  return typeof value === 'number' || isForm(value, 'left', 'half');
}

class Reader {
  constructor() {
    this.ops = [];
    this.entries = [];
    this.names = new Map();
    this.memories = 0;
  }

  fail(message) {
    throw new NotationError(this.line, message);
  }

  // -- one line

  read(text, line) {
    this.line = line;
    this.tokens = split(text, line);
    this.at = 0;
    if (this.tokens.length === 0) return;
    this.from = this.ops.length;
    this.statement(text);
    this.take(';');
    if (this.at < this.tokens.length) this.fail(`'${this.tokens[this.at].text}' is not expected here`);
  }

  peek(offset = 0) {
    const token = this.tokens[this.at + offset];
    return token === undefined || token.kind === 'string' ? '' : token.text;
  }

  take(text) {
    if (this.peek() !== text) return false;
    this.at++;
    return true;
  }

  expect(text) {
    if (this.take(text)) return;
    const token = this.tokens[this.at];
    this.fail(`'${text}' is expected ${token === undefined ? 'at the end' : `before '${token.text}'`}`);
  }

  name() {
    const token = this.tokens[this.at++];
    if (token === undefined || token.kind !== 'name') this.fail('a name is expected');
    return token.text;
  }

  statement() {
    if (['const', 'let', 'var'].includes(this.peek())) this.at++;
    if (this.peek() === 'console' && this.peek(1) === '.') return this.logged();
    if (this.peek() === 'Buffer' && this.peek(2) === 'poolSize' && this.peek(3) === '=') return this.poolSize();
    const token = this.tokens[this.at];
    if (token.kind === 'name' && this.peek(1) === '=') {
      this.at += 2;
      return this.define(token.text, this.look());
    }
    this.done(this.look());
  }

  logged() {
    this.at += 2;
    if (this.name() !== 'log') this.fail('of console only log() is known');
    this.expect('(');
    this.done(this.look());
    this.expect(')');
  }

  poolSize() {
    this.at += 4;
    this.operation('poolSize', undefined, [this.value()]);
  }

  define(name, value) {
    if (name === 'Buffer' || Object.hasOwn(literals, name)) this.fail(`'${name}' has a meaning already`);
    if (isForm(value, 'look')) this.fail(`a name can be given to a Buffer or a plain value, not to what is read off a Buffer`);
    this.names.set(name, value);
    if (isForm(value, 'row')) {
      const entry = this.entries.find(({ index }) => index === value.of);
      if (entry.name === undefined) entry.name = name;
    }
  }

  done(value) {
    if (isForm(value, 'look', 'same')) this.entries.push({ look: value, line: this.line });
    else if (this.ops.length === this.from) this.fail('this line does nothing');
  }

  operation(op, on, args) {
    const index = this.ops.length;
    const { args: most } = operations[op];
    if (args.length > most) this.fail(`${op}() takes at most ${most} values here, got ${args.length}`);
    this.ops.push(on === undefined ? { op, args } : { op, on, args });
    this.entries.push({ index, line: this.line });
    return { $: 'row', of: index };
  }

  // -- values

  // A value or a look.
  look() {
    const left = this.sum();
    if (this.take('===')) {
      const right = this.sum();
      if (!isForm(left, 'look') || !isForm(right, 'look') || left.column !== right.column) {
        this.fail(`=== compares .buffer with .buffer, .length with .length, and the like`);
      }
      return { $: 'same', column: left.column, rows: [left.row, right.row] };
    }
    if (isForm(left, 'look') && left.column === 'store') this.fail(`.buffer can be compared: a.buffer === b.buffer`);
    return left;
  }

  value() {
    const value = this.sum();
    if (isForm(value, 'look')) this.fail('what is read off a Buffer can be shown or compared, not passed on');
    return value;
  }

  sum() {
    let left = this.product();
    while (this.peek() === '+' || this.peek() === '-') {
      const sign = this.tokens[this.at++].text === '+' ? 1 : -1;
      const right = this.product();
      if (typeof right !== 'number' || !isCount(left) || left.per) this.fail('only numbers can be added here');
      left = typeof left === 'number' ? left + sign * right : { ...left, plus: (left.plus || 0) + sign * right };
    }
    return left;
  }

  product() {
    let left = this.unary();
    while (['*', '/', '**', '>>>'].includes(this.peek())) {
      const sign = this.tokens[this.at++].text;
      const right = this.unary();
      if (isForm(left, 'poolSize') && ((sign === '>>>' && right === 1) || (sign === '/' && right === 2))) left = { $: 'half' };
      else if (typeof right !== 'number' || !isCount(left)) this.fail(`'${sign}' needs numbers`);
      else if (typeof left === 'number') left = this.calculate(left, sign, right);
      else if (sign === '/' && !left.per) left = { ...left, per: right };
      else this.fail(`'${sign}' is not understood here`);
    }
    if (isForm(left, 'poolSize')) this.fail('of Buffer.poolSize, only an assignment and Buffer.poolSize >>> 1 are understood');
    return left;
  }

  calculate(left, sign, right) {
    if (sign === '*') return left * right;
    if (sign === '/') return left / right;
    return sign === '**' ? left ** right : left >>> right;
  }

  unary() {
    if (!this.take('-')) return this.postfix();
    const value = this.postfix();
    if (value === 0) return { $: '-0' };
    if (typeof value === 'number') return -value;
    if (isForm(value, 'Infinity')) return { $: '-Infinity' };
    if (isForm(value, 'bigint')) return { $: 'bigint', value: `-${value.value}` };
    return this.fail(`'-' needs a number`);
  }

  postfix() {
    let value = this.primary();
    for (;;) {
      if (isForm(value, 'row') && this.take('[')) value = this.assignByte(value);
      else if (this.take('.')) value = this.member(value);
      else return value;
    }
  }

  assignByte(row) {
    const start = this.value();
    this.expect(']');
    this.expect('=');
    return this.operation('put', row.of, [start, [this.value()]]);
  }

  member(value) {
    const name = this.name();
    if (typeof value === 'string' && name === 'repeat') {
      const [times, ...rest] = this.args();
      if (!isCount(times) || rest.length > 0) this.fail('repeat() takes one number');
      return { $: 'string', unit: value, times };
    }
    if (!isForm(value, 'row')) this.fail(`'.${name}' is not understood here`);
    if (this.peek() === '(') {
      if (name === 'set') {
        const [bytes, start = 0] = this.args();
        return this.operation('put', value.of, [start, bytes]);
      }
      if (!Object.hasOwn(operations, name) || !operations[name].on || name === 'put') {
        this.fail(`${name}() of a Buffer is not among the operations here`);
      }
      return this.operation(name, value.of, this.args());
    }
    const path = name === 'buffer' && this.take('.') ? `buffer.${this.name()}` : name;
    if (!Object.hasOwn(looks, path)) this.fail(`'.${path}' of a Buffer is not understood`);
    return { $: 'look', column: looks[path], row: value.of };
  }

  args() {
    this.expect('(');
    return this.list(')');
  }

  list(end) {
    const values = [];
    while (!this.take(end)) {
      if (values.length > 0) {
        this.expect(',');
        if (this.take(end)) break;
      }
      values.push(this.value());
    }
    return values;
  }

  primary() {
    const token = this.tokens[this.at++];
    if (token === undefined) return this.fail('the line ends too early');
    if (token.kind === 'number') return this.number(token.text.replace(/_/g, ''));
    if (token.kind === 'string') return unquote(token.text);
    if (token.text === '[') return this.list(']');
    if (token.text === '{') return this.object();
    if (token.text === '(') {
      const value = this.value();
      this.expect(')');
      return value;
    }
    if (token.kind !== 'name') return this.fail(`'${token.text}' is not expected here`);
    return this.word(token.text);
  }

  number(text) {
    return text.endsWith('n') ? { $: 'bigint', value: BigInt(text.slice(0, -1)).toString() } : Number(text);
  }

  word(text) {
    if (text === 'Buffer') return this.buffer();
    if (text === 'new') return this.constructed();
    if (Object.hasOwn(literals, text)) return literals[text];
    if (this.names.has(text)) return this.names.get(text);
    if (text === 'Symbol' && this.args()) return { $: 'symbol' };
    if (text === 'function') return { $: 'function' };
    if (text === 'bytes') return this.bytes();
    if (text === 'allocates') {
      const [size, value] = this.args();
      return { $: 'allocates', size, value };
    }
    return this.fail(`'${text}' is not known`);
  }

  bytes() {
    const [length, seed = 1] = this.args();
    return { $: 'bytes', length, seed };
  }

  buffer() {
    if (this.peek() === '(') return this.operation('Buffer', undefined, this.args());
    this.expect('.');
    const name = this.name();
    if (name === 'poolSize') return { $: 'poolSize' };
    const isKnown = Object.hasOwn(operations, name) && !operations[name].on && name !== 'Buffer';
    if (!isKnown) this.fail(`Buffer.${name}() is not among the operations here`);
    return this.operation(name, undefined, this.args());
  }

  constructed() {
    const name = this.name();
    const args = this.args();
    const [first] = args;
    if (name === 'Buffer') return this.operation('new Buffer', undefined, args);
    if (name === 'ArrayBuffer' || name === 'SharedArrayBuffer') {
      const memory = { $: 'memory', name: this.memories++, bytes: first === undefined ? 0 : first };
      return name === 'ArrayBuffer' ? memory : { ...memory, shared: true };
    }
    if (!name.endsWith('Array')) this.fail(`new ${name}() is not understood`);
    if (isForm(first, 'bytes')) return { ...first, $: 'typed', type: name };
    if (Array.isArray(first)) return { $: 'typed', type: name, items: first };
    if (!Number.isInteger(first) || first < 0 || first > longestFill) {
      this.fail(`new ${name}() takes a list, bytes(length) or a length up to ${longestFill}`);
    }
    return { $: 'typed', type: name, items: Array(first).fill(name.startsWith('Big') ? { $: 'bigint', value: '0' } : 0) };
  }

  object() {
    const pairs = [];
    while (!this.take('}')) {
      if (pairs.length > 0) this.expect(',');
      const token = this.tokens[this.at++];
      if (token === undefined || token.kind === 'sign') this.fail('a key is expected');
      this.expect(':');
      pairs.push([token.kind === 'string' ? unquote(token.text) : token.text, this.value()]);
    }
    const found = Object.fromEntries(pairs);
    const { length, type, ...items } = found;
    if (type === 'Buffer') return { $: 'json', data: found.data };
    if (length === undefined) return { $: 'object', ...found };
    return { $: 'like', length, items: Object.values(items) };
  }
}

/**
 * Read a text.
 *
 * @param {string} text
 * @returns {{ ops: object[], entries: object[] }} `ops` of a script; `entries`, what the lines say in order:
 *   { index, line, name } for an operation, { look, line } for a look
 * @throws {NotationError} for the first line that is not understood
 */
export function parse(text) {
  const reader = new Reader();
  text.split('\n').forEach((line, index) => reader.read(line, index + 1));
  return { ops: reader.ops, entries: reader.entries };
}

// ---- writing ----------------------------------------------------------------------------------------------

const makesBuffer = new Set(['alloc', 'allocUnsafe', 'allocUnsafeSlow', 'from', 'concat', 'copyBytesFrom', 'of', 'Buffer',
  'new Buffer', 'subarray', 'slice']);

function quote(string) {
  return `'${JSON.stringify(string).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, `\\'`)}'`;
}

class Writer {
  constructor() {
    this.memories = new Map();
    this.lines = [];
  }

  count({ $, plus = 0, per }) {
    const sum = plus === 0 ? $ : `${$} ${plus < 0 ? '-' : '+'} ${Math.abs(plus)}`;
    if (per === undefined || per === 1) return sum;
    return `${plus === 0 ? sum : `(${sum})`} / ${per}`;
  }

  // Memory that is used twice gets one name.
  memory({ name, bytes, shared }) {
    if (!this.memories.has(name)) {
      const word = `memory${name}`;
      this.memories.set(name, word);
      this.lines.push(`${word} = new ${shared ? 'Shared' : ''}ArrayBuffer(${this.value(bytes)})`);
    }
    return this.memories.get(name);
  }

  record(entries) {
    const inside = entries.map(([key, value]) => `${key}: ${this.value(value)}`).join(', ');
    return inside === '' ? '{}' : `{ ${inside} }`;
  }

  value(value) {
    if (Array.isArray(value)) return `[${value.map((item) => this.value(item)).join(', ')}]`;
    if (typeof value === 'string') return quote(value);
    if (typeof value !== 'object' || value === null) return String(value);
    switch (value.$) {
      case 'row': return `b${value.of}`;
      case 'left':
      case 'half': return this.count(value);
      case 'string': return `${quote(value.unit)}.repeat(${this.value(value.times)})`;
      case 'bytes': return `bytes(${this.value(value.length)}${value.seed === undefined ? '' : `, ${value.seed}`})`;
      case 'typed': return `new ${value.type}(${this.value(value.items || { ...value, $: 'bytes' })})`;
      case 'like': return this.record([['length', value.length], ...Object.entries(value.items)]);
      case 'memory': return this.memory(value);
      case 'json': return this.record([['type', 'Buffer'], ['data', value.data]]);
      case 'object': return this.record(Object.entries(value).filter(([key]) => key !== '$'));
      case 'allocates': return `allocates(${this.value(value.size)}, ${this.value(value.value)})`;
      case 'bigint': return `${value.value}n`;
      case 'symbol': return 'Symbol()';
      default: return value.$;
    }
  }

  operation({ op, on, args = [] }, index) {
    if (op === 'poolSize') return `Buffer.poolSize = ${this.value(args[0])}`;
    if (op === 'put') return this.put(on, args);
    const name = makesBuffer.has(op) ? `b${index} = ` : '';
    const subject = on === undefined ? 'Buffer.' : `b${on}.`;
    const call = op === 'Buffer' || op === 'new Buffer' ? op : `${subject}${op}`;
    return `${name}${call}(${args.map((value) => this.value(value)).join(', ')})`;
  }

  put(on, [start, bytes]) {
    return bytes.length === 1 ? `b${on}[${start}] = ${bytes[0]}` : `b${on}.set(${this.value(bytes)}, ${start})`;
  }
}

/**
 * Write a script's operations, one per line. The Buffer of row 0 is called b0.
 *
 * @param {{ ops: object[] }} script
 * @returns {string}
 */
export function format({ ops }) {
  const writer = new Writer();
  ops.forEach((operation, index) => {
    const line = writer.operation(operation, index);
    writer.lines.push(line);
  });
  return writer.lines.join('\n');
}
