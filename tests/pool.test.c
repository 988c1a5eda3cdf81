// The ledger, compared with a naive model: a slab with a mark for every byte that is handed out. Scripts are
// random, with thousands of operations. pool_is_valid() must hold after each.
//
// These tests cannot show what engines do with memory. The tests of js/ do that.
#include "pool.h"
#include "check.h"

// --- literal: expectations written by hand

static void take_rows(void) {
  static const struct {
    double size;
    uint32_t pool_size;
    int32_t address;
  } rows[] = {
      {4, 64, 0},             // the first slice starts at the slab's base
      {4, 64, 8},             // the next one starts at a multiple of 8
      {8, 64, 16},            //
      {8.5, 64, 24},          // eight bytes, and half a byte that nobody owns
      {0.5, 64, 32},          // less than one byte, on the pool
      {31, 64, POOL_FULL},    // 31 < 32, but 23 are left
      {32, 64, POOL_PRIVATE}, // half a slab is too large
      {7, 15, POOL_PRIVATE},  // half of 15 is 7
      {6, 15, 40},            //
      {15, 64, 48},           //
      {1, 64, POOL_FULL},     // full to the last byte
  };
  struct pool pool = {0};
  CHECK(pool_take(&pool, 0, 64) == POOL_FULL); // even no byte needs a slab
  pool_open_slab(&pool, 63, false);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    CHECK(pool_take(&pool, rows[i].size, rows[i].pool_size) == rows[i].address);
    CHECK(pool_is_valid(&pool));
  }
}

static void a_slice_that_is_made_shorter_gives_the_rest_to_the_next(void) {
  struct pool pool = {0};
  pool_open_slab(&pool, 8192, false);
  CHECK(pool_take(&pool, 400, 8192) == 0);
  pool_shrink(&pool, 0, 400, 100);
  CHECK(pool_take(&pool, 400, 8192) == 104);
  pool_shrink(&pool, 104, 400, 0);
  CHECK(pool_count(&pool, POOL_CURSOR) == 104);
  CHECK(pool_count(&pool, POOL_BYTES_HANDED_OUT) == 100);
  CHECK(pool_count(&pool, POOL_BYTES_LOST_TO_ALIGNMENT) == 4);
  CHECK(pool_is_valid(&pool));
}

// Each row takes two slices, and then tries to shrink one of them, or one that does not exist.
static void only_the_last_slice_can_be_made_shorter(void) {
  static const struct {
    double first, second; // sizes
    uint32_t address;
    double size;   // passed to pool_shrink()
    double cursor; // afterwards
  } rows[] = {
      {10, 10, 0, 10, 32},     // another slice was taken since
      {10, 10, 16, 10, 16},    // the last slice
      {10, 10, 16, 9, 32},     // no slice of this size
      {10, 10, 8, 10, 32},     // and none at this address
      {0.5, 8, 0, 0.5, 8.5},   // a slice with bytes has the same address: it keeps them
      {0.5, 0.5, 0, 0.5, 0.5}, // neither has a byte
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    struct pool pool = {0};
    pool_open_slab(&pool, 8192, false);
    CHECK(pool_take(&pool, rows[i].first, 8192) >= 0);
    CHECK(pool_take(&pool, rows[i].second, 8192) >= 0);
    pool_shrink(&pool, rows[i].address, rows[i].size, 0);
    CHECK(pool_count(&pool, POOL_CURSOR) == rows[i].cursor);
    CHECK(pool_is_valid(&pool));
    pool_shrink(&pool, rows[i].address, rows[i].size, 0); // a slice shrinks only once
    CHECK(pool_count(&pool, POOL_CURSOR) == rows[i].cursor);
  }
}

static void alignment_rows(void) {
  static const struct {
    uint32_t alignment;
    int32_t address;
  } rows[] = {{1, 8}, {64, 64}, {2, 72}, {32, 96}, {128, POOL_PRIVATE}, {1u << 30, POOL_PRIVATE}, {64, 128}};
  struct pool pool = {0};
  pool_open_slab(&pool, 8192, false);
  CHECK(pool_take(&pool, 3, 8192) == 0);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    CHECK(pool_take_aligned(&pool, 3, 8192, rows[i].alignment) == rows[i].address);
    CHECK(pool_is_valid(&pool));
  }
}

static void the_fraction_of_a_slab_counts(void) {
  struct pool pool = {0};
  pool_open_slab(&pool, 40.5, false);
  CHECK(pool_take(&pool, 8.5, 64) == 0);
  CHECK(pool_take(&pool, 24, 64) == 8);
  CHECK(pool_take(&pool, 8, 64) == 32); // 40.5 are used, of which 40 bytes exist
  CHECK(pool_take(&pool, 0.25, 64) == POOL_FULL);
  CHECK(pool_is_valid(&pool));
}

