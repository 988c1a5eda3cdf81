// Answers of Node 26, which tools/record-vectors.js recorded, compared with ours in every engine.
import { expect, test } from 'vitest';
import module, { Buffer } from '../js/index.js';
import { answerAnywhere, revived, SharedMemory } from './calls.js';
import text from './vectors.json?raw'; // as text, because Vite's own reader refuses lone surrogates

const vectors = JSON.parse(text);
const side = { module, Buffer, realm: otherRealm() };

function otherRealm() {
  const { document } = globalThis;
  if (document === undefined) return globalThis; // Node has another realm only in node:vm
  const frame = document.createElement('iframe');
  document.body.append(frame);
  return frame.contentWindow;
}

// Operands that an engine cannot make.
const lacking = [
  SharedMemory === undefined && 'shared',
  typeof structuredClone !== 'function' && 'detached',
  !('resize' in ArrayBuffer.prototype) && 'tracking',
  !('resize' in ArrayBuffer.prototype) && 'shrunk',
].filter(Boolean);

function canBeBuilt({ target, args }) {
  const text = JSON.stringify([target, args]);
  return !lacking.some((backing) => text.includes(`"${backing}"`));
}

for (const { on, name, calls } of vectors.functions) {
  test(`${on} ${name} answers as Node ${vectors.node} did`, () => {
    const made = calls.filter(canBeBuilt).map(revived);
    expect(made.length).toBeGreaterThan(0);
    const differing = [];
    for (const { target, args, ...expected } of made) {
      const actual = answerAnywhere({ on, name }, { target, args }, side);
      if (actual.outcome === expected.outcome && actual.after === expected.after) continue;
      differing.push({ target, args, expected, actual });
    }
    expect(differing).toEqual([]);
  });
}
