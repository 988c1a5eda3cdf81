import { Buffer, pool } from './pagebuf/js/index.js';
import './pagebuf/js/global.js';

function show(id, text) {
  document.getElementById(id).textContent = text;
}

const greeting = Buffer.from('aGkgdGhlcmU', 'base64url');
const { offset, source } = pool.locate(greeting);

show('path', pool.inspect().path);
show('page', `${greeting} at ${offset} on ${source} memory`);
show('global', globalThis.Buffer === Buffer ? 'the same Buffer' : 'another Buffer');

const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
worker.onmessage = ({ data }) => show('worker', Buffer.from(data).toString());
worker.postMessage(Buffer.from('a message'));

async function useServiceWorker() {
  const { serviceWorker } = navigator;
  await serviceWorker.register('service-worker.js', { type: 'module' });
  if (!serviceWorker.controller) {
    await new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  }
  const response = await fetch('from-the-service-worker');
  show('service-worker', await response.text());
}
useServiceWorker();
