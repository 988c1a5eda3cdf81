import bencode from 'bencode';

const torrentOf = (data) => ({
  announce: `http://${data.word()}.example/announce`,
  info: {
    files: data.list(20, () => ({ length: data.integer(1e9), path: [data.word(), `${data.word()}.bin`] })),
    name: data.text(20), 'piece length': 262144, pieces: Buffer.from(data.bytes(20 * 50)),
  },
});

export function encode(data) {
  const torrent = torrentOf(data);
  return () => bencode.encode(torrent);
}

export function decode(data) {
  const bytes = bencode.encode(torrentOf(data));
  return () => bencode.decode(bytes);
}
