// An import map is the page's alone: a worker says where the module lies.
import { Buffer, pool } from './pagebuf/js/index.js';

globalThis.onmessage = ({ data }) => {
  globalThis.postMessage(Buffer.concat([Buffer.from(data), Buffer.from(` came back, ${pool.inspect().path}`)]));
};
