import prefixed from 'length-prefixed-stream';

export function messages(data) {
  const texts = data.list(60, () => Buffer.from(data.text(10 + data.integer(80))));
  return () => new Promise((resolve, reject) => {
    const found = [];
    const encoder = prefixed.encode();
    const decoder = prefixed.decode();
    decoder.on('data', (message) => found.push(message));
    decoder.on('end', () => resolve(found));
    decoder.on('error', reject);
    encoder.pipe(decoder);
    for (const each of texts) encoder.write(each);
    encoder.end();
  });
}
