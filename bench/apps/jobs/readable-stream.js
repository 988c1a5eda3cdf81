import { PassThrough, Readable, Transform } from 'readable-stream';

function collected(stream) {
  return new Promise((resolve, reject) => {
    const found = [];
    stream.on('data', (chunk) => found.push(chunk));
    stream.on('end', () => resolve(found));
    stream.on('error', reject);
  });
}

export function transform(data) {
  const texts = data.list(100, () => data.text(60));
  return async () => {
    const source = new PassThrough();
    const upper = new Transform({
      transform(chunk, _, done) {
        done(null, chunk.toString('latin1').toUpperCase());
      },
    });
    const all = collected(source.pipe(upper));
    for (const each of texts) source.write(each);
    source.end();
    return Buffer.concat(await all);
  };
}

export function decode(data) {
  const bytes = Buffer.from(data.text(20000));
  return async () => {
    const chunks = [];
    for (let at = 0; at < bytes.length; at += 1021) chunks.push(bytes.subarray(at, at + 1021));
    const source = Readable.from(chunks, { objectMode: false });
    source.setEncoding('utf8');
    return (await collected(source)).join('');
  };
}
