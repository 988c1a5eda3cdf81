// encodings.js: the codecs between strings and bytes, and the names of encodings.
//
// Owns        one row for each encoding: `{ name, byteLength(string), write, slice, option }`. `byteLength`
//             is Node's estimate for base64 and hex, and exact for the others. Only encodeInto() and
//             decodeFrom() call `write` and `slice`. Also the choice of the fastest way: a loop for short
//             inputs; src/strings.wat for those of medium length, where the engine has JS String Builtins;
//             for long ones the engine's own coder, where there is one that does what Node does, or a kernel
//             over the home memory, or a loop again.
// Assumes     a Uint8Array, a string, integers, and a range within the array. Browsers' coders refuse shared
//             and resizable memory: such bytes are copied first, or take a loop.
// Always      nothing is written outside of the range, and text and bytes are read as leniently as in Node
//             26, byte for byte.

import { areAscii, characterStart, copyBytes, unstage } from './bytes.js';
import { stringTooLong, unknownEncoding } from './errors.js';
import { FastBuffer, kernelsOf } from './slice.js';
import { bufferOf, byteOffsetOf, isSpiderMonkey, lengthOf, part } from './views.js';
import { hasKernels, hasStrings, home, STAGE_A, STAGE_B, STAGE_SIZE } from './wasm.js';

/** Characters of the longest string. */
export const maxStringLength = 2 ** 29 - 24;

// A call of TextDecoder or encodeInto() takes some 45 ns in Node 26, 100 in Firefox and 200 in Chromium. The
// engine codes hex by a loop in Node, and by SIMD in browsers.
const { process: host } = globalThis;
const isNode = Boolean(host && host.versions && host.versions.node && globalThis.atob && globalThis.btoa);

// Up to how many bytes or characters a way is the fastest. `8 by x() 13` means: x() takes 13 ns for 8 of
// them. The times of a line are from one process. Names that end in `Alone` are for engines without
// src/strings.wat, where loops are the fastest for longer.
const loopedText = 8; // 8 by fromCharCode() 13, by units_text() 30
const loopedTextAlone = 16;
// 16 by a loop 66, by utf8_write() 51, Firefox 175 and 215; 24 by encodeInto() 90, 64 in Chromium 430
const loopedUtf8 = isSpiderMonkey ? 26 : 14;
const loopedUtf8Alone = isNode ? 24 : 64;
const countedByLoop = 10; // 12 by a loop 47, by utf8_write() 42
// 64 of ASCII by a loop 160, by TextDecoder 155; 128 in Chromium 295 and 315
const decodedText = isNode ? 48 : isSpiderMonkey ? 40 : 128;
const loopedWrite = isNode ? 16 : 32; // 24 by a loop 69, by units_write() 64; 48 in Chromium 190 and 170
const loopedHex = isSpiderMonkey ? 24 : 16; // 16 by a loop 45, by a kernel 80, Firefox 75 and 130
// 128 by toHex() 215, by a kernel 260; 300 by toHex() 435, by a kernel 370
const hexByEngine = isNode ? 192 : Infinity;
// 48 by utf8_write() 76, by encodeInto() 84; 2000 in Chromium 2,170 and 2,580, 600 in Firefox 530 and 630
const utf8ByKernel = isNode ? 40 : isSpiderMonkey ? 600 : 2000;
const textByKernel = isNode ? 192 : 4096; // 200 of ASCII by units_text() 210, by TextDecoder 180
const latin1ByKernel = isNode ? 1024 : textByKernel; // 1000 by units_text() 720, by atob() 940
const digitsByKernel = isNode ? 320 : 4096; // 400 by units_text() 355, by TextDecoder 330
// 96 of ASCII by units_write() 118, by encodeInto() 115; 2000 in Chromium 1,520 and 2,370
const bytesByKernel = isNode ? 80 : 4096;
// From how many bytes or characters on a way is the fastest:
// 300 of ASCII by units_write() 300, by encodeInto() and latin1_widen() 205
const widenedMinimum = 192;
// 60 by a loop 355, by toBase64() 410, Chromium 210 and 245, Firefox 590 and 180
const base64ByEngine = isSpiderMonkey ? 1 : 64;
const base64TextByEngine = 48; // 88 by a loop 420, by setFromBase64() 150
const base64DetourMinimum = 600; // 600 by units_write() 525, by way of base64 510
// Units for one call of String.fromCharCode(), to bound the stack; bytes for one call of TextDecoder, to
// bound the copies.
const batchUnits = 4096;
const chunkBytes = 2 ** 20;
// Units for one call of src/strings.wat.
const stringUnits = 4096;
// How many bytes or characters can be staged at once when the result is twice as long.
const stageChunk = STAGE_SIZE / 2;
// V8's encoder may stop so many bytes before the end, although the last character would fit.
const spare = 2;
// Up to this, offsets and what is added to them are small integers for the engine.
const near = 2 ** 29;

const { atob, btoa, TextDecoder, TextEncoder } = globalThis;

