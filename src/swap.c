#include "export.h"
#include "kernels.h"
#include "vector.h"

EXPORT
void swap_units(uint8_t *bytes, size_t unit, size_t length) {
  const size_t mirror = unit - 1; // xor-ed with an index, the index of the byte that goes there
  const v128_t index_u8x16 = wasm_u8x16_const(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const v128_t from_u8x16 = wasm_v128_xor(index_u8x16, wasm_u8x16_splat((uint8_t)mirror));
  size_t i = 0;
  for (; i + 16 <= length; i += 16) {
    wasm_v128_store(bytes + i, wasm_i8x16_swizzle(wasm_v128_load(bytes + i), from_u8x16));
  }
  for (; i < length; i++) {
    const size_t other = i ^ mirror;
    if (i < other) {
      const uint8_t byte = bytes[i];
      bytes[i] = bytes[other];
      bytes[other] = byte;
    }
  }
}
