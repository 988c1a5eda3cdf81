import { defineConfig } from 'vite';

export default defineConfig({
  resolve: { alias: { buffer: 'pagebuf' } },
  build: {
    rolldownOptions: {
      input: ['index.html', 'service-worker.js'],
      output: { entryFileNames: '[name].js' },
    },
  },
});
