// Bundles one file as React Native's command does:  node bundle.js <entry> <bundle>
import { writeFileSync } from 'node:fs';
import Metro from 'metro';

const [entry, out] = process.argv.slice(2);
const config = await Metro.loadConfig({ config: 'metro.config.cjs' });
const { code } = await Metro.runBuild({ ...config, cacheStores: [] }, { entry, platform: 'android', dev: false, minify: false });
writeFileSync(out, code);