/** U+FFFD, which stands for what is malformed. */
// From a list: a minifier writes out what String.fromCharCode() returns, and an engine that finds one
// character above U+00FF in a script keeps the whole script in twice the memory.
export const replacement = fromUnits([0xfffd]);

// The platform's coders, once platform() was called: making and trying them takes Chromium 0.3 ms, too much
// for an import. One that is missing, or a polyfill that does less, is undefined, and loops do its work.
const coders = Object.setPrototypeOf({}, null);
let areTried = false;

function platform() {
  if (!areTried) {
    areTried = true; // first, because a polyfill may call this library
    tryCoders();
  }
  return coders;
}

function tryCoders() {
  const text = fromUnits([0xfeff, 0x61, 0xe9, 0xd83d, 0xde00]) + replacement;
  const utf8 = Uint8Array.of(0, 0xef, 0xbb, 0xbf, 0x61, 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80, 0xf0, 0x9f, 0);
  const utf16 = Uint8Array.of(0, 0, 0xff, 0xfe, 0x61, 0, 0xe9, 0, 0x3d, 0xd8, 0, 0xde, 0xfd, 0xff, 0, 0);
  coders.utf8Decoder = offered(() => new TextDecoder('utf-8', { ignoreBOM: true }),
    (decoder) => decoder.decode(utf8.subarray(1, 13)) === text);
  coders.utf16Decoder = offered(() => new TextDecoder('utf-16le', { ignoreBOM: true }),
    (decoder) => decoder.decode(utf16.subarray(2, 14)) === text);
  coders.utf8Encoder = offered(() => new TextEncoder(), (encoder) => {
    const bytes = new Uint8Array(10);
    const { read, written } = encoder.encodeInto(text.slice(1), bytes.subarray(1, 9));
    return read === 4 && written === 7 && bytes.join() === [0, ...utf8.subarray(4, 11), 0, 0].join();
  });
}

function offered(make, isRight) {
  try {
    const coder = make();
    return isRight(coder) ? coder : undefined;
  } catch {
    return undefined;
  }
}

// Browsers have had these since 2024 and 2025, Node since 25.
const { toHex, setFromHex, toBase64, setFromBase64 } = Uint8Array.prototype;

/**
 * All codecs by their canonical names. The last argument is the option of `slice`: which bits of a unit
 * count, or whether the alphabet is that of base64url.
 */
export const encodings = {
  utf8: row('utf8', utf8ByteLength, utf8Write, utf8Slice),
  utf16le: row('utf16le', (string) => string.length * 2, utf16Write, unitsSlice, 0xffff),
  latin1: row('latin1', (string) => string.length, latin1Write, unitsSlice, 0xff),
  ascii: row('ascii', (string) => string.length, latin1Write, unitsSlice, 0x7f),
  base64: row('base64', base64ByteLength, base64Write, base64Slice, false),
  base64url: row('base64url', base64ByteLength, base64Write, base64Slice, true),
  hex: row('hex', (string) => string.length >>> 1, hexWrite, hexSlice),
};

function row(name, byteLength, write, slice, option) {
  return { name, byteLength, write, slice, option };
}

// encodeInto() and decodeFrom() pass on small integers: engines compute with them in less than half the
// time, but only where they can prove it (`| 0`).

/**
 * Writes as much of a string as fits, whole characters only.
 * @param {object} codec a row of `encodings`
 * @param {Uint8Array} buffer
 * @param {string} string
 * @param {number} offset bytes
 * @param {number} length bytes to write at most; the buffer has as many
 * @returns {number} bytes written
 */
export function encodeInto(codec, buffer, string, offset, length) {
  if (offset > near) return encodeInto(codec, part(buffer, offset, offset + length), string, 0, length);
  // No character takes more than three bytes.
  return codec.write(buffer, string, offset | 0, Math.min(length, string.length * 3) | 0);
}

/**
 * How many bytes a string most likely becomes, where it is faster to encode it into a view of that length.
 * @param {object} codec a row of `encodings`
 * @param {string} string
 * @returns {number} bytes; -1 where a loop encodes it, which needs no view
 */
export function expectedLength(codec, string) {
  return string.length > loopedUtf8 ? lengthOfLong(codec, string) : -1;
}

// pre: the text is longer than loopedUtf8, which is at most loopedWrite
function lengthOfLong(codec, string) {
  if (codec === encodings.utf8) return isLongAscii(string) ? string.length : -1;
  return string.length > loopedWrite ? codec.byteLength(string) : -1;
}

/**
 * Writes a string to a view that has expectedLength() bytes.
 * @param {object} codec a row of `encodings`
 * @param {Uint8Array} view
 * @param {string} string
 * @returns {boolean} whether the whole string is written, and fills the view
 */
export function encodeWhole(codec, view, string) {
  if (codec === encodings.utf8) return writeAscii(view, string);
  const length = lengthOf(view);
  return encodeInto(codec, view, string, 0, length) === length;
}

