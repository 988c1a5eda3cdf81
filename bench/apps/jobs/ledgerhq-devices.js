import framing from '@ledgerhq/devices/lib/hid-framing.js';

export function exchange(data) {
  const frames = (framing.default || framing)(0x101, 64);
  const messages = data.list(8, () => Buffer.from(data.bytes(200)));
  return (i) => {
    const blocks = frames.makeBlocks(messages[i & 7]);
    let state;
    for (const block of blocks) state = frames.reduceResponse(state, block);
    return [blocks.length, frames.getReducedResult(state)];
  };
}
