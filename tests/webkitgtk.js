// A Vitest provider for WebKitGTK, the WebKit that runs on a server. It uses WebKitWebDriver, on a display
// of its own.
//
// Owns     Xvfb and the driver, from the first page on until Vitest closes.
// Assumes  both commands are on PATH, and the driver knows which browser to open.
// Holds    there are no viewports, user events or screenshots. The tests need none.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { defineBrowserProvider } from '@vitest/browser';

// WebKit has no switch for gc() on pages, and does not collect old garbage while the heap grows little. With
// these two variables, it makes a full collection after every 16 MiB that a page allocates.
const collectAll = { JSC_useGenerationalGC: '0', JSC_gcMaxHeapSize: String(16 * 1024 * 1024) };

class WebKitGtk {
  name = 'webkitgtk';
  supportsParallelism = false;
  initScripts = [];
  #children = [];
  #driver; // address of the driver
  #session; // path of the one session there

  getCommandsContext() {
    return {};
  }

  async openPage(_sessionId, url) {
    if (!this.#session) await this.#start();
    await this.#send('POST', `${this.#session}/url`, { url });
  }

  async close() {
    if (this.#session) await this.#send('DELETE', this.#session).catch(() => {}); // it may have crashed
    for (const child of this.#children) child.kill();
  }

  async #start() {
    // Xvfb chooses a free display and writes its number to the descriptor.
    const screen = this.#spawn('Xvfb', ['-displayfd', '3', '-nolisten', 'tcp'], {});
    const [number] = await once(screen.stdio[3], 'data');
    const port = await freePort();
    this.#driver = `http://127.0.0.1:${port}`;
    this.#spawn('WebKitWebDriver', [`--port=${port}`], { DISPLAY: `:${String(number).trim()}`, ...collectAll });
    for (let attempt = 0; ; attempt++) {
      try {
        await this.#send('GET', '/status');
        break;
      } catch (error) {
        if (attempt === 100) throw error;
        await setTimeout(100);
      }
    }
    const { sessionId } = await this.#send('POST', '/session', { capabilities: { alwaysMatch: {} } });
    this.#session = `/session/${sessionId}`;
  }

  #spawn(command, args, environment) {
    const child = spawn(command, args,
      { env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    this.#children.push(child);
    return child;
  }

  async #send(method, path, body) {
    const response = await fetch(this.#driver + path, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`WebKitWebDriver ${path}: ${value.message}`);
    return value;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** The provider, for `browser.provider` in a Vitest configuration with the one instance `webkitgtk`. */
export function webkitgtk() {
  return defineBrowserProvider({
    name: 'webkitgtk',
    supportedBrowser: ['webkitgtk'],
    options: {},
    providerFactory: () => new WebKitGtk(),
  });
}
