#include "vector.h"

v128_t vector_tail(const uint8_t *in, size_t length) {
  uint64_t low = 0;
  uint64_t high = 0;
  for (; length % 16 != 0; length--) {
    high = high << 8 | low >> 56;
    low = low << 8 | in[length - 1];
  }
  return wasm_u64x2_make(low, high);
}
