#include "export.h"
#include "kernels.h"

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

static uint32_t is_at(const uint8_t *in, const uint8_t *needle, size_t needle_length) {
  for (size_t i = 0; i < needle_length; i++) {
    if (in[i] != needle[i]) {
      return 0;
    }
  }
  return 1;
}

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

EXPORT(search_bytes)
int32_t search_bytes(const uint8_t *in, size_t length, const uint8_t *needle, size_t needle_length,
                     uint32_t step) {
  if (needle_length > length) {
    return -1;
  }
  const size_t starts = length - needle_length + 1; // where a needle could begin
  size_t i = 0;
#ifdef __wasm_simd128__
  // Candidates are where both the first and the last byte of the needle are in place.
  const v128_t first_u8x16 = wasm_i8x16_splat((int8_t)needle[0]);
  const v128_t last_u8x16 = wasm_i8x16_splat((int8_t)needle[needle_length - 1]);
  const uint32_t mask = step == 2 ? 0x5555 : 0xffff; // i stays even
  for (; i + 16 <= starts; i += 16) {
    const v128_t is_first = wasm_i8x16_eq(wasm_v128_load(in + i), first_u8x16);
    const v128_t is_last = wasm_i8x16_eq(wasm_v128_load(in + i + needle_length - 1), last_u8x16);
    uint32_t candidates = (uint32_t)wasm_i8x16_bitmask(wasm_v128_and(is_first, is_last)) & mask;
    for (; candidates != 0; candidates &= candidates - 1) {
      const size_t at = i + (size_t)__builtin_ctz(candidates);
      if (is_at(in + at, needle, needle_length)) {
        return (int32_t)at;
      }
    }
  }
#endif
  for (; i < starts; i += step) {
    if (is_at(in + i, needle, needle_length)) {
      return (int32_t)i;
    }
  }
  return -1;
}

EXPORT(search_last_bytes)
int32_t search_last_bytes(const uint8_t *in, size_t length, const uint8_t *needle, size_t needle_length,
                          uint32_t step) {
  if (needle_length > length) {
    return -1;
  }
  size_t end = length - needle_length + 1; // where a needle could begin: below it
#ifdef __wasm_simd128__
  const v128_t first_u8x16 = wasm_i8x16_splat((int8_t)needle[0]);
  const v128_t last_u8x16 = wasm_i8x16_splat((int8_t)needle[needle_length - 1]);
  for (; end >= 16; end -= 16) {
    const size_t i = end - 16;
    const v128_t is_first = wasm_i8x16_eq(wasm_v128_load(in + i), first_u8x16);
    const v128_t is_last = wasm_i8x16_eq(wasm_v128_load(in + i + needle_length - 1), last_u8x16);
    uint32_t candidates = (uint32_t)wasm_i8x16_bitmask(wasm_v128_and(is_first, is_last));
    if (step == 2) candidates &= i % 2 == 0 ? 0x5555 : 0xaaaa;
    while (candidates != 0) {
      const uint32_t highest = 31 - (uint32_t)__builtin_clz(candidates);
      if (is_at(in + i + highest, needle, needle_length)) {
        return (int32_t)(i + highest);
      }
      candidates &= ~(1u << highest);
    }
  }
#endif
  while (end > 0) {
    end--;
    if (end % step == 0 && is_at(in + end, needle, needle_length)) {
      return (int32_t)end;
    }
  }
  return -1;
}
