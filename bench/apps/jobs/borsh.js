import { deserialize, serialize } from 'borsh';

class Account {
  constructor(fields) {
    Object.assign(this, fields);
  }
}
const schema = new Map([[Account, {
  kind: 'struct',
  fields: [['owner', [32]], ['name', 'string'], ['lamports', 'u64'], ['slots', ['u32']], ['data', [64]], ['note', 'string']],
}]]);
const accountsOf = (data) => data.list(8, () => new Account({
  owner: data.bytes(32), name: data.text(12), lamports: data.integer(2 ** 40),
  slots: data.list(8, () => data.integer(2 ** 32)),
  data: data.bytes(64), note: data.text(40),
}));

export function encode(data) {
  const accounts = accountsOf(data);
  return (i) => serialize(schema, accounts[i & 7]);
}

export function decode(data) {
  const encoded = accountsOf(data).map((account) => Buffer.from(serialize(schema, account)));
  return (i) => {
    const { lamports, ...rest } = deserialize(schema, Account, encoded[i & 7]);
    return [lamports.toString(), rest];
  };
}
