// The map: one block (a slab, or a private ArrayBuffer) as a picture of its bytes, on a canvas.
//
// Owns        layout(), draw(), sliceAt(). The picture is a function of a view { block, cursor, isCurrent,
//             whole, selected } and the canvas's size. A block's slices are { offset, length, colour, isView,
//             isLive }, in bytes from its start and in the order in which they were made. `cursor` is where
//             the next slice would start. `isCurrent` says whether the pool takes the next slice here.
// Holds       every slice is at least one device pixel in each direction. A strip at the top shows the whole
//             block. The rows below show the used part, or all bytes. Live slices are plain, dead slices are
//             pale and striped.

import { Paint } from './paint.js';
import { bytesOf } from './watch.js';

const smallestSpan = 64;
const strip = 16;   // CSS pixels, as all below
const gap = 12;
const gutter = 46;
const widestText = 20;
const widthOfCell = 1.6; // of its height

/**
 * Draw a view on a canvas, as large as the canvas is shown.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {{ block: object, cursor: number, isCurrent: boolean, whole: boolean, selected?: object }} view
 *   `selected`: one of the block's slices
 */
export function draw(canvas, view) {
  const drawing = new Drawing(canvas, view);
  drawing.strip();
  drawing.ground();
  drawing.gaps();
  drawing.slices();
  const label = drawing.cursor();
  drawing.paint.show();
  drawing.lens();
  drawing.texts(label);
  drawing.outline();
}

/**
 * Which slice is at a point.
 *
 * @param {object} view as for draw()
 * @param {{ x: number, y: number, width: number, height: number }} point in CSS pixels from the corner of the
 *   canvas, and the size of that
 * @returns {object | undefined} the slice made last there, or the nearest one within three pixels
 */
export function sliceAt(view, { x, y, width, height }) {
  const plan = layout(view, width, height);
  let byte;
  let reach;
  if (y < strip) {
    byte = (x - plan.left) / plan.width * view.block.size;
    reach = 3 / plan.width * view.block.size;
  } else {
    const column = (x - plan.left) / plan.cellWidth;
    const row = Math.floor((y - plan.top) / plan.rowHeight);
    if (column < 0 || column >= plan.perRow || row < 0 || row >= plan.rows) return undefined;
    byte = row * plan.perRow + column;
    reach = 3 / plan.cellWidth;
  }
  let best;
  let least = reach;
  for (const slice of view.block.slices) {
    const distance = Math.max(slice.offset - byte, byte - (slice.offset + slice.length), 0);
    if (distance <= least) [best, least] = [slice, distance];
  }
  return best;
}

// ---- layout -----------------------------------------------------------------------------------------------

/** How the bytes of a block are laid out on a canvas of `width` x `height` CSS pixels. */
export function layout({ block, cursor, whole }, width, height) {
  const used = block.slices.reduce((end, { offset, length }) => Math.max(end, offset + length), cursor);
  const span = whole ? block.size : Math.min(block.size, Math.max(smallestSpan, powerOfTwo(used + 1)));
  const top = strip + gap;
  const area = { left: gutter, top, width: width - gutter, height: height - top };
  // The power of two that makes the cells' shape nearest to the wanted one.
  let perRow = 8;
  const ratio = (count) => (area.width / count) / (area.height / Math.ceil(span / count));
  const shape = (count) => Math.abs(Math.log(ratio(count) / widthOfCell));
  for (let count = 8; count <= powerOfTwo(span); count *= 2) if (shape(count) < shape(perRow)) perRow = count;
  const rows = Math.ceil(span / perRow);
  return { ...area, span, perRow, rows, cellWidth: area.width / perRow, rowHeight: area.height / rows };
}

function powerOfTwo(number) {
  return 2 ** Math.ceil(Math.log2(Math.max(1, number)));
}

// Calls `use(x, y, width, height)`, in CSS pixels, for each row that some bytes lie in.
function eachRow({ span, perRow, left, top, cellWidth, rowHeight }, offset, length, use) {
  const end = Math.min(offset + length, span);
  for (let at = offset; at < end;) {
    const row = Math.floor(at / perRow);
    const stop = Math.min(end, (row + 1) * perRow);
    use(left + (at - row * perRow) * cellWidth, top + row * rowHeight, (stop - at) * cellWidth, rowHeight);
    at = stop;
  }
}

// ---- drawing ----------------------------------------------------------------------------------------------

class Drawing {
  constructor(canvas, view) {
    this.paint = new Paint(canvas);
    this.view = view;
    this.plan = layout(view, this.paint.width, this.paint.height);
  }

  bytes(offset, length, ink, inset) {
    const { plan, paint } = this;
    eachRow(plan, offset, length, (x, y, width, height) => paint.fill(x, y, width, height, ink, inset));
  }

  inkOf({ isLive, colour }) {
    return (isLive ? this.paint.inks.live : this.paint.inks.dead)[colour];
  }

  tail() {
    const { block: { size }, cursor, isCurrent } = this.view;
    return isCurrent ? 0 : size - cursor;
  }

