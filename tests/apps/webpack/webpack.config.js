import webpack from 'webpack';

export default {
  mode: 'production',
  entry: { main: './main.js', 'service-worker': './service-worker.js' },
  plugins: [new webpack.NormalModuleReplacementPlugin(/^(node:)?buffer\/?$/, 'pagebuf')],
};
