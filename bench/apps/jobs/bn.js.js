import BN from 'bn.js';

export function buffers(data) {
  const bytes = data.list(16, () => Buffer.from(data.bytes(32)));
  return () => {
    let sum = new BN(0);
    const parts = bytes.map((each) => {
      sum = sum.add(new BN(each));
      return sum.toArrayLike(Buffer, 'be', 40);
    });
    return Buffer.concat(parts);
  };
}
