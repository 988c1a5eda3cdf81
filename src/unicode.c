#include "export.h"
#include "kernels.h"

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

// The length of the valid UTF-8 sequence at `in`, or 0.
// pre: length > 0
__attribute__((noinline)) static size_t sequence_length(const uint8_t *in, size_t length) {
  const uint8_t first = in[0];
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0; // a continuation, an overlong form, or above U+10FFFF
  const size_t size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (size > length) return 0;
  for (size_t i = 1; i < size; i++) {
    if ((in[i] & 0xc0) != 0x80) return 0;
  }
  if (first == 0xe0 && in[1] < 0xa0) return 0;  // overlong
  if (first == 0xed && in[1] >= 0xa0) return 0; // a surrogate
  if (first == 0xf0 && in[1] < 0x90) return 0;  // overlong
  if (first == 0xf4 && in[1] >= 0x90) return 0; // above U+10FFFF
  return size;
}

EXPORT(unicode_is_utf8)
uint32_t unicode_is_utf8(const uint8_t *in, size_t length) {
  size_t i = 0;
  while (i < length) {
#ifdef __wasm_simd128__
    while (i + 16 <= length && wasm_i8x16_bitmask(wasm_v128_load(in + i)) == 0) {
      i += 16;
    }
    if (i == length) {
      break;
    }
#endif
    const size_t size = sequence_length(in + i, length - i);
    if (size == 0) {
      return 0;
    }
    i += size;
  }
  return 1;
}

EXPORT(unicode_is_utf16)
uint32_t unicode_is_utf16(const uint8_t *in, size_t length) {
  size_t i = 0;
  while (i + 2 <= length) {
#ifdef __wasm_simd128__
    for (; i + 16 <= length; i += 16) {
      const v128_t top_u16x8 = wasm_v128_and(wasm_v128_load(in + i), wasm_i16x8_splat((int16_t)0xf800));
      if (wasm_v128_any_true(wasm_i16x8_eq(top_u16x8, wasm_i16x8_splat((int16_t)0xd800)))) {
        break;
      }
    }
    if (i + 2 > length) {
      break;
    }
#endif
    const uint8_t high = in[i + 1] & 0xfc;
    if (high == 0xdc) {
      return 0;
    }
    if (high == 0xd8) {
      if (i + 4 > length || (in[i + 3] & 0xfc) != 0xdc) {
        return 0;
      }
      i += 2;
    }
    i += 2;
  }
  return 1;
}
