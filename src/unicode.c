#include "export.h"
#include "kernels.h"
#include "vector.h"

// The bytes `n` places ahead of those of `v`, which follows `before`.
#define AHEAD(n, before, v)                                                                                  \
  wasm_i8x16_shuffle(before, v, 16 - (n), 17 - (n), 18 - (n), 19 - (n), 20 - (n), 21 - (n), 22 - (n),        \
                     23 - (n), 24 - (n), 25 - (n), 26 - (n), 27 - (n), 28 - (n), 29 - (n), 30 - (n),         \
                     31 - (n))

// The errors of two bytes in a row. Three tables have bits for the first byte's high nibble, its low nibble
// and the second byte's high nibble. A bit that is set in all three is an error. John Keiser and Daniel
// Lemire, Validating UTF-8 in less than one instruction per byte, 2021.
enum {
  TOO_SHORT = 1,          // a lead, and no continuation
  TOO_LONG = 2,           // ASCII, and a continuation
  OVERLONG_3 = 4,         // E0 80..9F
  TOO_LARGE = 8,          // F4 90..BF, F5..FF 90..BF
  SURROGATE = 16,         // ED A0..BF
  OVERLONG_2 = 32,        // C0..C1
  LARGE_OR_OVERLONG = 64, // F5..FF 80..8F, and F0 80..8F
  TWO = 128,              // two continuations: right behind a lead of three or four bytes, wrong elsewhere
  ANY_LOW = TOO_SHORT | TOO_LONG | TWO,
  LARGE = ANY_LOW | TOO_LARGE | LARGE_OR_OVERLONG,
  CONTINUES = TOO_LONG | OVERLONG_2 | TWO,
};

EXPORT
uint32_t unicode_is_utf8(const uint8_t *in, size_t length) {
  size_t i = 0;
  while (i + 64 <= length && wasm_i8x16_bitmask(vector_or_64(in + i)) == 0) i += 64;
  if (i == length) return 1;
  const v128_t wrong_by_high = vector_kept(wasm_u8x16_const(TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
                                                            TOO_LONG, TOO_LONG, TOO_LONG,       // 0. to 7.
                                                            TWO, TWO, TWO, TWO,                 // 8. to B.
                                                            TOO_SHORT | OVERLONG_2, TOO_SHORT,  // C. D.
                                                            TOO_SHORT | OVERLONG_3 | SURROGATE, // E.
                                                            TOO_SHORT | TOO_LARGE | LARGE_OR_OVERLONG)); // F.
  const v128_t wrong_by_low = vector_kept(wasm_u8x16_const(
      ANY_LOW | OVERLONG_3 | OVERLONG_2 | LARGE_OR_OVERLONG, ANY_LOW | OVERLONG_2, // .0 .1
      ANY_LOW, ANY_LOW, ANY_LOW | TOO_LARGE,                                       // .2 to .4
      LARGE, LARGE, LARGE, LARGE, LARGE, LARGE, LARGE, LARGE, LARGE | SURROGATE, LARGE, LARGE));
  const v128_t wrong_by_next = vector_kept(wasm_u8x16_const(
      TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, // 0. to 7.
      CONTINUES | OVERLONG_3 | LARGE_OR_OVERLONG, CONTINUES | OVERLONG_3 | TOO_LARGE,         // 8. 9.
      CONTINUES | SURROGATE | TOO_LARGE, CONTINUES | SURROGATE | TOO_LARGE,                   // A. B.
      TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT));                                           // C. to F.
  const v128_t nibble = vector_kept(wasm_u8x16_splat(15));
  const v128_t two = vector_kept(wasm_u8x16_splat(TWO));
  // Subtracted with saturation, below_3 leaves the bit TWO of leads of three and four bytes, below_4 of four.
  const v128_t below_3 = vector_kept(wasm_u8x16_splat(0xe0 - TWO));
  const v128_t below_4 = vector_kept(wasm_u8x16_splat(0xf0 - TWO));
  // The greatest last bytes of a vector that need no byte of the next one.
  const v128_t complete = vector_kept(
      wasm_u8x16_const(255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0xef, 0xdf, 0xbf));
  const v128_t tail = vector_tail(in, length);
  v128_t before = wasm_u8x16_splat(0);
  v128_t wrong = before;
  while (i < length) {
    if (i + 64 <= length && wasm_i8x16_bitmask(vector_or_64(in + i)) == 0) {
      wrong = wasm_v128_or(wrong, wasm_u8x16_sub_sat(before, complete));
      before = wasm_u8x16_splat(0);
      i += 64;
      continue;
    }
    const size_t stop = i + 64;
    for (; i < length && i < stop; i += 16) {
      const v128_t v = i + 16 <= length ? wasm_v128_load(in + i) : tail;
      const v128_t first = AHEAD(1, before, v);
      const v128_t by_high = wasm_i8x16_swizzle(wrong_by_high,
                                                wasm_v128_and(wasm_u16x8_shr(first, 4), nibble));
      const v128_t by_low = wasm_i8x16_swizzle(wrong_by_low, wasm_v128_and(first, nibble));
      const v128_t by_next = wasm_i8x16_swizzle(wrong_by_next, wasm_v128_and(wasm_u16x8_shr(v, 4), nibble));
      const v128_t pair = wasm_v128_and(wasm_v128_and(by_high, by_low), by_next);
      const v128_t third = wasm_u8x16_sub_sat(AHEAD(2, before, v), below_3);
      const v128_t fourth = wasm_u8x16_sub_sat(AHEAD(3, before, v), below_4);
      const v128_t must_be_two = wasm_v128_and(wasm_v128_or(third, fourth), two);
      wrong = wasm_v128_or(wrong, wasm_v128_xor(must_be_two, pair));
      before = v;
    }
  }
  return !wasm_v128_any_true(wasm_v128_or(wrong, wasm_u8x16_sub_sat(before, complete)));
}
