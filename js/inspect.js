// inspect.js: shows values in texts, as util.inspect() of Node does.
//
// Owns        primitives, arrays, plain and class objects, functions, typed arrays and boxed primitives. It
//             does not list the contents of a Map, Set, ArrayBuffer or Promise, does not recognise a Proxy,
//             calls an object without a prototype `Object`, whatever it was before, and takes a wide
//             character for as wide as any other.
// Assumes     nothing of the values. Their getters and custom inspect functions may run.

import { lengthOf } from './views.js';

const customInspect = Symbol.for('nodejs.util.inspect.custom');
const lineWidth = 80;
const mostItems = 100;
// With the u flag, the surrogates in the character class match lone ones only.
const needsEscape = /[\x00-\x1f'\\\x7f-\x9f\ud800-\udfff]/gu;
const shortEscapes = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };

/**
 * Shows a value as util.inspect() does, as far as the errors and Buffers need it.
 * @param {*} value the value to show
 * @param {number} [deepest] how many levels of nesting are shown
 * @returns {string}
 */
export function inspect(value, deepest = 2) {
  return inspectValue({ deepest, reached: 0, indentation: 0, open: [], circular: new Map() }, value, 0);
}

/**
 * Shows a value that is no object and no function.
 * @param {*} value
 * @returns {string}
 */
export function inspectPrimitive(value) {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'bigint') return `${value}n`;
  return Object.is(value, -0) ? '-0' : String(value);
}

function quoted(text) {
  let quote = '\'';
  if (text.includes('\'')) {
    if (!text.includes('"')) quote = '"';
    else if (!text.includes('`') && !text.includes('${')) quote = '`';
  }
  return quote + escaped(text, quote) + quote;
}

