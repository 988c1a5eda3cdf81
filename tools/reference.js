// npm run reference: writes docs/api.md, the API reference, from js/index.d.ts.
//
// Usage    node tools/reference.js            writes it
//          node tools/reference.js --check    exits 1 when the committed one is not what the types give
// Owns     the shape of the page: a heading for each method, with what it takes, returns and throws, and one
//          example. tests/examples.node.js runs the examples.
// Assumes  the comments in index.d.ts. `// Title. Text.`, alone between two members, starts a section. "As
//          `x()`." makes an alias, which stands under x. A signature without a comment is one more way to
//          call what stands above it. Methods that differ by bytes' order or encoding share a heading.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'rolldown/utils';
import { runCommand, UsageError } from '../compare/command.js';

const page = fileURLToPath(new URL('../docs/api.md', import.meta.url));
const types = readFileSync(new URL('../js/index.d.ts', import.meta.url), 'utf8');
const { program, comments } = parseSync('index.d.ts', types);

// ---- reading ----------------------------------------------------------------------------------------------

// Interfaces whose members are documented one by one: what stands before a member's name, and the section.
const classes = {
  BufferConstructor: ['Buffer', 'Class: Buffer'],
  SlowBufferConstructor: ['SlowBuffer', 'Class: Buffer'],
  Buffer: ['buf', 'Bytes and text'],
  Pool: ['pool', 'Not in Node'],
};
const extension = 'An extension that Node does not have.';

