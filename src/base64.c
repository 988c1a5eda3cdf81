#include "export.h"
#include "kernels.h"

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

static uint8_t letter_of(uint32_t value, uint32_t is_url) {
  if (value < 26) return (uint8_t)('A' + value);
  if (value < 52) return (uint8_t)(value - 26 + 'a');
  if (value < 62) return (uint8_t)(value - 52 + '0');
  if (value == 62) return is_url ? '-' : '+';
  return is_url ? '_' : '/';
}

// 0 to 63, or 64 when `character` is in neither alphabet.
static uint32_t value_of(uint8_t character) {
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

EXPORT(base64_encode)
size_t base64_encode(uint8_t *out, const uint8_t *in, size_t length, uint32_t is_url) {
  uint8_t *const start = out;
  size_t i = 0;
#ifdef __wasm_simd128__
  // What to add to a value to get its letter: a to z, ten digits, the 62nd and the 63rd, A to Z.
  const v128_t plain_i8x16 = wasm_i8x16_const(71, -4, -4, -4, -4, -4, -4, -4, -4, -4, -4, -19, -16, 65, 0, 0);
  const v128_t url_i8x16 = wasm_i8x16_const(71, -4, -4, -4, -4, -4, -4, -4, -4, -4, -4, -17, 32, 65, 0, 0);
  const v128_t shift_i8x16 = is_url ? url_i8x16 : plain_i8x16;
  for (; i + 16 <= length; i += 12, out += 16) { // 12 bytes are used, 16 are read
    const v128_t byte_u8x16 = wasm_v128_load(in + i);
    // Each lane of 32 bits gets its three bytes, the first one highest: 00000000 aaaaaabb bbbbcccc ccdddddd
    const v128_t group_u32x4 = wasm_i8x16_shuffle(byte_u8x16, wasm_i8x16_splat(0), //
                                                  2, 1, 0, 16, 5, 4, 3, 16, 8, 7, 6, 16, 11, 10, 9, 16);
    // 00dddddd 00cccccc 00bbbbbb 00aaaaaa: the first value is the lowest byte
    const v128_t a = wasm_v128_and(wasm_u32x4_shr(group_u32x4, 18), wasm_i32x4_splat(0x3f));
    const v128_t b = wasm_v128_and(wasm_u32x4_shr(group_u32x4, 4), wasm_i32x4_splat(0x3f00));
    const v128_t c = wasm_v128_and(wasm_i32x4_shl(group_u32x4, 10), wasm_i32x4_splat(0x3f0000));
    const v128_t d = wasm_v128_and(wasm_i32x4_shl(group_u32x4, 24), wasm_i32x4_splat(0x3f000000));
    const v128_t value_u8x16 = wasm_v128_or(wasm_v128_or(a, b), wasm_v128_or(c, d));
    // 0 to 25 -> 13, 26 to 51 -> 0, 52 to 61 -> 1 to 10, 62 -> 11, 63 -> 12
    const v128_t is_upper = wasm_u8x16_lt(value_u8x16, wasm_i8x16_splat(26));
    const v128_t row_u8x16 = wasm_v128_or(wasm_u8x16_sub_sat(value_u8x16, wasm_i8x16_splat(51)),
                                          wasm_v128_and(is_upper, wasm_i8x16_splat(13)));
    wasm_v128_store(out, wasm_i8x16_add(value_u8x16, wasm_i8x16_swizzle(shift_i8x16, row_u8x16)));
  }
#endif
  for (; i + 3 <= length; i += 3, out += 4) {
    const uint32_t group = (uint32_t)in[i] << 16 | (uint32_t)in[i + 1] << 8 | in[i + 2];
    out[0] = letter_of(group >> 18, is_url);
    out[1] = letter_of(group >> 12 & 63, is_url);
    out[2] = letter_of(group >> 6 & 63, is_url);
    out[3] = letter_of(group & 63, is_url);
  }
  if (i < length) {
    const uint32_t has_two = i + 1 < length;
    const uint32_t group = (uint32_t)in[i] << 16 | (has_two ? (uint32_t)in[i + 1] << 8 : 0);
    *out++ = letter_of(group >> 18, is_url);
    *out++ = letter_of(group >> 12 & 63, is_url);
    if (has_two)
      *out++ = letter_of(group >> 6 & 63, is_url);
    else if (!is_url)
      *out++ = '=';
    if (!is_url) *out++ = '=';
  }
  return (size_t)(out - start);
}

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
