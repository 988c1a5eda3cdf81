// From its sources: its builds contain a Buffer of their own.
import * as xdr from 'js-xdr/src/index.js';

export function both(data) {
  const types = xdr.config((make) => {
    make.struct('Payment', [
      ['from', make.opaque(32)], ['to', make.opaque(32)], ['amount', make.hyper()], ['memo', make.string(28)],
      ['fees', make.array(make.uint(), 4)],
    ]);
  }, {});
  const payments = data.list(8, () => new types.Payment({
    from: Buffer.from(data.bytes(32)), to: Buffer.from(data.bytes(32)),
    amount: new xdr.Hyper(data.integer(2 ** 31)),
    memo: data.ascii(20), fees: data.list(4, () => data.integer(1e6)),
  }));
  return (i) => {
    const bytes = payments[i & 7].toXDR();
    const { _attributes: read } = types.Payment.fromXDR(bytes);
    return [bytes, read.from, read.memo, read.fees];
  };
}
