export default {
  mode: 'production',
  entry: { main: './main.js', 'service-worker': './service-worker.js' },
  resolve: { alias: { buffer: 'pagebuf' } },
};
