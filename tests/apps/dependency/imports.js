export { Buffer as bare } from 'buffer';
export { Buffer as slash } from 'buffer/';
export { Buffer as node } from 'node:buffer';
export const free = typeof Buffer === 'undefined' ? undefined : Buffer;