/**
 * A private Buffer with the bytes of a string. Where possible, the string is encoded only once: into the
 * Buffer if it is ASCII, else into scratch memory, which shows how long the Buffer must be.
 * @param {object} codec a row of `encodings`
 * @param {string} string
 * @param {function} make takes a number of bytes, and returns a Buffer with an ArrayBuffer of its own
 * @returns {Buffer}
 */
export function encodeNew(codec, string, make) {
  if (codec === encodings.utf8) {
    if (isLongAscii(string)) {
      const view = make(string.length);
      if (writeAscii(view, string)) return view;
    }
    if (string.length * 3 <= STAGE_SIZE - spare && platform().utf8Encoder) return encodedAside(string, make);
  }
  const length = codec.byteLength(string);
  const view = make(length);
  const used = encodeInto(codec, view, string, 0, length);
  return used < length ? new FastBuffer(bufferOf(view), 0, used) : view;
}

function encodedAside(string, make) {
  const taken = takeAside();
  const { written } = coders.utf8Encoder.encodeInto(string, taken);
  const view = make(written);
  copyBytes(view, 0, taken, 0, written);
  putBack(taken);
  return view;
}

// Writes text that is ASCII, and so the same in UTF-8 and latin1. Returns false for any other text, and
// where the engine refuses the memory. pre: the view has one byte for each character
function writeAscii(view, text) {
  const { read, written } = encodedInto(text, view);
  return read === text.length && written === text.length;
}

// Whether writeAscii() is worth a try: the text is long, and a few samples of it are ASCII.
function isLongAscii(text) {
  const { length } = text;
  if (length <= loopedUtf8 || length <= (hasStrings() ? utf8ByKernel : loopedUtf8Alone)) return false;
  let seen = 0;
  for (let index = 0; index < length; index += (length >>> 3) + 1) seen |= text.charCodeAt(index);
  return seen < 0x80;
}

/**
 * The text of bytes.
 * @param {object} codec a row of `encodings`
 * @param {Uint8Array} buffer
 * @param {number} start bytes
 * @param {number} end bytes; the buffer has as many
 * @returns {string}
 * @throws {Error} ERR_STRING_TOO_LONG
 */
export function decodeFrom(codec, buffer, start, end) {
  if (end > near) return codec.slice(part(buffer, start, end), 0, end - start, codec.option);
  return codec.slice(buffer, start | 0, end | 0, codec.option);
}

const byName = new Map([
  ...Object.entries(encodings),
  ['utf-8', encodings.utf8],
  ['ucs2', encodings.utf16le],
  ['ucs-2', encodings.utf16le],
  ['utf-16le', encodings.utf16le],
  ['binary', encodings.latin1],
]);
const longestName = 'base64url'.length;

/**
 * The codec that an `encoding` argument names, in any letter case.
 * @param {*} encoding converted to a string, as Node does
 * @returns {object|undefined} a row of `encodings`
 */
export function encodingOf(encoding) {
  // As in Node, concatenation calls valueOf before toString. A template literal would call toString first.
  return rowNamed(typeof encoding === 'string' ? encoding : encoding + '');
}

/**
 * As encodingOf(), for a name that must be known.
 * @param {*} encoding as encodingOf()
 * @returns {object} a row of `encodings`
 * @throws {TypeError} ERR_UNKNOWN_ENCODING
 */
export function codecNamed(encoding) {
  const codec = encodingOf(encoding);
  if (codec === undefined) throw unknownEncoding(encoding);
  return codec;
}

/**
 * The canonical name of an encoding.
 * @param {*} encoding a name in any letter case; undefined, null and '' mean 'utf8'
 * @returns {string|undefined} the name of a row of `encodings`
 */
export function normalizeEncoding(encoding) {
  if (encoding === undefined || encoding === null || encoding === '') return 'utf8';

  // Node checks the length before it converts: a String object can be a name, 5 and {} stay unconverted.
  const { length } = encoding;
  if (typeof length !== 'number' || !(length >= 3 && length <= longestName)) return undefined;
  const text = String(encoding);
  const row = text.length === length ? rowNamed(text) : undefined;
  return row === undefined ? undefined : row.name;
}

// The last name that was looked up: programs use the same one again and again, and a Map takes 5 ns.
let lastName;
let lastRow;

function rowNamed(name) {
  return name === lastName ? lastRow : findRow(name);
}

function findRow(name) {
  let row = byName.get(name);
  if (row === undefined && name.length <= longestName) row = byName.get(name.toLowerCase());
  if (row !== undefined) {
    lastName = name;
    lastRow = row;
  }
  return row;
}

// Shared

// Decodes bytes that the engine may refuse: browsers' decoders accept no shared and no resizable memory.
function decoded(decoder, bytes) {
  try {
    return decoder.decode(bytes);
  } catch {
    return decoder.decode(new Uint8Array(bytes));
  }
}

// The text of ASCII bytes.
function asciiText(bytes) {
  const { utf8Decoder } = platform();
  return utf8Decoder ? utf8Decoder.decode(bytes) : fromUnits(bytes);
}

// Short text is put together in an array that is reused: making an array takes longer than filling it. What
// units_text() will read is put together where it is staged.
const shortUnits = new Uint16Array(loopedTextAlone);
const stagedLength = 192;
let stagedUnits;

