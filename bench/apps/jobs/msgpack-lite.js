import msgpack from 'msgpack-lite';

export function both(data) {
  const values = data.list(8, () => ({
    id: data.integer(2 ** 31), name: data.text(16), ratio: data.random(),
    list: data.list(6, () => data.integer(300)),
    key: Buffer.from(data.bytes(20)), note: data.text(200),
  }));
  return (i) => {
    const packed = msgpack.encode(values[i & 7]);
    return [packed, msgpack.decode(packed)];
  };
}
