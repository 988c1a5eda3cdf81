const { getDefaultConfig, mergeConfig } = require('@react-native/metro-config');

module.exports = mergeConfig(getDefaultConfig(__dirname), {
  resolver: {
    resolveRequest: (context, name, platform) =>
      context.resolveRequest(context, name.replace(/^(node:)?buffer\/?$/, 'pagebuf'), platform),
  },
  // The default is a module of React Native, which is not installed.
  serializer: { getModulesRunBeforeMainModule: () => [] },
});
