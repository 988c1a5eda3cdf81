// Random scripts over the whole allocation family, and the shortest script that still shows a divergence.
//
// Owns        which operations are drawn and how often, and what a line of Node does not have and scripts
//             leave out (`exclusions`).
// Holds       the same seed and the same line give the same scripts; every script passes checkScript() with
//             wideLimits.

/**
 * What scripts leave out for a line, because that line does not have it, or because ours differs on purpose.
 * `applies` gets { major, alignment } of the line. Everything else is compared.
 */
export const exclusions = [
  { name: 'alignment', reason: 'allocUnsafe() and allocUnsafeSlow() take no alignment before Node 26.8',
    applies: ({ alignment }) => !alignment },
  { name: 'concat of other things', reason: 'before Node 24 concat() takes the bytes from the pool first and looks at the list ' +
    'then, so an error moves the cursor', applies: ({ major }) => major < 24 },
  { name: 'toString() of UTF-16', reason: 'Node 24 (24.21) writes a byte behind its own memory when the bytes start at an odd ' +
    'address and are odd in number, and is aborted some time later', applies: ({ major }) => major === 24 },
  { name: 'allocation inside from()', reason: 'Node moves the cursor after it has read an array, so what a valueOf() in it allocates ' +
    'gets the same bytes; ours never hands out bytes twice', applies: () => true },
];

