// The same test files in Node and in three installed browsers: tests/*.test.js.
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { commandPath } from '../compare/command.js';
import { checked } from './checked.js';
import { webkitgtk } from './webkitgtk.js';

function inBrowser(name, provider) {
  return {
    extends: true,
    test: {
      name,
      browser: {
        enabled: true,
        headless: true,
        ui: false,
        screenshotFailures: false,
        instances: [{ browser: name }],
        provider,
      },
    },
  };
}

// The tests call Buffer(), which warns.
const execArgv = ['--expose-gc', '--no-deprecation'];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  // Vite would find these only while tests run, and would reload the page.
  optimizeDeps: { include: ['fast-check'] },
  test: {
    include: ['tests/*.test.js'],
    testTimeout: 30000, // in some projects loops replace the coders, and machines are shared
    silent: 'passed-only', // shows what a failing test prints, above all its seed
    projects: [
      { extends: true, test: { name: 'node', environment: 'node', execArgv } },
      {
        extends: true,
        plugins: [checked],
        test: {
          name: 'node-checked',
          environment: 'node',
          execArgv,
          exclude: ['tests/{errors,extensions,numbers}.test.js'],
          testTimeout: 60000, // every call takes longer
        },
      },
      {
        extends: true,
        test: { name: 'node-plain', environment: 'node', execArgv, setupFiles: ['tests/refuse.js'] },
      },
      {
        extends: true,
        test: { name: 'node-bare', environment: 'node', execArgv, setupFiles: ['tests/bare.js'] },
      },
      inBrowser('chromium', playwright({
        launchOptions: {
          executablePath: commandPath('chromium'),
          args: ['--no-sandbox', '--js-flags=--expose-gc'],
        },
      })),
      // The channel makes Playwright speak WebDriver BiDi, which a stock Firefox understands.
      inBrowser('firefox', playwright({
        launchOptions: { executablePath: commandPath('firefox-esr'), channel: 'moz-firefox' },
      })),
      inBrowser('webkitgtk', webkitgtk()),
    ],
  },
});
