import asn1 from 'asn1.js';

export function der(data) {
  const Key = asn1.define('Key', function define() {
    this.seq().obj(
      this.key('version').int(), this.key('algorithm').objid(), this.key('name').utf8str(), this.key('key').octstr(),
      this.key('parts').seqof(asn1.define('Part', function part() { this.octstr(); })),
    );
  });
  const keys = data.list(8, () => ({
    version: 3, algorithm: [1, 2, 840, 113549, 1, 1, 11], name: data.text(20),
    key: Buffer.from(data.bytes(128)),
    parts: data.list(4, () => Buffer.from(data.bytes(16))),
  }));
  return (i) => {
    const bytes = Key.encode(keys[i & 7], 'der');
    const { name, key, parts } = Key.decode(bytes, 'der');
    return [bytes, name, key, parts];
  };
}
