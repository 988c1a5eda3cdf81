// Bundles one file as React Native's command does:  node bundle.js <config> <entry> <bundle>
import { writeFileSync } from 'node:fs';
import Metro from 'metro';

const [config, entry, bundle] = process.argv.slice(2);
const settings = { ...await Metro.loadConfig({ config }), cacheStores: [] };
const { code } = await Metro.runBuild(settings, { entry, platform: 'android', dev: false, minify: false });
writeFileSync(bundle, code);
