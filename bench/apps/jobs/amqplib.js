import codec from '../node_modules/amqplib/lib/codec.js';
import defs from '../node_modules/amqplib/lib/defs.js';
import frame from '../node_modules/amqplib/lib/frame.js';

const messagesOf = (data) => data.list(8, (index) => ({
  content: Buffer.from(data.bytes(60 + data.integer(200))),
  fields: {
    consumerTag: data.word(), deliveryTag: index, redelivered: false, exchange: data.word(),
      routingKey: data.word(),
  },
  properties: { contentType: 'application/json', headers: { trace: data.hex(16), count: data.integer(1e6) }, messageId: data.hex(16) },
}));

function framesOf({ content, fields, properties }) {
  return Buffer.concat([
    defs.encodeMethod(defs.BasicDeliver, 1, fields),
    defs.encodeProperties(defs.BasicProperties, 1, content.length, properties),
    frame.makeBodyFrame(1, content),
  ]);
}

export function publish(data) {
  const messages = messagesOf(data);
  return (i) => framesOf(messages[i & 7]);
}

export function deliver(data) {
  const bytes = Buffer.concat(messagesOf(data).map(framesOf));
  return () => {
    const found = [];
    let rest = bytes;
    for (let next = frame.parseFrame(rest, 0); next; next = frame.parseFrame(rest, 0)) {
      rest = next.rest;
      found.push(frame.decodeFrame(next));
    }
    return found;
  };
}

export function table(data) {
  const value = Object.fromEntries(data.list(12, () =>
    [data.word(), data.integer(2) ? data.text(20) : data.integer(1e9)]));
  const target = Buffer.alloc(2000);
  return () => {
    const length = codec.encodeTable(target, value, 0);
    return codec.decodeFields(target.subarray(4, length));
  };
}
