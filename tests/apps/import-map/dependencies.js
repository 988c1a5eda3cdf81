// A browser knows nothing of CommonJS: a CDN, or here one command, makes a module of it that imports buffer.
export { Readable, Transform } from 'readable-stream';
export { default } from 'dependency/requires.cjs';
