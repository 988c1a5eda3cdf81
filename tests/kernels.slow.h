// kernels.slow.h: the plain references that tests compare the kernels with, and their operands.

#ifndef PAGEBUF_KERNELS_SLOW_H
#define PAGEBUF_KERNELS_SLOW_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// A heap block whose last `length` bytes start at `alignment` from its start, and end where it ends.
struct block {
  uint8_t *memory;
  uint8_t *bytes;
};

static struct block make_block(size_t length, size_t alignment) {
  struct block block = {malloc(length + alignment == 0 ? 1 : length + alignment), NULL};
  if (block.memory == NULL) abort();
  block.bytes = block.memory + alignment;
  return block;
}

static struct block copy_block(const uint8_t *bytes, size_t length, size_t alignment) {
  const struct block block = make_block(length, alignment);
  for (size_t i = 0; i < length; i++) block.bytes[i] = bytes[i];
  return block;
}

static int same(const uint8_t *a, const uint8_t *b, size_t length) {
  return length == 0 || memcmp(a, b, length) == 0;
}

static const uint8_t hex_digits[] = "0123456789abcdef";

static int position_in(const char *alphabet, uint8_t character) {
  const char *found = character == 0 ? NULL : strchr(alphabet, character);
  return found == NULL ? -1 : (int)(found - alphabet);
}

static int hex_value(uint8_t character) {
  const int value = position_in("0123456789abcdefABCDEF", character);
  return value < 16 ? value : value - 6;
}

static uint32_t is_utf8_slowly(const uint8_t *in, size_t length) {
  for (size_t i = 0; i < length;) {
    size_t size = 1;
    uint32_t point = in[i];
    if (point >= 0x80) {
      if (point >= 0xf0 && point < 0xf8)
        size = 4, point &= 7;
      else if (point >= 0xe0 && point < 0xf0)
        size = 3, point &= 15;
      else if (point >= 0xc0 && point < 0xe0)
        size = 2, point &= 31;
      else
        return 0;
      for (size_t j = 1; j < size; j++) {
        if (i + j >= length || in[i + j] >> 6 != 2) return 0;
        point = point << 6 | (in[i + j] & 63);
      }
      static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
      if (point < least[size] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return 0;
    }
    i += size;
  }
  return 1;
}

static int32_t find_slowly(const uint8_t *in, size_t length, uint8_t first, uint8_t last, size_t distance,
                           int from_end) {
  int32_t found = -1;
  for (size_t i = 0; i + distance < length; i++) {
    if (in[i] == first && in[i + distance] == last && (from_end || found < 0)) found = (int32_t)i;
  }
  return found;
}

#endif
