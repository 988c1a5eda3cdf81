import Parser from 'redis-parser';

export function replies(data) {
  const bulk = (text) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
  const bytes = Buffer.from(data.list(60, (index) => [
    `*3\r\n${bulk(data.word())}:${data.integer(1e9)}\r\n${bulk(data.text(20))}`, `+OK ${data.word()}\r\n`, bulk(data.text(80)),
  ][index % 3]).join(''));
  const reading = (returnBuffers) => {
    const found = [];
    const parser = new Parser({
      returnBuffers, returnReply: (reply) => found.push(reply),
      returnError: (error) => found.push(error.message),
    });
    for (let at = 0; at < bytes.length; at += 600) parser.execute(bytes.subarray(at, at + 600));
    return found;
  };
  return (i) => reading((i & 1) === 1);
}