  strip() {
    const { view: { block, cursor }, plan, paint } = this;
    const unit = plan.width / block.size;
    const fill = (offset, length, ink) => paint.fill(plan.left + offset * unit, 0, length * unit, strip, ink);
    fill(0, block.size, paint.inks.cell);
    for (const slice of block.slices) {
      if (slice.length > 0 && !slice.isView) fill(slice.offset, slice.length, this.inkOf(slice));
    }
    if (this.tail() > 0) fill(cursor, this.tail(), paint.inks.tail);
  }

  ground() {
    const { view: { block }, plan, paint } = this;
    const thin = 1 / paint.scale;
    const { left: x, top: y, width, height } = plan;
    this.bytes(0, Math.min(plan.span, block.size), paint.inks.cell);
    for (let column = 1; plan.cellWidth >= 8 && column < plan.perRow; column++) {
      paint.fill(x + column * plan.cellWidth, y, thin, height, paint.inks.grid);
    }
    for (let row = 1; plan.rowHeight >= 8 && row < plan.rows; row++) {
      paint.fill(x, y + row * plan.rowHeight, width, thin, paint.inks.grid);
    }
  }

  // The bytes that alignment leaves between slices, and the tail of a slab that is no longer current.
  gaps() {
    const { view: { block, cursor }, paint: { inks } } = this;
    let end = 0;
    for (const { offset, length, isView } of block.slices) {
      if (isView) continue;
      if (offset > end) this.bytes(end, offset - end, inks.gap);
      end = Math.max(end, offset + length);
    }
    if (end > 0 && cursor > end) this.bytes(end, cursor - end, inks.gap);
    if (this.tail() > 0) this.bytes(cursor, this.tail(), inks.tail);
  }

  slices() {
    const { view: { block }, plan, paint } = this;
    for (const slice of block.slices) {
      const ink = this.inkOf(slice);
      eachRow(plan, slice.offset, slice.length, (x, y, width, height) => {
        if (!slice.isView) paint.fill(x, y, width, height, ink, 1);
        else paint.fill(x, y + height * 0.72, width, height * 0.2, ink);
      });
    }
  }

  cursor() {
    const { view: { cursor, isCurrent }, plan, paint } = this;
    if (!isCurrent || cursor > plan.span) return undefined;
    const atEnd = cursor === plan.span;
    const row = atEnd ? plan.rows - 1 : Math.floor(cursor / plan.perRow);
    const x = plan.left + (atEnd ? plan.width - 3 : (cursor % plan.perRow) * plan.cellWidth);
    const y = plan.top + row * plan.rowHeight;
    const height = Math.min(Math.max(plan.rowHeight, 8), plan.top + plan.height - y);
    paint.fill(x - 0.5, y, 3, height, paint.inks.cursor);
    return plan.rowHeight >= 15 && plan.cellWidth >= widestText && !atEnd ? { x, y } : undefined;
  }

  // A wedge from the part of the strip that the rows show, down to the rows.
  lens() {
    const { view: { block }, plan, paint: { context, scale, texts } } = this;
    if (plan.span >= block.size) return;
    const right = plan.left + Math.max(2, plan.span / block.size * plan.width);
    const corners = [[plan.left, strip + 1], [right, strip + 1], [plan.left + plan.width, strip + gap - 1],
      [plan.left, strip + gap - 1]];
    context.fillStyle = texts.grid;
    context.globalAlpha = 0.5;
    context.beginPath();
    for (const [x, y] of corners) context.lineTo(x * scale, y * scale);
    context.fill();
    context.globalAlpha = 1;
  }

  texts(labelled) {
    const { view: { cursor }, plan, paint } = this;
    paint.text('all', plan.left - 8, strip / 2, 'soft', { align: 'right' });
    const every = Math.ceil((plan.rowHeight < 12 ? 18 : 14) / plan.rowHeight);
    for (let row = 0; row < plan.rows; row += every) {
      const middle = Math.max(plan.top + (row + 0.5) * plan.rowHeight, plan.top + 6);
      if (middle > plan.top + plan.height - 5) break;
      paint.text(String(row * plan.perRow), plan.left - 8, middle, 'soft', { align: 'right' });
    }
    if (labelled) {
      paint.text(`cursor ${cursor}`, labelled.x + 8, labelled.y + plan.rowHeight / 2, 'soft', { align: 'left' });
    }
    if (plan.cellWidth >= widestText && plan.rowHeight >= 15) this.hex();
  }

  hex() {
    const { view: { block }, plan, paint } = this;
    for (const slice of block.slices) {
      const bytes = slice.isView ? undefined : bytesOf(slice);
      for (let index = 0; bytes && index < bytes.length && slice.offset + index < plan.span; index++) {
        const at = slice.offset + index;
        const x = plan.left + (at % plan.perRow + 0.5) * plan.cellWidth;
        const y = plan.top + (Math.floor(at / plan.perRow) + 0.5) * plan.rowHeight;
        paint.text(bytes[index].toString(16).padStart(2, '0'), x, y, 'on-slice', { size: 12 });
      }
    }
  }

  outline() {
    const { view: { selected }, plan, paint } = this;
    if (selected === undefined) return;
    const boxes = [];
    eachRow(plan, selected.offset, Math.max(selected.length, 1),
      (x, y, width, height) => boxes.push({ x, y, width, height }));
    paint.outline(contoursOf(boxes));
  }
}

// The outlines of a slice: one, or two when it lies in two rows that do not touch.
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

function cornersOf({ x, y, width, height }) {
  return [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
}
