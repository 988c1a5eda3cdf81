// The tools that pagebuf is used with: what to write for each, and the tables that say so.
//
// Usage    node tests/tools.js      (npm run tools; the tests of all tools run, and take minutes)
// Owns     the lines between marks in docs/tools.md and in README.md.
// Assumes  tests/set-up.js has run.
// Holds    a row has the versions that are installed for its tests, and the tests that ran;
//          exit code 1 when one failed: the table is written all the same, and says so.
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { nodeBinary } from '../compare/lines.js';
