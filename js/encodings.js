/*
 * The codecs between strings and bytes: one row per encoding, all of the same shape, and the names they go
 * by.
 *
 * A row is `{ name, byteLength(string), write(buffer, string, offset, length), slice(buffer, start, end) }`.
 * `byteLength` is Node's estimate for base64 and hex, exact for the rest. `write` returns the bytes it wrote
 * and `slice` the text of [start, end). Rows assume what their callers have settled: a Uint8Array, a string,
 * integers, and a range inside the buffer. They never write outside [offset, offset + length), keep nothing
 * between calls, and read as leniently as Node 26 does, byte for byte.
 *
 * Short inputs are coded by loops, long ones by the engine's own coders, where it has them and they mean the
 * same, else by kernels over the home memory, where compiled code runs. Browsers refuse shared and resizable
 * memory in their coders, so those are copied first, or looped over.
 */

import { stringTooLong } from './errors.js';
import { bufferOf, byteOffsetOf, part } from './slice.js';
import { homeBytes, homeKernels, STAGE_A, STAGE_B, STAGE_SIZE } from './wasm.js';

/** Characters of the longest string. */
export const maxStringLength = 2 ** 29 - 24;

// From how many bytes or characters on a call to the engine's coder costs less than a loop.
const decoderMinimum = 17;
const shortMost = 64;
const encoderMinimum = 24;
const hexTextMinimum = 9;
const hexBytesMinimum = 24;
const base64TextMinimum = 24;
const base64BytesMinimum = 100;
const kernelMinimum = 32;
const countedMinimum = 256;
const utf16TextMinimum = 64;
// Bytes or units handed to one String.fromCharCode or one TextDecoder call: bounds the stack and the copies.
const batchUnits = 4096;
const chunkBytes = 2 ** 20;
// What can be staged at once, of bytes or characters whose result is twice as long.
const stageChunk = STAGE_SIZE / 2;

const utf8Decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const utf16Decoder = new TextDecoder('utf-16le', { ignoreBOM: true });
const utf8Encoder = new TextEncoder();
// Since 2024 and 2025 in browsers, since Node 25.
const { toHex, setFromHex, toBase64, setFromBase64 } = Uint8Array.prototype;

/** Every codec by its canonical name. */
export const encodings = {
  utf8: { name: 'utf8', byteLength: utf8ByteLength, write: utf8Write, slice: utf8Slice },
  utf16le: {
    name: 'utf16le', byteLength: (string) => string.length * 2, write: utf16Write, slice: utf16Slice,
  },
  latin1: { name: 'latin1', byteLength: (string) => string.length, write: latin1Write, slice: latin1Slice },
  ascii: { name: 'ascii', byteLength: (string) => string.length, write: latin1Write, slice: asciiSlice },
  base64: { name: 'base64', byteLength: base64ByteLength, write: base64Write, slice: base64Slice },
  base64url: { name: 'base64url', byteLength: base64ByteLength, write: base64Write, slice: base64urlSlice },
  hex: { name: 'hex', byteLength: (string) => string.length >>> 1, write: hexWrite, slice: hexSlice },
};

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
  // Concatenation asks valueOf before toString, which a template literal would not.
  return rowNamed(typeof encoding === 'string' ? encoding : encoding + '');
}

/**
 * The canonical name of an encoding; nothing at all means 'utf8'.
 * @param {*} encoding a name in any letter case
 * @returns {string|undefined} the name of a row of `encodings`
 */
export function normalizeEncoding(encoding) {
  if (encoding === undefined || encoding === null || encoding === '') return 'utf8';

  // Node looks at the length before it converts: a String object is a name, 5 or {} are never converted.
  const { length } = encoding;
  if (!(length >= 3 && length <= longestName)) return undefined;
  const text = String(encoding);
  const row = text.length === length ? rowNamed(text) : undefined;
  return row === undefined ? undefined : row.name;
}

function rowNamed(name) {
  const row = byName.get(name);
  if (row !== undefined || name.length > longestName) return row;
  return byName.get(name.toLowerCase());
}

// Shared

const { set: setBytes, slice: copyOf } = Uint8Array.prototype;

// The engine's decoder on bytes that it may refuse: browsers take no shared and no resizable memory.
function decoded(decoder, bytes) {
  try {
    return decoder.decode(bytes);
  } catch {
    return decoder.decode(new Uint8Array(bytes));
  }
}

// Short text is put together in one place, because making an array for it takes longer than filling it.
const shortRoom = new Uint8Array(32);

