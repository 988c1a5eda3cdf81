// An import map counts for the page only: a worker imports by the address of the module.
import { Buffer, pool } from './pagebuf/js/index.js';

globalThis.onmessage = ({ data }) => {
  globalThis.postMessage(Buffer.concat([Buffer.from(data), Buffer.from(` came back, ${pool.inspect().path}`)]));
};
