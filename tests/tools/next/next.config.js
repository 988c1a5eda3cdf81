const pagebuf = { browser: 'pagebuf' };

export default {
  turbopack: {
    root: import.meta.dirname,
    resolveAlias: {
      buffer: pagebuf, 'buffer/*': pagebuf, 'node:buffer': pagebuf, 'next/dist/compiled/buffer': pagebuf,
    },
  },
  webpack(config, { isServer, webpack }) {
    const replacement = new webpack.NormalModuleReplacementPlugin(/^(node:)?buffer\/?$/, 'pagebuf');
    if (!isServer) config.plugins.push(replacement);
    return config;
  },
};
