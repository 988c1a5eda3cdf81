// export.h: what marks a function as an export of the wasm module. The last link step gives it a letter in
// the place of its name (tools/embed.js).

#ifndef PAGEBUF_EXPORT_H
#define PAGEBUF_EXPORT_H

#if defined(__wasm__)
#define EXPORT __attribute__((used))
#else
#define EXPORT
#endif

// Inlines every call in a function, because a call takes 1 ns. In the plain build size counts more.
#if defined(__wasm_simd128__)
#define FLATTENED __attribute__((flatten))
#else
#define FLATTENED
#endif

#endif
