// The map: one slab as a picture of its bytes, on a canvas.
//
// Owns        layout(), draw(), sliceAt(). A picture is a function of a view { slab, whole, selected } and
//             the canvas's size.
// Assumes     a slab is { size, base, memory, slices, cursor, isCurrent }: slices are { offset, length,
//             colour, isView } in bytes from the slab's base, in the order in which they were made; cursor is
//             where the next slice starts.
// Holds       every slice is at least one device pixel in each direction: its sides are rounded outward.
//             Above, a strip shows the whole slab; below, rows of bytes show the part that is used, or all of
//             it.

const smallestSpan = 64;
const strip = 16;   // CSS pixels, as all below
const gap = 12;
const gutter = 46;
const widestText = 20;
const widthOfCell = 1.6; // of its height

function powerOfTwo(number) {
  return 2 ** Math.ceil(Math.log2(Math.max(1, number)));
}

/** How the bytes of a slab are laid out on a canvas of `width` x `height` CSS pixels. */
export function layout({ slab, whole }, width, height) {
  const used = slab.slices.reduce((end, { offset, length }) => Math.max(end, offset + length), slab.cursor);
  const span = whole ? slab.size : Math.min(slab.size, Math.max(smallestSpan, powerOfTwo(used + 1)));
  const top = strip + gap;
  const area = { left: gutter, top, width: width - gutter, height: height - top };
  // Cells as near to the wanted shape as can be.
  let perRow = 8;
  const ratio = (count) => (area.width / count) / (area.height / Math.ceil(span / count));
  const shape = (count) => Math.abs(Math.log(ratio(count) / widthOfCell));
  for (let count = 8; count <= powerOfTwo(span); count *= 2) if (shape(count) < shape(perRow)) perRow = count;
  const rows = Math.ceil(span / perRow);
  return { ...area, span, perRow, rows, cellWidth: area.width / perRow, rowHeight: area.height / rows };
}

// The rectangles of some bytes, one a row, in CSS pixels.
function* rectangles(plan, offset, length) {
  const end = Math.min(offset + length, plan.span);
  for (let at = offset; at < end;) {
    const row = Math.floor(at / plan.perRow);
    const stop = Math.min(end, (row + 1) * plan.perRow);
    const column = at - row * plan.perRow;
    yield {
      x: plan.left + column * plan.cellWidth,
      y: plan.top + row * plan.rowHeight,
      width: (stop - at) * plan.cellWidth,
      height: plan.rowHeight,
    };
    at = stop;
  }
}

function cornersOf({ x, y, width, height }) {
  return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
}

// The lines around a slice: one, unless its two rows do not touch.
function contoursOf(boxes) {
  const first = boxes[0];
  const last = boxes[boxes.length - 1];
  if (boxes.length === 0) return [];
  const isApart = boxes.length === 2 && last.width < first.x - last.x;
  if (boxes.length === 1 || isApart) return boxes.map(cornersOf);
  const [left, right] = [last.x, first.x + first.width];
  return [[
    [first.x, first.y], [right, first.y], [right, last.y], [last.x + last.width, last.y],
    [last.x + last.width, last.y + last.height], [left, last.y + last.height],
    [left, first.y + first.height], [first.x, first.y + first.height],
  ]];
}

function readColours(canvas) {
  const style = getComputedStyle(canvas);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    cell: colour('cell'), grid: colour('grid'), gap: colour('gap'), tail: colour('tail'), cursor: colour('cursor'),
    ink: colour('ink'), soft: colour('soft'), panel: colour('panel'), onSlice: colour('on-slice'),
    slices: Array.from({ length: 6 }, (_, index) => colour(`slice-${index}`)),
    mono: colour('mono'),
  };
}

function hatch(context, back, front, step) {
  const tile = document.createElement('canvas');
  tile.width = tile.height = step;
  const pen = tile.getContext('2d');
  pen.fillStyle = back;
  pen.fillRect(0, 0, step, step);
  pen.strokeStyle = front;
  pen.lineWidth = step / 4;
  pen.beginPath();
  for (const shift of [-step, 0, step]) {
    pen.moveTo(shift - 1, step + 1);
    pen.lineTo(shift + step + 1, -1);
  }
  pen.stroke();
  return context.createPattern(tile, 'repeat');
}

