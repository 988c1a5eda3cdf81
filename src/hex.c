#include "export.h"
#include "kernels.h"

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

__attribute__((noinline)) static uint8_t digit_of(uint32_t nibble) {
  return (uint8_t)(nibble < 10 ? '0' + nibble : 'a' - 10 + nibble);
}

// 0 to 15, or more when `character` is no digit.
__attribute__((noinline)) static uint32_t value_of(uint8_t character) {
  const uint32_t decimal = (uint32_t)character - '0';
  const uint32_t letter = ((uint32_t)character | 0x20) - 'a';
  return decimal < 10 ? decimal : letter < 6 ? letter + 10 : 16;
}

#ifdef __wasm_simd128__
// The values of 16 digits; `valid` keeps a lane's bits only where there is one.
static v128_t values_of(v128_t character_u8x16, v128_t *valid) {
  const v128_t decimal_u8x16 = wasm_i8x16_sub(character_u8x16, wasm_i8x16_splat('0'));
  const v128_t lower_u8x16 = wasm_v128_or(character_u8x16, wasm_i8x16_splat(0x20));
  const v128_t letter_u8x16 = wasm_i8x16_sub(lower_u8x16, wasm_i8x16_splat('a'));
  const v128_t is_decimal = wasm_u8x16_lt(decimal_u8x16, wasm_i8x16_splat(10));
  const v128_t is_letter = wasm_u8x16_lt(letter_u8x16, wasm_i8x16_splat(6));
  *valid = wasm_v128_and(*valid, wasm_v128_or(is_decimal, is_letter));
  return wasm_v128_bitselect(decimal_u8x16, wasm_i8x16_add(letter_u8x16, wasm_i8x16_splat(10)), is_decimal);
}
#endif

EXPORT(hex_encode)
void hex_encode(uint8_t *out, const uint8_t *in, size_t length) {
  size_t i = 0;
#ifdef __wasm_simd128__
  const v128_t digits = wasm_i8x16_const('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd',
                                         'e', 'f');
  for (; i + 16 <= length; i += 16) {
    const v128_t byte_u8x16 = wasm_v128_load(in + i);                              // AB CD ..
    const v128_t high = wasm_i8x16_swizzle(digits, wasm_u8x16_shr(byte_u8x16, 4)); // 'a' 'c' ..
    const v128_t low = wasm_i8x16_swizzle(digits,
                                          wasm_v128_and(byte_u8x16, wasm_i8x16_splat(15))); // 'b' 'd' ..
    // 'a' 'b' 'c' 'd' ..
    wasm_v128_store(out + 2 * i,
                    wasm_i8x16_shuffle(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
    wasm_v128_store(out + 2 * i + 16, wasm_i8x16_shuffle(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13,
                                                         29, 14, 30, 15, 31));
  }
#endif
  for (; i < length; i++) {
    out[2 * i] = digit_of(in[i] >> 4);
    out[2 * i + 1] = digit_of(in[i] & 15);
  }
}

EXPORT(hex_decode)
size_t hex_decode(uint8_t *out, const uint8_t *in, size_t pairs) {
  size_t i = 0;
#ifdef __wasm_simd128__
  for (; i + 16 <= pairs; i += 16) {
    v128_t valid = wasm_i8x16_splat(-1);
    const v128_t first = values_of(wasm_v128_load(in + 2 * i), &valid);       // 0A 0B 0C 0D ..
    const v128_t second = values_of(wasm_v128_load(in + 2 * i + 16), &valid); //
    if (!wasm_i8x16_all_true(valid)) {
      break; // the scalar loop finds the pair
    }
    const v128_t high = wasm_i8x16_shuffle(first, second, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26,
                                           28, 30);
    const v128_t low = wasm_i8x16_shuffle(first, second, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27,
                                          29, 31);
    wasm_v128_store(out + i, wasm_v128_or(wasm_i8x16_shl(high, 4), low)); // AB CD ..
  }
#endif
  for (; i < pairs; i++) {
    const uint32_t high = value_of(in[2 * i]);
    const uint32_t low = value_of(in[2 * i + 1]);
    if (high > 15 || low > 15) {
      return i;
    }
    out[i] = (uint8_t)(high << 4 | low);
  }
  return pairs;
}