function roomForText(length) {
  return length <= shortRoom.length ? shortRoom : new Uint8Array(length);
}

function asciiText(text, length) {
  return text === shortRoom ? shortText(text, 0, length) : utf8Decoder.decode(text);
}

// Up to some 64 characters, at most eight in a call: with a number of arguments that is written out, V8
// makes no list.
function shortText(bytes, at, length) {
  const code = String.fromCharCode;
  switch (length) {
    case 0: return '';
    case 1: return code(bytes[at]);
    case 2: return code(bytes[at], bytes[at + 1]);
    case 3: return code(bytes[at], bytes[at + 1], bytes[at + 2]);
    case 4: return code(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
    case 5: return code(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3], bytes[at + 4]);
    case 6: return code(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3], bytes[at + 4], bytes[at + 5]);
    case 7: return code(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3], bytes[at + 4], bytes[at + 5],
      bytes[at + 6]);
    case 8: return code(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3], bytes[at + 4], bytes[at + 5],
      bytes[at + 6], bytes[at + 7]);
    default: return shortText(bytes, at, 8) + shortText(bytes, at + 8, length - 8);
  }
}

// Whether kernels can take an input of this length; what lies elsewhere is copied to the home memory first.
function hasKernel(length) {
  return homeKernels !== undefined && length >= kernelMinimum;
}

function stage(buffer, start, end) {
  homeBytes.set(part(buffer, start, end), STAGE_A);
}

function staged(length) {
  return homeBytes.subarray(STAGE_B, STAGE_B + length);
}

// Stages ASCII text; false for any other, whose low bytes Node looks at one by one.
function stageText(text) {
  const { read, written } = utf8Encoder.encodeInto(text, homeBytes.subarray(STAGE_A, STAGE_A + text.length));
  return read === text.length && written === text.length;
}

function checkStringLength(length) {
  if (length > maxStringLength) throw stringTooLong();
}

// utf8

function utf8ByteLength(string) {
  const { length } = string;
  if (length >= countedMinimum && homeBytes !== undefined) return utf8Counted(string);
  let bytes = length;
  for (let index = 0; index < length; index++) {
    const unit = string.charCodeAt(index);
    if (unit < 0x80) continue;
    bytes++;
    if (unit < 0x800) continue;
    bytes++;
    // Both halves of a pair make four bytes together; a lone half becomes U+FFFD, three bytes.
    if (isHighSurrogate(unit) && isLowSurrogate(string.charCodeAt(index + 1))) index++;
  }
  return bytes;
}

// By encoding it to where nobody looks: the engine's encoder is some ten times as fast as a loop.
function utf8Counted(string) {
  const room = homeBytes.subarray(STAGE_A, STAGE_A + STAGE_SIZE);
  let bytes = 0;
  for (let rest = string; rest.length > 0;) {
    const { read, written } = utf8Encoder.encodeInto(rest, room);
    bytes += written;
    rest = rest.slice(read);
  }
  return bytes;
}

function utf8Write(buffer, string, offset, length) {
  if (string.length < encoderMinimum) return utf8WriteFrom(buffer, string, 0, offset, length);

  const { read, written } = encodedInto(string, part(buffer, offset, offset + length));
  // V8 may stop short of a last character that would fit.
  if (read === string.length) return written;
  return written + utf8WriteFrom(buffer, string, read, offset + written, length - written);
}

// The engine's encoder, or nothing at all where it refuses the memory.
function encodedInto(string, bytes) {
  try {
    return utf8Encoder.encodeInto(string, bytes);
  } catch {
    return { read: 0, written: 0 };
  }
}

// Writes whole characters only: the first that does not fit ends it.
function utf8WriteFrom(buffer, string, from, offset, length) {
  const end = offset + length;
  let position = offset;
  for (let index = from; index < string.length; index++) {
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
  const length = end - start;
  if (length < decoderMinimum && isAscii(buffer, start, end)) return shortText(buffer, start, length);

  const bytes = part(buffer, start, end);
  return length > maxStringLength ? utf8SliceLong(bytes) : decoded(utf8Decoder, bytes);
}

function isAscii(bytes, start, end) {
  let seen = 0;
  for (let index = start; index < end; index++) seen |= bytes[index];
  return seen < 0x80;
}

// More bytes than a string has characters may still decode to few enough.
function utf8SliceLong(bytes) {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const parts = [];
  let total = 0;
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    const text = decoder.decode(copyOf.call(bytes, start, start + chunkBytes), { stream: true });
    total += text.length;
    checkStringLength(total);
    parts.push(text);
  }
  parts.push(decoder.decode());
  checkStringLength(total + parts[parts.length - 1].length);
  return parts.join('');
}

