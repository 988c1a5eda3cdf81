// npm run picture: makes docs/page.png, the picture of the page in README.md.
//
// Owns        what the picture shows: a few Buffers on a slab, and the comparison with real Node. Panels that
//             it does not need are hidden.
// Assumes     chromium; the reference Node, which tools/serve-page.js finds.
// Holds       the picture is what the page drew, with every row equal, and has at most `most` bytes.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { PNG } from 'pngjs';
import { commandPath, runCommand, UsageError } from '../compare/command.js';

const file = fileURLToPath(new URL('../docs/page.png', import.meta.url));
const serverFile = fileURLToPath(new URL('serve-page.js', import.meta.url));
const most = 150000;
const viewport = { width: 1024, height: 600 }; // 1280 pixels of the picture, and readable at 800

const code = `a = Buffer.from('hi')
b = Buffer.from('pool')
c = Buffer.concat([a, b])
d = Buffer.alloc(4)
a.buffer === b.buffer
b.byteOffset`;
const hidden = '.learn, .race, footer, .below, details, .script .field, p.look, .fields, #calls, #add-title, #share, .fault, ' +
  '.footnote';
const style = `${hidden} { display: none !important }
  body { padding: 16px } header { margin-bottom: 12px } main { gap: 12px }
  .script { display: flex; flex-direction: column } textarea { flex: 1; resize: none }
  .canvas, #map { height: 232px } .scroll { min-height: 0 }
  .scroll th:nth-child(2) { width: 28% } .scroll th:nth-child(5) { width: 90px }`;

async function take(address) {
  const browser = await chromium.launch({ executablePath: commandPath('chromium'), args: ['--no-sandbox'] });
  try {
    // The page's policy refuses a style that is not its own.
    const page = await browser.newPage({ viewport, deviceScaleFactor: 1.25, bypassCSP: true });
    await page.goto(`${address}#${new URLSearchParams({ pool: 65536, slabs: 'auto', code })}`);
    await page.addStyleTag({ content: style });
    await page.locator('#rows .verdict').filter({ hasText: 'equal' }).nth(code.split('\n').length - 1).waitFor();
    await page.locator('#rows tr').first().hover();
    await page.mouse.move(0, 0);
    return await page.screenshot({ fullPage: true });
  } finally {
    await browser.close();
  }
}

async function main(args) {
  if (args.length > 0) throw new UsageError(`unexpected argument '${args[0]}'`);
  const server = spawn(process.execPath, [serverFile, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = await once(createInterface({ input: server.stdout }), 'line');
    const image = PNG.sync.read(await take(/http:\S+/.exec(line)[0]));
    const bytes = PNG.sync.write(image, { colorType: 2, deflateStrategy: 0, filterType: 0 });
    if (bytes.length > most) throw new Error(`the picture has ${bytes.length} bytes, more than ${most}`);
    writeFileSync(file, bytes);
    console.log(`picture: docs/page.png, ${image.width} x ${image.height}, ${bytes.length} bytes`);
  } finally {
    server.kill();
  }
  return true;
}

await runCommand('picture', main);
