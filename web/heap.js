// The heap: every block that the page knows of, a tile each, on a canvas.
//
// Owns        drawHeap(), tileAt(). The picture is a function of the blocks, the chosen one and the
//             canvas's size. A bar below says what a block is: a whole one linear, a broken one heap, none
//             private; where there is room, L, H and P say it, too.
// Holds       all blocks are shown, however many: tiles shrink until they fit.

import { Paint } from './paint.js';

// What a tile measures, in CSS pixels as all below: its bytes, the bar below them, and what is free around.
const sizes = [116, 76, 50, 32, 20, 12, 8, 5, 3].map((width) => {
  const height = Math.max(4, Math.min(28, Math.round(width / 2.6)));
  const isSmall = width < 20;
  const [bar, gap] = isSmall ? [2, 1] : [3, 4];
  const [space, lineSpace] = isSmall ? [width < 5 ? 1 : 2, 2] : [4, 6];
  return { width, height, bar, gap, across: width + space, down: height + gap + bar + lineSpace };
});

function tilesOf(blocks, width, height) {
  const perLine = ({ across }) => Math.floor(width / across);
  const fits = (size) => Math.ceil(blocks.length / perLine(size)) * size.down <= height;
  const size = sizes.find(fits) || sizes[sizes.length - 1];
  return blocks.map((block, index) => ({
    ...size,
    block,
    x: index % perLine(size) * size.across,
    y: Math.floor(index / perLine(size)) * size.down,
  }));
}

// A whole bar or a broken one.
function paintBar(paint, { block: { source }, x, y, width, height, gap, bar }) {
  const piece = source === 'linear' ? width : Math.max(2, Math.min(6, width / 5));
  for (let at = 0; at < width && source !== 'private'; at += 2 * piece) {
    paint.fill(x + at, y + height + gap, Math.min(piece, width - at), bar, paint.inks.bar);
  }
}

function paintTile(paint, tile) {
  const { block, x, y, width, height, gap, bar } = tile;
  const { inks } = paint;
  paint.fill(x, y, width, height + gap + bar, inks.none);
  if (block.isFreed) {
    paint.frame(x, y, width, height, inks.grid);
    return;
  }
  paint.fill(x, y, width, height, inks.cell);
  const unit = width / block.size;
  for (const { offset, length, colour, isView, isLive } of block.slices) {
    if (isView || length === 0) continue;
    const left = Math.min(width - 1 / paint.scale, offset * unit);
    const ink = (isLive ? inks.live : inks.faded)[colour];
    paint.fill(x + left, y, Math.min(length * unit, width - left), height, ink);
  }
  paintBar(paint, tile);
}

// What was painted last: many tiles stay what they are from one frame to the next.
const last = new WeakMap(); // canvas -> { frame, pixels, states }

function paintTiles(canvas, paint, tiles) {
  const size = tiles.length > 0 ? tiles[0].width : 0;
  const frame = [paint.columns, paint.lines, size, paint.inks.cell.front].join();
  const before = last.get(canvas);
  const isSame = before !== undefined && before.frame === frame && before.states.length <= tiles.length;
  if (isSame) paint.pixels.set(before.pixels);
  const states = tiles.map((tile, index) => {
    const { block } = tile;
    const state = [block.slices.length, block.live, block.isFreed].join();
    const known = isSame && before.states[index];
    if (!known || known.block !== block || known.state !== state) paintTile(paint, tile);
    return { block, state };
  });
  last.set(canvas, { frame, pixels: paint.pixels, states });
}

function nameOf({ source, number }) {
  return `${source[0].toUpperCase()}${number}`;
}

/**
 * Draw blocks.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {{ blocks: object[], chosen?: object }} view blocks as web/watch.js has them
 */
export function drawHeap(canvas, { blocks, chosen }) {
  const paint = new Paint(canvas);
  const tiles = tilesOf(blocks, paint.width, paint.height);
  paintTiles(canvas, paint, tiles);
  paint.show();
  for (const tile of tiles) {
    const { block, x, y, width, height } = tile;
    if (width < 50) break;
    const name = block.isFreed ? `${nameOf(block)} freed` : nameOf(block);
    const text = width < 76 ? nameOf(block) : name;
    const middle = y + height / 2;
    if (!block.isFreed) plate(paint, text, x, middle);
    paint.text(text, x + 6, middle + 0.5, block.isFreed ? 'soft' : 'ink', { align: 'left' });
  }
  const tile = tiles.find(({ block }) => block === chosen);
  if (tile) {
    const { x, y, width, height } = tile;
    paint.outline([[[x, y], [x + width, y], [x + width, y + height], [x, y + height]]]);
  }
}

// What is written on a tile is read on a ground of its own.
function plate({ context, scale, texts }, text, x, middle) {
  context.fillStyle = texts.panel;
  context.globalAlpha = 0.86;
  const width = text.length * 6.8 + 8;
  context.fillRect((x + 2) * scale, (middle - 8) * scale, width * scale, 16 * scale);
  context.globalAlpha = 1;
}

/** The block whose tile is at a point { x, y, width, height } of the canvas, as for sliceAt(). */
export function tileAt(blocks, { x, y, width, height }) {
  const found = tilesOf(blocks, width, height).find((tile) =>
    x >= tile.x && x < tile.x + tile.across && y >= tile.y && y < tile.y + tile.down);
  return found && found.block;
}
