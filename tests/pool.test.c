// The ledger against a naive model: an array of slabs, each with an owner for every byte. Random scripts of
// thousands of operations; pool_is_valid() after each.
//
// It cannot show: what engines do with memory. That is tested through js/.
#include <stdio.h>
#include <stdlib.h>

#include "pool.h"

#define CHECK(condition)                                                                                     \
  do {                                                                                                       \
    if (!(condition)) {                                                                                      \
      printf("%s:%d: not so: %s (seed %u)\n", __FILE__, __LINE__, #condition, script_seed);                  \
      exit(1);                                                                                               \
    }                                                                                                        \
  } while (0)

static uint32_t script_seed;
static uint32_t random_state;

static uint32_t draw(uint32_t below) { // mulberry32
  random_state += 0x6D2B79F5u;
  uint32_t t = (random_state ^ (random_state >> 15)) * (1u | random_state);
  t = (t + (t ^ (t >> 7)) * (61u | t)) ^ t;
  return (t ^ (t >> 14)) % below;
}

// --- literal: expectations written by hand

static void take_rows(void) {
  static const struct {
    double size;
    uint32_t pool_size;
    int32_t address;
  } rows[] = {
      {4, 64, 0},             // the first slice starts at the slab's base
      {4, 64, 8},             // and the next at a multiple of 8
      {8, 64, 16},            //
      {8.5, 64, 24},          // eight bytes, and half of one that nobody owns
      {0.5, 64, 32},          // no byte at all, on the pool
      {31, 64, POOL_FULL},    // 31 < 32, but 23 are left
      {32, 64, POOL_PRIVATE}, // half a slab is too large
      {7, 15, POOL_PRIVATE},  // half of 15 is 7
      {6, 15, 40},            //
      {15, 64, 48},           //
      {1, 64, POOL_FULL},     // full to the last byte
  };
  struct pool pool = {0};
  pool_open_region(&pool, POOL_PAGE);
  CHECK(pool_open_slab(&pool, 63) == 0);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    CHECK(pool_take(&pool, rows[i].size, rows[i].pool_size) == rows[i].address);
    CHECK(pool_is_valid(&pool));
  }
}

static void reserve_changes_nothing_and_commit_keeps_what_was_used(void) {
  struct pool pool = {0};
  pool_open_region(&pool, POOL_PAGE);
  CHECK(pool_open_slab(&pool, 8192) == 0);
  CHECK(pool_reserve(&pool, 400, 8192) == 0);
  CHECK(pool_reserve(&pool, 400, 8192) == 0);
  pool_commit(&pool, 100);
  CHECK(pool_reserve(&pool, 400, 8192) == 104);
  pool_commit(&pool, 0);
  CHECK(pool_reserve(&pool, 400, 8192) == 104);
  CHECK(pool_count(&pool, POOL_BYTES_HANDED_OUT) == 100);
  CHECK(pool_count(&pool, POOL_BYTES_LOST_TO_ALIGNMENT) == 4);
  CHECK(pool_is_valid(&pool));
}

static void alignment_rows(void) {
  static const struct {
    uint32_t alignment;
    int32_t address;
  } rows[] = {{1, 8}, {64, 64}, {2, 72}, {32, 96}, {128, POOL_PRIVATE}, {1u << 30, POOL_PRIVATE}, {64, 128}};
  struct pool pool = {0};
  pool_open_region(&pool, POOL_PAGE);
  CHECK(pool_open_slab(&pool, 8192) == 0);
  CHECK(pool_take(&pool, 3, 8192) == 0);
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    CHECK(pool_take_aligned(&pool, 3, 8192, rows[i].alignment) == rows[i].address);
    CHECK(pool_is_valid(&pool));
  }
}

static void the_fraction_of_a_slab_counts(void) {
  struct pool pool = {0};
  pool_open_region(&pool, POOL_PAGE);
  CHECK(pool_open_slab(&pool, 40.5) == 0);
  CHECK(pool_take(&pool, 8.5, 64) == 0);
  CHECK(pool_take(&pool, 24, 64) == 8);
  CHECK(pool_take(&pool, 8, 64) == 32); // 40.5 are used, of which 40 bytes exist
  CHECK(pool_take(&pool, 0.25, 64) == POOL_FULL);
  CHECK(pool_is_valid(&pool));
}

