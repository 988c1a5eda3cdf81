// Packages that depend on Buffer. Each does the same work in two processes: one with Node's Buffer, and one
// in which ours replaces it (ecosystem/replace.js). It also runs its own tests with ours.
//
// Assumes  Node 26, for module.registerHooks() and as the reference.
// Always   each case proves that ours was used: by who imported the module, by how much the pool handed out,
//          and by the class of the Buffers that the package made.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ecosystem-'));
after(() => rmSync(folder, { recursive: true }));

// Runs a program to its end, with Node's Buffer or with ours. `evidence` is the report of replace.js.
async function run(isOurs, program, ...words) {
  const hooks = isOurs ? ['--import', join(here, 'ecosystem/replace.js')] : [];
  // Each run has a folder of its own, because the tests of some packages write files there.
  const temporary = mkdtempSync(join(folder, 'run-'));
  const child = spawn(process.execPath, [...hooks, join(here, program), ...words], {
    cwd: here, env: { PATH: process.env.PATH, TMPDIR: temporary }, stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [output, complaints, report] = await Promise.all([1, 2, 3].map((index) => text(child.stdio[index])));
  return { exitCode: await ended, output, complaints, evidence: isOurs ? JSON.parse(report) : undefined };
}

// FIPS 180-4's message "abc".
const sha = {
  sha: '0164b8a914cd2a5e74c4f7ff082c4d97f1edf880',
  sha1: 'a9993e364706816aba3e25717850c26c9cd0d89d',
  sha224: '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7',
  sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  sha384: 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  sha512: 'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a' +
    '2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
};

// One row for each package: how it gets Buffer, how many Buffers it makes at least, and a check of the part
// of its answer that is known beforehand.
const packages = [
  ['readable-stream', 'required', 50, ({ transformed, duplex, decoded, written }) => {
    assert.equal(transformed.join(''), 'ONE TWO THREE.');
    assert.equal(duplex, 'a|bc|');
    assert.equal(decoded.utf8, 'Grüße, 世界! 👍🏽 z\u0301 \ufffd \ufffd \ufeff \u0000 end');
    assert.deepEqual(written[0], ['buffer', '74657874']);
  }],
  ['string_decoder', 'required', 1, ({ euro }) => assert.deepEqual(euro, ['', '', '€', '', '\ufffd'])],
  ['bl', 'imported', 100, ({ text, consumed, length }) => {
    assert.equal(text, 'Grüße, 世界!!5');
    assert.equal(consumed[1], 15);
    assert.equal(length, 5000);
  }],
  ['safe-buffer', 'required', 9, ({ bytes, same }) => {
    assert.deepEqual(bytes, ['616263', '01022c', '616263', '0000000000', '6162616261', '6161616161',
      '0101010101', '0202020202', '6162']);
    assert.equal(same, true);
  }],
  ['pngjs', 'required', 49, ({ red, isRoundTrip, packed, refused }) => {
    assert.equal(red, 'ff0000ff');
    assert.equal(isRoundTrip, true);
    assert.equal(Buffer.from(packed, 'base64').toString('latin1', 0, 16), '\x89PNG\r\n\x1a\n\0\0\0\rIHDR');
    assert.equal(refused[1].message, 'unrecognised content at end of stream');
  }],
  ['protobufjs', 'global', 100, ({ encoded, decoded }) => {
    // The two examples of the format's own documentation.
    assert.equal(encoded[1], '089601');
    assert.equal(encoded[2], '120774657374696e67');
    assert.equal(decoded[4].b, 'testing');
  }],
  ['crc-32', 'global', 0, ({ check, checkC, whole, joined }) => {
    // The check values of CRC-32 and CRC-32C.
    assert.equal(check, 0xcbf43926);
    assert.equal(checkC, 0xe3069283);
    assert.equal(joined, whole[0]);
  }],
  ['sha.js', 'required', 6, ({ abc }) => assert.deepEqual(abc, sha)],
];

const program = 'ecosystem/workloads.js';

describe('a package gives the answers on our Buffer that it gives on Node\'s', () => {
  for (const [name, way, least, check] of packages) {
    test(name, async () => {
      const [theirs, ours] = await Promise.all([false, true].map((isOurs) => run(isOurs, program, name)));
      assert.deepEqual([theirs.complaints, theirs.exitCode], ['', 0]);
      assert.deepEqual([ours.complaints, ours.exitCode], ['', 0]);

      const onNode = JSON.parse(theirs.output);
      const onOurs = JSON.parse(ours.output);
      assert.deepEqual([onNode.isNode, onOurs.isNode], [true, false]);
      assert.equal(ours.evidence.isGlobal, true);
      assert.ok(way === 'global' || ours.evidence[way] > 0, `${name} did not ask for the module`);
      assert.ok(ours.evidence.bytesHandedOut > 0, `${name} took nothing from the pool`);
      assert.ok(onOurs.made >= least, `${name} made ${onOurs.made} Buffers`);
      assert.equal(onOurs.madeElsewhere, 0);

      check(onOurs.answer);
      assert.deepEqual(onOurs.answer, onNode.answer);
    });
  }
});

// One row for each test file that a package ships: the number of its assertions, and which of them fail with
// ours, and why. With Node's Buffer, none fails.
const shipped = [
  ['sha.js/test/test.js', 42, []], // hashes 64 MiB in JavaScript, which takes long
  ['sha.js/test/hash.js', 24, []],
  ['sha.js/test/vectors.js', 3528, []],
  // The test reads a file with Node's stream, which returns a Buffer of Node's, and then checks that it is
  // one of ours. In browsers, the package itself skips this test.
  ['bl/test/test.js', 785, ['test stream: not ok 723 should be truthy']],
];

// The assertions in a TAP output, each with the name of its test.
function assertions(output) {
  let heading;
  const found = [];
  for (const line of output.split('\n')) {
    if (line.startsWith('# ')) heading = line.slice(2);
    else if (/^(?:not )?ok \d/.test(line)) found.push(`${heading}: ${line}`);
  }
  return found;
}

describe('the tests that a package ships pass on our Buffer', () => {
  for (const [file, count, exceptions] of shipped) {
    test(file, async () => {
      const { output, complaints, exitCode, evidence } = await run(true, `../node_modules/${file}`);
      const found = assertions(output);
      assert.equal(complaints, '');
      assert.deepEqual(found.filter((line) => line.includes(': not ok ')), exceptions);
      assert.equal(exitCode, exceptions.length === 0 ? 0 : 1);
      assert.equal(found.length, count);
      assert.ok(evidence.required + evidence.imported > 0, `${file} did not ask for the module`);
      assert.ok(evidence.bytesHandedOut > 0, `${file} took nothing from the pool`);
    });
  }
});
