import crc32 from 'buffer-crc32';

export function sums(data) {
  const inputs = [20, 200, 2000, 64].map((length) => Buffer.from(data.bytes(length)));
  return (i) => [crc32(inputs[i & 3]), crc32.unsigned(inputs[i & 3])];
}
