#include "export.h"
#include "kernels.h"
#include "vector.h"

VECTOR_INLINE v128_t equal(const uint8_t *in, v128_t sought_u8x16) {
  return wasm_i8x16_eq(wasm_v128_load(in), sought_u8x16);
}

// V8 takes less time for a bitmask than for any_true.
VECTOR_INLINE uint32_t is_in_any(v128_t a, v128_t b, v128_t c, v128_t d) {
  return (uint32_t)wasm_i8x16_bitmask(wasm_v128_or(wasm_v128_or(a, b), wasm_v128_or(c, d)));
}

VECTOR_INLINE uint32_t is_among_64(const uint8_t *in, v128_t sought_u8x16) {
  return is_in_any(equal(in, sought_u8x16), equal(in + 16, sought_u8x16), equal(in + 32, sought_u8x16),
                   equal(in + 48, sought_u8x16));
}

VECTOR_INLINE v128_t are_pairs(const uint8_t *in, v128_t first_u8x16, v128_t last_u8x16, size_t distance) {
  return wasm_v128_and(equal(in, first_u8x16), equal(in + distance, last_u8x16));
}

// A bit for each of 16 indices.
VECTOR_INLINE uint32_t pairs_at(const uint8_t *in, v128_t first_u8x16, v128_t last_u8x16, size_t distance) {
  return (uint32_t)wasm_i8x16_bitmask(are_pairs(in, first_u8x16, last_u8x16, distance));
}

VECTOR_INLINE uint32_t has_pair_64(const uint8_t *in, v128_t first_u8x16, v128_t last_u8x16,
                                   size_t distance) {
  return is_in_any(are_pairs(in, first_u8x16, last_u8x16, distance),
                   are_pairs(in + 16, first_u8x16, last_u8x16, distance),
                   are_pairs(in + 32, first_u8x16, last_u8x16, distance),
                   are_pairs(in + 48, first_u8x16, last_u8x16, distance));
}

EXPORT
int32_t search_pair(const uint8_t *in, size_t length, uint32_t first, uint32_t last, size_t distance) {
  if (distance >= length) {
    return -1;
  }
  const size_t starts = length - distance;
  const v128_t first_u8x16 = wasm_u8x16_splat((uint8_t)first);
  const v128_t last_u8x16 = wasm_u8x16_splat((uint8_t)last);
  size_t i = 0;
  if (distance == 0) {
    while (i + 64 <= starts && !is_among_64(in + i, first_u8x16)) i += 64;
  } else {
    while (i + 64 <= starts && !has_pair_64(in + i, first_u8x16, last_u8x16, distance)) i += 64;
  }
  for (; i + 16 <= starts; i += 16) {
    const uint32_t found = pairs_at(in + i, first_u8x16, last_u8x16, distance);
    if (found != 0) {
      return (int32_t)i + __builtin_ctz(found);
    }
  }
  for (; i < starts; i++) {
    if (in[i] == (uint8_t)first && in[i + distance] == (uint8_t)last) {
      return (int32_t)i;
    }
  }
  return -1;
}

EXPORT
int32_t search_last_pair(const uint8_t *in, size_t length, uint32_t first, uint32_t last, size_t distance) {
  if (distance >= length) {
    return -1;
  }
  const v128_t first_u8x16 = wasm_u8x16_splat((uint8_t)first);
  const v128_t last_u8x16 = wasm_u8x16_splat((uint8_t)last);
  size_t end = length - distance;
  if (distance == 0) {
    while (end >= 64 && !is_among_64(in + end - 64, first_u8x16)) end -= 64;
  } else {
    while (end >= 64 && !has_pair_64(in + end - 64, first_u8x16, last_u8x16, distance)) end -= 64;
  }
  for (; end >= 16; end -= 16) {
    const uint32_t found = pairs_at(in + end - 16, first_u8x16, last_u8x16, distance);
    if (found != 0) {
      return (int32_t)end + 15 - __builtin_clz(found);
    }
  }
  while (end > 0) {
    end--;
    if (in[end] == (uint8_t)first && in[end + distance] == (uint8_t)last) {
      return (int32_t)end;
    }
  }
  return -1;
}
