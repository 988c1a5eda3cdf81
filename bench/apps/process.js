// What packages that take `process` from a bundler are given, in every engine alike: ticks are microtasks,
// as in Node. The usual stand-in makes timers of them, and stream jobs would measure those.

export const env = {};
export const argv = [];
export const version = '';
export const versions = {};
export const browser = true;
export const platform = 'browser';
export const stdout = null;
export const stderr = null;

export function nextTick(call, ...given) {
  queueMicrotask(() => call(...given));
}

export function cwd() {
  return '/';
}

export function emitWarning() {}

export function on() {}

export default { env, argv, version, versions, browser, platform, stdout, stderr, nextTick, cwd,
  emitWarning, on };
