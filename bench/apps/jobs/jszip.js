import JSZip from 'jszip/lib/index.js';

const date = new Date(Date.UTC(2026, 0, 1));

export function both(data) {
  const files = data.list(10, () => [`${data.word()}/${data.word()}.txt`, data.integer(2) ? data.text(400) : data.bytes(500)]);
  return async () => {
    const zip = new JSZip();
    for (const [name, content] of files) zip.file(name, content, { date, createFolders: false });
    const bytes = await zip.generateAsync({ type: 'nodebuffer' });
    const { files: found } = await JSZip.loadAsync(bytes);
    const [name] = files[0];
    return [bytes, Object.keys(found), await found[name].async('nodebuffer')];
  };
}
