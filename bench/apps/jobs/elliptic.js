import elliptic from 'elliptic';

export function sign(data) {
  const curve = new elliptic.ec('secp256k1');
  const key = curve.keyFromPrivate(Buffer.from(data.bytes(32)));
  const digests = data.list(4, () => Buffer.from(data.bytes(32)));
  return (i) => {
    const { r, s } = key.sign(digests[i & 3]);
    return Buffer.concat([r.toArrayLike(Buffer, 'be', 32), s.toArrayLike(Buffer, 'be', 32)]);
  };
}
