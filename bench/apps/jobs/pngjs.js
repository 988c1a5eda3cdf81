import pngjs from 'pngjs/lib/png.js';

const { PNG } = pngjs;

function packed(picture) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    const stream = picture.pack();
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.on('end', () => resolve(Buffer.concat(chunks)));
    stream.on('error', reject);
  });
}

function parsed(bytes) {
  return new Promise((resolve, reject) => {
    new PNG().parse(bytes, (error, { data } = {}) => (error ? reject(error) : resolve(data)));
  });
}

export function image(data) {
  const pixels = Buffer.from(data.list(48 * 48 * 4, (at) => ((at >> 4) + data.integer(8)) & 255));
  return async () => {
    const picture = new PNG({ width: 48, height: 48 });
    pixels.copy(picture.data);
    const bytes = await packed(picture);
    return [bytes, await parsed(bytes)];
  };
}
