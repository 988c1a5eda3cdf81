import { StringDecoder } from 'string_decoder';
import { Buffer as ours } from 'pagebuf';
import { ways } from './ways.js';

function show(id, text) {
  document.getElementById(id).textContent = text;
}

// A decoder keeps bytes that it cannot decode yet in a Buffer. Two generations of polyfills name it
// differently.
const decoder = new StringDecoder('utf8');
const { constructor } = decoder.lastChar || decoder.charBuffer;

show('ways', ways());
show('polyfill', constructor === ours ? 'the same Buffer' : 'another Buffer');
