import tar from 'tar-stream';

function packed(files) {
  return new Promise((resolve, reject) => {
    const pack = tar.pack();
    const chunks = [];
    pack.on('data', (chunk) => chunks.push(chunk));
    pack.on('end', () => resolve(Buffer.concat(chunks)));
    pack.on('error', reject);
    for (const { name, bytes } of files) pack.entry({ name, mtime: new Date(0) }, bytes);
    pack.finalize();
  });
}

const filesOf = (data) => data.list(12, () => ({
  name: `${data.word()}/${data.word()}.txt`, bytes: Buffer.from(data.bytes(100 + data.integer(3000))),
}));

export function pack(data) {
  const files = filesOf(data);
  return () => packed(files);
}

export async function extract(data) {
  const bytes = await packed(filesOf(data));
  return () => new Promise((resolve, reject) => {
    const found = [];
    const reader = tar.extract();
    reader.on('entry', ({ name, size }, stream, next) => {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => {
        found.push([name, size, Buffer.concat(chunks)]);
        next();
      });
    });
    reader.on('finish', () => resolve(found));
    reader.on('error', reject);
    for (let at = 0; at < bytes.length; at += 4000) reader.write(bytes.subarray(at, at + 4000));
    reader.end();
  });
}
