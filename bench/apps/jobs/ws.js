import Receiver from '../node_modules/ws/lib/receiver.js';
import Sender from '../node_modules/ws/lib/sender.js';

function framesOf(messages, generateMask) {
  const maskBuffer = Buffer.alloc(4);
  const options = { fin: true, rsv1: false, opcode: 1, mask: true, readOnly: false, generateMask,
    maskBuffer };
  return Buffer.concat(messages.flatMap((message) => Sender.frame(message, options)));
}

export function send(data) {
  const messages = data.list(16, () => data.text(20 + data.integer(150)));
  const mask = data.bytes(4);
  return (i) => framesOf([Buffer.from(messages[i & 15])], (target) => target.set(mask));
}

export function receive(data) {
  const mask = data.bytes(4);
  const messages = data.list(32, () => Buffer.from(data.text(20 + data.integer(150))));
  const bytes = framesOf(messages, (target) => target.set(mask));
  return () => new Promise((resolve, reject) => {
    const receiver = new Receiver({ isServer: true, allowSynchronousEvents: true });
    const found = [];
    receiver.on('message', (message) => {
      if (found.push(message.toString()) === messages.length) resolve(found);
    });
    receiver.on('error', reject);
    // A socket's chunks are the receiver's own: it unmasks in place.
    for (let at = 0; at < bytes.length; at += 700) receiver.write(Buffer.from(bytes.subarray(at, at + 700)));
  });
}
