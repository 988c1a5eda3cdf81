// The heap: every block that the page knows of, a tile each, on a canvas.
//
// Owns        drawHeap(), tileAt(). The picture is a function of the blocks, the chosen one and the
//             canvas's size. Tiles of one region touch; L, H and P say linear, heap and private.
// Holds       all blocks are shown, however many: tiles shrink until they fit.

import { Paint } from './paint.js';

const widths = [116, 76, 50, 32, 20, 12, 8, 5, 3]; // CSS pixels of a tile, as all below
const space = 4;
const lineSpace = 6;

function tilesOf(blocks, width, height) {
  const size = widths.find((wide) => {
    const perLine = Math.floor(width / (wide + space));
    return Math.ceil(blocks.length / perLine) * (heightOf(wide) + lineSpace) <= height;
  }) || widths[widths.length - 1];
  const perLine = Math.floor(width / (size + space));
  const tall = heightOf(size);
  return blocks.map((block, index) => ({
    block,
    x: index % perLine * (size + space),
    y: Math.floor(index / perLine) * (tall + lineSpace),
    width: size,
    height: tall,
  }));
}

function heightOf(width) {
  return Math.max(8, Math.min(30, Math.round(width / 2.6)));
}

function paintTile(paint, { block, x, y, width, height }, isJoined) {
  const { inks } = paint;
  paint.fill(x, y, width + space, height, inks.none);
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
  if (isJoined) paint.fill(x + width, y, space, height, inks.soft);
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
    const next = tiles[index + 1];
    const isJoined = next !== undefined && next.block.region === block.region && next.y === tile.y;
    const state = [block.slices.length, block.live, block.isFreed, isJoined].join();
    const known = isSame && before.states[index];
    if (!known || known.block !== block || known.state !== state) paintTile(paint, tile, isJoined);
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
 * @param {{ blocks: object[], chosen?: object }} view blocks as web/watch.js has them, those of one region
 *   side by side
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
    if (!block.isFreed) plate(paint, text, x, y, height);
    paint.text(text, x + 6, y + height / 2 + 0.5, block.isFreed ? 'soft' : 'ink', { align: 'left' });
  }
  const tile = tiles.find(({ block }) => block === chosen);
  if (tile) {
    const { x, y, width, height } = tile;
    paint.outline([[[x, y], [x + width, y], [x + width, y + height], [x, y + height]]]);
  }
}

// What is written on a tile is read on a ground of its own.
function plate({ context, scale, texts }, text, x, y, height) {
  context.fillStyle = texts.panel;
  context.globalAlpha = 0.86;
  const width = text.length * 6.8 + 8;
  context.fillRect((x + 2) * scale, (y + height / 2 - 8) * scale, width * scale, 16 * scale);
  context.globalAlpha = 1;
}

/** The block whose tile is at a point { x, y, width, height } of the canvas, as for sliceAt(). */
export function tileAt(blocks, { x, y, width, height }) {
  const found = tilesOf(blocks, width, height).find((tile) =>
    x >= tile.x && x < tile.x + tile.width + space && y >= tile.y && y < tile.y + tile.height + lineSpace);
  return found && found.block;
}
