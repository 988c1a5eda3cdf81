export default {
  resolve: { alias: [{ find: /^(node:)?buffer\/?$/, replacement: 'pagebuf' }] },
  test: { setupFiles: ['./set-up.js'] },
};
