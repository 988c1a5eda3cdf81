#include "export.h"
#include "kernels.h"
#include "vector.h"

VECTOR_INLINE v128_t difference(const uint8_t *a, const uint8_t *b) {
  return wasm_v128_xor(wasm_v128_load(a), wasm_v128_load(b));
}

EXPORT
size_t compare_prefix(const uint8_t *a, const uint8_t *b, size_t length) {
  size_t i = 0;
  for (; i + 64 <= length; i += 64) {
    const v128_t first = wasm_v128_or(difference(a + i, b + i), difference(a + i + 16, b + i + 16));
    const v128_t second = wasm_v128_or(difference(a + i + 32, b + i + 32),
                                       difference(a + i + 48, b + i + 48));
    if (wasm_v128_any_true(wasm_v128_or(first, second))) {
      break; // the loop below finds the byte
    }
  }
  for (; i + 16 <= length; i += 16) {
    const v128_t is_different = wasm_i8x16_ne(wasm_v128_load(a + i), wasm_v128_load(b + i));
    const uint32_t differing = (uint32_t)wasm_i8x16_bitmask(is_different);
    if (differing != 0) {
      return i + (size_t)__builtin_ctz(differing);
    }
  }
  while (i < length && a[i] == b[i]) i++;
  return i;
}
