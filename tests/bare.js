// Runs before the tests of the project 'node-bare'. It imports the library where there is nothing but the
// language, as in Hermes, in AudioWorklets, and in Jest's jsdom environment. Then it restores the platform
// for the tests.
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
