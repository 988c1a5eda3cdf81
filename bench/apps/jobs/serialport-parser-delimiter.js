import { DelimiterParser } from '@serialport/parser-delimiter';

export function frames(data) {
  const bytes = Buffer.from(data.list(80, () => `$GPGGA,${data.integer(1e6)},${data.ascii(30)}*47`).join('\r\n'));
  return () => new Promise((resolve, reject) => {
    const found = [];
    const parser = new DelimiterParser({ delimiter: '\r\n' });
    parser.on('data', (frame) => found.push(frame));
    parser.on('end', () => resolve(found));
    parser.on('error', reject);
    for (let at = 0; at < bytes.length; at += 64) parser.write(bytes.subarray(at, at + 64));
    parser.end();
  });
}
