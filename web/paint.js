// Paint: rectangles of a canvas, set pixel by pixel in one image.
//
// Owns        Paint. An ink is { front, back, step, thick, falls }: stripes of `front` on `back`, `step`
//             device pixels apart; without `back` it is plain.
// Assumes     colours are CSS variables of the canvas. Positions are CSS pixels.
// Holds       a rectangle is at least one device pixel in each direction: its sides are rounded outward.
//             A rectangle costs the time of its pixels: no object is made for it.

const inkNames = ['cell', 'grid', 'gap', 'tail', 'cursor', 'ink', 'soft', 'panel', 'accent', 'on-slice'];

/** How many colours slices have. */
export const colours = 6;

function pixelOf([red, green, blue]) {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

function mix(one, other, part) {
  return one.map((value, index) => Math.round(value * part + other[index] * (1 - part)));
}

export class Paint {
  constructor(canvas) {
    const { width, height } = canvas.getBoundingClientRect();
    this.width = width;
    this.height = height;
    this.scale = window.devicePixelRatio || 1;
    this.columns = Math.max(1, Math.round(width * this.scale));
    this.lines = Math.max(1, Math.round(height * this.scale));
    // An assignment clears the canvas and allocates it anew, even when the size is the same.
    if (canvas.width !== this.columns || canvas.height !== this.lines) {
      Object.assign(canvas, { width: this.columns, height: this.lines });
    }
    this.context = canvas.getContext('2d');
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.image = this.context.createImageData(this.columns, this.lines);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.readColours(canvas);
  }

  readColours(canvas) {
    const style = getComputedStyle(canvas);
    const { context } = this;
    const read = (name) => {
      // A canvas converts every colour to #rrggbb.
      context.fillStyle = style.getPropertyValue(`--${name}`).trim();
      return context.fillStyle;
    };
    const partsOf = (text) => text.match(/[\da-f]{2}/g).map((hex) => Number.parseInt(hex, 16));
    this.texts = Object.fromEntries(inkNames.map((name) => [name, read(name)]));
    this.mono = style.getPropertyValue('--mono').trim();
    const cell = partsOf(this.texts.cell);
    const stripes = (front, back, step, falls = false) => {
      const wide = Math.round(step * this.scale);
      const thick = Math.max(1, Math.round(wide / 3));
      return { front: pixelOf(front), back: pixelOf(back), step: wide, thick, falls };
    };
    const plain = (name) => ({ front: pixelOf(partsOf(this.texts[name])) });
    const ofSlices = Array.from({ length: colours }, (_, index) => partsOf(read(`slice-${index}`)));
    this.inks = {
      none: { front: 0 }, cell: plain('cell'), grid: plain('grid'), cursor: plain('cursor'), bar: plain('accent'),
      gap: stripes(partsOf(this.texts.gap), cell, 4),
      tail: stripes(partsOf(this.texts.tail), cell, 8),
      live: ofSlices.map((parts) => ({ front: pixelOf(parts) })),
      faded: ofSlices.map((parts) => ({ front: pixelOf(mix(parts, cell, 0.32)) })),
      dead: ofSlices.map((parts) => stripes(mix(parts, cell, 0.55), mix(parts, cell, 0.14), 6, true)),
    };
  }

  /** Fill a rectangle. `inset` device pixels stay free at its right and bottom, where there is room. */
  fill(x, y, width, height, { front, back, step, thick, falls }, inset = 0) {
    const { scale, columns, pixels } = this;
    const left = Math.max(0, Math.floor(x * scale + 0.001));
    const top = Math.max(0, Math.floor(y * scale + 0.001));
    let right = Math.max(left + 1, Math.ceil((x + width) * scale - 0.001));
    let bottom = Math.max(top + 1, Math.ceil((y + height) * scale - 0.001));
    if (right - left > 6 * scale) right -= inset;
    if (bottom - top > 6 * scale) bottom -= inset;
    right = Math.min(columns, right);
    bottom = Math.min(this.lines, bottom);
    for (let line = top; line < bottom; line++) {
      const start = line * columns;
      if (back === undefined) {
        pixels.fill(front, start + left, start + right);
        continue;
      }
      for (let at = left; at < right; at++) {
        const along = falls ? at - line + 4096 * step : at + line;
        pixels[start + at] = along % step < thick ? front : back;
      }
    }
  }

  /** A frame of one device pixel inside a rectangle. */
  frame(x, y, width, height, ink) {
    const thin = 1 / this.scale;
    this.fill(x, y, width, thin, ink);
    this.fill(x, y + height - thin, width, thin, ink);
    this.fill(x, y, thin, height, ink);
    this.fill(x + width - thin, y, thin, height, ink);
  }

  /** Show what was filled. Whatever the canvas's own methods draw comes after this. */
  show() {
    this.context.putImageData(this.image, 0, 0);
  }

  text(text, x, y, colour, { align = 'center', size = 11 } = {}) {
    const { context, scale } = this;
    context.fillStyle = this.texts[colour];
    context.font = `${size * scale}px ${this.mono}`;
    context.textAlign = align;
    context.textBaseline = 'middle';
    context.fillText(text, x * scale, y * scale);
  }

  /** Lines through corners [x, y] that are visible on any background. */
  outline(contours) {
    const { context, scale } = this;
    for (const [colour, width] of [['panel', 5], ['ink', 2]]) {
      context.strokeStyle = this.texts[colour];
      context.lineWidth = width * scale;
      context.lineJoin = 'round';
      context.beginPath();
      for (const contour of contours) {
        contour.forEach(([x, y], index) => context[index === 0 ? 'moveTo' : 'lineTo'](x * scale, y * scale));
        context.closePath();
      }
      context.stroke();
    }
  }
}
