import packet from 'dns-packet';

const answersOf = (data) => data.list(8, () => {
  const name = `${data.word()}.${data.word()}.example`;
  return {
    type: 'response', id: data.integer(65536), flags: packet.RECURSION_DESIRED,
    questions: [{ type: 'A', name, class: 'IN' }],
    answers: [
      ...data.list(3, () => ({ type: 'A', class: 'IN', ttl: data.integer(9999), name, data: `10.0.${data.integer(256)}.1` })),
      { type: 'TXT', name, ttl: 5, class: 'IN', data: [Buffer.from(data.ascii(60))] },
      { type: 'SRV', name, ttl: 5, class: 'IN', data: { port: 80, target: name, priority: 1, weight: 2 } },
    ],
  };
});

export function encode(data) {
  const answers = answersOf(data);
  return (i) => packet.encode(answers[i & 7]);
}

export function decode(data) {
  const encoded = answersOf(data).map((answer) => packet.encode(answer));
  return (i) => packet.decode(encoded[i & 7]);
}
