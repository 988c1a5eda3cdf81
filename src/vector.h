// vector.h: sixteen bytes at once, under the names of wasm_simd128.h.
//
// Natively the same names are loops over lanes, so that the sanitizers see every byte that the kernels'
// vector code reads and writes.

#ifndef PAGEBUF_VECTOR_H
#define PAGEBUF_VECTOR_H

#include <stddef.h>
#include <stdint.h>

// The kernels are compiled for size; without this, the compiler would not inline small functions.
#define VECTOR_INLINE static inline __attribute__((always_inline))

#ifdef __wasm_simd128__

#include <wasm_simd128.h>

// A constant that is made once, ahead of a loop. V8 makes an immediate anew wherever it is used, and a loop
// that uses immediates takes up to twice as long.
VECTOR_INLINE v128_t vector_kept(v128_t constant) {
  __asm__("" : "+r"(constant));
  return constant;
}

#else

typedef union {
  uint8_t u8[16];
  uint16_t u16[8];
  uint64_t u64[2];
} v128_t;

#define VECTOR_LANES(name, lane, result)                                                                     \
  VECTOR_INLINE v128_t name(v128_t a, v128_t b) {                                                            \
    for (size_t i = 0; i < sizeof a / sizeof a.lane[0]; i++) {                                               \
      const uint32_t x = a.lane[i];                                                                          \
      const uint32_t y = b.lane[i];                                                                          \
      a.lane[i] = (__typeof__(a.lane[0]))(result);                                                           \
    }                                                                                                        \
    return a;                                                                                                \
  }
VECTOR_LANES(wasm_v128_and, u8, (x & y))
VECTOR_LANES(wasm_v128_or, u8, x | y)
VECTOR_LANES(wasm_v128_xor, u8, x ^ y)
VECTOR_LANES(wasm_i8x16_eq, u8, x == y ? 0xff : 0)
VECTOR_LANES(wasm_i8x16_ne, u8, x != y ? 0xff : 0)
VECTOR_LANES(wasm_i8x16_add, u8, x + y)
VECTOR_LANES(wasm_u8x16_sub_sat, u8, x < y ? 0 : x - y)
#undef VECTOR_LANES

#define wasm_u8x16_const(...) ((v128_t){.u8 = {__VA_ARGS__}})
#define wasm_i8x16_shuffle(a, b, ...) vector_shuffle(a, b, (const uint8_t[16]){__VA_ARGS__})

VECTOR_INLINE v128_t vector_shuffle(v128_t a, v128_t b, const uint8_t *from) {
  v128_t out;
  for (size_t i = 0; i < 16; i++) out.u8[i] = from[i] < 16 ? a.u8[from[i]] : b.u8[from[i] - 16];
  return out;
}

VECTOR_INLINE v128_t wasm_i8x16_swizzle(v128_t a, v128_t from) {
  v128_t out;
  for (size_t i = 0; i < 16; i++) out.u8[i] = from.u8[i] < 16 ? a.u8[from.u8[i]] : 0;
  return out;
}

VECTOR_INLINE v128_t wasm_u8x16_splat(uint8_t value) {
  v128_t out;
  for (size_t i = 0; i < 16; i++) out.u8[i] = value;
  return out;
}

VECTOR_INLINE v128_t wasm_u64x2_make(uint64_t low, uint64_t high) {
  return (v128_t){.u64 = {low, high}};
}

VECTOR_INLINE v128_t wasm_v128_load(const uint8_t *in) {
  v128_t out;
  __builtin_memcpy(&out, in, 16);
  return out;
}

VECTOR_INLINE void wasm_v128_store(uint8_t *out, v128_t a) {
  __builtin_memcpy(out, &a, 16);
}

VECTOR_INLINE void wasm_v128_store64_lane(uint8_t *out, v128_t a, int lane) {
  __builtin_memcpy(out, &a.u64[lane], 8);
}

VECTOR_INLINE uint64_t wasm_u64x2_extract_lane(v128_t a, int lane) {
  return a.u64[lane];
}

VECTOR_INLINE v128_t wasm_u16x8_load8x8(const uint8_t *in) {
  v128_t out;
  for (size_t i = 0; i < 8; i++) out.u16[i] = in[i];
  return out;
}

VECTOR_INLINE v128_t wasm_u16x8_extend_low_u8x16(v128_t a) {
  return wasm_u16x8_load8x8(a.u8);
}

VECTOR_INLINE v128_t wasm_u16x8_extend_high_u8x16(v128_t a) {
  return wasm_u16x8_load8x8(a.u8 + 8);
}

VECTOR_INLINE v128_t wasm_u16x8_shr(v128_t a, uint32_t bits) {
  for (size_t i = 0; i < 8; i++) a.u16[i] = (uint16_t)(a.u16[i] >> bits);
  return a;
}

VECTOR_INLINE v128_t wasm_i16x8_shl(v128_t a, uint32_t bits) {
  for (size_t i = 0; i < 8; i++) a.u16[i] = (uint16_t)(a.u16[i] << bits);
  return a;
}

// Only for values below 256: the kernels narrow no others.
VECTOR_INLINE v128_t wasm_u8x16_narrow_i16x8(v128_t a, v128_t b) {
  v128_t out;
  for (size_t i = 0; i < 8; i++) {
    out.u8[i] = (uint8_t)a.u16[i];
    out.u8[i + 8] = (uint8_t)b.u16[i];
  }
  return out;
}

VECTOR_INLINE uint32_t wasm_i8x16_bitmask(v128_t a) {
  uint32_t mask = 0;
  for (size_t i = 0; i < 16; i++) mask |= (uint32_t)(a.u8[i] >> 7) << i;
  return mask;
}

VECTOR_INLINE uint32_t wasm_v128_any_true(v128_t a) {
  return (a.u64[0] | a.u64[1]) != 0;
}

VECTOR_INLINE v128_t vector_kept(v128_t constant) {
  return constant;
}

#endif

// The bits of the 64 bytes at `in`, or-ed.
VECTOR_INLINE v128_t vector_or_64(const uint8_t *in) {
  return wasm_v128_or(wasm_v128_or(wasm_v128_load(in), wasm_v128_load(in + 16)),
                      wasm_v128_or(wasm_v128_load(in + 32), wasm_v128_load(in + 48)));
}

// The last length % 16 of the `length` bytes at `in`, and zeros behind them. A loop that uses it as one more
// vector calls this ahead: a call within the loop would spill its registers.
__attribute__((visibility("hidden"))) v128_t vector_tail(const uint8_t *in, size_t length);

#endif
