import { ProtoDef } from 'protodef';

export function packets(data) {
  const protocol = new ProtoDef(false);
  protocol.addTypes({
    string: ['pstring', { countType: 'varint' }],
    chat: ['container', [
      { name: 'id', type: 'varint' }, { name: 'sender', type: 'string' }, { name: 'x', type: 'f64' }, { name: 'y', type: 'i16' },
      { name: 'seed', type: 'i64' }, { name: 'texts', type: ['array', { countType: 'varint', type: 'string' }] },
      { name: 'blob', type: ['buffer', { countType: 'varint' }] },
    ]],
  });
  const values = data.list(8, () => ({
    id: data.integer(1e6), sender: data.word(), x: data.random(), y: data.integer(9999),
    seed: [data.integer(2 ** 31), data.integer(2 ** 31)],
    texts: data.list(4, () => data.text(15)), blob: Buffer.from(data.bytes(50)),
  }));
  return (i) => {
    const bytes = protocol.createPacketBuffer('chat', values[i & 7]);
    const { data: { id, sender, x, y, texts, blob } } = protocol.parsePacketBuffer('chat', bytes);
    return [bytes, id, sender, x, y, texts, blob];
  };
}
