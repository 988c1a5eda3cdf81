// What runs where, said to the linter: js/ is plain JS that a browser, a worker and Node all run as it is, so
// only names that exist in all three are known there (no process, require, Buffer, global, window).
import js from '@eslint/js';
import globals from 'globals';

export default [
  { ignores: ['build/', '.cache/', 'web/dist/', 'js/*.cjs', 'js/*.bytes.js', 'js/ledger.js'] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'eol-last': 'error',
      'no-control-regex': 'off',
      'preserve-caught-error': 'off', // an error that is Node's to the letter has no cause
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-len': ['error', { code: 110, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true }],
      'no-trailing-spaces': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      quotes: ['error', 'single', { avoidEscape: true, allowTemplateLiterals: true }],
      semi: 'error',
    },
  },
  {
    files: ['js/**/*.js'],
    languageOptions: {
      // ES2020, and of ES2022 private fields and static blocks: engines with wasm SIMD have them, and nothing
      // else is as fast.
      ecmaVersion: 2022,
      // The last two are younger than ES2020.
      globals: { ...globals['shared-node-browser'], FinalizationRegistry: 'readonly', WeakRef: 'readonly' },
    },
    rules: {
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-imports': ['error', { patterns: ['node:*', '../*'] }],
      'no-restricted-syntax': ['error', 'MetaProperty[meta.name="import"]', 'ImportExpression'],
    },
  },
  {
    files: ['js/**/*.js'],
    ignores: ['js/wasm.js'],
    rules: { 'no-restricted-globals': ['error', { name: 'WebAssembly', message: 'Only js/wasm.js speaks of it.' }] },
  },
  {
    files: ['tests/**/*.test.js'],
    languageOptions: { globals: { ...globals['shared-node-browser'], Worker: 'readonly' } },
    rules: { 'no-restricted-imports': ['error', { patterns: ['node:*'] }] },
  },
  {
    files: ['*.js', 'bench/**/*.js', 'compare/**/*.js', 'tests/**/*.js', 'tools/**/*.js'],
    ignores: ['tests/**/*.test.js'],
    languageOptions: { globals: globals.nodeBuiltin },
  },
  {
    files: ['bench/loads.js', 'tests/apps/**/*.js', 'tests/tools/*/*.js', 'web/**/*.js'],
    languageOptions: { globals: globals.browser },
  },
  { files: ['tests/apps/**/*.cjs'], languageOptions: { globals: globals.node } },
  { files: ['tests/tools/jest/*.js'], languageOptions: { sourceType: 'commonjs', globals: { ...globals.node, ...globals.jest } } },
  { files: ['tests/tools/react-native/*.cjs'], languageOptions: { sourceType: 'commonjs', globals: globals.node } },
  { files: ['tests/tools/react-native/*.js'], languageOptions: { globals: { ...globals.node, print: 'readonly' } } },
  { files: ['tests/tools/vitest/*.js'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['tests/tools/worklet/*.js'], languageOptions: { globals: globals.audioWorklet } },
];
