// The global Buffer: what pagebuf/global changes in the global object. pagebuf alone must change nothing
// there.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

// One row for each program. It runs inside of the package, so that it can import it by name, and prints
// results.
const programs = {
  'pagebuf/global installs Buffer where there is none, writable and not enumerable, as in Node': `
    delete globalThis.Buffer;
    await import('pagebuf/global');
    const { Buffer } = await import('pagebuf');
    const { value, ...flags } = Object.getOwnPropertyDescriptor(globalThis, 'Buffer');
    console.log(value === Buffer && flags.writable && !flags.enumerable && flags.configurable);`,
  'pagebuf/global leaves the Buffer that is there': `
    const before = globalThis.Buffer;
    await import('pagebuf/global');
    console.log(typeof before === 'function' && globalThis.Buffer === before);`,
  'pagebuf alone adds nothing to the global object': `
    delete globalThis.Buffer;
    const before = Reflect.ownKeys(globalThis).length;
    await import('pagebuf');
    console.log(Reflect.ownKeys(globalThis).length === before);`,
};

for (const [name, program] of Object.entries(programs)) {
  test(name, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program],
      { cwd: root, encoding: 'utf8' });
    assert.deepEqual([stderr, status, stdout], ['', 0, 'true\n']);
  });
}
