// The ledger under libFuzzer. An input is a script of calls, of four bytes each. After every call the
// invariants hold, and no two live slices share a byte, even after some of them were shrunk.
#include "pool.h"
#include "check.h"

#define SLICES 200

struct slice {
  uint32_t address;
  double taken; // size passed to pool_take(); -1 after the slice was shrunk, which happens once
  double kept;  // bytes of it that are live
};

struct script {
  struct pool pool;
  double slab_size;
  struct slice slices[SLICES]; // on the current slab
  size_t count;
};

static void forget_slices(struct script *script, double slab_size) {
  script->count = 0;
  script->slab_size = slab_size;
}

static void keep_slice(struct script *script, int32_t address, double size) {
  if (address < 0) {
    CHECK(address == POOL_PRIVATE || address == POOL_FULL);
    return;
  }
  const uint32_t start = (uint32_t)address;
  const uint32_t end = start + (uint32_t)size;
  CHECK(end <= script->slab_size);
  for (size_t i = 0; i < script->count; i++) {
    const struct slice *other = &script->slices[i];
    CHECK(end <= other->address || other->address + (uint32_t)other->kept <= start || end == start ||
          (uint32_t)other->kept == 0);
  }
  if (script->count < SLICES) script->slices[script->count++] = (struct slice){start, size, size};
}

static void open_slab(struct script *script, uint32_t pool_size, uint32_t source) {
  const bool is_linear = pool_wants_linear(&script->pool, pool_size, (enum pool_source)(source % 3), 4);
  if (is_linear && source >= 200) pool_refuse(&script->pool);
  pool_open_slab(&script->pool, pool_size, is_linear && source < 200);
  forget_slices(script, pool_size);
}

// Sizes are at the limits: half a slab, the bytes that are left, none, and with fractions.
static double size_of(const struct script *script, uint32_t pool_size, uint8_t how, uint8_t what) {
  const double left = script->slab_size - script->pool.cursor;
  switch (how % 6) {
  case 0:
    return what;
  case 1:
    return what / 4.0;
  case 2:
    return (pool_size >> 1) + (what % 8) - (double)(pool_size > 16 ? 4 : 0);
  case 3:
    return left > 4 ? left - 4 + what % 8 : what % 8;
  default:
    return what * (pool_size / 512.0);
  }
}

static void step(struct script *script, const uint8_t *data) {
  static const uint32_t pool_sizes[] = {65536, 8192, 100, 17, 65537, 131072, 4096, 1};
  const uint32_t pool_size = pool_sizes[data[1] % 8];
  const double size = size_of(script, pool_size, data[2], data[3]);
  switch (data[0] % 8) {
  case 0:
  case 1:
  case 2:
    keep_slice(script, pool_take(&script->pool, size, pool_size), size);
    break;
  case 3:
    keep_slice(script, pool_take_aligned(&script->pool, size, pool_size, 1u << data[0] / 8 % 9), size);
    break;
  case 4:
  case 5: // an earlier slice as often as the last one
    if (script->count > 0) {
      struct slice *slice =
          &script->slices[script->count - 1 - (data[0] % 8 == 4 ? 0 : data[1] % script->count)];
      if (slice->taken >= 0) {
        slice->kept = (uint32_t)(slice->taken * data[3] / 255);
        pool_shrink(&script->pool, slice->address, slice->taken, slice->kept);
        slice->taken = -1;
      }
    }
    break;
  case 6:
    open_slab(script, pool_size, data[2]);
    break;
  default:
    if (data[1] % 4 == 0) {
      pool_retire_slab(&script->pool);
      forget_slices(script, 0);
    } else if (data[1] % 4 == 1 &&
               pool_count(&script->pool, POOL_LINEAR_DIED) < pool_count(&script->pool, POOL_LINEAR_OPENED)) {
      pool_linear_slab_died(&script->pool);
    } else {
      pool_count_private(&script->pool);
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  struct script script = {0};
  for (size_t at = 0; at + 4 <= size; at += 4) {
    step(&script, data + at);
    CHECK(pool_is_valid(&script.pool));
    for (uint32_t counter = POOL_CURSOR; counter <= POOL_PRIVATE_ALLOCATIONS; counter++) {
      CHECK(pool_count(&script.pool, counter) >= 0);
    }
  }
  return 0;
}
