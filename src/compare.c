#include "export.h"
#include "kernels.h"

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

EXPORT(compare_prefix)
size_t compare_prefix(const uint8_t *a, const uint8_t *b, size_t length) {
  size_t i = 0;
#ifdef __wasm_simd128__
  for (; i + 64 <= length; i += 64) {
    const v128_t first = wasm_v128_or(wasm_v128_xor(wasm_v128_load(a + i), wasm_v128_load(b + i)),
                                      wasm_v128_xor(wasm_v128_load(a + i + 16), wasm_v128_load(b + i + 16)));
    const v128_t second = wasm_v128_or(wasm_v128_xor(wasm_v128_load(a + i + 32), wasm_v128_load(b + i + 32)),
                                       wasm_v128_xor(wasm_v128_load(a + i + 48), wasm_v128_load(b + i + 48)));
    if (wasm_v128_any_true(wasm_v128_or(first, second))) {
      break; // the loop below finds the byte
    }
  }
  for (; i + 16 <= length; i += 16) {
    const v128_t is_equal = wasm_i8x16_eq(wasm_v128_load(a + i), wasm_v128_load(b + i));
    const uint32_t differing = ~(uint32_t)wasm_i8x16_bitmask(is_equal) & 0xffff;
    if (differing != 0) {
      return i + (size_t)__builtin_ctz(differing);
    }
  }
#endif
  for (; i < length; i++) {
    if (a[i] != b[i]) {
      return i;
    }
  }
  return length;
}
