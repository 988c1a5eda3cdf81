import alias from '@rollup/plugin-alias';
import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
import nodePolyfills from 'rollup-plugin-polyfill-node';

export default {
  input: 'entry.js',
  plugins: [
    // The plugin injects its own Buffer into dependencies, under a name of its own. That name needs an
    // alias, too.
    alias({ entries: [{ find: /^(\0polyfill-node\.|node:)?buffer(\.js|\/)?$/, replacement: 'pagebuf' }] }),
    nodePolyfills(),
    resolve({ browser: true, preferBuiltins: false }),
    commonjs(),
  ],
};
