import { decode as unpack, encode as pack } from 'rlp';

export function both(data) {
  const transactions = data.list(8, () => [
    data.integer(1e6), data.integer(2 ** 31), 21000, Buffer.from(data.bytes(20)), data.integer(1e9),
    Buffer.from(data.bytes(100)), [Buffer.from(data.bytes(32)), `0x${data.hex(64)}`],
  ]);
  return (i) => {
    const bytes = pack(transactions[i & 7]);
    return [bytes, unpack(bytes)];
  };
}
