import 'pagebuf/global';
import { Buffer as ours, pool } from 'pagebuf';
import { ways } from './ways.js';

const text = 'grüße, 世界 👋';
print(JSON.stringify({
  ways: ways(),
  path: pool.inspect().path,
  decoder: typeof TextDecoder,
  utf16: ours.from(text, 'utf16le').toString('utf16le') === text,
  broken: ours.from([0xff, 0xe4, 0xb8, 0x41]).toString() === '\ufffd\ufffdA',
  pooled: pool.locate(ours.from('a')).source,
}));
