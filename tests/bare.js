// Run before the tests of the project 'node-bare': the library is imported where there is nothing but the
// language, as in Hermes, AudioWorklets and Jest's jsdom environment. The tests have the platform again.
import './refuse.js';

globalThis.isBare = true;
const hidden = [
  ...['TextDecoder', 'TextEncoder', 'atob', 'btoa', 'Blob', 'File', 'DOMException', 'SharedArrayBuffer', 'process']
    .map((name) => [globalThis, name]),
  ...['fromHex', 'fromBase64'].map((name) => [Uint8Array, name]),
  ...['toHex', 'toBase64', 'setFromHex', 'setFromBase64'].map((name) => [Uint8Array.prototype, name]),
];
const kept = hidden.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name));
for (const [owner, name] of hidden) delete owner[name];
try {
  await import('../js/index.js');
} finally {
  hidden.forEach(([owner, name], index) => {
    if (kept[index]) Object.defineProperty(owner, name, kept[index]);
  });
}