function roomForText(length) {
  return stagedUnits !== undefined && length > loopedText && length <= stagedLength ? stagedUnits :
    otherRoom(length);
}

function otherRoom(length) {
  if (length <= loopedText) return shortUnits;
  if (length <= stagedLength && hasStrings()) {
    stagedUnits = new Uint16Array(home.bytes.buffer, STAGE_B, stagedLength);
    return stagedUnits;
  }
  return length <= loopedTextAlone ? shortUnits : new Uint8Array(length);
}

// pre: `units` is what roomForText() returned
function textIn(units, length) {
  return units === stagedUnits ? home.kernels.units_text(STAGE_B, length, 1, 0xffff) :
    textInOther(units, length);
}

function textInOther(units, length) {
  return length <= loopedText || units === shortUnits ? shortText(units, 0, length) : asciiText(units);
}

// At most eight characters in a call: when the arguments are written out, V8 allocates no list of them.
function shortText(b, i, length) {
  const code = String.fromCharCode;
  switch (length) {
    case 0: return '';
    case 1: return code(b[i]);
    case 2: return code(b[i], b[i + 1]);
    case 3: return code(b[i], b[i + 1], b[i + 2]);
    case 4: return code(b[i], b[i + 1], b[i + 2], b[i + 3]);
    case 5: return code(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4]);
    case 6: return code(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5]);
    case 7: return code(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6]);
    case 8: return code(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7]);
    default: return shortText(b, i, 8) + shortText(b, i + 8, length - 8);
  }
}

function stage(buffer, start, end) {
  copyBytes(home.bytes, STAGE_A, buffer, start, end - start);
}

// Scratch memory for the engine's coders. A coder may be somebody's wrapper, and keep what it gets, so it
// never gets the home memory. It may call this library, so the scratch is taken, and put back after use.
let aside;

function takeAside() {
  const taken = aside === undefined ? new Uint8Array(STAGE_SIZE) : aside;
  aside = undefined;
  return taken;
}

/**
 * Scratch memory for the bytes of a string. The caller puts it back.
 * @param {object} codec a row of `encodings`
 * @param {string} string
 * @returns {Uint8Array} at least as many bytes as the string can become
 */
export function takeRoom(codec, string) {
  return string.length * 3 <= STAGE_SIZE ? takeAside() : new Uint8Array(codec.byteLength(string));
}

/**
 * Puts back what takeRoom() returned.
 * @param {Uint8Array} taken
 */
export function putBack(taken) {
  if (lengthOf(taken) === STAGE_SIZE) aside = taken;
}

// Stages text that is ASCII. Returns false for any other.
function stageAscii(text) {
  const taken = takeAside();
  const isStaged = writeAscii(taken, text);
  if (isStaged) copyBytes(home.bytes, STAGE_A, taken, 0, text.length);
  putBack(taken);
  return isStaged;
}

function isAsciiInside(text) {
  const { length } = text;
  return (text.charCodeAt(length >>> 2) | text.charCodeAt(length >>> 1) | text.charCodeAt(length - 1)) < 0x80;
}

function startOf(string, length) {
  return string.length === length ? string : string.slice(0, length);
}

function checkStringLength(length) {
  if (length > maxStringLength) throw stringTooLong();
}

function inChunks(textOf, buffer, start, end, size, option) {
  if (end - start <= size) return textOf(buffer, start, end, option);

  const parts = [];
  for (let from = start; from < end; from += size) {
    parts.push(textOf(buffer, from, Math.min(from + size, end), option));
  }
  return parts.join('');
}

// utf8

function utf8ByteLength(string) {
  const { length } = string;
  // Only counted, not copied: this pays off earlier than in utf8Write().
  if (length > countedByLoop && length <= utf8ByKernel && hasStrings()) {
    return home.kernels.utf8_write(string, STAGE_A);
  }
  if (length > loopedUtf8Alone && platform().utf8Encoder) return utf8Counted(string);
  let bytes = length;
  for (let index = 0; index < length; index++) {
    const unit = string.charCodeAt(index);
    if (unit < 0x80) continue;
    bytes++;
    if (unit < 0x800) continue;
    bytes++;
    // A surrogate pair becomes four bytes; a lone surrogate becomes U+FFFD, three bytes.
    if (isHighSurrogate(unit) && isLowSurrogate(string.charCodeAt(index + 1))) index++;
  }
  return bytes;
}

// Encodes to scratch memory just to count: the engine's encoder is some ten times as fast as a loop.
function utf8Counted(string) {
  const taken = takeAside();
  let bytes = 0;
  for (let rest = string; ;) {
    const { read, written } = coders.utf8Encoder.encodeInto(rest, taken);
    bytes += written;
    if (read === rest.length) break;
    rest = rest.slice(read);
  }
  putBack(taken);
  return bytes;
}

function utf8Write(buffer, string, offset, length) {
  return string.length <= loopedUtf8 ? utf8WriteFrom(buffer, string, 0, offset, length) :
    utf8WriteLong(buffer, string, offset, length);
}