/** The names of the exclusions that hold for a line. */
export function excludedFor(line) {
  return new Set(exclusions.filter(({ applies }) => applies(line)).map(({ name }) => name));
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const encodings = ['utf8', 'utf-8', 'ucs2', 'ucs-2', 'utf16le', 'utf-16le', 'latin1', 'binary', 'ascii', 'base64',
  'base64url', 'hex'];

const strangeEncodings = ['', 'foo', 'utf', 'utf-16', 'buffer', null, 5, true, { $: 'undefined' }, { $: 'NaN' }];

const units = ['a', 'ab', 'Zz09', 'é', 'ß\u0000', '€', '日本', '🙂', 'x🙂', '\ud83d', '\udc00a', 'AbCd', '-_-_', '+/+/',
  'Q Q=', 'YQ==', 'aGk\n', '0f', 'fFf', '7x', 'zz', ' '];

const smallSizes = [0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129];

const fractions = [0.5, 0.99, 1.5, 7.5, 7.99, 8.5, 9.5, 15.9, 100.5];

const poolSizes = [0, 1, 8, 9, 10, 15, 16, 17, 64, 100, 1000, 4096, 8192, 8192, 8192, 16384, 65536, 65536,
  65536, 65536, 65537, 262144, 16384.5, 100.25, { $: 'NaN' }, { $: 'undefined' }];

const badSizes = ['5', '', null, true, -1, -0.5, 9007199254740992, 1e21, { $: 'NaN' }, { $: 'Infinity' }, { $: '-Infinity' },
  { $: 'undefined' }, { $: 'symbol' }, { $: 'bigint', value: '5' }, { $: 'function' }, [], [1], { $: 'object' }, { $: '-0' }];

const badValues = [5, null, true, { $: 'undefined' }, { $: 'symbol' }, { $: 'bigint', value: '5' }, { $: 'function' },
  { $: 'object' }, { $: 'NaN' }, { $: 'object', valueOf: 5 }, { $: 'object', valueOf: null },
  { $: 'object', toPrimitive: 5 }, { $: 'json', data: 5 }, { $: 'json', data: 'abc' }];

const badAlignments = [0, 3, 5, 12, -8, 1.5, 2147483648, 1099511627776, '8', null, { $: 'NaN' }, { $: 'bigint', value: '8' }, [],
  { $: 'symbol' }];

const types = ['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array',
  'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array'];

const oddItems = [-1, 255, 256, 257, 1e16, 0.9, -0.5, '12', 'x', '', null, true, { $: 'NaN' }, { $: 'undefined' },
  { $: 'Infinity' }, [7], [], { $: 'object', valueOf: 66 }, { $: 'object' }];

class Generator {
  constructor(seed, line) {
    this.random = mulberry32(seed);
    this.without = excludedFor(line);
  }

  integer(below) {
    return Math.floor(this.random() * below);
  }

  chance(probability) {
    return this.random() < probability;
  }

  pick(list) {
    return list[this.integer(list.length)];
  }

  size() {
    const draw = this.random();
    if (draw < 0.34) return this.pick(smallSizes);
    if (draw < 0.75) return this.integer(300);
    if (draw < 0.80) return { $: 'half', plus: this.pick([-9, -8, -2, -1, 0, 1, 8]) };
    if (draw < 0.86) return this.leftSize();
    if (draw < 0.95) return this.integer(3000);
    if (draw < 0.952) return this.integer(70000);
    return this.pick(fractions);
  }

  leftSize() {
    return { $: 'left', plus: this.chance(0.1) ? this.pick([-0.5, 0.5]) : this.pick([-9, -8, -7, -1, 0, 0, 0, 1, 2, 8]) };
  }

  // As size(), but a whole number.
  length(per = 1) {
    const draw = this.random();
    if (draw < 0.4) return this.pick(smallSizes);
    if (draw < 0.85) return this.integer(300);
    if (draw < 0.89) return { $: 'half', plus: this.pick([-2, -1, 0, 1]), per };
    if (draw < 0.94) return { $: 'left', plus: this.pick([-8, -1, 0, 0, 0, 1, 3, 4]), per };
    return this.integer(3000);
  }

  encoding() {
    if (this.chance(0.06)) return this.pick(strangeEncodings);
    const name = this.pick(encodings);
    if (this.chance(0.6)) return name;
    return [...name].map((letter) => (this.chance(0.5) ? letter.toUpperCase() : letter)).join('');
  }

  string() {
    const draw = this.random();
    if (draw < 0.05) return '';
    const per = this.pick([1, 2, 4, 4, 4]);
    if (draw < 0.5) return { $: 'string', unit: this.pick(units), times: this.length(per) };
    let text = '';
    for (let i = this.integer(12); i >= 0; i--) text += this.pick(units);
    return text;
  }

  items(isInsideFrom = true) {
    const items = [];
    const mayAllocate = !isInsideFrom || !this.without.has('allocation inside from()');
    for (let i = this.integer(12); i > 0; i--) {
      items.push(this.chance(0.25) ? this.pick(oddItems) : this.integer(256));
      if (mayAllocate && this.chance(0.02)) items.push({ $: 'allocates', size: this.size(), value: this.integer(256) });
      if (this.chance(0.01)) items.push(this.pick([{ $: 'symbol' }, { $: 'bigint', value: '1' }]));
    }
    return items;
  }

  bytes() {
    return { $: 'bytes', length: this.length(), seed: this.integer(256) };
  }

  typed() {
    const type = this.pick(types);
    if (this.chance(0.5)) return { $: 'typed', type, length: this.length(this.pick([1, 1, 8])), seed: this.integer(256) };
    const isBig = type.startsWith('Big');
    const items = this.some(9, () => {
      const item = this.integer(70000) - 3000;
      return isBig ? { $: 'bigint', value: String(item) } : item + this.pick([0, 0, 0.5]);
    });
    return { $: 'typed', type, items };
  }

  row() {
    const back = this.chance(0.7) ? this.integer(12) : this.integer(this.made.length);
    return this.made[Math.max(0, this.made.length - 1 - back)];
  }

  rowValue() {
    return { $: 'row', of: this.row() };
  }

  memory() {
    return { $: 'memory', name: this.integer(8), bytes: this.pick([0, 1, 8, 64, 100, 1000]), shared: this.chance(0.3) };
  }

  memoryBound() {
    return this.pick([0, 0, 1, 3, 8, 40, 64, 65, 100, 1.5, -1, '2', null, { $: 'undefined' }, { $: 'NaN' }, -0.5, { $: 'Infinity' }]);
  }

  some(maximum, draw) {
    return Array.from({ length: this.integer(maximum + 1) }, draw);
  }

  fromArguments() {
    const draw = this.random();
    if (draw < 0.36) return [this.string(), ...(this.chance(0.85) ? [this.encoding()] : [])];
    if (draw < 0.46) return [this.bytes()];
    if (draw < 0.56) return [this.items()];
    if (draw < 0.62) return [{ $: 'like', length: this.chance(0.8) ? this.length() : this.pick(badSizes), items: this.items() }];
    if (draw < 0.72) return [this.typed()];
    if (draw < 0.80) return [this.rowValue()];
    if (draw < 0.87) return [this.memory(), ...this.some(2, () => this.memoryBound())];
    if (draw < 0.91) return [{ $: 'json', data: this.chance(0.5) ? this.bytes() : this.items() }];
    if (draw < 0.96) return [this.object(), ...(this.chance(0.5) ? [this.encoding()] : [])];
    return [this.pick(badValues), ...(this.chance(0.3) ? [this.encoding()] : [])];
  }

  object() {
    const value = this[this.pick(['string', 'bytes', 'rowValue', 'memory', 'items'])]();
    return { $: 'object', [this.chance(0.6) ? 'valueOf' : 'toPrimitive']: value };
  }

  fill() {
    const draw = this.random();
    if (draw < 0.3) return [this.pick([0, 1, 255, 256, -1, 1.5, 1e16, true, null, { $: 'undefined' }, { $: 'NaN' }])];
    if (draw < 0.7) return [this.pick(['', 'a', 'ab', 'é', '€', '🙂', '0f', 'zz', 'YQ==', '\u00ff']), this.encoding()];
    if (draw < 0.8) return [this.rowValue()];
    if (draw < 0.9) return [this.typed()];
    if (draw < 0.92) return [{ $: 'allocates', size: this.size(), value: this.integer(256) }];
    return [this.pick(badValues)];
  }

  allocation(size) {
    const withAlignment = !this.without.has('alignment') && this.chance(0.12);
    const alignments = this.chance(0.1) ? badAlignments : [1, 2, 4, 8, 8, 16, 32, 64, 64, 128, 512, 4096];
    const asked = this.chance(0.03) ? this.pick(badSizes) : size;
    return withAlignment ? [asked, this.pick(alignments)] : [asked];
  }

  list() {
    const odd = !this.without.has('concat of other things') && this.chance(0.03);
    const list = this.some(4, () => (this.chance(0.85) ? this.rowValue() : { $: 'typed', type: 'Uint8Array', length: this.length(), seed: 3 }));
    if (odd) list.splice(this.integer(list.length + 1), 0, this.pick([5, 'a', null, [1], { $: 'typed', type: 'Uint16Array', items: [1] }]));
    return list;
  }

  concatArguments() {
    if (this.chance(0.02)) return [this.pick([5, 'ab', null, { $: 'undefined' }, { $: 'typed', type: 'Uint8Array', items: [1] }])];
    if (this.chance(0.6)) return [this.list()];
    if (this.chance(0.1)) return [this.list(), this.pick([...badSizes, 1.5])];
    return [this.list(), this.chance(0.5) ? this.length() : this.integer(200)];
  }

  copyArguments() {
    const view = this.chance(0.04) ? this.pick([[1, 2], 'ab', null, { $: 'memory', name: 0, bytes: 8 }])
      : this.chance(0.2) ? this.rowValue() : this.typed();
    return [view, ...this.some(2, () => this.pick([0, 0, 1, 2, 3, 9, 1000, { $: 'undefined' }, -1, 1.5, '1', null]))];
  }

  toStringArguments() {
    let encoding = this.encoding();
    if (this.without.has('toString() of UTF-16') && /^u(cs|tf-?16)/i.test(encoding)) encoding = 'utf8';
    return [encoding, ...this.some(2, () => this.bound())];
  }

  bound() {
    return this.pick([0, 0, 1, 2, 7, 8, 9, 100, 5000, -1, -8, 1.5, { $: 'undefined' }, '3', null, { $: 'NaN' }]);
  }

  // A slice can fill exactly the rest of a slab only when the rest is less than half of it. So first the rest
  // is made smaller.
  upToTheEdge() {
    const fillers = this.chance(0.5) ? [9, { $: 'half', plus: -1 }] : [{ $: 'half', plus: -9 }, this.integer(40)];
    const plus = this.pick([-8, -1, 0, 0, 0, 1, 8]);
    const last = this.pick([
      () => ({ op: 'allocUnsafe', args: [{ $: 'left', plus }] }),
      () => ({ op: 'from', args: [{ $: 'bytes', length: { $: 'left', plus }, seed: 9 }] }),
      () => ({ op: 'from', args: [{ $: 'typed', type: 'Uint8Array', length: { $: 'left', plus }, seed: 9 }] }),
      () => ({ op: 'from', args: [{ $: 'like', length: { $: 'left', plus }, items: [1, 2] }] }),
      () => ({ op: 'from', args: [{ $: 'string', unit: this.pick(units), times: { $: 'left', plus, per: 4 } }, this.encoding()] }),
      () => ({ op: 'from', args: [{ $: 'string', unit: 'a', times: { $: 'left', plus } }, this.encoding()] }),
      () => ({ op: 'concat', args: [this.list(), { $: 'left', plus }] }),
    ])();
    for (const size of fillers) this.add({ op: 'allocUnsafe', args: [size] });
    this.add(last);
  }

  view() {
    return { op: this.pick(['subarray', 'slice']), on: this.row(), args: this.some(2, () => this.bound()) };
  }

  operation() {
    const draw = this.random();
    if (draw < 0.26) return { op: 'allocUnsafe', args: this.allocation(this.size()) };
    if (draw < 0.30) return { op: 'allocUnsafeSlow', args: this.allocation(this.length()) };
    if (draw < 0.34) return { op: 'alloc', args: [this.chance(0.05) ? this.pick(badSizes) : this.integer(300), ...this.fill()] };
    if (draw < 0.36) return { op: 'alloc', args: this.allocation(this.size()).slice(0, 1) };
    if (draw < 0.62) return { op: 'from', args: this.fromArguments() };
    if (draw < 0.65) return { op: this.pick(['Buffer', 'new Buffer']), args: this.constructorArguments() };
    if (draw < 0.71) return { op: 'concat', args: this.concatArguments() };
    if (draw < 0.75) return { op: 'copyBytesFrom', args: this.copyArguments() };
    if (draw < 0.77) return { op: 'of', args: this.items(false).slice(0, 20) };
    if (draw < 0.81) return this.view();
    if (draw < 0.84) return { op: 'toString', on: this.row(), args: this.chance(0.3) ? [] : this.toStringArguments() };
    if (draw < 0.87) return { op: 'equals', on: this.row(), args: [this.chance(0.8) ? this.rowValue() : this.pick(badValues)] };
    if (draw < 0.92) return { op: 'put', on: this.row(), args: [this.integer(20), this.some(4, () => this.integer(256))] };
    if (draw < 0.94) return { op: 'byteLength', args: [this.chance(0.8) ? this.string() : this.pick([this.rowValue(), this.memory(), 5]), this.encoding()] };
    if (draw < 0.95) return { op: 'isEncoding', args: [this.encoding()] };
    if (draw < 0.96) return { op: 'isBuffer', args: [this.chance(0.5) ? this.rowValue() : this.typed()] };
    this.assignPoolSize(this.pick(poolSizes));
    return { op: 'allocUnsafe', args: [this.size()] };
  }

  assignPoolSize(size) {
    this.add({ op: 'poolSize', args: [size] });
    this.backAt = this.ops.length + (size >= 64 && size <= 65537 ? 60 + this.integer(100) : 12);
  }

  constructorArguments() {
    if (this.chance(0.3)) return [this.pick([0, 1, 8, 100, 5000, ...badSizes]), ...(this.chance(0.1) ? ['utf8'] : [])];
    return this.fromArguments();
  }

  add(operation) {
    this.ops.push(operation);
    if (!['toString', 'equals', 'put', 'byteLength', 'isEncoding', 'isBuffer', 'poolSize'].includes(operation.op)) {
      this.made.push(this.ops.length - 1);
    }
  }

  script(count) {
    this.ops = [];
    this.made = [];
    this.backAt = Infinity;
    const poolSize = this.pick([65536, 65536, 65536, 8192, 8192, 4096, 100]);
    this.add({ op: 'allocUnsafe', args: [1] });
    while (this.ops.length < count) {
      // After some time with an odd size, a usual one is set again: otherwise nearly nothing would be pooled,
      // and large pools are slow.
      if (this.ops.length >= this.backAt) this.assignPoolSize(this.pick([65536, 8192]));
      if (this.chance(0.04)) this.upToTheEdge();
      else this.add(this.operation());
    }
    this.ops.length = count;
    return { poolSize, ops: this.ops };
  }
}

/**
 * A random script.
 *
 * @param {number} seed
 * @param {number} count operations in it
 * @param {{ major: number, alignment: boolean }} line what the real Node on the other side is
 */
export function randomScript(seed, count, line) {
  return new Generator(seed, line).script(count);
}

// ---- shrinking --------------------------------------------------------------------------------------------

// The rows that an operation needs.
function rowsNeeded(value, found = []) {
  if (Array.isArray(value)) value.forEach((item) => rowsNeeded(item, found));
  else if (typeof value === 'object' && value !== null) {
    if (value.$ === 'row') found.push(value.of);
    else Object.values(value).forEach((part) => rowsNeeded(part, found));
  }
  return found;
}

function renumber(value, numbers) {
  if (Array.isArray(value)) return value.map((item) => renumber(item, numbers));
  if (typeof value !== 'object' || value === null) return value;
  if (value.$ === 'row') return { $: 'row', of: numbers.get(value.of) };
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, renumber(part, numbers)]));
}

