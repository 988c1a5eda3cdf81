// A command of this project: its arguments, its exit code, its progress.
//
// Owns        UsageError, what turns a function into a command, and where commands of others are.
// Assumes     nothing but Node itself: tools/set-up.js runs before node_modules exists.
// Holds       exit code 0: all is well, 1: it is not, 2: arguments that make no sense, or something that is
//             needed is not there; then there is one line on stderr.

import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** An argument that makes no sense, or a Node that cannot be run: one line, exit code 2. */
export class UsageError extends Error {}

/** An integer of the command line. */
export function integerArgument(name, text, minimum, maximum) {
  if (!/^[0-9]{1,15}$/.test(text) || Number(text) < minimum || Number(text) > maximum) {
    throw new UsageError(`--${name} must be an integer from ${minimum} to ${maximum}, got "${text}"`);
  }
  return Number(text);
}

/** The arguments of a command; `options` as for node:util's parseArgs(). */
export function readArguments(args, options) {
  try {
    return parseArgs({ args, options, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error.message.split('\n')[0].replace(/\. To specify.*$/, ''));
  }
}

/** Absolute path of a command on PATH, or undefined. */
export function commandPath(command) {
  return process.env.PATH.split(delimiter)
    .map((folder) => join(folder, command))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return statSync(file).isFile();
      } catch {
        return false;
      }
    });
}

/** A progress line that stays on one line of a terminal, and comes rarely in a log. */
export function progressLine(label, count) {
  const { isTTY } = process.stderr;
  const started = Date.now();
  let shown = 0;
  return (done) => {
    if (done !== count && Date.now() - shown < (isTTY ? 200 : 10000)) return;
    shown = Date.now();
    const seconds = ((shown - started) / 1000).toFixed(1);
    process.stderr.write(`${isTTY ? '\r' : ''}${label}: ${done} of ${count} operations, ${seconds} s${isTTY && done !== count ? '' : '\n'}`);
  };
}

/** Run a command: a UsageError is one line and exit code 2; true from the command is exit code 0, false 1. */
export async function runCommand(name, command) {
  try {
    process.exitCode = await command(process.argv.slice(2)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${name}: ${error.message}\n`);
    process.exitCode = 2;
  }
}

/** Whether a module is the one that was started. */
export function isMain(url) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
}
