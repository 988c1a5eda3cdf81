import RIPEMD160 from 'ripemd160';

export function hash(data) {
  const inputs = data.list(8, () => Buffer.from(data.bytes(33)));
  return (i) => new RIPEMD160().update(inputs[i & 7]).digest();
}
