import jpeg from 'jpeg-js';

export function image(data) {
  const pixels = Buffer.alloc(32 * 32 * 4);
  for (let at = 0; at < pixels.length; at++) pixels[at] = (at >> 5) + data.integer(16);
  return () => {
    const { data: bytes } = jpeg.encode({ data: pixels, width: 32, height: 32 }, 70);
    return [bytes, jpeg.decode(bytes).data];
  };
}
