import { Binary, deserialize, ObjectId, serialize } from 'bson';

const documentsOf = (data) => data.list(8, () => ({
  _id: new ObjectId(data.hex(24)), name: data.text(20), age: data.integer(100), score: data.random(),
  tags: data.list(5, () => data.word()), bin: new Binary(Buffer.from(data.bytes(32))),
  address: { street: data.text(25), city: data.word(), zip: String(data.integer(1e5)) },
}));

export function encode(data) {
  const documents = documentsOf(data);
  return (i) => serialize(documents[i & 7]);
}

export function decode(data) {
  const encoded = documentsOf(data).map((each) => Buffer.from(serialize(each)));
  return (i) => {
    const { _id, ...rest } = deserialize(encoded[i & 7], { promoteBuffers: true });
    return [_id.toHexString(), rest];
  };
}
