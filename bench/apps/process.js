// The `process` of packages that take it from a bundler, the same in every engine. Ticks are microtasks, as
// in Node. The usual stand-in makes timers of them, and stream jobs would measure the timers.

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
