// Here is no TextDecoder, TextEncoder, atob, URL or crypto.
import { Buffer, pool } from './pagebuf/js/index.js';

class Answers extends AudioWorkletProcessor {
  constructor() {
    super();
    const text = 'grüße, 世界 👋';
    const answers = [
      typeof TextDecoder,
      Buffer.from(Buffer.from(text).toString('base64url'), 'base64url').toString(),
      Buffer.from(text, 'utf16le').toString('utf16le'),
      pool.locate(Buffer.from(text)).source === 'private' ? 'private' : 'pooled',
    ];
    this.port.postMessage(answers.join(' '));
  }

  process() {
    return false;
  }
}
registerProcessor('answers', Answers);
