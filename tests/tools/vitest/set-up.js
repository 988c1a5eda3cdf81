import { registerHooks } from 'node:module';
import { Buffer } from 'pagebuf';

globalThis.Buffer = Buffer;
// Node itself loads what lies in node_modules, and knows nothing of the alias.
registerHooks({ resolve: (name, context, next) => next(name.replace(/^(node:)?buffer\/?$/, 'pagebuf'), context) });
