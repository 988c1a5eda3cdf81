import iconv from 'iconv-lite';

const converting = (encoding, make) => (data) => {
  const texts = data.list(4, () => make(data));
  return (i) => {
    const bytes = iconv.encode(texts[i & 3], encoding);
    return [bytes, iconv.decode(bytes, encoding)];
  };
};
const kana = (data) => String.fromCharCode(...data.list(300, () => 0x3041 + data.integer(80)));

export const windows1252 = converting('windows-1252', (data) => data.ascii(600) + 'äöü');
export const shiftJis = converting('shift_jis', kana);
export const utf16be = converting('utf-16be', (data) => data.text(600));