// utf16le

function utf16Write(buffer, string, offset, length) {
  const units = Math.min(string.length, length >>> 1);
  const address = byteOffsetOf.call(buffer) + offset;
  if (units >= encoderMinimum && address % 2 === 0) {
    const cells = new Uint16Array(bufferOf.call(buffer), address, units);
    for (let index = 0; index < units; index++) cells[index] = string.charCodeAt(index);
    return units * 2;
  }
  let position = offset;
  for (let index = 0; index < units; index++) {
    const unit = string.charCodeAt(index);
    buffer[position++] = unit;
    buffer[position++] = unit >>> 8;
  }
  return units * 2;
}

// TextDecoder replaces lone surrogates, which Node keeps, so it gets only text that has none.
function utf16Slice(buffer, start, end) {
  const length = (end - start) >>> 1;
  checkStringLength(length);
  if (length * 2 >= utf16TextMinimum && homeKernels !== undefined) {
    return inChunks(start, start + length * 2, (from, to) => {
      stage(buffer, from, to);
      const bytes = homeBytes.subarray(STAGE_A, STAGE_A + to - from);
      // A pair that is cut by the end of a chunk counts as two lone ones, and is put together again as such.
      if (homeKernels.unicode_is_utf16(STAGE_A, to - from)) return utf16Decoder.decode(bytes);
      return fromUnits(new Uint16Array(bytes.buffer, STAGE_A, bytes.length / 2));
    }, STAGE_SIZE);
  }

  const address = byteOffsetOf.call(buffer) + start;
  if (address % 2 === 0) return fromUnits(new Uint16Array(bufferOf.call(buffer), address, length));
  return fromUnits(new Uint16Array(new Uint8Array(part(buffer, start, start + length * 2)).buffer));
}

function fromUnits(units) {
  if (units.length <= batchUnits) return String.fromCharCode.apply(null, units);

  const parts = [];
  for (let start = 0; start < units.length; start += batchUnits)
    parts.push(String.fromCharCode.apply(null, units.subarray(start, start + batchUnits)));
  return parts.join('');
}

// latin1 and ascii

function latin1Write(buffer, string, offset, length) {
  const units = Math.min(string.length, length);
  // ASCII is the same in UTF-8. One character tells what the rest is likely to be; the encoder tells for
  // certain.
  if (units >= encoderMinimum && string.charCodeAt(units >>> 1) < 0x80) {
    const text = units === string.length ? string : string.slice(0, units);
    const { read, written } = encodedInto(text, part(buffer, offset, offset + units));
    if (read === units && written === units) return units;
  }
  for (let index = 0; index < units; index++) buffer[offset + index] = string.charCodeAt(index);
  return units;
}

// By way of UTF-16, because TextDecoder's 'latin1' is windows-1252.
function latin1Slice(buffer, start, end) {
  checkStringLength(end - start);
  if (end - start <= shortMost) return shortText(buffer, start, end - start);
  if (homeKernels === undefined) {
    return inChunks(start, end, (from, to) => {
      return utf16Decoder.decode(new Uint16Array(part(buffer, from, to)));
    });
  }
  return inChunks(start, end, (from, to) => {
    stage(buffer, from, to);
    const length = to - from;
    if (homeKernels.latin1_is_ascii(STAGE_A, length)) {
      return utf8Decoder.decode(homeBytes.subarray(STAGE_A, STAGE_A + length));
    }
    homeKernels.latin1_widen(STAGE_B, STAGE_A, length);
    return utf16Decoder.decode(staged(length * 2));
  }, stageChunk);
}

function asciiSlice(buffer, start, end) {
  checkStringLength(end - start);
  const length = end - start;
  if (length < decoderMinimum && isAscii(buffer, start, end)) return shortText(buffer, start, length);

  return inChunks(start, end, (from, to) => {
    const bytes = new Uint8Array(part(buffer, from, to));
    for (let index = 0; index < bytes.length; index++) bytes[index] &= 0x7f;
    return utf8Decoder.decode(bytes);
  });
}

function inChunks(start, end, textOf, size = chunkBytes) {
  if (end - start <= size) return textOf(start, end);

  const parts = [];
  for (let from = start; from < end; from += size) parts.push(textOf(from, Math.min(from + size, end)));
  return parts.join('');
}

// hex

const hexDigits = asciiCodes('0123456789abcdef');
const hexValues = valuesOf(['0123456789abcdef', '0123456789ABCDEF']);

