import { Buffer } from 'buffer';
import { pool } from 'pagebuf';

globalThis.onmessage = ({ data }) => {
  globalThis.postMessage(Buffer.concat([Buffer.from(data), Buffer.from(` came back, ${pool.inspect().path}`)]));
};
