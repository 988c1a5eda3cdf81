import BufferList from 'bl';

export function consume(data) {
  const chunks = data.list(64, () => Buffer.from(data.bytes(1 + data.integer(200))));
  return () => {
    const list = new BufferList();
    let sum = 0;
    for (const chunk of chunks) {
      list.append(chunk);
      while (list.length > 20) {
        const length = 2 + (list.readUInt16BE(0) & 15);
        sum = (sum + list.readUInt32LE(1) + list.slice(0, length)[length - 1]) | 0;
        list.consume(length);
      }
    }
    return sum;
  };
}

export function text(data) {
  const chunks = data.list(32, () => data.text(40));
  return () => {
    const list = new BufferList();
    for (const chunk of chunks) list.append(chunk);
    return [list.toString('utf8', 3), list.indexOf('wizards'), list.slice()];
  };
}
