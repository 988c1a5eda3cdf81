import msgpack5 from 'msgpack5';

const valuesOf = (data) => data.list(8, () => ({
  id: data.integer(2 ** 31), name: data.text(16), ok: true, ratio: data.random(),
  list: data.list(6, () => data.integer(300)),
  key: Buffer.from(data.bytes(20)), tags: data.list(3, () => data.word()),
}));

export function encode(data) {
  const { encode: pack } = msgpack5();
  const values = valuesOf(data);
  return (i) => pack(values[i & 7]).slice();
}

export function decode(data) {
  const { encode: pack, decode: unpack } = msgpack5();
  const packed = valuesOf(data).map((value) => pack(value).slice());
  return (i) => unpack(packed[i & 7]);
}