function utf8WriteLong(buffer, string, offset, length) {
  if (string.length <= utf8ByKernel && hasStrings()) {
    const written = home.kernels.utf8_write(string, STAGE_A);
    if (written > length) return utf8WriteFrom(buffer, string, 0, offset, length);
    unstage(buffer, offset, written);
    return written;
  }
  // Without src/strings.wat.
  if (string.length <= loopedUtf8Alone) return utf8WriteFrom(buffer, string, 0, offset, length);

  const { read, written } = encodedInto(string, part(buffer, offset, offset + length));
  // V8 may stop before a last character that would fit.
  if (read === string.length) return written;
  return written + utf8WriteFrom(buffer, string, read, offset + written, length - written);
}

// The engine's encoder. Nothing is written where there is none, or where it refuses the memory.
function encodedInto(string, bytes) {
  try {
    return platform().utf8Encoder.encodeInto(string, bytes);
  } catch {
    return { read: 0, written: 0 };
  }
}

// Writes whole characters only, and stops at the first that does not fit.
function utf8WriteFrom(buffer, string, from, offset, length) {
  const end = offset + length;
  let position = offset;
  let index = from;
  for (const most = Math.min(string.length, from + length); index < most; index++) {
    const unit = string.charCodeAt(index);
    if (unit >= 0x80) break;
    buffer[position++] = unit;
  }
  for (; index < string.length; index++) {
    let unit = string.charCodeAt(index);
    if (unit < 0x80) {
      if (position >= end) break;
      buffer[position++] = unit;
    } else if (unit < 0x800) {
      if (position + 2 > end) break;
      buffer[position++] = 0xc0 | unit >>> 6;
      buffer[position++] = 0x80 | unit & 0x3f;
    } else if (isHighSurrogate(unit) && isLowSurrogate(string.charCodeAt(index + 1))) {
      if (position + 4 > end) break;
      unit = 0x10000 + (unit - 0xd800) * 0x400 + (string.charCodeAt(++index) - 0xdc00);
      buffer[position++] = 0xf0 | unit >>> 18;
      buffer[position++] = 0x80 | unit >>> 12 & 0x3f;
      buffer[position++] = 0x80 | unit >>> 6 & 0x3f;
      buffer[position++] = 0x80 | unit & 0x3f;
    } else {
      if (position + 3 > end) break;
      if (unit >= 0xd800 && unit <= 0xdfff) unit = 0xfffd;
      buffer[position++] = 0xe0 | unit >>> 12;
      buffer[position++] = 0x80 | unit >>> 6 & 0x3f;
      buffer[position++] = 0x80 | unit & 0x3f;
    }
  }
  return position - offset;
}

