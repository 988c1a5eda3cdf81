// The library as Vitest's project `node-checked` tests it: an internal function throws when an address or a
// length is not an integer within its view.
//
// Owns     a check for each function of js/ that takes addresses, and the Vite plugin that calls the check
//          at the beginning of the function.
// Assumes  lengths come from the engine's getter. A test may wrap the getter, but not change what it
//          returns.
import { fileURLToPath } from 'node:url';

const self = fileURLToPath(import.meta.url);
const { get: lengthOf } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), 'length');
const { isInteger } = Number;
const { apply } = Reflect;

// Whether [start, start + count) lies within the view.
function holds(view, start, count) {
  return isInteger(start) && isInteger(count) && start >= 0 && count >= 0 &&
    start + count <= lengthOf.call(view);
}

const copies = (target, at, source, start, count) => holds(target, at, count) && holds(source, start, count);

/** For each function of each file: whether its arguments are valid. */
const checks = {
  'views.js': {
    part: (view, start, end) => holds(view, start, end - start),
  },
  'bytes.js': {
    copyBytes: copies,
    moveBytes: copies,
    repeatBytes: (view, start, period, length) => holds(view, start, length) && isInteger(period) &&
      period > 0,
    commonPrefix: (a, b, length) => holds(a, 0, length) && holds(b, 0, length),
    indexOfPair: (view, first, last, distance, start, end) => isInteger(start) && start >= 0 &&
      holds(view, 0, end) && isInteger(distance),
    lastIndexOfPair: (view, first, last, distance, start) => holds(view, start, distance + 1),
    swapBytes: (view, unit, length) => holds(view, 0, length) && length % unit === 0,
  },
  'encodings.js': {
    encodeInto: (codec, buffer, string, offset, length) => typeof string === 'string' && holds(buffer, offset, length),
    decodeFrom: (codec, buffer, start, end) => holds(buffer, start, end - start),
  },
};

/** Throws unless the arguments are valid. The checked functions call it. */
export function checkArguments(file, name, args) {
  if (apply(checks[file][name], undefined, args)) return;
  throw new Error(`${file}: ${name}(${Array.from(args).slice(1).map(String).join(', ')}) leaves its view`);
}

/** The Vite plugin that adds the checks. */
export const checked = {
  name: 'checked',
  enforce: 'pre',
  transform(code, id) {
    const [, file] = /\/js\/(\w+\.js)$/.exec(id) || [];
    if (!Object.hasOwn(checks, file)) return undefined;
    let text = code;
    for (const name of Object.keys(checks[file])) {
      const begin = new RegExp(`^export function ${name}\\((.*?)\\) \\{$`, 'm');
      if (!begin.test(text)) throw new Error(`checked: ${file} has no function ${name}`);
      text = text.replace(begin, (line) => `${line} checkArguments('${file}', '${name}', arguments);`);
    }
    return `import { checkArguments } from ${JSON.stringify(self)};\n${text}`;
  },
};
