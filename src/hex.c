#include "export.h"
#include "kernels.h"
#include "vector.h"

#define DIGITS                                                                                               \
  wasm_u8x16_const('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f')

EXPORT
void hex_encode(uint8_t *out, const uint8_t *in, size_t length) {
  const v128_t digits = vector_kept(DIGITS);
  const v128_t nibble = vector_kept(wasm_u8x16_splat(15));
  size_t i = 0;
  for (; i + 8 <= length; i += 8) {
    const v128_t byte_u16x8 = wasm_u16x8_load8x8(in + i); // AB 00 CD 00 ..
    const v128_t twice = wasm_v128_or(wasm_u16x8_shr(byte_u16x8, 4), wasm_i16x8_shl(byte_u16x8, 8));
    const v128_t nibbles = wasm_v128_and(twice, nibble); // 0A 0B 0C 0D ..
    wasm_v128_store(out + 2 * i, wasm_i8x16_swizzle(digits, nibbles));
  }
  for (size_t j = 2 * i; j < 2 * length; j++) {
    const uint32_t value = in[j / 2] >> (j % 2 == 0 ? 4 : 0) & 15;
    out[j] = (uint8_t)(value < 10 ? '0' + value : 'a' - 10 + value);
  }
}

EXPORT
size_t hex_decode(uint8_t *out, const uint8_t *in, size_t pairs) {
  const v128_t digits = vector_kept(DIGITS);
  const v128_t nibble = vector_kept(wasm_u8x16_splat(15));
  const v128_t bit_of_letters = vector_kept(wasm_u8x16_splat(0x40));
  const v128_t tail = vector_tail(in, 2 * pairs);
  for (size_t i = 0;; i += 8) {
    const v128_t character = i + 8 <= pairs ? wasm_v128_load(in + 2 * i) : tail;
    // 0x40 in a letter's lane: 9 is added to its low nibble, and 0x20 makes it a small one.
    const v128_t letter = wasm_v128_and(character, bit_of_letters);
    const v128_t nine = wasm_v128_or(wasm_u16x8_shr(letter, 3), wasm_u16x8_shr(letter, 6));
    const v128_t value = wasm_i8x16_add(wasm_v128_and(character, nibble), nine); // 0A 0B 0C 0D ..
    const v128_t small = wasm_v128_or(character, wasm_u16x8_shr(letter, 1));
    // A digit equals the digit of its value; no other character does. The tail's zeros do not, and end the
    // loop.
    const v128_t is_wrong = wasm_i8x16_ne(wasm_i8x16_swizzle(digits, value), small);
    const v128_t byte_u16x8 = wasm_u16x8_shr(wasm_v128_or(value, wasm_i16x8_shl(value, 12)), 8);
    const v128_t bytes = wasm_u8x16_narrow_i16x8(byte_u16x8, byte_u16x8); // AB CD ..
    const uint32_t wrong = (uint32_t)wasm_i8x16_bitmask(is_wrong);
    if (wrong != 0) {
      const size_t end = i + (size_t)__builtin_ctz(wrong) / 2;
      for (uint64_t rest = (uint64_t)wasm_u64x2_extract_lane(bytes, 0); i < end; rest >>= 8) {
        out[i++] = (uint8_t)rest;
      }
      return end;
    }
    wasm_v128_store64_lane(out + i, bytes, 0);
  }
}
