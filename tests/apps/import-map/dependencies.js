// Browsers do not have CommonJS. A CDN, or here one command, makes an ES module of a package that imports
// buffer.
export { Readable, Transform } from 'readable-stream';
export { default } from 'dependency/requires.cjs';
