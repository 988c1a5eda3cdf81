import { StringDecoder } from 'string_decoder';

const decoding = (encoding) => (data) => {
  const bytes = Buffer.from(data.text(4000));
  const chunks = [];
  for (let at = 0; at < bytes.length; at += 61) chunks.push(bytes.subarray(at, at + 61));
  return () => {
    const decoder = new StringDecoder(encoding);
    let length = 0;
    let last = '';
    for (const chunk of chunks) length += (last = decoder.write(chunk)).length;
    return [length, last, decoder.end()];
  };
};

export const utf8 = decoding('utf8');
export const base64 = decoding('base64');