class Drawing {
  constructor(canvas, view) {
    const { width, height } = canvas.getBoundingClientRect();
    this.scale = window.devicePixelRatio || 1;
    const [pixelWidth, pixelHeight] = [Math.round(width * this.scale), Math.round(height * this.scale)];
    // Assigning a size clears a canvas, and takes a new one even when it is the same.
    if (canvas.width !== pixelWidth || canvas.height !== pixelHeight) {
      Object.assign(canvas, { width: pixelWidth, height: pixelHeight });
    }
    this.context = canvas.getContext('2d');
    this.context.setTransform(1, 0, 0, 1, 0, 0);
    this.context.clearRect(0, 0, pixelWidth, pixelHeight);
    this.view = view;
    this.plan = layout(view, width, height);
    this.colours = readColours(canvas);
  }

  // Sides are rounded outward to device pixels; `inset` device pixels are left free at the right and below
  // where there is room.
  fill({ x, y, width, height }, style, inset = 0) {
    const left = Math.floor(x * this.scale + 0.001);
    const top = Math.floor(y * this.scale + 0.001);
    const right = Math.max(left + 1, Math.ceil((x + width) * this.scale - 0.001));
    const bottom = Math.max(top + 1, Math.ceil((y + height) * this.scale - 0.001));
    const free = (size) => (size > 6 * this.scale ? inset : 0);
    this.context.fillStyle = style;
    this.context.fillRect(left, top, right - left - free(right - left), bottom - top - free(bottom - top));
  }

  bytes(offset, length, style, inset) {
    for (const box of rectangles(this.plan, offset, length)) this.fill(box, style, inset);
  }

  text(text, x, y, colour, { align = 'center', size = 11 } = {}) {
    const { context, scale } = this;
    context.fillStyle = colour;
    context.font = `${size * scale}px ${this.colours.mono}`;
    context.textAlign = align;
    context.textBaseline = 'middle';
    context.fillText(text, x * scale, y * scale);
  }

  strip() {
    const { view: { slab }, plan, colours } = this;
    const unit = plan.width / slab.size;
    const whole = { x: plan.left, y: 0, width: plan.width, height: strip };
    const box = (offset, length) => ({ ...whole, x: plan.left + offset * unit, width: length * unit });
    this.fill(whole, colours.cell);
    for (const { offset, length, colour, isView } of slab.slices) {
      if (length > 0 && !isView) this.fill(box(offset, length), colours.slices[colour]);
    }
    if (!slab.isCurrent && slab.cursor < slab.size) {
      this.fill(box(slab.cursor, slab.size - slab.cursor), this.tailStyle());
    }
    if (plan.span < slab.size) this.lens(plan.left + Math.max(2, plan.span * unit));
    this.text('slab', plan.left - 8, strip / 2, colours.soft, { align: 'right' });
  }

  // From the part of the strip that the rows below show, down to the rows.
  lens(right) {
    const { plan, colours, context, scale } = this;
    context.fillStyle = colours.grid;
    context.globalAlpha = 0.5;
    context.beginPath();
    context.moveTo(plan.left * scale, (strip + 1) * scale);
    context.lineTo(right * scale, (strip + 1) * scale);
    context.lineTo((plan.left + plan.width) * scale, (strip + gap - 1) * scale);
    context.lineTo(plan.left * scale, (strip + gap - 1) * scale);
    context.fill();
    context.globalAlpha = 1;
  }

  tailStyle() {
    return hatch(this.context, this.colours.cell, this.colours.tail, Math.round(8 * this.scale));
  }

  ground() {
    const { view: { slab }, plan, colours } = this;
    const thin = 1 / this.scale;
    const { left: x, top: y, width, height } = plan;
    this.bytes(0, Math.min(plan.span, slab.size), colours.cell);
    for (let column = 1; plan.cellWidth >= 8 && column < plan.perRow; column++) {
      this.fill({ x: x + column * plan.cellWidth, y, width: thin, height }, colours.grid);
    }
    for (let row = 1; plan.rowHeight >= 8 && row < plan.rows; row++) {
      this.fill({ x, y: y + row * plan.rowHeight, width, height: thin }, colours.grid);
    }
    const every = Math.ceil(14 / plan.rowHeight);
    for (let row = 0; row < plan.rows; row += every) {
      const middle = Math.max(y + (row + 0.5) * plan.rowHeight, y + 6);
      if (middle > y + height - 5) break;
      this.text(String(row * plan.perRow), x - 8, middle, colours.soft, { align: 'right' });
    }
  }

  // What alignment leaves between two slices, and what is left behind the last one of a slab that is not
  // current.
  gaps() {
    const { view: { slab }, colours } = this;
    const style = hatch(this.context, colours.cell, colours.gap, Math.round(5 * this.scale));
    const starts = slab.slices.filter(({ isView }) => !isView).map(({ offset }) => offset);
    let end = 0;
    for (const { offset, length, isView } of slab.slices) {
      if (isView) continue;
      if (offset > end) this.bytes(end, offset - end, style);
      end = Math.max(end, offset + length);
    }
    if (starts.length > 0 && slab.cursor > end) this.bytes(end, slab.cursor - end, style);
    if (!slab.isCurrent) this.bytes(slab.cursor, slab.size - slab.cursor, this.tailStyle());
  }

