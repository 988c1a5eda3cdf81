import { nodePolyfills } from 'vite-plugin-node-polyfills';

export default {
  plugins: [nodePolyfills({ exclude: ['buffer'], globals: { Buffer: false } })],
  resolve: { alias: [{ find: /^(node:)?buffer\/?$/, replacement: 'pagebuf' }] },
};
