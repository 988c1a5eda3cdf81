// The work of packages that depend on Buffer. Run this as a program, with the name of a package: it prints,
// as JSON, the answers of the package, and whose Buffers it made.
//
// Assumes  nothing about which Buffer is used: this file uses the global one, and packages use what they
//          import.
// Always   every run does the same. Random data comes from a fixed seed.
import { once } from 'node:events';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

// A 32-bit xorshift.
function randomNumbers(seed) {
  let state = seed;
  return (most) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % most;
  };
}

function randomBytes(length, seed) {
  const random = randomNumbers(seed);
  return Buffer.from(Array.from({ length }, () => random(256)));
}

// Cuts `bytes` into pieces of 0 to `most` bytes, which share its memory.
function pieces(bytes, most, seed) {
  const random = randomNumbers(seed);
  const found = [];
  for (let start = 0; start < bytes.length;) {
    const end = Math.min(bytes.length, start + random(most + 1));
    found.push(bytes.subarray(start, end));
    start = end;
  }
  return found;
}

function failure(run) {
  try {
    return { value: String(run()) };
  } catch (error) {
    return { name: error.name, code: error.code, message: error.message };
  }
}

// Without base64url, which string_decoder 1.3.0 does not have.
const oldEncodings = ['utf8', 'utf-8', 'ucs2', 'utf16le', 'latin1', 'ascii', 'binary', 'hex', 'base64'];
const encodings = [...oldEncodings, 'base64url'];
const greeting = 'Grüße, 世界! 👍🏽 z\u0301';
const text = `${greeting} \ud83d \udc4d \ufeff \u0000 end`;

