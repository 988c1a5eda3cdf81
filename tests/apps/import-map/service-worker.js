import { Buffer, pool } from './pagebuf/js/index.js';

globalThis.addEventListener('install', () => globalThis.skipWaiting());
globalThis.addEventListener('activate', (event) => event.waitUntil(globalThis.clients.claim()));
globalThis.addEventListener('fetch', (event) => {
  if (!event.request.url.endsWith('/from-the-service-worker')) return;
  event.respondWith(new Response(Buffer.from(`a response, ${pool.inspect().path}`)));
});
