// The heap: every block that the page knows of, as a tile on a canvas, in totals and in tables.
//
// Owns        the part of the page that shows it. The picture is a function of the blocks, the one that the
//             map shows and the canvas's size. A bar below a tile says what the block is: a whole bar is
//             linear, a broken bar is heap, no bar is private. Where there is room, L, H and P say it, too.
// Holds       the picture has all blocks, however many: tiles shrink until they fit.

import { pool } from '../js/index.js';
import { counted, sizeOf } from './beside.js';
import { element, make } from './elements.js';
import { Paint } from './paint.js';
import { Picker } from './picker.js';

const longestTable = 200;

export class Heap {
  /** @param {object} page `watch`: the records; `chosen()`: the block that the map shows; `choose(block)` */
  constructor({ watch, chosen, choose }) {
    Object.assign(this, { watch, chosen });
    this.picker = new Picker('heap', {
      things: () => watch.list(),
      chosen,
      at: (point) => tileAt(watch.list(), point),
      choose,
      describe: (block, blocks) => (blocks.includes(block) ? textOf(block) : `${blocks.length} blocks, none selected`),
    });
    element('heap-table').addEventListener('toggle', () => this.draw());
    element('inspect').addEventListener('toggle', () => this.draw());
    new ResizeObserver(() => this.draw()).observe(element('heap'));
  }

  draw() {
    const blocks = this.watch.list();
    drawTiles(element('heap'), blocks, this.chosen());
    this.picker.say();
    const { liveSlices, deadSlices, ...totals } = this.watch.totals();
    const shown = { ...totals, 'live-slices': liveSlices, 'dead-slices': deadSlices };
    for (const [name, value] of Object.entries(shown)) element(`heap-${name}`).textContent = counted(value);
    if (element('heap-table').open) listBlocks(blocks);
    if (element('inspect').open) listNumbers();
  }
}

function textOf({ source, number, size, slices, live, isFreed }) {
  const what = source === 'private' ? `private ArrayBuffer ${number}` : `pool slab ${number}, ${source}`;
  return `${what}, ${sizeOf(size)}: ${isFreed ? 'freed' : `${live} of ${slices.length} slices live`}`;
}

function listBlocks(blocks) {
  const shown = blocks.slice(0, longestTable);
  element('heap-rows').replaceChildren(...shown.map((block) => make('tr', {}, ...[
    block.source, String(block.number), counted(block.size), counted(block.byteLength),
    block.isFreed ? 'freed' : `${counted(block.live)} of ${counted(block.slices.length)}`,
  ].map((text) => make('td', {}, text)))));
  element('heap-more').textContent = blocks.length > shown.length ? `${counted(blocks.length - shown.length)} more` : '';
}

// What pool.inspect() says.
function listNumbers() {
  const { current, path, source, ...counts } = pool.inspect();
  const rows = [
    ['path', path], ['source', source],
    ...Object.entries(current || {}).map(([name, value]) => [`current.${name}`, counted(value)]),
    ...Object.entries(counts).map(([name, value]) => [name, counted(value)]),
  ];
  element('numbers').replaceChildren(...rows.map(([name, value]) => {
    const made = make('tr', {}, make('th', { scope: 'row' }, name), make('td', {}, value));
    made.dataset.name = name;
    return made;
  }));
}

// ---- the picture ------------------------------------------------------------------------------------------

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

function tileAt(blocks, { x, y, width, height }) {
  const found = tilesOf(blocks, width, height).find((tile) =>
    x >= tile.x && x < tile.x + tile.across && y >= tile.y && y < tile.y + tile.down);
  return found && found.block;
}

function drawTiles(canvas, blocks, chosen) {
  const paint = new Paint(canvas);
  const tiles = tilesOf(blocks, paint.width, paint.height);
  paintTiles(canvas, paint, tiles);
  paint.show();
  if (tiles.length > 0 && tiles[0].width >= 50) for (const tile of tiles) label(paint, tile);
  const found = tiles.find(({ block }) => block === chosen);
  if (found) {
    const { x, y, width, height } = found;
    paint.outline([[[x, y], [x + width, y], [x + width, y + height], [x, y + height]]]);
  }
}

// What was painted last: most tiles stay as they are from one frame to the next.
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

// A whole bar or a broken one.
function paintBar(paint, { block: { source }, x, y, width, height, gap, bar }) {
  const piece = source === 'linear' ? width : Math.max(2, Math.min(6, width / 5));
  for (let at = 0; at < width && source !== 'private'; at += 2 * piece) {
    paint.fill(x + at, y + height + gap, Math.min(piece, width - at), bar, paint.inks.bar);
  }
}

function label(paint, { block, x, y, width, height }) {
  const { source, number, isFreed } = block;
  const text = `${source[0].toUpperCase()}${number}${isFreed && width >= 76 ? ' freed' : ''}`;
  const middle = y + height / 2;
  if (!isFreed) plate(paint, text, x, middle);
  paint.text(text, x + 6, middle + 0.5, isFreed ? 'soft' : 'ink', { align: 'left' });
}

// Text on a tile stands on a ground of its own, so that it can be read.
function plate({ context, scale, texts }, text, x, middle) {
  context.fillStyle = texts.panel;
  context.globalAlpha = 0.86;
  const width = text.length * 6.8 + 8;
  context.fillRect((x + 2) * scale, (middle - 8) * scale, width * scale, 16 * scale);
  context.globalAlpha = 1;
}
