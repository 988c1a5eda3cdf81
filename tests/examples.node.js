// Runs the examples of docs/api.md. The comment behind a line is its value, in pagebuf and in Node.
//
// Assumes   Node 26. `expression; // text` is what util.inspect() shows of the value, or "throws Class
//           CODE". Behind a declaration, the comment is the value of its name. Other lines have no comment.
import assert from 'node:assert/strict';
import * as native from 'node:buffer';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { compileFunction } from 'node:vm';
import * as ours from '../js/index.js';

const page = readFileSync(new URL('../docs/api.md', import.meta.url), 'utf8');

// The part below each heading: { section, title, text, code }.
const entries = page.split(/^## /m).slice(1).flatMap((section) => {
  const [intro, ...texts] = section.split(/^### /m);
  return texts.map((text) => {
    const [, code] = /^```js\n([^]*?)\n```$/m.exec(text) || [];
    return { section: intro.split('\n')[0], title: text.split('\n')[0], text, code };
  });
});
const examples = entries.filter(({ code }) => code !== undefined);

function shown(evaluate) {
  try {
    return inspect(evaluate(), { breakLength: Infinity });
  } catch (error) {
    return `throws ${error.constructor.name}${error.code === undefined ? '' : ` ${error.code}`}`;
  }
}

// Each line with such a comment becomes a call of expect(line, evaluate, text).
function compiled(code) {
  const lines = code.split('\n').map((line) => {
    const [, statement, text] = /^(.*); \/\/ (.*)$/.exec(line) || [];
    if (text === undefined || /^(console\.log|Buffer\.poolSize = )/.test(statement)) return line;
    const [declaration, name = statement] = /^const (\w+) = .*$/.exec(statement) || [];
    return `${declaration ? `${declaration};` : ''} expect(${JSON.stringify(line)}, () => (${name}), ${JSON.stringify(text)});`;
  });
  return lines.join('\n');
}

function run({ code }, module) {
  const names = { ...module, console: { log() {} } };
  let count = 0;
  const expect = (line, evaluate, text) => {
    assert.equal(shown(evaluate), text, line);
    count++;
  };
  const size = module.Buffer.poolSize;
  try {
    compileFunction(compiled(code), ['expect', ...Object.keys(names)])(expect, ...Object.values(names));
  } finally {
    module.Buffer.poolSize = size;
  }
  return count;
}

describe('literal: the examples of docs/api.md', () => {
  test('are there for every function that is not deprecated', () => {
    assert.ok(entries.length > 80, `${entries.length} headings`);
    const without = entries.filter(({ title, text, code }) => title.includes('(') && !code && !/^Deprecated/m.test(text));
    assert.deepEqual(without, []);
  });

  test('say what they give', () => {
    const silent = examples.filter((example) => run(example, ours) === 0).map(({ title }) => title);
    assert.deepEqual(silent, ['`installFormatter()`']);
  });

  test('a wrong text is noticed', () => {
    assert.throws(() => run({ code: `Buffer.of(1); // <Buffer 02>` }, ours), /<Buffer 01>/);
    assert.throws(() => run({ code: `Buffer.of(1); // throws TypeError ERR_NONE` }, ours), /<Buffer 01>/);
  });

  for (const example of examples) {
    test(`${example.title} in pagebuf`, () => { run(example, ours); });
  }
});

describe('differential: the examples of docs/api.md', () => {
  for (const example of examples.filter(({ section }) => section !== 'Not in Node')) {
    test(`${example.title} in Node`, () => { run(example, native); });
  }
});
