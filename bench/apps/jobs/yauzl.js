import JSZip from 'jszip/lib/index.js';
import yauzl from 'yauzl';

const date = new Date(Date.UTC(2026, 0, 1));

const entriesOf = (bytes) => new Promise((resolve, reject) => {
  yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
    if (error) return reject(error);
    const found = [];
    zip.on('entry', ({ fileName, uncompressedSize, crc32 }) => {
      found.push([fileName, uncompressedSize, crc32]);
      zip.readEntry();
    });
    zip.on('error', reject);
    zip.on('end', () => resolve(found));
    return zip.readEntry();
  });
});

export async function list(data) {
  const zip = new JSZip();
  for (let index = 0; index < 30; index++) {
    zip.file(`${data.word()}/${data.word()}.bin`, data.bytes(50), { date, createFolders: false });
  }
  const bytes = Buffer.from(await zip.generateAsync({ type: 'uint8array' }));
  return () => entriesOf(bytes);
}
