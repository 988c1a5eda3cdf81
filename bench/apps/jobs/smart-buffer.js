import { SmartBuffer } from 'smart-buffer';

export function write(data) {
  const names = data.list(10, () => data.word());
  return (i) => {
    const target = new SmartBuffer();
    for (const name of names) {
      target.writeUInt8(i & 127).writeUInt32LE(i).writeStringNT(name).writeDoubleBE(i / 3).writeUInt16BE(7);
    }
    return target.toBuffer();
  };
}

export function read(data) {
  const target = new SmartBuffer();
  for (let index = 0; index < 10; index++) {
    target.writeUInt8(index).writeUInt32LE(data.integer(2 ** 32));
    target.writeStringNT(data.word()).writeDoubleBE(data.random());
  }
  const bytes = target.toBuffer();
  return () => {
    const source = SmartBuffer.fromBuffer(bytes);
    const found = [];
    while (source.remaining() > 0) {
      found.push(source.readUInt8(), source.readUInt32LE(), source.readStringNT(), source.readDoubleBE());
    }
    return found;
  };
}
