// The ways to get Buffer: in the application, and in a dependency that imports or requires it.
import { Buffer as bare } from 'buffer';
import { Buffer as slash } from 'buffer/';
import { Buffer as node } from 'node:buffer';
import * as imported from 'dependency/imports.js';
import required from 'dependency/requires.cjs';
import { Buffer as ours } from 'pagebuf';

const free = typeof Buffer === 'undefined' ? undefined : Buffer;
const names = { bare: 'buffer', slash: 'buffer/', node: 'node:buffer', free: 'the free Buffer' };
const found = { application: { bare, slash, node, free }, imported, required };

/** One line: how many ways there are, and which of them lead to another Buffer. */
export function ways() {
  const all = Object.keys(found).flatMap((from) => Object.keys(names).map((way) => [from, way]));
  const others = all.filter(([from, way]) => found[from][way] !== ours);
  const strangers = others.map(([from, way]) => `${names[way]} (${from})`).join(', ');
  return `${all.length} ways, ${others.length === 0 ? 'one Buffer' : `another Buffer from ${strangers}`}`;
}
