// export.h: what marks a function as an export of the wasm module, by the letter that js/wasm.js knows it by:
// names were a tenth of the module.

#ifndef PAGEBUF_EXPORT_H
#define PAGEBUF_EXPORT_H

#if defined(__wasm__)
#define EXPORT(letter) __attribute__((export_name(#letter), used))
#else
#define EXPORT(letter)
#endif

// Inlines every call in a function, because a call takes 1 ns. In the plain build size counts more.
#if defined(__wasm_simd128__)
#define FLATTENED __attribute__((flatten))
#else
#define FLATTENED
#endif

#endif
