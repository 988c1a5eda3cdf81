// The kernels, compared with plain references: every length from 0 to 200 at every alignment from 0 to 15,
// and random long inputs. Each input is a heap block of exactly its size, so that the sanitizer finds an
// access of one byte too many.
//
// In the native build, vectors are loops over lanes (vector.h), and the sanitizer checks every byte.
#include "kernels.h"
#include "check.h"
#include "kernels.slow.h"

static uint32_t first_seed = 1;

static struct block random_block(size_t length, size_t alignment, uint32_t values) {
  const struct block block = make_block(length, alignment);
  for (size_t i = 0; i < length; i++) block.bytes[i] = (uint8_t)draw(values);
  return block;
}

// --- literal

static void literal_rows(void) {
  static const struct {
    const char *bytes;
    const char *hex;
  } rows[] = {
      {"", ""},
      {"f", "66"},
      {"\xff\xef\xbe", "ffefbe"},
      {"the quick brown fox jumps over a lazy dog",
       "74686520717569636b2062726f776e20666f78206a756d7073206f7665722061206c617a7920646f67"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    uint8_t out[128];
    const uint8_t *bytes = (const uint8_t *)rows[i].bytes;
    const size_t length = strlen(rows[i].bytes);
    (void)snprintf(checked_case, sizeof checked_case, "row %zu", i);
    hex_encode(out, bytes, length);
    CHECK(same(out, (const uint8_t *)rows[i].hex, 2 * length));
    CHECK(hex_decode(out, (const uint8_t *)rows[i].hex, length) == length);
    CHECK(same(out, bytes, length));
  }
  static const struct {
    const char *text;
    uint32_t is_valid;
  } texts[] = {
      {"", 1},
      {"plain", 1},
      {"h\xc3\xa9llo", 1},
      {"\xe2\x82\xac", 1},
      {"\xf0\x9f\x98\x80", 1},
      {"\xc3", 0},
      {"\xc0\x80", 0},
      {"\xe0\x9f\xbf", 0},
      {"\xed\xa0\x80", 0},
      {"\xed\x9f\xbf", 1},
      {"\xf4\x90\x80\x80", 0},
      {"\xf4\x8f\xbf\xbf", 1},
      {"\xf0\x8f\xbf\xbf", 0},
      {"\x80", 0},
      {"\xf8\x88\x80\x80\x80", 0},
      {"\xe2\x82", 0},
  };
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    for (size_t before = 0; before < 150; before++) { // at every position in a vector, and in 64 bytes
      uint8_t in[230];
      const size_t length = strlen(texts[i].text);
      (void)snprintf(checked_case, sizeof checked_case, "text %zu behind %zu bytes", i, before);
      memset(in, 'a', sizeof in);
      memcpy(in + before, texts[i].text, length);
      CHECK(unicode_is_utf8(in, before + length) == texts[i].is_valid);
      CHECK(unicode_is_utf8(in, sizeof in) == texts[i].is_valid);
    }
  }
}

// --- differential

// Sequences of four bytes with values at the limits of UTF-8: within a vector, across two, and after ASCII.
static void every_sequence_of_limits(void) {
  static const uint8_t limits[] = {0,    0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf,
                                   0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff};
  const size_t count = sizeof limits;
  uint8_t in[72] = {0};
  (void)snprintf(checked_case, sizeof checked_case, "sequences of limits");
  for (size_t i = 0; i < count * count * count * count; i++) {
    const size_t at = 48 + i % 21;
    in[at] = limits[i % count];
    in[at + 1] = limits[i / count % count];
    in[at + 2] = limits[i / count / count % count];
    in[at + 3] = limits[i / count / count / count];
    CHECK(unicode_is_utf8(in, sizeof in) == is_utf8_slowly(in + at, sizeof in - at));
    for (size_t j = at; j < at + 4; j++) in[j] = 0;
  }
}

static void check_hex(size_t length, size_t alignment) {
  const struct block in = random_block(length, alignment, 256);
  const struct block out = make_block(2 * length, 15 - alignment);
  hex_encode(out.bytes, in.bytes, length);
  for (size_t i = 0; i < length; i++) {
    CHECK(out.bytes[2 * i] == hex_digits[in.bytes[i] >> 4] &&
          out.bytes[2 * i + 1] == hex_digits[in.bytes[i] & 15]);
  }
  const struct block back = make_block(length, alignment);
  if (length > 0 && draw(2) == 0) out.bytes[draw((uint32_t)(2 * length))] = (uint8_t)draw(256);
  for (size_t i = 0; i < 2 * length; i++) {
    if (draw(4) == 0 && out.bytes[i] >= 'a' && out.bytes[i] <= 'f')
      out.bytes[i] = (uint8_t)(out.bytes[i] - 32);
  }
  size_t pairs = 0;
  while (pairs < length && hex_value(out.bytes[2 * pairs]) >= 0 && hex_value(out.bytes[2 * pairs + 1]) >= 0)
    pairs++;
  CHECK(hex_decode(back.bytes, out.bytes, length) == pairs);
  for (size_t i = 0; i < pairs; i++) {
    CHECK(back.bytes[i] == hex_value(out.bytes[2 * i]) * 16 + hex_value(out.bytes[2 * i + 1]));
  }
  free(in.memory), free(out.memory), free(back.memory);
}

static void check_latin1(size_t length, size_t alignment) {
  const struct block in = random_block(length, alignment, 128);
  CHECK(latin1_is_ascii(in.bytes, length) == 1);
  const struct block out = make_block(2 * length, 15 - alignment);
  if (length > 0) {
    in.bytes[draw((uint32_t)length)] = (uint8_t)(128 + draw(128));
    CHECK(latin1_is_ascii(in.bytes, length) == 0);
  }
  latin1_widen(out.bytes, in.bytes, length);
  for (size_t i = 0; i < length; i++) CHECK(out.bytes[2 * i] == in.bytes[i] && out.bytes[2 * i + 1] == 0);
  free(in.memory), free(out.memory);
}

