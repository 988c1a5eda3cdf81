import stdlib from 'node-stdlib-browser';
import webpack from 'webpack';

export default {
  mode: 'production',
  entry: { entry: './entry.js' },
  resolve: { alias: stdlib },
  plugins: [new webpack.NormalModuleReplacementPlugin(/^(node:)?buffer\/?$/, 'pagebuf')],
};