function escaped(text, quote) {
  return text.replace(needsEscape, (unit) => {
    if (unit === '\'') return quote === '\'' ? '\\\'' : unit;
    if (shortEscapes[unit] !== undefined) return shortEscapes[unit];
    const code = unit.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
}

// A long string has a line for each of its lines.
function primitiveText(state, value) {
  if (typeof value === 'string' && value.length > 16 && value.length > lineWidth - state.indentation - 4) {
    const separator = ` +\n${' '.repeat(state.indentation + 2)}`;
    return value.match(/[^\n]*\n|[^\n]+/g).map((line) => quoted(line)).join(separator);
  }
  return inspectPrimitive(value);
}

function inspectValue(state, value, depth) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return primitiveText(state, value);

  const custom = value[customInspect];
  if (typeof custom === 'function' && !isPrototypeObject(value)) {
    const shown = custom.call(value, state.deepest - depth, { depth: state.deepest - depth }, inspect);
    if (shown !== value) {
      return typeof shown === 'string' ? shown.replace(/\n/g, `\n${' '.repeat(state.indentation)}`) :
        inspectValue(state, shown, depth);
    }
  }
  if (state.open.includes(value)) {
    if (!state.circular.has(value)) state.circular.set(value, state.circular.size + 1);
    return `[Circular *${state.circular.get(value)}]`;
  }
  return inspectObject(state, value, depth);
}

function isPrototypeObject(value) {
  const constructor = Object.getOwnPropertyDescriptor(value, 'constructor');
  return constructor !== undefined && Boolean(constructor.value) && constructor.value.prototype === value;
}

function inspectObject(state, value, depth) {
  const name = constructorName(value, depth > state.deepest);
  const tag = hiddenTag(value);
  const isList = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  const hidesIndices = isList || value instanceof String;
  const keys = Reflect.ownKeys(value).filter((key) =>
    Object.prototype.propertyIsEnumerable.call(value, key) && !(hidesIndices && isIndex(key)));

  let base = '';
  let opening = '{';
  if (isList) {
    const fallback = Array.isArray(value) ? 'Array' : Object.prototype.toString.call(value).slice(8, -1);
    const isPlain = Array.isArray(value) && name === 'Array' && tag === '';
    opening = `${isPlain ? '' : prefix(name, tag, fallback, `(${itemsOf(value)})`)}[`;
    if (value.length === 0 && keys.length === 0) return `${opening}]`;
  } else {
    base = baseText(state, value, name, tag);
    if (base !== '' && keys.length === 0) return base;
    if (base === '' && (name !== 'Object' || tag !== '')) opening = `${prefix(name, tag, 'Object')}{`;
    if (base === '' && keys.length === 0) return `${opening}}`;
  }

  if (depth > state.deepest) {
    const shown = prefix(name, tag, isList ? opening.slice(1).split('(')[0] : 'Object').slice(0, -1);
    return name === null ? shown : `[${shown}]`;
  }

  state.open.push(value);
  state.reached = depth + 1;
  const output = isList ? listItems(state, value, depth + 1) : [];
  for (const key of keys) output.push(`${keyText(key)}: ${propertyText(state, value, key, depth + 1)}`);
  state.open.pop();
  if (state.circular.has(value)) base = `<ref *${state.circular.get(value)}>${base === '' ? '' : ` ${base}`}`;
  const lines = isList && output.length > 6 ? inColumns(state, output, value) : output;
  return bracketed(state, lines, base, opening, isList ? ']' : '}', depth + 1, lines.length < output.length);
}

// Puts more than six entries of a list into columns, if they are of similar width, so that they take about
// as much room down as across. Returns the lines, or the entries when there would be one column. The
// numbers are Node's.
function inColumns(state, entries, list) {
  const count = Math.min(entries.length, Math.max(entries.length - 1, mostItems)); // without '... more items'
  const sizes = entries.slice(0, count).map((entry) => entry.length + 2);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const widest = Math.max(...sizes);
  const room = lineWidth - state.indentation;
  if (widest * 3 >= room || (total / widest <= 5 && widest > 8)) return entries;

  const width = Math.max(widest - 3 - Math.sqrt(widest - total / entries.length), 1);
  const columns = Math.min(Math.round(Math.sqrt(2.5 * width * count) / width), Math.floor(room / widest), 12);
  if (columns <= 1) return entries;

  const widths = sizes.slice(0, columns).map((_, column) =>
    Math.max(...sizes.filter((_size, index) => index % columns === column)));
  const isNumeric = entries.every((_, index) => ['number', 'bigint'].includes(typeof list[index]));
  const lines = [];
  for (let start = 0; start < count; start += columns) {
    const end = Math.min(start + columns, count);
    lines.push(entries.slice(start, end).map((entry, column) => {
      const isLast = start + column === end - 1;
      if (isNumeric) return isLast ? entry.padStart(widths[column] - 2) : `${entry}, `.padStart(widths[column]);
      return isLast ? entry : `${entry}, `.padEnd(widths[column]);
    }).join(''));
  }
  return lines.concat(entries.slice(count));
}

// Puts all entries on one line when they fit and at most three levels nest, else each on a line of its own.
function bracketed(state, output, base, opening, closing, depth, inLines) {
  const lead = base === '' ? opening : `${base} ${opening}`;
  if (!inLines && state.reached - depth < 3) {
    const width = output.reduce((sum, entry) => sum + entry.length, 0);
    const start = output.length + state.indentation + opening.length + base.length + 10;
    const joined = output.join(', ');
    if (width + output.length + start <= lineWidth && !base.includes('\n') && !joined.includes('\n'))
      return `${lead} ${joined} ${closing}`;
  }
  const line = `\n${' '.repeat(state.indentation)}`;
  return `${lead}${line}  ${output.join(`,${line}  `)}${line}${closing}`;
}

function constructorName(value, isTooDeep) {
  for (let owner = value; owner !== null; owner = Object.getPrototypeOf(owner)) {
    const constructor = Object.getOwnPropertyDescriptor(owner, 'constructor');
    if (constructor !== undefined && typeof constructor.value === 'function' && constructor.value.name !== '' &&
        isInstance(value, constructor.value)) return String(constructor.value.name);
  }
  const parent = Object.getPrototypeOf(value);
  if (parent === null) return null;
  if (isTooDeep) return 'Object <Complex prototype>';
  return `Object <${constructorName(parent, false) || inspect(parent, -1)}>`;
}

function isInstance(value, constructor) {
  try {
    return value instanceof constructor;
  } catch {
    return false;
  }
}

function hiddenTag(value) {
  const tag = value[Symbol.toStringTag];
  if (typeof tag !== 'string' || Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag)) return '';
  return tag;
}

