import stdlib from 'node-stdlib-browser';

const polyfills = Object.keys(stdlib).map((find) => ({ find, replacement: stdlib[find] }));

export default {
  resolve: { alias: [{ find: /^(node:)?buffer\/?$/, replacement: 'pagebuf' }, ...polyfills] },
};
