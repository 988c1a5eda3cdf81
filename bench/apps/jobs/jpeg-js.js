import jpeg from 'jpeg-js';

export function image(data) {
  const pixels = Buffer.alloc(48 * 48 * 4);
  for (let at = 0; at < pixels.length; at++) pixels[at] = (at >> 5) + data.integer(16);
  return () => {
    const { data: bytes } = jpeg.encode({ data: pixels, width: 48, height: 48 }, 70);
    return [bytes, jpeg.decode(bytes).data];
  };
}