const oneLine = (text) => text.replace(/\s+/g, ' ').trim();
const sourceOf = ({ start, end }) => types.slice(start, end);
const typeOf = ({ typeAnnotation }) => oneLine(sourceOf(typeAnnotation).replace(/\/\*.*\*\//g, ''));

// The JSDoc before a node: { text, tags: [[tag, rest]] }, or undefined.
function docOf({ start }) {
  const found = comments.find(({ type, value, end }) =>
    type === 'Block' && value.startsWith('*') && end < start && types.slice(end, start).trim() === '');
  if (found === undefined) return undefined;
  const lines = found.value.slice(1).split('\n').map((line) => line.replace(/^\s*\* ?/, ''));
  const [text, ...tags] = lines.join('\n').split(/^\s*@/m);
  return {
    text: oneLine(text).replace(extension, '').trim(),
    isExtension: oneLine(text).includes(extension),
    tags: tags.map((tag) => /^(\w+)\s*([^]*)$/.exec(tag).slice(1)),
  };
}

// A section that starts between two members: { title, intro }, or undefined.
function sectionBetween(from, to) {
  const lines = comments.filter(({ type, start, end }) => type === 'Line' && start > from && end < to);
  const [, title, intro] = /^(.*?)\. ?(.*)$/.exec(oneLine(lines.map(({ value }) => value).join(' '))) || [];
  return title && { title, intro };
}

// `f(a[, b[, c]])`
function callOf({ name, node: { params } }) {
  if (params === undefined) return name;
  const names = params.map((param) => (param.type === 'RestElement' ? `...${param.argument.name}` : param.name));
  const optional = params.filter(({ optional: isOptional }) => isOptional);
  const text = names.map((each, index) => {
    const comma = index > 0 ? ', ' : '';
    return params[index].optional ? `[${comma}${each}` : comma + each;
  }).join('');
  return `${name}(${text}${']'.repeat(optional.length)})`;
}

function nameOf(node, prefix) {
  if (node.type === 'TSConstructSignatureDeclaration') return `new ${prefix}`;
  if (node.type === 'TSCallSignatureDeclaration') return prefix;
  return `${prefix}.${node.key.name}`;
}

// What is documented under one heading. `node` is the longest signature, a property or a constant. `others`
// are the other signatures.
function entryOf(name, node, doc) {
  return { name, node, doc, others: [], siblings: [], aliases: [] };
}

// One more way to call what an entry documents.
function addCall(entry, node) {
  const isLonger = node.params.length > entry.node.params.length;
  entry.others.push(isLonger ? entry.node : node);
  if (isLonger) entry.node = node;
}

const sections = new Map(); // title -> { intro, entries }

function sectionNamed(title, intro = '') {
  if (!sections.has(title)) sections.set(title, { intro, entries: [] });
  return sections.get(title).entries;
}

// Equal for methods that share a heading.
function keyOf(name) {
  return name.replace(/(?<=^buf\.(read|write)\w+)[LB]E$|(?<=^buf\.swap)\d+/, '')
    .replace(/(?<=^buf\.)[a-z\d]+(?=(Slice|Write)$)/, '');
}

// Adds a signature or a property to the entries: as one of its own, or under one that is there.
function add(entries, name, node, doc) {
  const before = entries[entries.length - 1];
  if (doc === undefined) {
    if (before && before.name === name) addCall(before, node);
    return;
  }
  const [, original] = /^As `(\w+)\(\)`\.$/.exec(doc.text) || [];
  if (original) {
    const has = (entry) => [entry, ...entry.siblings].some((each) => each.name.endsWith(`.${original}`));
    entries.find(has).aliases.push(name);
    return;
  }
  const entry = entryOf(name, node, doc);
  const sibling = entries.find((each) => each.name !== name && keyOf(each.name) === keyOf(name));
  if (sibling) sibling.siblings.push(entry);
  else entries.push(entry);
}

function readClass({ id, body }) {
  const [prefix, title] = classes[id.name];
  let entries = sectionNamed(title);
  let { start } = body;
  for (const member of body.body) {
    const section = sectionBetween(start, member.start);
    if (section) entries = sectionNamed(section.title, section.intro);
    const isShown = member.key === undefined || member.key.name !== 'prototype';
    if (isShown) add(entries, nameOf(member, prefix), member, docOf(member));
    start = member.end;
  }
}

function readTypes() {
  const constants = new Set();
  for (const node of program.body) {
    const { declaration } = node;
    if (!declaration) continue;
    const doc = docOf(node);
    if (declaration.type === 'TSDeclareFunction') {
      const title = doc.isExtension ? 'Not in Node' : 'Functions and constants';
      add(sectionNamed(title), declaration.id.name, declaration, doc);
    } else if (declaration.type === 'VariableDeclaration') {
      const [{ id }] = declaration.declarations;
      constants.add(id.name);
      const isClass = Object.values(classes).some(([name]) => name === id.name);
      if (!isClass) add(sectionNamed('Functions and constants'), id.name, id, doc);
    } else if (declaration.id && declaration.id.name in classes) {
      readClass(declaration);
    }
  }
  const isType = ({ declaration }) => declaration && /^TS(TypeAlias|Interface)/.test(declaration.type);
  const isShown = ({ declaration: { id: { name } } }) => !(name in classes) && !constants.has(name) && name !== 'BufferModule';
  return program.body.filter((node) => isType(node) && isShown(node));
}

// ---- writing ----------------------------------------------------------------------------------------------

const tagsOf = ({ tags }, wanted) => tags.filter(([tag]) => tag === wanted).map(([, text]) => text);
const said = (text) => (text ? `: ${text}` : '');

// What it takes, returns and throws, each on a line; on one line when the comment says nothing about it.
function factsOf({ node, doc }) {
  const described = tagsOf(doc, 'param').map((text) => /^(\w+)\s+([^]*)$/.exec(text).slice(1));
  const params = (node.params || []).map((param) => {
    const { name } = param.argument || param;
    const [, text = ''] = described.find(([each]) => each === name) || [];
    return `- \`${name}\` \`${typeOf(param.typeAnnotation)}\`${said(oneLine(text))}`;
  });
  const [initial] = tagsOf(doc, 'default');
  const result = node.params ? node.returnType : node.typeAnnotation;
  const [returned] = tagsOf(doc, 'returns');
  // What the platform has, it types by itself.
  const isPlatforms = result && typeOf(result).includes('typeof globalThis');
  const facts = [
    ...params,
    ...(result && !isPlatforms
      ? [`- ${node.params ? 'Returns' : 'Type'} \`${typeOf(result)}\`${said(oneLine(returned || ''))}`] : []),
    ...(initial ? [`- Default \`${oneLine(initial)}\``] : []),
    ...tagsOf(doc, 'throws').map((text) => oneLine(text).replace(/^\{(\w+)\} ?(.*)$/, (all, type, codes) =>
      `- Throws \`${type}\`${said(codes)}`)),
  ];
  if (tagsOf(doc, 'param').length + tagsOf(doc, 'returns').length + tagsOf(doc, 'throws').length > 0) return facts.join('\n');
  return facts.map((fact, index) => fact.slice(2).replace('Returns', index > 0 ? 'returns' : 'Returns')).join(', ');
}

// One text for both orders of bytes.
function textsOf(all) {
  const [{ doc: { text: first } }, second] = all;
  if (second && second.doc.text === first.replace('little-endian', 'big-endian')) {
    return first.replace('little-endian', 'little-endian or big-endian');
  }
  // Another bullet than that of the facts, or both would be one list.
  return all.map(({ name, doc: { text } }) => (second ? `* \`${name}()\`: ${text}` : text)).join('\n');
}

function textOf(entry) {
  const all = [entry, ...entry.siblings];
  const others = entry.others.map((node) => `\`${callOf({ ...entry, node })}\``);
  const [deprecated] = tagsOf(entry.doc, 'deprecated');
  const example = all.flatMap(({ doc }) => tagsOf(doc, 'example')).map((each) => each.trim()).join('\n');
  const text = [
    ...(deprecated ? [`Deprecated. ${oneLine(deprecated)}`] : []),
    textsOf(all),
    ...(others.length > 0 ? [`Also ${others.join(', ')}.`] : []),
    ...(entry.aliases.length > 0 ? [`Aliases: ${entry.aliases.map((alias) => `\`${alias}()\``).join(', ')}.`] : []),
  ].filter(Boolean).join('\n');
  return [
    // Of many, the first says how all are called.
    `### ${all.map((each, index) => `\`${index > 0 && all.length > 3 ? `${each.name}()` : callOf(each)}\``).join(', ')}`,
    ...(deprecated && !example ? [] : [factsOf(entry)]),
    text,
    ...(example ? [`\`\`\`js\n${example}\n\`\`\``] : []),
  ].filter(Boolean).join('\n\n');
}

function typeText(node) {
  const { declaration } = node;
  return `### \`${declaration.id.name}\`\n\n${docOf(node).text}\n\n\`\`\`ts\n${sourceOf(declaration)}\n\`\`\``;
}

const order = ['Class: Buffer', 'Bytes and text', 'Integers and floats', 'One encoding each', 'Functions and constants',
  'Not in Node'];

const head = `# API

Written by \`npm run reference\` from [js/index.d.ts](../js/index.d.ts). It is a short form of
[Node's own documentation of Buffer](https://nodejs.org/api/buffer.html), and it describes what Node does not have.

- \`buf\` is any Buffer. Arguments in brackets can be left out.
- In an example, the comment behind a line is the value of that line. The tests run every example, in pagebuf and in Node 26.
- Everything is a named export of \`pagebuf\`. The default export is the module object, as in \`require('node:buffer')\`, with
  \`pool\` in it.`;

function render() {
  const rest = readTypes();
  const unknown = [...sections.keys()].filter((title) => !order.includes(title));
  if (unknown.length > 0) throw new Error(`index.d.ts has a section '${unknown[0]}' that has no place in the page`);
  const byName = (one, other) => one.name.localeCompare(other.name, 'en');
  const anchor = (title) => title.toLowerCase().replace(/[^\w ]/g, '').replace(/ /g, '-');
  return `${[
    head,
    [...order, 'Types'].map((title) => `[${title}](#${anchor(title)})`).join(' · '),
    ...order.flatMap((title) => {
      const { intro, entries } = sections.get(title);
      return [`## ${title}`, intro, ...entries.sort(byName).map(textOf)];
    }),
    '## Types',
    ...rest.map(typeText),
  ].filter(Boolean).join('\n\n')}\n`;
}

async function main(args) {
  const isCheck = args[0] === '--check';
  const [extra] = args.slice(isCheck ? 1 : 0);
  if (extra !== undefined) throw new UsageError(`unknown word '${extra}', expected --check or nothing`);
  const written = render();
  if (!isCheck) {
    writeFileSync(page, written);
  } else if (readFileSync(page, 'utf8') !== written) {
    console.error('reference: docs/api.md is not what js/index.d.ts gives; run: npm run reference');
    return false;
  }
  console.log(`reference: docs/api.md ${isCheck ? 'is what the types give' : 'is written'}`);
  return true;
}

await runCommand('reference', main);
