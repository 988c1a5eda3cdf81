#include "export.h"
#include "kernels.h"

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

static void swap_unit(uint8_t *bytes, size_t unit) {
  for (size_t i = 0; i < unit / 2; i++) {
    const uint8_t byte = bytes[i];
    bytes[i] = bytes[unit - 1 - i];
    bytes[unit - 1 - i] = byte;
  }
}

EXPORT(swap_16)
void swap_16(uint8_t *bytes, size_t length) {
  size_t i = 0;
#ifdef __wasm_simd128__
  for (; i + 16 <= length; i += 16) {
    const v128_t v = wasm_v128_load(bytes + i);
    wasm_v128_store(bytes + i,
                    wasm_i8x16_shuffle(v, v, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
  }
#endif
  for (; i < length; i += 2) {
    swap_unit(bytes + i, 2);
  }
}

EXPORT(swap_32)
void swap_32(uint8_t *bytes, size_t length) {
  size_t i = 0;
#ifdef __wasm_simd128__
  for (; i + 16 <= length; i += 16) {
    const v128_t v = wasm_v128_load(bytes + i);
    wasm_v128_store(bytes + i,
                    wasm_i8x16_shuffle(v, v, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
  }
#endif
  for (; i < length; i += 4) {
    swap_unit(bytes + i, 4);
  }
}

EXPORT(swap_64)
void swap_64(uint8_t *bytes, size_t length) {
  size_t i = 0;
#ifdef __wasm_simd128__
  for (; i + 16 <= length; i += 16) {
    const v128_t v = wasm_v128_load(bytes + i);
    wasm_v128_store(bytes + i,
                    wasm_i8x16_shuffle(v, v, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8));
  }
#endif
  for (; i < length; i += 8) {
    swap_unit(bytes + i, 8);
  }
}
