// text.js: what node:buffer exports beside Buffer: checks of text, transcode(), base64, and Blobs.
//
// Owns        isUtf8, isAscii, isLatin1, transcode, atob, btoa, Blob, File, resolveObjectURL.
// Assumes     nothing of the platform: atob, btoa, Blob, File and XMLHttpRequest may be missing.
// Always      the answers of Node 26. transcode() replaces characters as ICU does, which Buffer does not.

import { areAscii, areUtf8 } from './bytes.js';
import { decodeFrom, encodeInto, encodings, normalizeEncoding, replacement } from './encodings.js';
import { bufferOrBytes, bytesOrMemory, invalidArgType, missingArgs, unableToTranscode, validateString } from './errors.js';
import { named } from './names.js';
import { FastBuffer } from './slice.js';
import { bytesOfMemory, isUint8Array } from './views.js';

/** The platform's Blob, or undefined. Node's documentation, "Class: Blob". */
export const Blob = globalThis.Blob;

/** The platform's File, or undefined. Node's documentation, "Class: File". */
export const File = globalThis.File;

// Kept from the time of import: when a page makes our functions its globals, they must not call themselves.
const platformAtob = globalThis.atob;
const platformBtoa = globalThis.btoa;

const aboveLatin1 = /[^\0-\xff]/;

/**
 * Whether the bytes are valid UTF-8. Node's documentation, "buffer.isUtf8()".
 * @param {TypedArray|ArrayBuffer|SharedArrayBuffer} input
 * @returns {boolean}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 */
export const isUtf8 = /* @__PURE__ */ named(function isUtf8(input) {
  return areUtf8(bytesOf(input));
}, 'isUtf8');

/**
 * Whether no byte is above 127. Node's documentation, "buffer.isAscii()".
 * @param {TypedArray|ArrayBuffer|SharedArrayBuffer} input
 * @returns {boolean}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 */
export const isAscii = /* @__PURE__ */ named(function isAscii(input) {
  return areAscii(bytesOf(input));
}, 'isAscii');

function bytesOf(input) {
  const bytes = bytesOfMemory(input);
  if (bytes === undefined) throw invalidArgType('input', bytesOrMemory, input);
  return bytes;
}

/**
 * Whether no character is above U+00FF. Node's documentation, "buffer.isLatin1()"; there since 26.12.
 * @param {string} input
 * @returns {boolean}
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 */
export const isLatin1 = /* @__PURE__ */ named(function isLatin1(input) {
  validateString(input, 'input');
  return !aboveLatin1.test(input);
}, 'isLatin1');

/**
 * The text of `source`, in another encoding: utf8, utf16le, latin1 or ascii. Characters that the other
 * encoding does not have become '?', some invisible ones nothing. Node's documentation,
 * "buffer.transcode()".
 * @param {Uint8Array} source
 * @param {string} fromEncoding
 * @param {string} toEncoding
 * @returns {Buffer} never from the pool
 * @throws {TypeError} ERR_INVALID_ARG_TYPE
 * @throws {Error} U_ILLEGAL_ARGUMENT_ERROR for other encodings, U_INVALID_CHAR_FOUND for malformed UTF-8
 *   that is to become UTF-16 and for malformed UTF-16 that is to become UTF-8
 */
export const transcode = /* @__PURE__ */ named(function transcode(source, fromEncoding, toEncoding) {
  if (!isUint8Array(source)) throw invalidArgType('source', bufferOrBytes, source);
  if (source.length === 0) return new FastBuffer();

  const decode = decoders[normalizeEncoding(fromEncoding)];
  const to = normalizeEncoding(toEncoding);
  const encode = encoders[to];
  if (decode === undefined || encode === undefined) throw unableToTranscode('U_ILLEGAL_ARGUMENT_ERROR', 1);
  return new FastBuffer(encode(decode(new Uint8Array(source), to)).buffer);
}, 'transcode');

// transcode() goes through a string. The decoders get a copy of the bytes.
const decoders = {
  utf8(bytes, to) {
    if (to === 'utf16le' && !areUtf8(bytes)) throw unableToTranscode('U_INVALID_CHAR_FOUND', 10);
    return decodeFrom(encodings.utf8, bytes, 0, bytes.length);
  },
  utf16le(bytes, to) {
    const text = decodeFrom(encodings.utf16le, bytes, 0, bytes.length);
    if (to === 'utf8' && (text.length === 0 || loneSurrogate.test(text))) {
      throw unableToTranscode('U_INVALID_CHAR_FOUND', 10);
    }
    // Half a unit at the end is one error. With a lone high surrogate in front of it, both are one error.
    const isCut = bytes.length % 2 !== 0 && !/[\ud800-\udbff]$/.test(text);
    return to === 'utf16le' && isCut ? text + replacement : text;
  },
  latin1(bytes) {
    return decodeFrom(encodings.latin1, bytes, 0, bytes.length);
  },
  ascii(bytes, to) {
    const text = decodeFrom(encodings.latin1, bytes, 0, bytes.length);
    return to === 'utf16le' ? text : text.replace(/[\x80-\xff]/g, replacement);
  },
};