function isHighSurrogate(unit) {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit) {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function utf8Slice(buffer, start, end) {
  return end - start <= loopedText ? utf8SliceShort(buffer, start, end) : utf8SliceLong(buffer, start, end);
}

function utf8SliceShort(buffer, start, end) {
  return isAscii(buffer, start, end) ? shortText(buffer, start, end - start) :
    shortText(shortUnits, 0, utf8Units(shortUnits, buffer, start, end));
}

function utf8SliceLong(buffer, start, end) {
  const length = end - start;
  if (length <= loopedTextAlone || (length <= decodedText && hasStrings())) {
    const units = roomForText(length);
    return textIn(units, utf8Units(units, buffer, start, end));
  }
  const { utf8Decoder } = platform();
  if (!utf8Decoder) return utf8SliceByLoop(buffer, start, end);

  const bytes = part(buffer, start, end);
  return length > maxStringLength ? utf8SliceHuge(bytes) : decoded(utf8Decoder, bytes);
}

/**
 * How many characters the bytes have when they are decoded as UTF-8.
 * @param {Uint8Array} bytes
 * @returns {number} UTF-16 code units, as `length` counts them
 */
export function utf8Length(bytes) {
  const length = lengthOf(bytes);
  let total = 0;
  for (let start = 0, stop; start < length; start = stop) {
    stop = characterStart(bytes, Math.min(start + chunkBytes, length), length);
    total += utf8Slice(bytes, start, stop).length;
  }
  return total;
}

function isAscii(bytes, start, end) {
  let seen = 0;
  for (let index = start; index < end; index++) seen |= bytes[index];
  return seen < 0x80;
}

// Decodes to `units`, and returns how many there are: at most one for each byte. In malformed text, the
// longest possible beginning of a character becomes one U+FFFD, as in the Encoding Standard.
function utf8Units(units, bytes, start, end) {
  let at = start;
  for (; at < end; at++) {
    const byte = bytes[at];
    if (byte >= 0x80) break;
    units[at - start] = byte;
  }
  let count = at - start;
  while (at < end) {
    const first = bytes[at++];
    let code = first;
    if (first < 0x80) {
      units[count++] = first;
      continue;
    }
    if (first < 0xe0 && first > 0xc1 && at < end && (bytes[at] & 0xc0) === 0x80) {
      code = (first & 0x1f) << 6 | bytes[at++] & 0x3f;
    } else if (first > 0xe0 && first < 0xed && at + 1 < end &&
        (bytes[at] & 0xc0) === 0x80 && (bytes[at + 1] & 0xc0) === 0x80) {
      // The common case of three bytes: after these first bytes, every continuation byte is valid.
      code = (first & 0xf) << 12 | (bytes[at++] & 0x3f) << 6 | bytes[at++] & 0x3f;
    } else if (first === 0xf0 && at + 2 < end && bytes[at] > 0x8f && bytes[at] < 0xc0 &&
        (bytes[at + 1] & 0xc0) === 0x80 && (bytes[at + 2] & 0xc0) === 0x80) {
      // The common case of four bytes: emoji, and all else up to U+3FFFF.
      code = (bytes[at++] & 0x3f) << 12 | (bytes[at++] & 0x3f) << 6 | bytes[at++] & 0x3f;
      units[count++] = 0xd7c0 + (code >>> 10);
      code = 0xdc00 | code & 0x3ff;
    } else {
      // The bounds of the second byte exclude overlong forms, surrogates, and what is above U+10FFFF, as in
      // areUtf8ByLoop() in bytes.js.
      let low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
      let high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
      let left = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      code &= 0x3f >> left;
      if (first < 0xc2 || first > 0xf4) high = 0; // nothing may follow
      while (left > 0 && at < end && bytes[at] >= low && bytes[at] <= high) {
        code = code << 6 | bytes[at++] & 0x3f;
        low = 0x80;
        high = 0xbf;
        left--;
      }
      if (left > 0) code = 0xfffd;
      if (code >= 0x10000) {
        units[count++] = 0xd7c0 + (code >>> 10);
        code = 0xdc00 | code & 0x3ff;
      }
    }
    units[count++] = code;
  }
  return count;
}

function utf8SliceByLoop(buffer, start, end) {
  const units = new Uint16Array(batchUnits);
  const parts = [];
  let total = 0;
  for (let from = start, stop; from < end; from = stop) {
    stop = characterStart(buffer, Math.min(from + batchUnits, end), end);
    const count = utf8Units(units, buffer, from, stop);
    total += count;
    checkStringLength(total);
    parts.push(fromUnits(units.subarray(0, count)));
  }
  return parts.join('');
}

// There are more bytes than a string can have characters, but they may decode to fewer characters.
function utf8SliceHuge(bytes) {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const parts = [];
  const length = lengthOf(bytes);
  let total = 0;
  for (let start = 0; start < length; start += chunkBytes) {
    const chunk = new Uint8Array(part(bytes, start, Math.min(start + chunkBytes, length)));
    const text = decoder.decode(chunk, { stream: true });
    total += text.length;
    checkStringLength(total);
    parts.push(text);
  }
  parts.push(decoder.decode());
  checkStringLength(total + parts[parts.length - 1].length);
  return parts.join('');
}

// utf16le, latin1 and ascii

function utf16Write(buffer, string, offset, length) {
  const units = Math.min(string.length, length >>> 1);
  return 2 * writeUnits(buffer, startOf(string, units), offset, 1);
}

// Writes one byte of each unit; two when `wide` is 1.
function writeUnits(buffer, string, offset, wide) {
  const { length } = string;
  if (length <= loopedWrite || !hasKernels()) return writeUnitsByLoop(buffer, string, offset, wide);
  if (length > stringUnits) {
    for (let from = 0; from < length; from += stringUnits) {
      writeUnits(buffer, string.slice(from, from + stringUnits), offset + (from << wide), wide);
    }
  } else if (wide && length >= widenedMinimum && (isNode || !hasStrings()) && isAsciiInside(string) &&
      stageAscii(string)) {
    home.kernels.latin1_widen(STAGE_B, STAGE_A, length);
    copyBytes(buffer, offset, home.bytes, STAGE_B, length * 2);
  } else if (!hasStrings()) {
    writeUnitsByLoop(buffer, string, offset, wide);
  } else {
    const kernels = kernelsOf(buffer);
    if (kernels) {
      kernels.units_write(string, byteOffsetOf(buffer) + offset, wide);
    } else {
      home.kernels.units_write(string, STAGE_A, wide);
      unstage(buffer, offset, length << wide);
    }
  }
  return length;
}

function writeUnitsByLoop(buffer, string, offset, wide) {
  const { length } = string;
  let at = offset;
  for (let index = 0; index < length; index++) {
    const unit = string.charCodeAt(index);
    buffer[at++] = unit;
    if (wide) buffer[at++] = unit >>> 8;
  }
  return length;
}

function latin1Write(buffer, string, offset, length) {
  const units = Math.min(string.length, length);
  const text = startOf(string, units);
  if (units > loopedWrite && (units > bytesByKernel || !hasStrings())) {
    // ASCII is the same in UTF-8. Three characters show whether it is worth a try; writeAscii() checks all
    // of them.
    if (isAsciiInside(text) && writeAscii(part(buffer, offset, offset + units), text)) return units;
    if (isNode && setFromBase64 && units >= base64DetourMinimum && !/[^\0-\xff]/.test(text)) {
      return setFromBase64.call(part(buffer, offset, offset + units), btoa(text)).written;
    }
  }
  return writeUnits(buffer, text, offset, 0);
}

// Makes a character of each byte, or of two when `mask` has 16 bits, and keeps the bits that are in `mask`.
function unitsSlice(buffer, start, end, mask) {
  const shift = mask >>> 15; // 1 for utf16le, whose units have two bytes; else 0
  if (end - start <= loopedText && (mask === 0xff || (!shift && isAscii(buffer, start, end)))) {
    return shortText(buffer, start, end - start);
  }
  const units = Math.floor((end - start) / (1 + shift));
  checkStringLength(units);
  if (units > loopedText && (units > loopedTextAlone || hasStrings())) {
    const size = (shift || !isNode) && hasStrings() ? stringUnits << shift : stageChunk;
    return inChunks(unitsChunk, buffer, start, start + units * (1 + shift), size, mask);
  }
  for (let index = 0, at = start; index < units; index++) {
    let unit = buffer[at++];
    if (shift) unit |= buffer[at++] << 8;
    shortUnits[index] = unit & mask;
  }
  return shortText(shortUnits, 0, units);
}

function unitsChunk(buffer, start, end, mask) {
  const shift = mask >>> 15;
  const length = end - start;
  if ((shift || length <= textByKernel || (length <= latin1ByKernel && !isAsciiAmid(buffer, start, end))) &&
      hasStrings()) {
    stage(buffer, start, end);
    return home.kernels.units_text(STAGE_A, length >>> shift, shift, mask);
  }
  const bytes = part(buffer, start, end);
  const { utf8Decoder, utf16Decoder } = platform();
  if (shift) {
    // TextDecoder replaces lone surrogates, which Node keeps.
    const text = utf16Decoder ? decoded(utf16Decoder, bytes) : replacement;
    return text.includes(replacement) ? fromUnits(new Uint16Array(new Uint8Array(bytes).buffer)) : text;
  }
  if (hasKernels() && areAscii(bytes)) return utf8Decoder ? decoded(utf8Decoder, bytes) : fromUnits(bytes);
  if (mask === 0xff) {
    if (isNode && toBase64) return atob(toBase64.call(bytes));
    // Through UTF-16, because TextDecoder's 'latin1' is windows-1252.
    return utf16Decoder ? utf16Decoder.decode(new Uint16Array(bytes)) : fromUnits(bytes);
  }
  const ascii = new Uint8Array(bytes);
  for (let index = 0; index < length; index++) ascii[index] &= mask;
  return asciiText(ascii);
}

// Whether three samples are ASCII.
function isAsciiAmid(bytes, start, end) {
  return (bytes[start] | bytes[(start + end) >>> 1] | bytes[end - 1]) < 0x80;
}

function fromUnits(units) {
  if (units.length <= batchUnits) return String.fromCharCode.apply(null, units);

  const parts = [];
  for (let start = 0; start < units.length; start += batchUnits)
    parts.push(String.fromCharCode.apply(null, units.subarray(start, start + batchUnits)));
  return parts.join('');
}

// hex

const hexDigits = asciiCodes('0123456789abcdef');
const hexValues = valuesOf(['0123456789abcdef', '0123456789ABCDEF']);

// Stops at the first pair that is not two digits; an odd last digit is ignored.
function hexWrite(buffer, string, offset, length) {
  const pairs = Math.min(string.length >>> 1, length);
  if (pairs > loopedHex && setFromHex && !isNode) {
    try {
      return setFromHex.call(part(buffer, offset, offset + pairs), startOf(string, pairs * 2)).written;
    } catch {
      // There is a bad pair. Node stops there, but the engine throws: the loop below finds it.
    }
  } else if (pairs > stageChunk) {
    const done = hexWrite(buffer, string, offset, stageChunk);
    if (done < stageChunk) return done;
    return done + hexWrite(buffer, string.slice(done * 2), offset + done, pairs - done);
  } else if (pairs > loopedHex && hasKernels() && stageAscii(startOf(string, pairs * 2))) {
    const written = home.kernels.hex_decode(STAGE_B, STAGE_A, pairs);
    copyBytes(buffer, offset, home.bytes, STAGE_B, written);
    return written;
  }
  for (let index = 0; index < pairs; index++) {
    const high = hexValues[string.charCodeAt(index * 2) & 0xff];
    const low = hexValues[string.charCodeAt(index * 2 + 1) & 0xff];
    if ((high | low) < 0) return index;
    buffer[offset + index] = high << 4 | low;
  }
  return pairs;
}

function hexSlice(buffer, start, end) {
  const length = end - start;
  checkStringLength(length * 2);
  if (toHex && length <= hexByEngine) return toHex.call(part(buffer, start, end));
  return inChunks(hexChunk, buffer, start, end, stageChunk);
}

function hexChunk(buffer, start, end) {
  const length = end - start;
  if (length > loopedHex && hasKernels()) {
    stage(buffer, start, end);
    home.kernels.hex_encode(STAGE_B, STAGE_A, length);
    if (length * 2 <= digitsByKernel && hasStrings()) {
      return home.kernels.units_text(STAGE_B, length * 2, 0, 0xff);
    }
    const taken = takeAside();
    copyBytes(taken, 0, home.bytes, STAGE_B, length * 2);
    const digits = asciiText(part(taken, 0, length * 2));
    putBack(taken);
    return digits;
  }
  const text = roomForText(length * 2);
  for (let index = start, at = 0; index < end; index++) {
    text[at++] = hexDigits[buffer[index] >>> 4];
    text[at++] = hexDigits[buffer[index] & 15];
  }
  return textIn(text, length * 2);
}

// Made when the file is loaded: charCodeAt() may be a wrapper later, and call this library while text is put
// together.
function asciiCodes(characters) {
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}

function valuesOf(alphabets) {
  const values = new Int8Array(256).fill(-1);
  for (const alphabet of alphabets) {
    for (let index = 0; index < alphabet.length; index++) values[alphabet.charCodeAt(index)] = index;
  }
  return values;
}

// base64 and base64url

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const base64Digits = asciiCodes(`${letters}+/`);
const base64urlDigits = asciiCodes(`${letters}-_`);
const base64Values = valuesOf([`${letters}+/`, `${letters}-_`]);
const padding = 0x3d;
// The options of the engine's coders.
const urlAlphabet = { alphabet: 'base64url', omitPadding: true };
// A multiple of three, so that only the last chunk is padded.
const base64ChunkBytes = 3 * 2 ** 19;

// Counts characters, not digits: an upper bound when the text has other characters, too.
function base64ByteLength(string) {
  let { length } = string;
  if (string.charCodeAt(length - 1) === padding) length--;
  if (length > 1 && string.charCodeAt(length - 1) === padding) length--;
  return Math.floor(length * 3 / 4);
}

// As in Node, a text may mix both alphabets, characters of neither are skipped, and '=' ends it.
function base64Write(buffer, string, offset, length) {
  if (setFromBase64 && string.length >= base64TextByEngine) {
    const room = part(buffer, offset, offset + length);
    const start = string.slice(0, 256);
    let isUrl = start.includes('-') || start.includes('_');
    for (let tries = 0; tries < 2; tries++, isUrl = !isUrl) {
      try {
        const { read, written } = setFromBase64.call(room, string, isUrl ? urlAlphabet : undefined);
        // Without room for a whole group of three bytes the engine stops. Node writes those that fit.
        return read === string.length ? written :
          written + base64WriteFrom(buffer, string, read, offset + written, length - written);
      } catch {
        // The text is in the other alphabet, or has characters that Node skips and the engine refuses.
      }
    }
  }
  return base64WriteFrom(buffer, string, 0, offset, length);
}

function base64WriteFrom(buffer, string, first, offset, length) {
  const end = offset + length;
  let position = offset;
  let bits = 0;
  let pending = 0;
  for (let index = first; index < string.length && position < end; index++) {
    const unit = string.charCodeAt(index) & 0xff;
    const value = base64Values[unit];
    if (value < 0) {
      if (unit === padding) break;
      continue;
    }
    bits = bits << 6 | value;
    pending += 6;
    if (pending >= 8) {
      pending -= 8;
      buffer[position++] = bits >>> pending;
    }
  }
  return position - offset;
}

function base64Slice(buffer, start, end, isUrl) {
  checkStringLength(base64Length(end - start, isUrl));
  if (!toBase64 || end - start < base64ByEngine) {
    return inChunks(base64Text, buffer, start, end, base64ChunkBytes, isUrl);
  }
  const bytes = part(buffer, start, end);
  return toBase64.call(bytes, isUrl ? urlAlphabet : undefined);
}

function base64Length(length, isUrl) {
  return isUrl ? Math.ceil(length * 4 / 3) : Math.ceil(length / 3) * 4;
}

function base64Text(buffer, start, end, isUrl) {
  const length = end - start;
  const digits = isUrl ? base64urlDigits : base64Digits;
  const textLength = base64Length(length, isUrl);
  const text = roomForText(textLength);
  const wholeEnd = end - length % 3;
  let position = 0;
  for (let index = start; index < wholeEnd; index += 3) {
    const bits = buffer[index] << 16 | buffer[index + 1] << 8 | buffer[index + 2];
    text[position++] = digits[bits >>> 18];
    text[position++] = digits[bits >>> 12 & 63];
    text[position++] = digits[bits >>> 6 & 63];
    text[position++] = digits[bits & 63];
  }
  if (wholeEnd < end) {
    const hasTwo = wholeEnd + 1 < end;
    const bits = buffer[wholeEnd] << 8 | (hasTwo ? buffer[wholeEnd + 1] : 0);
    text[position++] = digits[bits >>> 10];
    text[position++] = digits[bits >>> 4 & 63];
    if (hasTwo) text[position++] = digits[bits << 2 & 63];
    while (position < textLength) text[position++] = padding;
  }
  return textIn(text, textLength);
}
