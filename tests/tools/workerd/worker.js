import { Buffer as ours, pool } from 'pagebuf';
import { ways } from './ways.js';

export default {
  async fetch(request) {
    const text = ours.from(await request.arrayBuffer()).toString('utf8');
    const echo = ours.from(ours.from(text, 'utf16le').toString('base64url'), 'base64url').toString('utf16le');
    const { source } = pool.locate(ours.from(text));
    return Response.json({ ways: ways(), echo, isPooled: source !== 'private', ofRealm: ours.from(text).buffer instanceof ArrayBuffer });
  },
};
