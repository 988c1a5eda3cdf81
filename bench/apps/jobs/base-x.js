import basex from 'base-x';

export function base58(data) {
  const coder = basex('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz');
  const keys = data.list(8, () => Buffer.from(data.bytes(37)));
  return (i) => {
    const text = coder.encode(keys[i & 7]);
    return [text, coder.decode(text)];
  };
}
