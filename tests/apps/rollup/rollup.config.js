import alias from '@rollup/plugin-alias';
import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';

export default {
  input: ['main.js', 'worker.js', 'service-worker.js'],
  output: { dir: 'dist' },
  plugins: [
    alias({ entries: [{ find: /^(node:)?buffer\/?$/, replacement: 'pagebuf' }] }),
    resolve({ browser: true, preferBuiltins: false }),
    commonjs(),
  ],
};