static void only_the_last_slice_can_be_taken_back(void) {
  struct pool pool = {0};
  pool_open_region(&pool, POOL_PAGE);
  CHECK(pool_open_slab(&pool, 8192) == 0);
  CHECK(pool_take(&pool, 10, 8192) == 0);
  CHECK(pool_take(&pool, 10, 8192) == 16);
  pool_undo(&pool, 0, 10);
  CHECK(pool_count(&pool, POOL_CURSOR) == 32);
  pool_undo(&pool, 16, 10);
  CHECK(pool_count(&pool, POOL_CURSOR) == 16);
  CHECK(pool_is_valid(&pool));
  pool_undo(&pool, 0, 10);
  CHECK(pool_count(&pool, POOL_CURSOR) == 16);
  CHECK(pool_count(&pool, POOL_BYTES_HANDED_OUT) == 10);
  CHECK(pool_is_valid(&pool));
}

static void regions_grow_with_what_is_live(void) {
  static const struct {
    uint32_t live;
    uint32_t slab_size;
    uint32_t region_size;
  } rows[] = {
      {0, 65536, 65536},
      {15, 65536, 65536},             // fewer than 16 live: a region each
      {16, 65536, 2 * 65536},         //
      {80, 8192, 10 * 65536},         // a slab smaller than a page takes a page
      {80, 65537, 10 * 131072},       //
      {100000, 65536, 32u << 20},     // never more than 32 MiB
      {100000, 20u << 20, 20u << 20}, // but for one slab
      {0, 64u << 20, 64u << 20},      //
      {0, INT32_MAX, 0},              // more than a region can be
      {0, UINT32_MAX, 0},             //
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    const struct pool pool = {.live_slabs = rows[i].live};
    CHECK(pool_next_region_size(&pool, rows[i].slab_size) == rows[i].region_size);
  }
}

static void a_refused_memory_is_asked_for_again_after_a_slab_of_private_bytes(void) {
  struct pool pool = {0};
  CHECK(pool_take(&pool, 100, 1000) == POOL_FULL);
  pool_refuse(&pool, 1000);
  for (int i = 0; i < 10; i++) {
    CHECK(pool_take(&pool, 100, 1000) == POOL_PRIVATE);
    pool_send_away(&pool, 100);
  }
  CHECK(pool_take(&pool, 100, 1000) == POOL_FULL);
  pool_refuse(&pool, 1000);
  CHECK(pool_take(&pool, 100, 1000) == POOL_PRIVATE);
  CHECK(pool_retire_region(&pool) == 0); // another source is tried at once
  CHECK(pool_take(&pool, 100, 1000) == POOL_FULL);
  CHECK(pool_count(&pool, POOL_REFUSED_MEMORIES) == 2);
  CHECK(pool_count(&pool, POOL_PRIVATE_ALLOCATIONS) == 10);
  CHECK(pool_is_valid(&pool));
}

static void slabs_of_one_region_lie_at_pages(void) {
  struct pool pool = {0};
  pool_open_region(&pool, 4 * POOL_PAGE);
  CHECK(pool_open_slab(&pool, 8192) == 0);
  CHECK(pool_open_slab(&pool, 65537) == 65536);
  CHECK(pool_open_slab(&pool, 65537) == POOL_FULL);
  CHECK(pool_count(&pool, POOL_SLAB_BASE) == 65536); // a slab that does not fit changes nothing
  CHECK(pool_open_slab(&pool, 65536) == 196608);
  CHECK(pool_open_slab(&pool, 1) == POOL_FULL);
  CHECK(pool_retire_region(&pool) == 3);
  CHECK(pool_is_valid(&pool));
  pool_region_died(&pool, 3);
  CHECK(pool_count(&pool, POOL_LIVE_SLABS) == 0);
  CHECK(pool_count(&pool, POOL_LIVE_REGIONS) == 0);
  CHECK(pool_is_valid(&pool));
}

// --- differential: the model knows each byte of the current region

#define MODEL_SLABS 200 // retired regions that the model can remember

struct model {
  uint8_t *owned; // one per byte of the current region
  uint32_t region_size, base, size, slabs;
  double next; // where the next slice may start, with the fraction that Node keeps
  uint32_t retired[MODEL_SLABS], retired_count;
  double handed_out;
};

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
  if (start + size > model->size) {
    return POOL_FULL;
  }
  const uint32_t address = model->base + (uint32_t)start;
  for (uint32_t i = 0; i < (uint32_t)size; i++) {
    CHECK(address + i < model->region_size);
    CHECK(!model->owned[address + i]); // no byte is handed out twice
    model->owned[address + i] = 1;
  }
  model->handed_out += (uint32_t)size;
  model->next = start + size;
  while ((uint32_t)model->next % 8 != 0) model->next = (uint32_t)model->next + 1;
  return (int32_t)address;
}