// Stops at the first pair that is not two digits; an odd last digit is ignored.
function hexWrite(buffer, string, offset, length) {
  const pairs = Math.min(string.length >>> 1, length);
  if (setFromHex && pairs >= hexBytesMinimum) {
    try {
      const digits = string.length === pairs * 2 ? string : string.slice(0, pairs * 2);
      return setFromHex.call(part(buffer, offset, offset + pairs), digits).written;
    } catch {
      // A bad pair, where Node stops and the engine throws: the loop finds it.
    }
  } else if (hasKernel(pairs)) {
    return hexWriteStaged(buffer, string, offset, pairs);
  }
  return hexWriteFrom(buffer, string, 0, offset, pairs);
}

function hexWriteStaged(buffer, string, offset, pairs) {
  for (let done = 0; done < pairs; done += stageChunk) {
    const count = Math.min(stageChunk, pairs - done);
    if (!stageText(string.slice(done * 2, (done + count) * 2))) {
      return hexWriteFrom(buffer, string, done, offset, pairs);
    }
    const written = homeKernels.hex_decode(STAGE_B, STAGE_A, count);
    setBytes.call(buffer, staged(written), offset + done);
    if (written < count) return done + written;
  }
  return pairs;
}

function hexWriteFrom(buffer, string, first, offset, pairs) {
  for (let index = first; index < pairs; index++) {
    const high = hexValues[string.charCodeAt(index * 2) & 0xff];
    const low = hexValues[string.charCodeAt(index * 2 + 1) & 0xff];
    if ((high | low) < 0) return index;
    buffer[offset + index] = high << 4 | low;
  }
  return pairs;
}

function hexSlice(buffer, start, end) {
  checkStringLength((end - start) * 2);
  if (toHex && end - start >= hexTextMinimum) return toHex.call(part(buffer, start, end));

  return inChunks(start, end, (from, to) => {
    if (hasKernel(to - from)) {
      stage(buffer, from, to);
      homeKernels.hex_encode(STAGE_B, STAGE_A, to - from);
      return utf8Decoder.decode(staged((to - from) * 2));
    }
    const text = roomForText((to - from) * 2);
    let position = 0;
    for (let index = from; index < to; index++) {
      text[position++] = hexDigits[buffer[index] >>> 4];
      text[position++] = hexDigits[buffer[index] & 15];
    }
    return asciiText(text, position);
  }, stageChunk);
}

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
// A multiple of three, so that only the last chunk is padded.
const base64ChunkBytes = 3 * 2 ** 19;

// Counts characters, not digits: an upper bound where the text has garbage in it.
function base64ByteLength(string) {
  let { length } = string;
  if (string.charCodeAt(length - 1) === padding) length--;
  if (length > 1 && string.charCodeAt(length - 1) === padding) length--;
  return Math.floor(length * 3 / 4);
}

// Both alphabets in one text are fine, what is in neither is skipped, and '=' ends it.
function base64Write(buffer, string, offset, length) {
  if (setFromBase64 && string.length >= base64BytesMinimum) {
    const alphabet = string.includes('-') || string.includes('_') ? 'base64url' : 'base64';
    try {
      const room = part(buffer, offset, offset + length);
      const { read, written } = setFromBase64.call(room, string, { alphabet });
      // Without room for a whole group of three bytes the engine stops, where Node writes the first of them.
      return read === string.length ? written :
        written + base64WriteFrom(buffer, string, read, offset + written, length - written);
    } catch {
      // Something that Node skips and the engine does not take.
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

function base64Slice(buffer, start, end) {
  checkStringLength(Math.ceil((end - start) / 3) * 4);
  if (toBase64 && end - start >= base64TextMinimum) return toBase64.call(part(buffer, start, end));

  return inChunks(start, end, (from, to) => base64Text(buffer, from, to, base64Digits, true),
    base64ChunkBytes);
}

function base64urlSlice(buffer, start, end) {
  checkStringLength(Math.ceil((end - start) * 4 / 3));
  if (toBase64 && end - start >= base64TextMinimum)
    return toBase64.call(part(buffer, start, end), { alphabet: 'base64url', omitPadding: true });

  return inChunks(start, end, (from, to) => base64Text(buffer, from, to, base64urlDigits, false),
    base64ChunkBytes);
}

function base64Text(buffer, start, end, digits, isPadded) {
  const length = end - start;
  const textLength = isPadded ? Math.ceil(length / 3) * 4 : Math.ceil(length * 4 / 3);
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
  return asciiText(text, textLength);
}
