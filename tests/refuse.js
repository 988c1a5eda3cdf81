// Refuses compiled code, as a strict content security policy does in Chromium and Firefox, so that the same
// tests run over the plain twin of the C code. Memories are not refused: no policy does that.
WebAssembly.Module = class {
  constructor() {
    throw new WebAssembly.CompileError('compiling is refused');
  }
};
