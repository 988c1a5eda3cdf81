import avro from 'avsc';

const typeOf = () => avro.Type.forSchema({
  type: 'record', name: 'Event', fields: [
    { name: 'id', type: 'long' }, { name: 'kind', type: 'string' }, { name: 'text', type: 'string' },
    { name: 'value', type: 'double' }, { name: 'body', type: 'bytes' }, { name: 'tags', type: { type: 'array', items: 'string' } },
  ],
});
const eventsOf = (data) => data.list(8, () => ({
  id: data.integer(2 ** 31), kind: data.word(), text: data.text(60), value: data.random(),
  body: Buffer.from(data.bytes(40)),
  tags: data.list(4, () => data.word()),
}));

export function encode(data) {
  const type = typeOf();
  const events = eventsOf(data);
  return (i) => type.toBuffer(events[i & 7]);
}

export function decode(data) {
  const type = typeOf();
  const encoded = eventsOf(data).map((event) => type.toBuffer(event));
  return (i) => type.fromBuffer(encoded[i & 7]);
}