function prefix(name, tag, fallback, size = '') {
  const tagged = tag === '' || tag === (name === null ? fallback : name) ? '' : `[${tag}] `;
  return name === null ? `[${fallback}${size}: null prototype] ${tagged}` : `${name}${size} ${tagged}`;
}

function isIndex(key) {
  return typeof key === 'string' && /^(0|[1-9][0-9]*)$/.test(key) && Number(key) < 2 ** 32 - 1;
}

// The text before the braces, or instead of them when there is nothing to list.
function baseText(state, value, name, tag) {
  if (typeof value === 'function') return functionText(value, name);
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  const own = tag === '' ? kind : '';
  const lead = name === own ? '' : prefix(name, tag, own);
  if (own === 'RegExp') return lead + RegExp.prototype.toString.call(value);
  if (own === 'Date') {
    const text = Number.isNaN(Date.prototype.getTime.call(value)) ? String(value) :
      Date.prototype.toISOString.call(value);
    return lead + text;
  }
  if (own === 'Error') return typeof value.stack === 'string' ? value.stack : `[${value}]`;
  if (own === 'Number' || own === 'String' || own === 'Boolean') {
    const primitive = { Number, String, Boolean }[own].prototype.valueOf.call(value);
    const shown = name === own ? '' : name === null ? ' (null prototype)' : ` (${name})`;
    return `[${own}${shown}: ${primitiveText(state, primitive)}]`;
  }
  if (value instanceof BigInt || value instanceof Symbol) return `[${tag}: ${inspectPrimitive(value.valueOf())}]`;
  return '';
}

function functionText(value, name) {
  const source = Function.prototype.toString.call(value);
  const isClass = /^class\b/.test(source);
  const parent = isClass ? Object.getPrototypeOf(value).name : '';
  if (isClass) return `[class ${value.name || '(anonymous)'}${parent ? ` extends ${parent}` : ''}]`;
  const type = /^\[object (\w*Function)\]$/.exec(Object.prototype.toString.call(value));
  const label = type === null ? 'Function' : type[1];
  const own = value.name === '' ? ' (anonymous)' : `: ${value.name}`;
  return `[${label}${name === null ? ' (null prototype)' : ''}${own}]`;
}

// A view may have an own property `length`, with any value.
function itemsOf(list) {
  return Array.isArray(list) ? list.length : lengthOf(list);
}

function listItems(state, list, depth) {
  const output = [];
  const length = itemsOf(list);
  let index = 0;
  while (index < length && output.length < mostItems) {
    if (index in list) {
      output.push(propertyText(state, list, index, depth));
      index++;
    } else {
      const start = index;
      while (index < length && !(index in list)) index++;
      output.push(`<${index - start} empty item${index - start > 1 ? 's' : ''}>`);
    }
  }
  const more = list.length - index;
  if (!Array.isArray(list)) void list.length; // Node reads it twice, which a getter notices
  if (more > 0) output.push(`... ${more} more item${more > 1 ? 's' : ''}`);
  return output;
}

function keyText(key) {
  if (typeof key === 'symbol') return escaped(String(key), '\'');
  if (key === '__proto__') return '[\'__proto__\']';
  return /^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : quoted(key);
}

function propertyText(state, value, key, depth) {
  const property = Object.getOwnPropertyDescriptor(value, key);
  if (property.get !== undefined) return property.set === undefined ? '[Getter]' : '[Getter/Setter]';
  if (property.set !== undefined) return '[Setter]';

  state.indentation += 2;
  const text = inspectValue(state, property.value, depth);
  state.indentation -= 2;
  return text;
}
