import NodePolyfillPlugin from 'node-polyfill-webpack-plugin';
import webpack from 'webpack';

export default {
  mode: 'production',
  entry: { entry: './entry.js' },
  plugins: [
    new webpack.NormalModuleReplacementPlugin(/^(node:)?buffer\/?$/, 'pagebuf'),
    new NodePolyfillPlugin({ excludeAliases: ['buffer', 'Buffer'] }),
  ],
};
