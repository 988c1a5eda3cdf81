import mqtt from 'mqtt-packet';

const packetsOf = (data) => data.list(16, (index) => ({
  cmd: 'publish', topic: `site/${data.word()}/${data.word()}`, payload: Buffer.from(data.bytes(20 + data.integer(80))),
  qos: 1, messageId: index + 1, dup: false, retain: false,
}));

export function generate(data) {
  const packets = packetsOf(data);
  return (i) => mqtt.generate(packets[i & 15]);
}

export function parse(data) {
  const bytes = Buffer.concat(packetsOf(data).map((packet) => mqtt.generate(packet)));
  return () => {
    const found = [];
    const parser = mqtt.parser();
    parser.on('packet', ({ topic, payload, messageId }) => found.push([topic, payload, messageId]));
    for (let at = 0; at < bytes.length; at += 500) parser.parse(bytes.subarray(at, at + 500));
    return found;
  };
}
