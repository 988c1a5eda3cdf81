import split from 'split2';

export function lines(data) {
  const bytes = Buffer.from(data.list(100, () => `{"id":${data.integer(1e6)},"text":"${data.text(40)}"}`).join('\n'));
  return () => new Promise((resolve, reject) => {
    const found = [];
    const stream = split();
    stream.on('data', (line) => found.push(line));
    stream.on('end', () => resolve(found));
    stream.on('error', reject);
    for (let at = 0; at < bytes.length; at += 1000) stream.write(bytes.subarray(at, at + 1000));
    stream.end();
  });
}
