// kernels.h: the prototype and the contract of each byte kernel. The WebAssembly module exports them.
//
// A kernel is total: pointers and lengths in, one number out. It knows no pool, keeps no state, and reads and
// writes only what its arguments name. It has no table and no stack, because every byte of memory belongs to
// a slab. So its constants are immediates.
//
// Lengths and results are bytes unless said otherwise, and smaller than 2**31.

#ifndef PAGEBUF_KERNELS_H
#define PAGEBUF_KERNELS_H

#include <stddef.h>
#include <stdint.h>

// --- hex.c

// Write the `length` bytes at `in` as 2*length lower-case digits.
// pre: `out` has room for 2*length bytes and does not overlap `in`.
void hex_encode(uint8_t *out, const uint8_t *in, size_t length);

// Write a byte for each of the `pairs` pairs of digits at `in`. Return how many were written: it stops at the
// first pair that is not two digits, as Node does. pre: `out` has room for `pairs` bytes, and `in` has
// 2*pairs.
size_t hex_decode(uint8_t *out, const uint8_t *in, size_t pairs);

// There is none for base64: the engines' own toBase64() and setFromBase64() are as fast. Where they are
// missing, loops do it.

// --- latin1.c

// Return whether none of the `length` bytes at `in` is above 127.
uint32_t latin1_is_ascii(const uint8_t *in, size_t length);

// Write the `length` bytes at `in` as UTF-16, two bytes each.
// pre: `out` has room for 2*length bytes and does not overlap `in`.
void latin1_widen(uint8_t *out, const uint8_t *in, size_t length);

// --- unicode.c

// Return whether the `length` bytes at `in` are valid UTF-8.
uint32_t unicode_is_utf8(const uint8_t *in, size_t length);

// --- search.c

// Return the first index i at which in[i] is `first` and in[i + distance] is `last`, or -1. A needle of
// distance + 1 bytes can lie there; the caller compares the bytes between, so the needle may lie in another
// memory. A needle of one byte has a distance of 0, and `first` and `last` are the same.
int32_t search_pair(const uint8_t *in, size_t length, uint32_t first, uint32_t last, size_t distance);

// Return the last such index, or -1.
int32_t search_last_pair(const uint8_t *in, size_t length, uint32_t first, uint32_t last, size_t distance);

// --- compare.c

// Return how many leading bytes of `a` and `b`, `length` bytes each, are equal.
size_t compare_prefix(const uint8_t *a, const uint8_t *b, size_t length);

// --- fill.c

// Repeat the first `period` of the `length` bytes at `out` over all of them. pre: period > 0
void fill_repeat(uint8_t *out, size_t period, size_t length);

// --- swap.c

// Reverse the bytes of each unit, in place.
// pre: `unit` is 2, 4 or 8, and `length` a multiple of it.
void swap_units(uint8_t *bytes, size_t unit, size_t length);

#endif
