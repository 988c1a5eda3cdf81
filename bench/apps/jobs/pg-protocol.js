import { serialize } from 'pg-protocol';
import { Parser } from 'pg-protocol/dist/parser.js';

export function query(data) {
  const texts = data.list(8, () => `select * from ${data.word()} where name = $1 and note = $2 -- ${data.ascii(30)}`);
  const values = data.list(8, () => [data.text(12), data.text(40), String(data.integer(1e6)), null]);
  return (i) => Buffer.concat([
    serialize.parse({ name: '', text: texts[i & 7], types: [] }),
    serialize.bind({ values: values[i & 7] }),
    serialize.describe({ type: 'P' }),
    serialize.execute({}),
    serialize.sync(),
  ]);
}

function dataRow(fields) {
  const parts = fields.map((text) => {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeInt32BE(bytes.length, 0);
    return Buffer.concat([length, bytes]);
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(7);
  head.write('D', 0, 'latin1');
  head.writeInt32BE(body.length + 6, 1);
  head.writeInt16BE(fields.length, 5);
  return Buffer.concat([head, body]);
}

export function rows(data) {
  const bytes = Buffer.concat(data.list(50, () => dataRow([
    String(data.integer(1e6)), data.word(), data.text(30), `2026-01-${data.integer(28) + 1}`, data.ascii(12)])));
  return () => {
    const found = [];
    const parser = new Parser();
    for (let at = 0; at < bytes.length; at += 1400) {
      parser.parse(bytes.subarray(at, at + 1400), ({ fields }) => found.push(fields));
    }
    return found;
  };
}
