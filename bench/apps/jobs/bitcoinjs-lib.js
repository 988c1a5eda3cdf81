import { script, Transaction } from 'bitcoinjs-lib';

function transactionOf(data) {
  const transaction = new Transaction();
  for (let index = 0; index < 4; index++) {
    transaction.addInput(Buffer.from(data.bytes(32)), index, 0xffffffff,
      script.compile([Buffer.from(data.bytes(72)), Buffer.from(data.bytes(33))]));
    transaction.addOutput(script.compile([0x76, 0xa9, Buffer.from(data.bytes(20)), 0x88, 0xac]),
      data.integer(2 ** 31));
  }
  return transaction;
}

export function transactions(data) {
  const raw = data.list(8, () => transactionOf(data).toHex());
  return (i) => {
    const transaction = Transaction.fromHex(raw[i & 7]);
    return [transaction.getId(), script.toASM(transaction.outs[0].script), transaction.toBuffer()];
  };
}