static void the_kind_of_the_next_slab(void) {
  static const struct {
    double slab_size;
    enum pool_source source;
    uint32_t few, live;
    bool is_linear;
  } rows[] = {
      {65536, POOL_AUTO, 8, 0, true},           //
      {65536, POOL_AUTO, 8, 7, true},           //
      {65536, POOL_AUTO, 8, 8, false},          // eight may be live, not nine
      {65536, POOL_AUTO, 0, 0, false},          // there are no memories
      {131072, POOL_AUTO, 8, 0, true},          //
      {8192, POOL_AUTO, 8, 0, false},           // not a whole page
      {65537, POOL_AUTO, 8, 0, false},          //
      {65536.5, POOL_AUTO, 8, 0, false},        //
      {8192, POOL_LINEAR, 8, 100, true},        // always
      {65536, POOL_HEAP, 8, 0, false},          // never
      {2147418112, POOL_LINEAR, 8, 0, true},    // the largest that addresses can reach
      {2147483648.0, POOL_LINEAR, 8, 0, false}, // beyond
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    const struct pool pool = {.linear_opened = rows[i].live + 3, .linear_died = 3};
    CHECK(pool_wants_linear(&pool, rows[i].slab_size, rows[i].source, rows[i].few) == rows[i].is_linear);
  }
}

static uint32_t slabs_until_linear(struct pool *pool) {
  uint32_t slabs = 0;
  for (; !pool_wants_linear(pool, 65536, POOL_LINEAR, 8); slabs++) {
    pool_open_slab(pool, 65536, false);
    CHECK(pool_is_valid(pool));
  }
  return slabs;
}

static void refusals_in_a_row_make_longer_pauses(void) {
  struct pool pool = {0};
  for (uint32_t pause = POOL_PAUSE_LEAST; pause <= POOL_PAUSE_MOST; pause *= 2) {
    pool_refuse(&pool);
    CHECK(slabs_until_linear(&pool) == pause);
  }
  pool_refuse(&pool);
  CHECK(slabs_until_linear(&pool) == POOL_PAUSE_MOST);
  pool_open_slab(&pool, 65536, true); // the engine gave a memory: the next pause is short again
  pool_refuse(&pool);
  pool_linear_slab_died(&pool); // a memory was freed: the next one may be tried at once
  CHECK(slabs_until_linear(&pool) == 0);
  pool_refuse(&pool);
  CHECK(slabs_until_linear(&pool) == 2 * POOL_PAUSE_LEAST);
  CHECK(pool_count(&pool, POOL_REFUSED_MEMORIES) == 10);
}

static void a_slab_beyond_all_addresses_is_used_as_far_as_they_reach(void) {
  struct pool pool = {0};
  pool_open_slab(&pool, 4295032832.0, false);
  CHECK(pool_count(&pool, POOL_SLAB_SIZE) == POOL_SLAB_MOST);
  CHECK(pool_take(&pool, 2147483000.0, UINT32_MAX) == 0);
  CHECK(pool_take(&pool, 648, UINT32_MAX) == POOL_FULL);
  CHECK(pool_take(&pool, 640, UINT32_MAX) == 2147483000);
  CHECK(pool_is_valid(&pool));
}

// --- differential: the model knows each byte of the current slab

struct model {
  uint8_t *owned; // one per byte of the current slab
  uint32_t size;
  double next; // where the next slice may start, with the fraction that Node keeps
  double handed_out, lost_to_tails;
  uint32_t slabs, linear, dead;
};

static double model_rest(const struct model *model) {
  return model->next < model->size ? model->size - model->next : 0;
}

static double model_aligned(double end) {
  while ((uint32_t)end % 8 != 0) end = (uint32_t)end + 1;
  return end;
}

// Place a slice the slow way: walk up from `next` until the address fits, then mark each byte.
static int32_t model_take(struct model *model, double size, uint32_t pool_size, uint32_t alignment) {
  const uint32_t half = pool_size / 2;
  if (size >= half || alignment > 64) {
    return POOL_PRIVATE;
  }
  double start = model->next;
  if (alignment > 0) {
    uint32_t whole = (uint32_t)start;
    while (whole % alignment != 0) whole++;
    start = whole;
  }
  if (model->size == 0 || start + size > model->size) {
    return POOL_FULL;
  }
  const uint32_t address = (uint32_t)start;
  for (uint32_t i = 0; i < (uint32_t)size; i++) {
    CHECK(address + i < model->size);
    CHECK(!model->owned[address + i]); // no byte is handed out twice
    model->owned[address + i] = 1;
  }
  model->handed_out += (uint32_t)size;
  model->next = model_aligned(start + size);
  return (int32_t)address;
}

