import Protocol from 'thrift/lib/nodejs/lib/thrift/binary_protocol.js';
import Transport from 'thrift/lib/nodejs/lib/thrift/buffered_transport.js';
import thrift from 'thrift/lib/nodejs/lib/thrift/thrift.js';

const { MessageType, Type } = thrift;

function written(call) {
  let bytes;
  const transport = new Transport(undefined, (found) => { bytes = found; });
  const protocol = new Protocol(transport);
  protocol.writeMessageBegin('put', MessageType.CALL, call.id);
  for (const [index, text] of call.texts.entries()) {
    protocol.writeFieldBegin('text', Type.STRING, index);
    protocol.writeString(text);
    protocol.writeFieldBegin('count', Type.I32, index);
    protocol.writeI32(call.counts[index]);
    protocol.writeFieldBegin('share', Type.DOUBLE, index);
    protocol.writeDouble(call.counts[index] / 7);
  }
  protocol.writeFieldBegin('body', Type.STRING, 99);
  protocol.writeBinary(call.body);
  protocol.writeFieldStop();
  protocol.writeMessageEnd();
  protocol.flush();
  return bytes;
}

const callsOf = (data) => data.list(8, (id) => ({
  id, texts: data.list(8, () => data.text(15)), counts: data.list(8, () => data.integer(1e9)),
    body: Buffer.from(data.bytes(200)),
}));

export function write(data) {
  const calls = callsOf(data);
  return (i) => written(calls[i & 7]);
}

export function read(data) {
  const messages = callsOf(data).map(written);
  return (i) => {
    const found = [];
    let protocol;
    Transport.receiver((transport) => { protocol = new Protocol(transport); })(messages[i & 7]);
    found.push(protocol.readMessageBegin().fname);
    for (;;) {
      const { ftype, fid } = protocol.readFieldBegin();
      if (ftype === Type.STOP) break;
      if (fid === 99) found.push(protocol.readBinary());
      else if (ftype === Type.STRING) found.push(protocol.readString());
      else found.push(ftype === Type.I32 ? protocol.readI32() : protocol.readDouble());
    }
    return found;
  };
}
