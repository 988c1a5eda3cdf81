import createHash from 'sha.js';

const hashing = (algorithm, length, count) => (data) => {
  const inputs = data.list(count, () => Buffer.from(data.bytes(length)));
  return (i) => createHash(algorithm).update(inputs[i % count]).digest('hex');
};

export const sha1short = hashing('sha1', 100, 8);
export const sha256short = hashing('sha256', 100, 8);
export const sha256long = hashing('sha256', 65536, 2);
export const sha512long = hashing('sha512', 65536, 2);
