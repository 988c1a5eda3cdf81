// Realms that are odd before the library is imported. Applications freeze built-in objects against attacks
// on their supply chain: there, it throws to assign a property that an object inherits from a frozen one.
// Object.prototype may have properties, which every dictionary and descriptor inherits. Or something is
// missing that engines have.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);

// Runs in a process of its own, after `freeze`: uses a bit of everything, and makes every kind of error.
const use = `
  const { default: module, Buffer, installFormatter, retained, toOwned, transcode } = await import('pagebuf');
  await import('pagebuf/global');
  const errors = [() => Buffer.alloc(-1), () => Buffer.from(1), () => Buffer.from('x', 'y'), () => Buffer.alloc(2).swap64(),
    () => Buffer.alloc(2).readUInt8(2), () => Buffer.alloc(2 ** 52), () => Buffer.allocUnsafe(2 ** 52),
    () => Buffer.alloc(2).utf8Write(1), () => Buffer.alloc(2).compare(new Uint8Array(2), 0, 9),
    () => transcode(Buffer.from('a'), 'x', 'y'), () => module.btoa(), () => module.atob('a'), () => Buffer.alloc(1).fill('')];
  const code = (call) => { try { return String(call()); } catch (error) { return error.name + ' ' + error.code; } };
  installFormatter()();
  module.INSPECT_MAX_BYTES = 20;
  const answers = [
    Buffer.from('héllo').toString('base64url'), Buffer.concat([Buffer.of(1, 2), Buffer.from([3])]).inspect(),
    Buffer.from('b').toString(), Buffer.alloc(4).fill('ab').toString(), Buffer.from('abc').subarray(1).toString(),
    Buffer.from('aXb').indexOf('X'), toOwned(Buffer.from('own')).toString(), retained([Buffer.from('r')]).buffers,
    Buffer.from([1, 2, 3, 4]).readUInt32LE(), Buffer.from('ab').swap16().toLocaleString(), ...errors.map(code),
  ];
  if (globalThis.restore) restore(); // removes what Node itself does not work with
  console.log(JSON.stringify(answers));`;

const expected = ['aMOpbGxv', '<Buffer 01 02 03>', 'b', 'abab', 'bc', 1, 'own', 1, 67305985, 'ba',
  'RangeError ERR_OUT_OF_RANGE', 'TypeError ERR_INVALID_ARG_TYPE', 'TypeError ERR_UNKNOWN_ENCODING',
  'RangeError ERR_INVALID_BUFFER_SIZE', 'RangeError ERR_OUT_OF_RANGE', 'RangeError undefined',
  'RangeError ERR_MEMORY_ALLOCATION_FAILED', 'TypeError ERR_INVALID_ARG_TYPE', 'RangeError ERR_OUT_OF_RANGE',
  'Error U_ILLEGAL_ARGUMENT_ERROR', 'TypeError ERR_MISSING_ARGS', 'InvalidCharacterError 5', '\0'];

const lockdown = (options) => `import 'ses'; lockdown(${JSON.stringify(options)});`;
const inherited = (name, value) =>
  [`Object.prototype.${name} = ${value}`, [], `Object.defineProperty(Object.prototype, '${name}',
    { __proto__: null, value: ${value}, writable: true, enumerable: false, configurable: true });
    globalThis.restore = () => delete Object.prototype.${name};`];
const rows = [
  ['nothing is frozen', [], ''],
  ['node --frozen-intrinsics', ['--frozen-intrinsics'], ''],
  ['Object.freeze(Object.prototype)', [], 'Object.freeze(Object.prototype);'],
  ['all prototypes that Buffer and its errors inherit from are frozen', [], `
    const typedArray = Object.getPrototypeOf(Uint8Array);
    for (const each of [Object, Function, Error, TypeError, RangeError, typedArray, Uint8Array, ArrayBuffer]) {
      Object.freeze(each);
      Object.freeze(each.prototype);
    }`],
  ['ses lockdown, moderate', [], lockdown({ overrideTaming: 'moderate' })],
  ['ses lockdown, severe', [], lockdown({ overrideTaming: 'severe' })],
  inherited('get', '() => 1'),
  inherited('set', '() => 1'),
  inherited('value', '5'),
  inherited('writable', 'false'),
  inherited('enumerable', 'true'),
  inherited('address', '"i64"'),
  inherited('shared', 'true'),
  inherited('builtins', '5'),
  inherited('maxByteLength', '1'),
  inherited('alphabet', '"base64url"'),
  inherited('stream', 'true'),
  inherited('fatal', 'true'),
  inherited('source', '5'),
  inherited('owner', '5'),
  ['WebAssembly = {}', [], 'WebAssembly = {};'],
  ['WebAssembly = null', [], 'WebAssembly = null;'],
  ['no WebAssembly', [], 'delete globalThis.WebAssembly;'],
  ['no WebAssembly after the import', [], "await import('pagebuf'); delete globalThis.WebAssembly;"],
  ['WebAssembly = null after the import', [], "await import('pagebuf'); WebAssembly = null;"],
  ['WebAssembly.Instance refuses', [], 'WebAssembly.Instance = class { constructor() { throw new Error(); } };'],
  ['no WeakMap, no WeakRef, no FinalizationRegistry', [],
    'delete globalThis.WeakMap; delete globalThis.WeakRef; delete globalThis.FinalizationRegistry;'],
  ['TextEncoder without encodeInto()', [], 'delete TextEncoder.prototype.encodeInto;'],
  ['TextEncoder that encodes to a copy', [], 'TextEncoder.prototype.encodeInto = () => ({ read: 1, written: 1 });'],
  ['TextDecoder that decodes the whole memory', [], `const Platform = TextDecoder;
    globalThis.TextDecoder = class extends Platform { decode(view) { return super.decode(view.buffer); } };`],
  ['no TextDecoder, no TextEncoder, no atob, no btoa', [],
    'for (const name of ["TextDecoder", "TextEncoder", "atob", "btoa"]) delete globalThis[name];'],
];

for (const [name, flags, freeze] of rows) {
  test(`literal: ${name}: import works, and every answer is the same`, () => {
    const printed = execFileSync(process.execPath,
      ['--no-warnings', ...flags, '--input-type=module', '--eval', `${freeze}\n${use}`],
      { cwd: fileURLToPath(root), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    assert.deepEqual(JSON.parse(printed.trim().split('\n').pop()), expected);
  });
}