static void check_unicode(size_t length, size_t alignment) {
  // Text with characters of 1 to 4 bytes, cut at random, sometimes with one byte changed.
  const struct block in = make_block(length, alignment);
  const uint32_t points[] = {0x80, 0x800, 0x10000, 0x110000};
  for (size_t i = 0; i < length;) {
    uint32_t point = draw(points[draw(4)]);
    if (point >= 0xd800 && point < 0xe000 && draw(50) != 0) point = 'a';
    uint8_t bytes[4];
    size_t size = 1;
    bytes[0] = (uint8_t)point;
    if (point >= 0x80) {
      size = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      bytes[0] = (uint8_t)((0xf00 >> size & 0xff) | point >> (6 * (size - 1)));
      for (size_t j = 1; j < size; j++) bytes[j] = (uint8_t)(0x80 | (point >> (6 * (size - 1 - j)) & 63));
    }
    for (size_t j = 0; j < size && i < length; j++) in.bytes[i++] = bytes[j];
  }
  if (length > 0 && draw(3) == 0) in.bytes[draw((uint32_t)length)] = (uint8_t)draw(256);
  CHECK(unicode_is_utf8(in.bytes, length) == is_utf8_slowly(in.bytes, length));
  free(in.memory);
}

static void check_search(size_t length, size_t alignment) {
  const struct block in = random_block(length, alignment, 3);
  const uint8_t byte = (uint8_t)(draw(2) == 0 ? 0 : 200);
  if (byte != 0 && length > 0) in.bytes[draw((uint32_t)length)] = byte;
  CHECK(search_pair(in.bytes, length, byte, byte, 0) == find_slowly(in.bytes, length, byte, byte, 0, 0));
  CHECK(search_last_pair(in.bytes, length, byte, byte, 0) == find_slowly(in.bytes, length, byte, byte, 0, 1));
  CHECK(search_pair(in.bytes, length, 99, 99, 0) == -1 &&
        search_last_pair(in.bytes, length, 99, 99, 0) == -1);
  for (int round = 0; round < 4; round++) {
    const size_t distance = draw(draw(2) == 0 ? 4 : (uint32_t)length + 20);
    const uint8_t last = (uint8_t)draw(4);
    CHECK(search_pair(in.bytes, length, byte, last, distance) ==
          find_slowly(in.bytes, length, byte, last, distance, 0));
    CHECK(search_last_pair(in.bytes, length, byte, last, distance) ==
          find_slowly(in.bytes, length, byte, last, distance, 1));
  }
  free(in.memory);
}

static void check_compare(size_t length, size_t alignment) {
  const struct block a = random_block(length, alignment, 256);
  const struct block b = copy_block(a.bytes, length, 15 - alignment);
  CHECK(compare_prefix(a.bytes, b.bytes, length) == length);
  if (length > 0) {
    const size_t at = draw((uint32_t)length);
    b.bytes[at] ^= (uint8_t)(1u << draw(8));
    if (draw(2) == 0) b.bytes[length - 1] = (uint8_t)~a.bytes[length - 1];
    CHECK(compare_prefix(a.bytes, b.bytes, length) == at);
  }
  free(a.memory), free(b.memory);
}

static void check_fill(size_t length, size_t alignment) {
  const size_t period = 1 + draw(draw(2) == 0 ? 20 : 300);
  const struct block pattern = random_block(period, alignment, 256);
  const struct block out = make_block(length, alignment);
  for (size_t i = 0; i < length; i++) out.bytes[i] = i < period ? pattern.bytes[i] : 0;
  fill_repeat(out.bytes, period, length);
  for (size_t i = 0; i < length; i++) CHECK(out.bytes[i] == pattern.bytes[i % period]);
  free(pattern.memory), free(out.memory);
}

static void check_swap(size_t length, size_t alignment) {
  for (size_t unit = 2; unit <= 8; unit *= 2) {
    const size_t whole = length / unit * unit;
    const struct block in = random_block(whole, alignment, 256);
    const struct block out = copy_block(in.bytes, whole, alignment);
    swap_units(out.bytes, unit, whole);
    for (size_t j = 0; j < whole; j++) CHECK(out.bytes[j] == in.bytes[j / unit * unit + unit - 1 - j % unit]);
    free(in.memory), free(out.memory);
  }
}

static void check_all(size_t length, size_t alignment) {
  (void)snprintf(checked_case, sizeof checked_case, "length %zu, alignment %zu, seed %u", length, alignment,
                 first_seed);
  check_hex(length, alignment);
  check_latin1(length, alignment);
  check_unicode(length, alignment);
  check_search(length, alignment);
  check_compare(length, alignment);
  check_fill(length, alignment);
  check_swap(length, alignment);
}

int main(int count, char **arguments) {
  literal_rows();
  every_sequence_of_limits();
  first_seed = count > 1 ? (uint32_t)strtoul(arguments[1], NULL, 10) : 1;
  random_state = first_seed;
  for (size_t length = 0; length <= 200; length++) {
    for (size_t alignment = 0; alignment < 16; alignment++) {
      for (int round = 0; round < 3; round++) check_all(length, alignment);
    }
  }
  for (int round = 0; round < 200; round++) check_all(draw(20000), draw(16));
  printf("kernels: every length to 200 at every alignment, 200 long inputs, from seed %u\n", first_seed);
  return 0;
}
