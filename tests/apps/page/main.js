// An ordinary application: it imports buffer, and so do its dependencies.
import 'pagebuf/global';
import { Buffer } from 'buffer';
import buffer, { pool } from 'pagebuf';
import { Readable, Transform } from 'readable-stream';
import { namesOf } from './names.js';
import { ways } from './ways.js';

function show(id, text) {
  document.getElementById(id).textContent = text;
}

const greeting = Buffer.from('aGkgdGhlcmU', 'base64url');
const { offset, source } = pool.locate(greeting);

show('path', pool.inspect().path);
show('page', `${greeting} at ${offset} on ${source} memory`);
show('global', globalThis.Buffer === Buffer ? 'the same Buffer' : 'another Buffer');
show('ways', ways());
show('names', namesOf(buffer));

// The stream makes Buffers of these strings, with the Buffer that it requires itself.
const upperCase = new Transform({
  transform(chunk, _encoding, done) {
    const isOurs = chunk instanceof Buffer && pool.locate(chunk).source !== 'private';
    done(null, Buffer.from(`${chunk.toString().toUpperCase()} (${isOurs ? 'our Buffer' : 'another Buffer'}) `));
  },
});
const chunks = [];
Readable.from(['first', 'second']).pipe(upperCase)
  .on('data', (chunk) => chunks.push(chunk))
  .on('end', () => show('dependency', Buffer.concat(chunks).toString().trim()));

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
