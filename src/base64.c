#include "export.h"
#include "kernels.h"

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

// 0 to 63, or 64 when `character` is in neither alphabet.
__attribute__((noinline)) static uint32_t value_of(uint8_t character) {
  const uint32_t upper = (uint32_t)character - 'A';
  const uint32_t lower = (uint32_t)character - 'a';
  const uint32_t decimal = (uint32_t)character - '0';
  if (upper < 26) return upper;
  if (lower < 26) return lower + 26;
  if (decimal < 10) return decimal + 52;
  if (character == '+' || character == '-') return 62;
  if (character == '/' || character == '_') return 63;
  return 64;
}

// There is no encoder: the engine's own toBase64() wins from 24 bytes on, and below that a loop does.

EXPORT(base64_decode)
size_t base64_decode(uint8_t *out, size_t room, const uint8_t *in, size_t length) {
  size_t i = 0;
  size_t written = 0;
  uint32_t bits = 0;
  uint32_t pending = 0; // bits that wait for more
  while (i < length && written < room) {
#ifdef __wasm_simd128__
    if (pending == 0) {
      for (; i + 16 <= length && written + 12 <= room; i += 16, written += 12) {
        const v128_t c = wasm_v128_load(in + i);
        const v128_t upper_u8x16 = wasm_i8x16_sub(c, wasm_i8x16_splat('A'));
        const v128_t lower_u8x16 = wasm_i8x16_sub(c, wasm_i8x16_splat('a'));
        const v128_t decimal_u8x16 = wasm_i8x16_sub(c, wasm_i8x16_splat('0'));
        const v128_t is_upper = wasm_u8x16_lt(upper_u8x16, wasm_i8x16_splat(26));
        const v128_t is_lower = wasm_u8x16_lt(lower_u8x16, wasm_i8x16_splat(26));
        const v128_t is_decimal = wasm_u8x16_lt(decimal_u8x16, wasm_i8x16_splat(10));
        const v128_t is_62 = wasm_v128_or(wasm_i8x16_eq(c, wasm_i8x16_splat('+')),
                                          wasm_i8x16_eq(c, wasm_i8x16_splat('-')));
        const v128_t is_63 = wasm_v128_or(wasm_i8x16_eq(c, wasm_i8x16_splat('/')),
                                          wasm_i8x16_eq(c, wasm_i8x16_splat('_')));
        const v128_t is_sign = wasm_v128_or(is_62, is_63);
        const v128_t is_known = wasm_v128_or(wasm_v128_or(is_upper, is_lower),
                                             wasm_v128_or(is_decimal, is_sign));
        if (!wasm_i8x16_all_true(is_known)) {
          break;
        }
        v128_t value_u8x16 = wasm_v128_and(upper_u8x16, is_upper);
        value_u8x16 = wasm_v128_or(
            value_u8x16, wasm_v128_and(wasm_i8x16_add(lower_u8x16, wasm_i8x16_splat(26)), is_lower));
        value_u8x16 = wasm_v128_or(
            value_u8x16, wasm_v128_and(wasm_i8x16_add(decimal_u8x16, wasm_i8x16_splat(52)), is_decimal));
        value_u8x16 = wasm_v128_or(value_u8x16, wasm_v128_and(wasm_i8x16_splat(62), is_sign));
        value_u8x16 = wasm_v128_or(value_u8x16, wasm_v128_and(wasm_i8x16_splat(1), is_63));
        // 00dddddd 00cccccc 00bbbbbb 00aaaaaa -> 00000000 aaaaaabb bbbbcccc ccdddddd
        const v128_t a = wasm_i32x4_shl(wasm_v128_and(value_u8x16, wasm_i32x4_splat(0x3f)), 18);
        const v128_t b = wasm_i32x4_shl(wasm_v128_and(value_u8x16, wasm_i32x4_splat(0x3f00)), 4);
        const v128_t t = wasm_v128_and(wasm_u32x4_shr(value_u8x16, 10), wasm_i32x4_splat(0xfc0));
        const v128_t d = wasm_u32x4_shr(value_u8x16, 24);
        const v128_t group_u32x4 = wasm_v128_or(wasm_v128_or(a, b), wasm_v128_or(t, d));
        const v128_t byte_u8x16 = wasm_i8x16_shuffle(group_u32x4, group_u32x4, //
                                                     2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 0, 0, 0, 0);
        wasm_v128_store64_lane(out + written, byte_u8x16, 0);
        wasm_v128_store32_lane(out + written + 8, byte_u8x16, 2);
      }
      if (i >= length || written >= room) {
        break;
      }
    }
#endif
    const uint8_t character = in[i++];
    const uint32_t value = value_of(character);
    if (value > 63) {
      if (character == '=') {
        break;
      }
      continue;
    }
    bits = bits << 6 | value;
    pending += 6;
    if (pending >= 8) {
      pending -= 8;
      out[written++] = (uint8_t)(bits >> pending);
    }
  }
  return written;
}
