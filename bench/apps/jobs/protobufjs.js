import protobuf from 'protobufjs/minimal.js';
import full from 'protobufjs/light.js';

const field = (type, id, rule) => ({ type, id, ...rule && { rule } });
const Order = full.Root.fromJSON({
  nested: {
    Item: { fields: { sku: field('string', 1), count: field('uint32', 2), price: field('double', 3) } },
    Order: {
      fields: {
        id: field('fixed32', 1), customer: field('string', 2), address: field('string', 3), token: field('bytes', 4),
        items: field('Item', 5, 'repeated'), flags: field('uint32', 6, 'repeated'),
      },
    },
  },
}).lookupType('Order');

const ordersOf = (data) => data.list(8, () => ({
  id: data.integer(2 ** 32),
  customer: data.text(20),
  address: data.text(50),
  token: Buffer.from(data.bytes(16)),
  items: data.list(5, () => ({ sku: data.word(), count: data.integer(100), price: data.integer(1e4) / 100 })),
  flags: data.list(4, () => data.integer(300)),
}));

export function encode(data) {
  const orders = ordersOf(data);
  return (i) => Order.encode(orders[i & 7]).finish();
}

export function decode(data) {
  const encoded = ordersOf(data).map((order) => Order.encode(order).finish());
  return (i) => Order.decode(encoded[i & 7]);
}

// A long payload in one field, by the writer and the reader alone.
export function long(data) {
  const payload = Buffer.from(data.bytes(20000));
  const text = data.text(5000);
  return () => {
    const bytes = protobuf.Writer.create().uint32(10).bytes(payload).uint32(18).string(text).finish();
    const reader = protobuf.Reader.create(bytes);
    reader.uint32();
    const read = reader.bytes();
    reader.uint32();
    return [read, reader.string().length];
  };
}
