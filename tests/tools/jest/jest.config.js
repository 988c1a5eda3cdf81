module.exports = {
  moduleNameMapper: { '^(node:)?buffer/?$': 'pagebuf' },
  setupFiles: ['./set-up.js'],
};