function needs({ on, args = [] }) {
  return rowsNeeded(args, on === undefined ? [] : [on]);
}

/** The script with the operations that `keeps(index)` is true for, without those that need a dropped row. */
export function keepOnly(script, keeps) {
  const numbers = new Map();
  const ops = [];
  script.ops.forEach((operation, index) => {
    if (!keeps(index) || needs(operation).some((row) => !numbers.has(row))) return;
    numbers.set(index, ops.length);
    const { op, on, args } = operation;
    const others = on === undefined ? {} : { on: numbers.get(on) };
    ops.push({ op, ...others, ...(args && { args: renumber(args, numbers) }) });
  });
  return { ...script, ops };
}

/**
 * The shortest script found that still fails, by leaving out ever smaller runs of operations.
 *
 * @param {object} script one that fails
 * @param {(script: object) => Promise<boolean>} fails
 * @param {number} milliseconds how long to look at most
 */
export async function shrink(script, fails, milliseconds = 10000) {
  const until = Date.now() + milliseconds;
  let best = script;
  for (let run = Math.ceil(best.ops.length / 2); run >= 1; run = run === 1 ? 0 : Math.ceil(run / 2)) {
    let isShorter = true;
    while (isShorter) {
      isShorter = false;
      for (let start = best.ops.length - run; start > -run && Date.now() < until; start -= run) {
        const from = Math.max(0, start);
        const candidate = keepOnly(best, (index) => index < from || index >= from + run);
        if (candidate.ops.length < best.ops.length && candidate.ops.length > 0 && await fails(candidate)) {
          best = candidate;
          isShorter = true;
        }
      }
      if (run > 1) break;
    }
  }
  return best;
}
