#include "export.h"
#include "kernels.h"

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

EXPORT(search_byte)
int32_t search_byte(const uint8_t *in, size_t length, uint32_t byte) {
  size_t i = 0;
#ifdef __wasm_simd128__
  const v128_t sought_u8x16 = wasm_i8x16_splat((int8_t)byte);
  for (; i + 64 <= length; i += 64) {
    const v128_t first = wasm_v128_or(wasm_i8x16_eq(wasm_v128_load(in + i), sought_u8x16),
                                      wasm_i8x16_eq(wasm_v128_load(in + i + 16), sought_u8x16));
    const v128_t second = wasm_v128_or(wasm_i8x16_eq(wasm_v128_load(in + i + 32), sought_u8x16),
                                       wasm_i8x16_eq(wasm_v128_load(in + i + 48), sought_u8x16));
    if (wasm_v128_any_true(wasm_v128_or(first, second))) {
      break; // the loop below finds the byte
    }
  }
  for (; i + 16 <= length; i += 16) {
    const uint32_t found = (uint32_t)wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(in + i), sought_u8x16));
    if (found != 0) {
      return (int32_t)(i + (size_t)__builtin_ctz(found));
    }
  }
#endif
  for (; i < length; i++) {
    if (in[i] == (uint8_t)byte) {
      return (int32_t)i;
    }
  }
  return -1;
}

EXPORT(search_last_byte)
int32_t search_last_byte(const uint8_t *in, size_t length, uint32_t byte) {
  size_t end = length;
#ifdef __wasm_simd128__
  const v128_t sought_u8x16 = wasm_i8x16_splat((int8_t)byte);
  for (; end >= 16; end -= 16) {
    const uint32_t found = (uint32_t)wasm_i8x16_bitmask(
        wasm_i8x16_eq(wasm_v128_load(in + end - 16), sought_u8x16));
    if (found != 0) {
      return (int32_t)(end - 16) + 31 - __builtin_clz(found);
    }
  }
#endif
  while (end > 0) {
    if (in[--end] == (uint8_t)byte) {
      return (int32_t)end;
    }
  }
  return -1;
}

EXPORT(search_pair)
int32_t search_pair(const uint8_t *in, size_t length, uint32_t first, uint32_t last, size_t distance) {
  if (distance >= length) {
    return -1;
  }
  const size_t starts = length - distance;
  size_t i = 0;
#ifdef __wasm_simd128__
  const v128_t first_u8x16 = wasm_i8x16_splat((int8_t)first);
  const v128_t last_u8x16 = wasm_i8x16_splat((int8_t)last);
  for (; i + 16 <= starts; i += 16) {
    const v128_t is_first = wasm_i8x16_eq(wasm_v128_load(in + i), first_u8x16);
    const v128_t is_last = wasm_i8x16_eq(wasm_v128_load(in + i + distance), last_u8x16);
    const uint32_t found = (uint32_t)wasm_i8x16_bitmask(wasm_v128_and(is_first, is_last));
    if (found != 0) {
      return (int32_t)(i + (size_t)__builtin_ctz(found));
    }
  }
#endif
  for (; i < starts; i++) {
    if (in[i] == (uint8_t)first && in[i + distance] == (uint8_t)last) {
      return (int32_t)i;
    }
  }
  return -1;
}

EXPORT(search_last_pair)
int32_t search_last_pair(const uint8_t *in, size_t length, uint32_t first, uint32_t last, size_t distance) {
  if (distance >= length) {
    return -1;
  }
  size_t end = length - distance;
#ifdef __wasm_simd128__
  const v128_t first_u8x16 = wasm_i8x16_splat((int8_t)first);
  const v128_t last_u8x16 = wasm_i8x16_splat((int8_t)last);
  for (; end >= 16; end -= 16) {
    const size_t i = end - 16;
    const v128_t is_first = wasm_i8x16_eq(wasm_v128_load(in + i), first_u8x16);
    const v128_t is_last = wasm_i8x16_eq(wasm_v128_load(in + i + distance), last_u8x16);
    const uint32_t found = (uint32_t)wasm_i8x16_bitmask(wasm_v128_and(is_first, is_last));
    if (found != 0) {
      return (int32_t)i + 31 - __builtin_clz(found);
    }
  }
#endif
  while (end > 0) {
    end--;
    if (in[end] == (uint8_t)first && in[end + distance] == (uint8_t)last) {
      return (int32_t)end;
    }
  }
  return -1;
}