static void model_open_region(struct model *model, uint32_t region_size) {
  free(model->owned);
  model->owned = calloc(region_size, 1);
  CHECK(model->owned != NULL);
  model->region_size = region_size;
  model->slabs = 0;
  model->base = 0;
  model->size = 0;
}

static void open_next(struct pool *pool, struct model *model, uint32_t pool_size) {
  if (pool_open_slab(pool, pool_size) == POOL_FULL) {
    if (model->region_size > 0) {
      const uint32_t slabs = pool_retire_region(pool);
      CHECK(slabs == model->slabs);
      if (model->retired_count == MODEL_SLABS) {
        pool_region_died(pool, model->retired[--model->retired_count]);
      }
      model->retired[model->retired_count++] = slabs;
      CHECK(pool_is_valid(pool));
    }
    const uint32_t region_size = pool_next_region_size(pool, pool_size);
    CHECK(region_size >= pool_size);
    pool_open_region(pool, region_size);
    CHECK(pool_is_valid(pool));
    model_open_region(model, region_size);
    CHECK(pool_open_slab(pool, pool_size) == 0);
  } else {
    uint32_t base = model->base + model->size;
    while (base % 65536 != 0) base++;
    model->base = base;
  }
  model->size = pool_size;
  model->slabs++;
  model->next = 0;
  CHECK(pool_count(pool, POOL_SLAB_BASE) == model->base);
}

static double draw_size(const struct model *model, uint32_t pool_size) {
  const uint32_t half = pool_size / 2;
  const double left = model->next < model->size ? model->size - model->next : 0;
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
  script_seed = random_state = seed;
  struct pool pool = {0};
  struct model model = {0};
  uint32_t pool_size = pool_sizes[draw(7)];
  for (int step = 0; step < 4000; step++) {
    if (draw(200) == 0) pool_size = pool_sizes[draw(7)];
    if (draw(20) == 0 && model.retired_count > 0) {
      const uint32_t which = draw(model.retired_count);
      pool_region_died(&pool, model.retired[which]);
      model.retired[which] = model.retired[--model.retired_count];
      CHECK(pool_is_valid(&pool));
    }
    const double size = draw_size(&model, pool_size);
    const uint32_t alignment = draw(6) == 0 ? 1u << draw(9) : 0;
    const int32_t answer = alignment > 0 ? pool_take_aligned(&pool, size, pool_size, alignment)
                                         : pool_reserve(&pool, size, pool_size);
    const double used = alignment > 0 || draw(2) == 0 ? size : draw((uint32_t)size + 1);
    if (answer == POOL_FULL) {
      CHECK(model_take(&model, size, pool_size, alignment) == POOL_FULL);
      open_next(&pool, &model, pool_size);
    } else if (answer == POOL_PRIVATE) {
      CHECK(model_take(&model, size, pool_size, alignment) == POOL_PRIVATE);
      pool_send_away(&pool, size);
    } else {
      if (alignment == 0) pool_commit(&pool, used);
      const struct model before = model;
      CHECK(model_take(&model, used, pool_size, alignment) == answer);
      if (alignment == 0 && draw(10) == 0) {
        pool_undo(&pool, (uint32_t)answer, used);
        CHECK(model.owned != NULL);
        for (uint32_t i = 0; i < (uint32_t)used; i++) model.owned[(uint32_t)answer + i] = 0;
        model.next = before.next;
        model.handed_out = before.handed_out;
      }
    }
    CHECK(pool_is_valid(&pool));
    CHECK(pool_count(&pool, POOL_CURSOR) == model.next);
    CHECK(pool_count(&pool, POOL_BYTES_HANDED_OUT) == model.handed_out);
    CHECK(pool_count(&pool, POOL_LIVE_REGIONS) == model.retired_count + (model.region_size > 0));
    uint32_t live = model.slabs;
    for (uint32_t i = 0; i < model.retired_count; i++) live += model.retired[i];
    CHECK(pool_count(&pool, POOL_LIVE_SLABS) == live);
  }
  free(model.owned);
}

int main(int count, char **arguments) {
  take_rows();
  reserve_changes_nothing_and_commit_keeps_what_was_used();
  alignment_rows();
  the_fraction_of_a_slab_counts();
  only_the_last_slice_can_be_taken_back();
  regions_grow_with_what_is_live();
  a_refused_memory_is_asked_for_again_after_a_slab_of_private_bytes();
  slabs_of_one_region_lie_at_pages();
  const uint32_t first = count > 1 ? (uint32_t)strtoul(arguments[1], NULL, 10) : 1;
  for (uint32_t seed = first; seed < first + 25; seed++) {
    random_script(seed);
  }
  printf("pool: 8 literal tests, 25 random scripts from seed %u\n", first);
  return 0;
}
