// Preloaded (node --import): replaces Node's Buffer by ours, for everything but Node itself.
//
// Owns     the names 'buffer' and 'node:buffer', required or imported, and globalThis.Buffer. Node's own
//          modules keep Node's Buffer.
// Always   at exit, file descriptor 3 gets one line of JSON: how often the module was imported or required,
//          and how much the pool has handed out since the start.
import { writeSync } from 'node:fs';
import Module, { registerHooks } from 'node:module';
import buffer from '../../js/index.js';

const { pool } = buffer;
const replaced = ['buffer', 'node:buffer'];
const evidence = { required: 0, imported: 0 };

const load = Module._load;
Module._load = function (request, ...rest) {
  if (!replaced.includes(request)) return Reflect.apply(load, this, [request, ...rest]);
  evidence.required++;
  return buffer;
};

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!replaced.includes(specifier)) return nextResolve(specifier, context);
    evidence.imported++;
    return { url: new URL('../../js/index.js', import.meta.url).href, shortCircuit: true };
  },
});

globalThis.Buffer = buffer.Buffer;

const before = pool.inspect();
process.on('exit', () => {
  const after = pool.inspect();
  evidence.bytesHandedOut = after.bytesHandedOut - before.bytesHandedOut;
  evidence.isGlobal = globalThis.Buffer === buffer.Buffer;
  writeSync(3, JSON.stringify(evidence));
});
