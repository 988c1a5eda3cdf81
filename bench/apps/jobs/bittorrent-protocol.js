import Wire from 'bittorrent-protocol';

// A piece of 16 KiB in each answer, as on the network, and many short messages around them.
export function wire(data) {
  const block = Buffer.from(data.bytes(16384));
  const infoHash = data.hex(40);
  const peerId = data.hex(40);
  return () => {
    const one = new Wire();
    const other = new Wire();
    let received = 0;
    let haves = 0;
    one.on('data', (chunk) => other.write(chunk));
    other.on('data', (chunk) => one.write(chunk));
    other.on('handshake', () => other.handshake(infoHash, peerId));
    other.on('have', () => { haves++; });
    other.on('request', (piece, offset, length, done) => done(null, block.slice(0, length)));
    return new Promise((resolve, reject) => {
      one.on('unchoke', () => {
        for (let piece = 0; piece < 40; piece++) one.have(piece);
        for (let piece = 0; piece < 4; piece++) {
          one.request(piece, 0, block.length, (error, bytes) => {
            if (error) reject(error);
            received += bytes.length;
            if (received === 4 * block.length) {
              one.destroy();
              other.destroy();
              resolve([received, haves, bytes]);
            }
          });
        }
      });
      one.on('handshake', () => {
        one.peerPieces.set(3);
        other.unchoke();
      });
      one.handshake(infoHash, peerId);
    });
  };
}
