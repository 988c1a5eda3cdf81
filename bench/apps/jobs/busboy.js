import busboy from 'busboy';

export function form(data) {
  const boundary = `----x${data.hex(16)}`;
  const part = (head, body) => Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`), Buffer.from(body), Buffer.from('\r\n')]);
  const bytes = Buffer.concat([
    ...data.list(10, (index) => part(`name="field${index}"`, data.text(60))),
    ...data.list(2, (index) => part(`name="file${index}"; filename="${data.word()}.bin"`, data.bytes(6000))),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return () => new Promise((resolve, reject) => {
    const found = [];
    const reader = busboy({ headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } });
    reader.on('field', (name, value) => found.push([name, value]));
    reader.on('file', (name, stream, { filename }) => {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk));
      stream.on('end', () => found.push([name, filename, Buffer.concat(chunks)]));
    });
    reader.on('close', () => resolve(found));
    reader.on('error', reject);
    for (let at = 0; at < bytes.length; at += 1500) reader.write(bytes.subarray(at, at + 1500));
    reader.end();
  });
}