  slices() {
    const { view: { slab }, plan, colours } = this;
    for (const { offset, length, colour, isView } of slab.slices) {
      for (const box of rectangles(plan, offset, length)) {
        const { y, height } = box;
        if (!isView) this.fill(box, colours.slices[colour], 1);
        else this.fill({ ...box, y: y + height * 0.72, height: height * 0.2 }, colours.slices[colour]);
      }
    }
    if (plan.cellWidth >= widestText && plan.rowHeight >= 15) this.hex();
  }

  hex() {
    const { view: { slab }, plan, colours } = this;
    for (const { offset, length, isView } of slab.slices) {
      if (isView) continue;
      const bytes = new Uint8Array(slab.memory, slab.base + offset, length);
      for (let index = 0; index < length && offset + index < plan.span; index++) {
        const at = offset + index;
        const x = plan.left + (at % plan.perRow + 0.5) * plan.cellWidth;
        const y = plan.top + (Math.floor(at / plan.perRow) + 0.5) * plan.rowHeight;
        this.text(bytes[index].toString(16).padStart(2, '0'), x, y, colours.onSlice, { size: 12 });
      }
    }
  }

  cursor() {
    const { view: { slab }, plan, colours } = this;
    if (!slab.isCurrent || slab.cursor > plan.span) return;
    const atEnd = slab.cursor === plan.span;
    const row = atEnd ? plan.rows - 1 : Math.floor(slab.cursor / plan.perRow);
    const x = plan.left + (atEnd ? plan.width - 3 : (slab.cursor % plan.perRow) * plan.cellWidth);
    const y = plan.top + row * plan.rowHeight;
    const height = Math.min(Math.max(plan.rowHeight, 8), plan.top + plan.height - y);
    this.fill({ x: x - 0.5, y, width: 3, height }, colours.cursor);
    if (plan.rowHeight >= 15 && plan.cellWidth >= widestText && !atEnd) {
      this.text(`cursor ${slab.cursor}`, x + 8, y + plan.rowHeight / 2, colours.soft, { align: 'left' });
    }
  }

  outline() {
    const { view: { slab, selected }, plan, colours, context, scale } = this;
    const slice = slab.slices[selected];
    if (slice === undefined) return;
    const boxes = [...rectangles(plan, slice.offset, Math.max(slice.length, 1))];
    const corners = contoursOf(boxes);
    for (const [colour, lineWidth] of [[colours.panel, 5], [colours.ink, 2]]) {
      context.strokeStyle = colour;
      context.lineWidth = lineWidth * scale;
      context.lineJoin = 'round';
      context.beginPath();
      for (const contour of corners) {
        contour.forEach(([x, y], index) => context[index === 0 ? 'moveTo' : 'lineTo'](x * scale, y * scale));
        context.closePath();
      }
      context.stroke();
    }
  }
}

/**
 * Draw a view on a canvas, as large as the canvas is shown.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {{ slab: object, whole: boolean, selected: number }} view `selected`: index of a slice, or -1
 */
export function draw(canvas, view) {
  const drawing = new Drawing(canvas, view);
  drawing.strip();
  drawing.ground();
  drawing.gaps();
  drawing.slices();
  drawing.cursor();
  drawing.outline();
}

/**
 * Which slice is at a point.
 *
 * @param {object} view as for draw()
 * @param {{ x: number, y: number, width: number, height: number }} point in CSS pixels from the corner of the
 *   canvas, and the size of that
 * @returns {number} index of the slice made last there, or the nearest one within three pixels, or -1
 */
export function sliceAt(view, { x, y, width, height }) {
  const plan = layout(view, width, height);
  let byte;
  let reach;
  if (y < strip) {
    byte = (x - plan.left) / plan.width * view.slab.size;
    reach = 3 / plan.width * view.slab.size;
  } else {
    const column = (x - plan.left) / plan.cellWidth;
    const row = Math.floor((y - plan.top) / plan.rowHeight);
    if (column < 0 || column >= plan.perRow || row < 0 || row >= plan.rows) return -1;
    byte = row * plan.perRow + column;
    reach = 3 / plan.cellWidth;
  }
  let best = -1;
  let least = reach;
  view.slab.slices.forEach(({ offset, length }, index) => {
    const distance = Math.max(offset - byte, byte - (offset + length), 0);
    if (distance <= least) [best, least] = [index, distance];
  });
  return best;
}
