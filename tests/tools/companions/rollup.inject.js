import alias from '@rollup/plugin-alias';
import commonjs from '@rollup/plugin-commonjs';
import inject from '@rollup/plugin-inject';
import resolve from '@rollup/plugin-node-resolve';

export default {
  input: { entry: 'main.js' },
  plugins: [
    alias({ entries: [{ find: /^(node:)?buffer\/?$/, replacement: 'pagebuf' }] }),
    resolve({ browser: true, preferBuiltins: false }),
    commonjs(),
    inject({ Buffer: ['pagebuf', 'Buffer'] }),
  ],
};
