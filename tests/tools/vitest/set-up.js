import { registerHooks } from 'node:module';
import { Buffer } from 'pagebuf';

globalThis.Buffer = Buffer;
// Node itself loads the packages in node_modules, without the alias.
registerHooks({ resolve: (name, context, next) => next(name.replace(/^(node:)?buffer\/?$/, 'pagebuf'), context) });
