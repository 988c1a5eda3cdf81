import bmp from 'bmp-js';

export function image(data) {
  const pixels = Buffer.from(data.bytes(64 * 64 * 4));
  return () => {
    const { data: bytes } = bmp.encode({ data: pixels, width: 64, height: 64 });
    return [bytes, bmp.decode(bytes).data];
  };
}
