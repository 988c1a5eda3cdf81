// metro.config.cjs, and files for the names that tests/vectors.test.js imports.
const { join } = require('node:path');
const { mergeConfig } = require('@react-native/metro-config');
const base = require('./metro.config.cjs');

const others = {
  vitest: join(__dirname, 'vitest.js'),
  '../js/index.js': 'pagebuf',
  './vectors.json?raw': join(__dirname, 'tests/vectors.text.js'),
};

module.exports = mergeConfig(base, {
  resolver: {
    resolveRequest: (context, name, platform) =>
      base.resolver.resolveRequest(context, others[name] || name, platform),
  },
});
