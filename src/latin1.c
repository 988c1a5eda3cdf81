#include "export.h"
#include "kernels.h"
#include "vector.h"

EXPORT
uint32_t latin1_is_ascii(const uint8_t *in, size_t length) {
  size_t i = 0;
  for (; i + 64 <= length; i += 64) {
    if (wasm_i8x16_bitmask(vector_or_64(in + i)) != 0) {
      return 0;
    }
  }
  for (; i + 16 <= length; i += 16) {
    if (wasm_i8x16_bitmask(wasm_v128_load(in + i)) != 0) {
      return 0;
    }
  }
  uint32_t seen = 0;
  for (; i < length; i++) {
    seen |= in[i];
  }
  return seen < 128;
}

EXPORT
void latin1_widen(uint8_t *out, const uint8_t *in, size_t length) {
  size_t i = 0;
  for (; i + 16 <= length; i += 16) {
    const v128_t byte_u8x16 = wasm_v128_load(in + i);
    wasm_v128_store(out + 2 * i, wasm_u16x8_extend_low_u8x16(byte_u8x16));
    wasm_v128_store(out + 2 * i + 16, wasm_u16x8_extend_high_u8x16(byte_u8x16));
  }
  for (; i < length; i++) {
    out[2 * i] = in[i];
    out[2 * i + 1] = 0;
  }
}