const encoders = {
  utf8: (text) => encodeBy(encodings.utf8, text),
  utf16le: (text) => encodeBy(encodings.utf16le, text.replace(loneSurrogates, replacement)),
  latin1: (text) => encodeBy(encodings.latin1, substituted(text, /[^\x00-\xff]/gu)),
  ascii: (text) => encodeBy(encodings.latin1, substituted(text, /[^\x00-\x7f]/gu)),
};

// With the u flag, a character class matches lone surrogates only.
const loneSurrogate = /[\ud800-\udfff]/u;
const loneSurrogates = /[\ud800-\udfff]/gu;
// The code points, from first to last, that ICU's converters drop when they have no byte for them.
const ignorables = [
  [0xad, 0xad], [0x34f, 0x34f], [0x61c, 0x61c], [0x115f, 0x1160], [0x17b4, 0x17b5], [0x180b, 0x180f],
  [0x200b, 0x200f], [0x202a, 0x202e], [0x2060, 0x206f], [0x3164, 0x3164], [0xfe00, 0xfe0f], [0xfeff, 0xfeff],
  [0xffa0, 0xffa0], [0xfff0, 0xfff8], [0x1bca0, 0x1bca3], [0x1d173, 0x1d17a], [0xe0000, 0xe0fff],
];

function substituted(text, missing) {
  return text.replace(missing, (character) => {
    const codePoint = character.codePointAt(0);
    return ignorables.some(([first, last]) => codePoint >= first && codePoint <= last) ? '' : '?';
  });
}

// The bytes of a text, in an array of exactly that length.
function encodeBy(codec, text) {
  const bytes = new Uint8Array(codec.byteLength(text));
  encodeInto(codec, bytes, text, 0, bytes.length);
  return bytes;
}

/**
 * Base64 of a string of characters up to U+00FF. Node's documentation, "buffer.btoa()".
 * @param {*} input converted to a string
 * @returns {string}
 * @throws {TypeError} ERR_MISSING_ARGS
 * @throws {DOMException} InvalidCharacterError for a character above U+00FF
 */
export const btoa = /* @__PURE__ */ named(function btoa(input) {
  if (arguments.length === 0) throw missingArgs('input');
  const text = `${input}`;
  if (aboveLatin1.test(text)) throw invalidCharacter('Invalid character');
  if (platformBtoa) return platformBtoa(text);
  const bytes = encodeBy(encodings.latin1, text);
  return decodeFrom(encodings.base64, bytes, 0, bytes.length);
}, 'btoa');

/**
 * The bytes of base64, as a string of characters up to U+00FF. Node's documentation, "buffer.atob()".
 * @param {*} input converted to a string; ASCII white space is ignored
 * @returns {string}
 * @throws {TypeError} ERR_MISSING_ARGS
 * @throws {DOMException} InvalidCharacterError
 */
export const atob = /* @__PURE__ */ named(function atob(input) {
  if (arguments.length === 0) throw missingArgs('input');
  const text = `${input}`;
  if (platformAtob) {
    try {
      return platformAtob(text);
    } catch {
      // The code below finds out why it is refused.
    }
  }
  const packed = text.replace(/[\t\n\f\r ]/g, '');
  const [whole, digits] = /^([A-Za-z0-9+/]*)={0,2}$/.exec(packed) || ['', ''];
  if (digits.length % 4 === 1) throw invalidCharacter('The string to be decoded is not correctly encoded.');
  // Padding fills up the last group of four, or is left out.
  if (whole !== packed || (whole !== digits && whole.length % 4 !== 0)) throw invalidCharacter('Invalid character');
  const bytes = encodeBy(encodings.base64, digits);
  return decodeFrom(encodings.latin1, bytes, 0, bytes.length);
}, 'atob');

function invalidCharacter(message) {
  const name = 'InvalidCharacterError';
  if (typeof DOMException === 'function') return new DOMException(message, name);
  return Object.defineProperties(new Error(message),
    { name: { __proto__: null, value: name }, code: { __proto__: null, value: 5 } });
}

/**
 * The Blob that a URL of URL.createObjectURL() stands for. Browsers do not give the Blob back, so this is a
 * copy of it. Node's documentation, "buffer.resolveObjectURL()".
 * @param {string} id as in `blob:https://example.org/40a5fb5a-d56d-4a33-b4e2-0acf6a8e5f64`
 * @returns {Blob|undefined} undefined when there is none, and where there is no XMLHttpRequest
 */
export const resolveObjectURL = /* @__PURE__ */ named(function resolveObjectURL(id) {
  const url = `${id}`;
  if (!('XMLHttpRequest' in globalThis) || !url.startsWith('blob:')) return undefined;
  try {
    // Only a request like the second one can read bytes on a page: those above 127 become U+F780 to U+F7FF.
    // But there Firefox forgets the type.
    const type = requested(url).getResponseHeader('content-type') || '';
    const text = requested(url, 'text/plain; charset=x-user-defined').response;
    return new Blob([Uint8Array.from(text, (character) => character.charCodeAt(0))], { type });
  } catch {
    return undefined;
  }
}, 'resolveObjectURL');

function requested(url, mimeType) {
  const request = new globalThis.XMLHttpRequest();
  request.open('GET', url, false);
  if (mimeType !== undefined) request.overrideMimeType(mimeType);
  request.send();
  return request;
}
