// Refuses compiled code, as a strict content security policy does in Chromium and Firefox, so that the same
// tests run without kernels. Memories are allowed: no policy refuses them.
WebAssembly.Module = class {
  constructor() {
    throw new WebAssembly.CompileError('compiling is refused');
  }
};
