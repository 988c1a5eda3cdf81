import { defineConfig } from 'vite';

export default defineConfig({
  resolve: { alias: [{ find: /^(node:)?buffer\/?$/, replacement: 'pagebuf' }] },
  build: {
    rollupOptions: {
      input: ['index.html', 'service-worker.js'],
      output: { entryFileNames: '[name].js' },
    },
  },
});
