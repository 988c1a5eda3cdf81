import webpack from 'webpack';

export default {
  mode: 'production',
  entry: { entry: './main.js' },
  plugins: [
    new webpack.NormalModuleReplacementPlugin(/^(node:)?buffer\/?$/, 'pagebuf'),
    new webpack.ProvidePlugin({ Buffer: ['pagebuf', 'Buffer'] }),
  ],
};