static void model_shrink(struct model *model, double start, double size, double used) {
  for (uint32_t i = (uint32_t)used; i < (uint32_t)size; i++) model->owned[(uint32_t)start + i] = 0;
  model->handed_out -= (uint32_t)size - (uint32_t)used;
  model->next = model_aligned(start + used);
}

static void open_next(struct pool *pool, struct model *model, uint32_t pool_size) {
  const bool is_linear = pool_wants_linear(pool, pool_size, (enum pool_source)draw(3), 4);
  if (is_linear && draw(3) == 0) {
    pool_refuse(pool);
    CHECK(pool_is_valid(pool));
    CHECK(!pool_wants_linear(pool, pool_size, POOL_LINEAR, 4));
  }
  const bool is_given = is_linear && pool_wants_linear(pool, pool_size, POOL_LINEAR, 4);
  model->lost_to_tails += model_rest(model);
  free(model->owned);
  model->owned = calloc(pool_size, 1);
  CHECK(model->owned != NULL);
  model->size = pool_size;
  model->next = 0;
  model->slabs++;
  model->linear += is_given;
  pool_open_slab(pool, pool_size, is_given);
}

static double draw_size(const struct model *model, uint32_t pool_size) {
  const uint32_t half = pool_size / 2;
  const double left = model_rest(model);
  switch (draw(8)) {
  case 0:
    return draw(10);
  case 1:
    return (double)draw(3) + half - 1;
  case 2:
    return left + draw(3) - (left > 0 ? 1 : 0);
  case 3:
    return draw(64) + draw(4) / 4.0;
  default:
    return draw(pool_size / 4 + 1);
  }
}

static void random_script(uint32_t seed) {
  static const uint32_t pool_sizes[] = {65536, 8192, 100, 17, 65537, 4096, 131072};
  random_state = seed;
  (void)snprintf(checked_case, sizeof checked_case, "seed %u", seed);
  struct pool pool = {0};
  struct model model = {0};
  uint32_t pool_size = pool_sizes[draw(7)];
  for (int step = 0; step < 4000; step++) {
    if (draw(200) == 0) pool_size = pool_sizes[draw(7)];
    if (draw(20) == 0 && model.dead < model.linear) {
      pool_linear_slab_died(&pool);
      model.dead++;
    }
    const double size = draw_size(&model, pool_size);
    const uint32_t alignment = draw(6) == 0 ? 1u << draw(9) : 0;
    const double start = model.next;
    const int32_t answer = alignment > 0 ? pool_take_aligned(&pool, size, pool_size, alignment)
                                         : pool_take(&pool, size, pool_size);
    CHECK(pool_is_valid(&pool));
    CHECK(model_take(&model, size, pool_size, alignment) == answer);
    if (answer == POOL_FULL) {
      open_next(&pool, &model, pool_size);
    } else if (answer == POOL_PRIVATE) {
      pool_count_private(&pool);
    } else if (alignment == 0 && draw(2) == 0) {
      const double used = draw((uint32_t)size + 1);
      bool is_last = true;
      if (draw(3) == 0) { // code that runs in between may take a slice, too
        const double inner = 1 + draw(20);
        const int32_t address = pool_take(&pool, inner, pool_size);
        CHECK(model_take(&model, inner, pool_size, 0) == address);
        is_last = address < 0;
      }
      pool_shrink(&pool, (uint32_t)answer, size, used);
      if (is_last) model_shrink(&model, start, size, used);
    }
    CHECK(pool_is_valid(&pool));
    CHECK(pool_count(&pool, POOL_CURSOR) == model.next);
    CHECK(pool_count(&pool, POOL_BYTES_HANDED_OUT) == model.handed_out);
    CHECK(pool_count(&pool, POOL_BYTES_LOST_TO_TAILS) == model.lost_to_tails);
    CHECK(pool_count(&pool, POOL_SLABS_OPENED) == model.slabs);
    CHECK(pool_count(&pool, POOL_LINEAR_OPENED) == model.linear);
    CHECK(pool_count(&pool, POOL_LINEAR_DIED) == model.dead);
  }
  free(model.owned);
}

int main(int count, char **arguments) {
  take_rows();
  a_slice_that_is_made_shorter_gives_the_rest_to_the_next();
  only_the_last_slice_can_be_made_shorter();
  alignment_rows();
  the_fraction_of_a_slab_counts();
  the_kind_of_the_next_slab();
  refusals_in_a_row_make_longer_pauses();
  a_slab_beyond_all_addresses_is_used_as_far_as_they_reach();
  const uint32_t first = count > 1 ? (uint32_t)strtoul(arguments[1], NULL, 10) : 1;
  for (uint32_t seed = first; seed < first + 25; seed++) {
    random_script(seed);
  }
  printf("pool: 8 literal tests, 25 random scripts from seed %u\n", first);
  return 0;
}
