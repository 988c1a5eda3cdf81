// Returns the text of a Buffer in upper case, in a Buffer of this worker's own pool.
import { Buffer, pool } from '../js/index.js';

globalThis.onmessage = ({ data }) => {
  const echo = Buffer.from(Buffer.from(data).toString().toUpperCase());
  globalThis.postMessage({ echo, offset: pool.locate(echo).offset, path: pool.inspect().path });
};
