// The kernels under libFuzzer, compared with plain references. Each operand is a heap block of exactly its
// size, so that the sanitizer finds an access of one byte too many.
//
// The first eight bytes of an input choose the kernel, the alignments and the numbers. The rest is the
// operand.
#include "kernels.h"
#include "check.h"
#include "kernels.slow.h"

static void check_hex_encode(const uint8_t *in, size_t length, size_t alignment) {
  const struct block out = make_block(2 * length, alignment);
  hex_encode(out.bytes, in, length);
  for (size_t i = 0; i < length; i++) {
    CHECK(out.bytes[2 * i] == hex_digits[in[i] >> 4] && out.bytes[2 * i + 1] == hex_digits[in[i] & 15]);
  }
  free(out.memory);
}

static void check_hex_decode(const uint8_t *in, size_t length, size_t alignment) {
  const size_t pairs = length / 2;
  const struct block out = make_block(pairs, alignment);
  size_t expected = 0;
  while (expected < pairs && hex_value(in[2 * expected]) >= 0 && hex_value(in[2 * expected + 1]) >= 0)
    expected++;
  CHECK(hex_decode(out.bytes, in, pairs) == expected);
  for (size_t i = 0; i < expected; i++)
    CHECK(out.bytes[i] == hex_value(in[2 * i]) * 16 + hex_value(in[2 * i + 1]));
  free(out.memory);
}

static void check_latin1(const uint8_t *in, size_t length, size_t alignment) {
  uint32_t is_ascii = 1;
  for (size_t i = 0; i < length; i++) is_ascii &= in[i] < 0x80;
  CHECK(latin1_is_ascii(in, length) == is_ascii);
  const struct block out = make_block(2 * length, alignment);
  latin1_widen(out.bytes, in, length);
  for (size_t i = 0; i < length; i++) CHECK(out.bytes[2 * i] == in[i] && out.bytes[2 * i + 1] == 0);
  free(out.memory);
}

static void check_search(const uint8_t *in, size_t length, uint8_t first, uint8_t last, size_t distance) {
  if (distance == 0) last = first;
  CHECK(search_pair(in, length, first, last, distance) == find_slowly(in, length, first, last, distance, 0));
  CHECK(search_last_pair(in, length, first, last, distance) ==
        find_slowly(in, length, first, last, distance, 1));
}

// The second operand is a copy of the first one, with at most one byte changed.
static void check_compare(const uint8_t *in, size_t length, size_t alignment, size_t at, uint8_t change) {
  const struct block other = copy_block(in, length, alignment);
  if (at < length) other.bytes[at] ^= change;
  CHECK(compare_prefix(in, other.bytes, length) == (at < length && change != 0 ? at : length));
  free(other.memory);
}

static void check_fill(const uint8_t *in, size_t length, size_t alignment, size_t period) {
  const struct block out = copy_block(in, length, alignment);
  fill_repeat(out.bytes, period, length);
  for (size_t i = 0; i < length; i++) CHECK(out.bytes[i] == in[i % period]);
  free(out.memory);
}

static void check_swap(const uint8_t *in, size_t length, size_t alignment, size_t unit) {
  const size_t whole = length / unit * unit;
  const struct block out = copy_block(in, whole, alignment);
  swap_units(out.bytes, unit, whole);
  for (size_t i = 0; i < whole; i++) CHECK(out.bytes[i] == in[i / unit * unit + unit - 1 - i % unit]);
  swap_units(out.bytes, unit, whole);
  CHECK(same(out.bytes, in, whole));
  free(out.memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 8) return 0;
  const size_t length = size - 8;
  const size_t alignment = data[1] % 16;
  const size_t other = data[2] % 16;
  const size_t number = data[3] | (size_t)data[4] << 8;
  const struct block in = copy_block(data + 8, length, alignment);
  switch (data[0] % 8) {
  case 0:
    check_hex_encode(in.bytes, length, other);
    break;
  case 1:
    check_hex_decode(in.bytes, length, other);
    break;
  case 2:
    check_latin1(in.bytes, length, other);
    break;
  case 3:
    CHECK(unicode_is_utf8(in.bytes, length) == is_utf8_slowly(in.bytes, length));
    break;
  case 4:
    check_search(in.bytes, length, data[5], data[6], number);
    break;
  case 5:
    check_compare(in.bytes, length, other, number, data[5]);
    break;
  case 6:
    check_fill(in.bytes, length, other, number + 1);
    break;
  default:
    check_swap(in.bytes, length, other, (size_t)2 << data[5] % 3);
  }
  CHECK(same(in.bytes, data + 8, length)); // kernels do not change their inputs
  free(in.memory);
  return 0;
}