// One row for each package: its answers, and some Buffers that it made itself.
const workloads = {
  async 'readable-stream'() {
    const {
      Duplex, PassThrough, Readable, Transform, Writable, pipeline, promises,
    } = require('readable-stream');
    const made = [];
    const answer = {};

    answer.decoded = {};
    for (const encoding of oldEncodings) {
      const stream = new Readable({ read() {} });
      stream.setEncoding(encoding);
      for (const piece of pieces(Buffer.from(text), 5, 1)) stream.push(piece);
      stream.push(null);
      const strings = await stream.toArray();
      answer.decoded[encoding] = strings.join('');
    }

    // read(n) cuts and joins the Buffers that were pushed.
    const random = randomNumbers(2);
    const source = randomBytes(20000, 3);
    const reader = new Readable({ read() {}, highWaterMark: 64 * 1024 });
    for (const piece of pieces(source, 300, 4)) reader.push(piece);
    reader.push(null);
    answer.reads = [];
    await once(reader, 'readable');
    for (let n = 1; ; n = 1 + random(700)) {
      const chunk = reader.read(Math.min(n, reader.readableLength || 1));
      if (chunk === null) break;
      if (answer.reads.length % 7 === 3 && chunk.length > 4) reader.unshift(chunk.subarray(2));
      made.push(chunk);
      answer.reads.push(chunk.toString('base64'));
      if (answer.reads.length > 200) break;
    }

    const written = [];
    const writable = new Writable({
      write(chunk, encoding, done) {
        written.push([encoding, chunk.toString('hex')]);
        made.push(chunk);
        done();
      },
      writev(chunks, done) {
        for (const { chunk, encoding } of chunks) written.push(['v', encoding, chunk.toString('hex')]);
        made.push(...chunks.map((each) => each.chunk));
        done();
      },
    });
    writable.write('text');
    writable.cork();
    for (const encoding of encodings) writable.write('66c3bc5f', encoding);
    writable.write(Buffer.from(text));
    writable.write(new Uint8Array([1, 2, 255]));
    writable.uncork();
    writable.end('end');
    await promises.finished(writable);
    answer.written = written;
    answer.refused = [failure(() => writable.write(5)), failure(() => new Writable().write('a', 'utf-7'))];

    const upper = new Transform({
      transform(chunk, encoding, done) {
        done(null, chunk.toString('latin1').toUpperCase());
      },
      flush(done) {
        done(null, Buffer.from('.'));
      },
    });
    const out = [];
    await promises.pipeline(Readable.from(['one ', Buffer.from('two '), 'three']), upper, new PassThrough(),
      new Writable({
        write(chunk, encoding, done) {
          out.push(chunk.toString());
          done();
        },
      }));
    answer.transformed = out;

    const duplex = Duplex.from(async function* (chunks) {
      for await (const chunk of chunks) yield Buffer.concat([chunk, Buffer.from('|')]);
    });
    answer.duplex = await new Promise((resolve, reject) => {
      const chunks = [];
      pipeline(Readable.from([Buffer.from('a'), Buffer.from('bc')]), duplex, async function (results) {
        for await (const chunk of results) chunks.push(chunk);
      }, (error) => (error ? reject(error) : resolve(Buffer.concat(chunks).toString())));
    });
    return { answer, made };
  },

  string_decoder() {
    const { StringDecoder } = require('string_decoder/');
    const answer = { euro: [], decoded: {} };
    const euro = new StringDecoder('utf8');
    answer.euro.push(euro.write(Buffer.from([0xe2])), euro.write(Buffer.from([0x82])));
    answer.euro.push(euro.end(Buffer.from([0xac])));
    answer.euro.push(euro.write(Buffer.from([0xe2, 0x82])), euro.end());

    const inputs = {
      utf8: Buffer.from(text), ucs2: Buffer.from(text, 'ucs2'), random: randomBytes(600, 5),
    };
    for (const encoding of [...oldEncodings, 'UTF8', 'Base64']) {
      for (const [name, bytes] of Object.entries(inputs)) {
        for (const most of [1, 2, 3, 7]) {
          const decoder = new StringDecoder(encoding);
          const strings = pieces(bytes, most, 6).map((piece) => decoder.write(piece));
          strings.push(decoder.end());
          answer.decoded[`${encoding} ${name} ${most}`] = strings.map((string) => escape(string)).join('|');
        }
      }
    }
    answer.refused = [failure(() => new StringDecoder('utf-7')), failure(() => new StringDecoder(1))];
    return { answer, made: [new StringDecoder('utf8').lastChar] };
  },

  async bl() {
    const { default: BufferListStream, BufferList } = await import('bl');
    const { PassThrough } = require('readable-stream');
    const source = randomBytes(5000, 7);
    const list = new BufferList(pieces(source, 90, 8));
    const random = randomNumbers(9);
    const made = [];
    const answer = { length: list.length, slices: [], numbers: [], found: [], copies: [] };
    for (let i = 0; i < 100; i++) {
      const start = random(5000);
      const end = start + random(400);
      const slice = list.slice(start, end);
      made.push(slice);
      answer.slices.push(slice.toString('base64'), list.shallowSlice(start, end).toString('hex'));
      answer.numbers.push([
        list.get(start), list.readUInt32BE(start % 4900), list.readDoubleLE(start % 4900),
        list.readIntLE(start % 4900, 6), String(list.readBigInt64BE(start % 4900)),
      ]);
      answer.found.push(list.indexOf(source.subarray(start, start + 3)));
      answer.found.push(list.indexOf(source[start], start - 9));
      const target = Buffer.alloc(50, 'x');
      answer.copies.push([list.copy(target, 3, start, start + 40), target.toString('latin1')]);
    }
    const texts = new BufferList([
      'Grüße', Buffer.from(', '), ['世', '界'], new BufferList('!'), new Uint8Array([33]), 5,
    ]);
    answer.text = texts.toString();
    texts.consume(3);
    answer.consumed = [
      texts.toString('utf8', 0, 9), texts.length, texts.duplicate().append('😀').toString(),
    ];
    answer.refused = failure(() => texts.append({}).toString());

    const stream = new BufferListStream();
    const through = new PassThrough();
    through.pipe(stream);
    for (const piece of pieces(source, 300, 10)) through.write(piece);
    through.end('end');
    await once(stream, 'finish');
    answer.piped = stream.slice().toString('base64');
    return { answer, made };
  },

  'safe-buffer'() {
    const { Buffer: SafeBuffer } = require('safe-buffer');
    const made = [
      SafeBuffer.from('abc'), SafeBuffer.from([1, 2, 300]), SafeBuffer.from('616263', 'hex'),
      SafeBuffer.alloc(5),
      SafeBuffer.alloc(5, 'ab'), SafeBuffer.alloc(5, 'YQ==', 'base64'), SafeBuffer.allocUnsafe(5).fill(1),
      SafeBuffer.allocUnsafeSlow(5).fill(2), SafeBuffer.concat([SafeBuffer.from('a'), SafeBuffer.from('b')]),
    ];
    return {
      answer: {
        bytes: made.map((buffer) => buffer.toString('hex')),
        same: SafeBuffer === Buffer,
        refused: [failure(() => SafeBuffer.from(5)), failure(() => SafeBuffer.alloc('5')),
          failure(() => SafeBuffer.allocUnsafe('5')), failure(() => SafeBuffer.allocUnsafeSlow(-1))],
      },
      made,
    };
  },

  async pngjs() {
    const { PNG } = require('pngjs');
    const made = [];
    const answer = { images: {}, refused: [] };
    const pixels = randomBytes(23 * 17 * 4, 11);
    for (const colorType of [0, 2, 4, 6]) {
      for (const bitDepth of [8, 16]) {
        for (const filterType of [-1, 0, 1, 2, 3, 4]) {
          const image = new PNG({ width: 23, height: 17 });
          image.data.set(pixels);
          const file = PNG.sync.write(image, { colorType, bitDepth, filterType, inputHasAlpha: true });
          const { data, width, height, gamma } = PNG.sync.read(file);
          made.push(data);
          answer.images[`${colorType} ${bitDepth} ${filterType}`] = [
            file.toString('base64'), data.toString('base64'), width, height, gamma];
        }
      }
    }

    const image = new PNG({ width: 23, height: 17, filterType: 4 });
    image.data.set(pixels);
    const parts = [];
    image.pack().on('data', (part) => parts.push(part));
    await once(image, 'end');
    answer.packed = Buffer.concat(parts).toString('base64');
    const parsed = new PNG();
    for (const piece of pieces(Buffer.concat(parts), 50, 12)) parsed.write(piece);
    parsed.end();
    await once(parsed, 'parsed');
    answer.isRoundTrip = Buffer.compare(parsed.data, pixels) === 0;
    made.push(parsed.data);

    const target = new PNG({ width: 30, height: 30, fill: true });
    PNG.bitblt(parsed, target, 2, 3, 10, 10, 5, 5);
    answer.copied = target.data.toString('hex');
    answer.red = PNG.sync.read(Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4' +
      '2mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==', 'base64')).data.toString('hex');

    const whole = Buffer.concat(parts);
    const wrong = Buffer.from(whole);
    wrong[20] ^= 1;
    for (const bytes of [whole.subarray(0, 40), whole.subarray(1), wrong, Buffer.alloc(0)]) {
      answer.refused.push(failure(() => PNG.sync.read(bytes)));
    }
    return { answer, made };
  },

  protobufjs() {
    const protobuf = require('protobufjs');
    const { root } = protobuf.parse(`
      syntax = "proto3";
      enum Kind { NONE = 0; SOME = 1; MANY = 2; }
      message Part { string name = 1; bytes body = 2; repeated Part parts = 3; }
      message All {
        int32 a = 1; string b = 2; bytes c = 3; double d = 4; float e = 5; int64 f = 6; uint64 g = 7;
        sint32 h = 8; sint64 i = 9; fixed32 j = 10; fixed64 k = 11; sfixed32 l = 12; sfixed64 m = 13;
        bool n = 14; Kind o = 15; repeated int32 p = 16; repeated string q = 17; map<string, bytes> r = 18;
        Part s = 19; repeated double t = 20; oneof either { string u = 21; uint32 v = 22; }
      }`);
    const All = root.lookupType('All');
    const random = randomNumbers(13);
    const some = (length) => randomBytes(length, 1 + random(1e6));
    const made = [];
    const answer = { encoded: [], decoded: [], refused: [] };
    const messages = [{}, { a: 150 }, { b: 'testing' }];
    for (let i = 0; i < 60; i++) {
      messages.push({
        a: random(2 ** 31) - 2 ** 30, b: greeting.slice(0, random(12)).repeat(random(9)),
        c: some(random(300)), d: random(1e9) / 7, e: Math.fround(random(1e6) / 3),
        f: random(2 ** 31) * -4097, g: random(2 ** 31) * 1025, h: -random(1e9), i: -random(1e9),
        j: random(2 ** 31), k: random(2 ** 31), l: -random(2 ** 30), m: -random(2 ** 30),
        n: random(2) === 1, o: random(3), p: [1, -1, random(1e6)], q: ['', greeting, 'a'.repeat(random(200))],
        r: { '': some(3), ключ: some(20) },
        s: {
          name: 'ü', body: some(40), parts: [{ name: 'x', body: some(0) }, { parts: [{ name: greeting }] }],
        },
        t: [0.1, -0, 1e300, Number.POSITIVE_INFINITY], ...(random(2) ? { u: '👍' } : { v: 7 }),
      });
    }
    for (const message of messages) {
      const encoded = All.encode(All.create(message)).finish();
      const decoded = All.decode(encoded);
      made.push(encoded);
      if (decoded.c.length > 0) made.push(decoded.c);
      answer.encoded.push(encoded.toString('hex'));
      const options = { bytes: String, longs: String, enums: String, defaults: true };
      answer.decoded.push(All.toObject(decoded, options));
      answer.decoded.push(JSON.stringify(All.decodeDelimited(All.encodeDelimited(message).finish())));
    }
    answer.writer = new protobuf.Writer().uint32(1).finish().constructor.name;
    answer.pooled = protobuf.Writer.create().uint32(10).string(text).bytes(some(10)).bytes('YWJj')
      .double(-0.1).float(1.5).fixed64(2 ** 40).finish().toString('hex');
    const long = All.encode({ c: some(100), q: [greeting] }).finish();
    for (const length of [1, 50, 101, 103]) {
      answer.refused.push(failure(() => All.decode(long.subarray(0, length))));
    }
    // Lone surrogates: in short strings protobufjs writes them itself, in long ones Buffer does.
    answer.surrogates = [text, text.repeat(9)].map((b) => All.encode({ b }).finish().toString('hex'));
    answer.refused.push(All.verify({ c: 5 }), All.verify({ b: 5 }));
    return { answer, made };
  },

  'crc-32'() {
    const crc32 = require('crc-32');
    const crc32c = require('crc-32/crc32c');
    const bytes = randomBytes(70000, 14);
    const answer = {
      check: crc32.buf(Buffer.from('123456789')) >>> 0,
      checkC: crc32c.buf(Buffer.from('123456789')) >>> 0,
      texts: [crc32.str(text), crc32c.str(text), crc32.bstr('123456789'), crc32.buf(Buffer.from(text))],
      whole: [crc32.buf(bytes), crc32c.buf(bytes), crc32.bstr(bytes.toString('binary'))],
      joined: pieces(bytes, 500, 15).reduce((crc, piece) => crc32.buf(piece, crc), 0),
      lengths: Array.from({ length: 40 }, (_, length) => crc32.buf(bytes.subarray(length, 2 * length))),
    };
    return { answer, made: [] };
  },

  'sha.js'() {
    const createHash = require('sha.js');
    const made = [];
    const answer = { abc: {}, empty: {}, pieces: {}, refused: [] };
    const bytes = randomBytes(20000, 16);
    for (const algorithm of ['sha', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']) {
      answer.abc[algorithm] = createHash(algorithm).update('abc').digest('hex');
      answer.empty[algorithm] = createHash(algorithm).digest('base64');
      const hash = createHash(algorithm);
      for (const piece of pieces(bytes, 400, 17)) hash.update(piece);
      for (const encoding of encodings) hash.update('66c3bc5f', encoding);
      hash.update(text).update(new Uint8Array([1, 2])).update(new DataView(new ArrayBuffer(3)));
      const digest = hash.digest();
      made.push(digest);
      answer.pieces[algorithm] = digest.toString('hex');
    }
    answer.refused.push(failure(() => createHash('md5')), failure(() => createHash('sha1').update(5)));
    return { answer, made };
  },
};

const { answer, made } = await workloads[process.argv[2]]();
console.log(JSON.stringify({
  answer,
  // Not by name, which may resolve to another module.
  isNode: Buffer === process.getBuiltinModule('node:buffer').Buffer,
  made: made.length,
  madeElsewhere: made.filter((each) => !(each instanceof Buffer)).length,
}));
