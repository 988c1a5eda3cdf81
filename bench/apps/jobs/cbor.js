import cbor from 'cbor';

const valuesOf = (data) => data.list(8, () => ({
  id: data.integer(2 ** 31), name: data.text(16), ratio: data.random(),
  list: data.list(6, () => data.integer(300)),
  key: Buffer.from(data.bytes(20)), nested: { a: [data.word(), data.word()], b: null },
}));

export function encode(data) {
  const values = valuesOf(data);
  return (i) => cbor.encode(values[i & 7]);
}

export function decode(data) {
  const encoded = valuesOf(data).map((value) => cbor.encode(value));
  return (i) => cbor.decodeFirstSync(encoded[i & 7]);
}
