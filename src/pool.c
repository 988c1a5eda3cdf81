#include "pool.h"
#include "export.h"

#include <stddef.h>

static uint32_t round_up(uint32_t value, uint32_t alignment) {
  return (value + alignment - 1) & ~(alignment - 1);
}

static double rest_of_slab(const struct pool *pool) {
  return pool->cursor < pool->slab_size ? pool->slab_size - pool->cursor : 0;
}

// Whether a slice comes from a slab at all: strictly smaller than half of one.
static bool is_pooled(double size, uint32_t pool_size) {
  return size < (double)(pool_size >> 1);
}

// Hand out `size` bytes at `start`, which lies at or behind the cursor's whole part.
static void advance(struct pool *pool, double start, double size) {
  const double end = start + size;
  const uint32_t whole = (uint32_t)end;
  pool->mark = pool->cursor;
  // A fraction survives on a multiple of 8: Node aligns with bit operators, which do not see it.
  pool->cursor = whole % POOL_ALIGN == 0 ? end : (double)round_up(whole, POOL_ALIGN);
  pool->bytes_handed_out += (uint32_t)size;
}

static int32_t find_room(const struct pool *pool, double start, double size, uint32_t pool_size) {
  if (!is_pooled(size, pool_size)) {
    return POOL_PRIVATE;
  }
  if (size > pool->slab_size - start) {
    return pool->debt > 0 ? POOL_PRIVATE : POOL_FULL;
  }
  return (int32_t)(pool->slab_base + start);
}

// Bytes of the slabs that no slice has, and that lie behind none's last one.
static double lost_to_alignment(const struct pool *pool) {
  return pool->slab_bytes - pool->bytes_handed_out - pool->bytes_lost_to_tails - rest_of_slab(pool);
}

static void close_slab(struct pool *pool) {
  pool->bytes_lost_to_tails += rest_of_slab(pool);
  pool->cursor = 0;
  pool->mark = -1;
  pool->slab_size = 0;
}

EXPORT(a)
int32_t pool_reserve(const struct pool *pool, double size, uint32_t pool_size) {
  return find_room(pool, pool->cursor, size, pool_size);
}

EXPORT(b)
void pool_commit(struct pool *pool, double used) {
  advance(pool, pool->cursor, used);
}

EXPORT(c)
FLATTENED
int32_t pool_take(struct pool *pool, double size, uint32_t pool_size) {
  const int32_t address = find_room(pool, pool->cursor, size, pool_size);
  if (address >= 0) {
    advance(pool, pool->cursor, size);
  }
  return address;
}

EXPORT(d)
int32_t pool_take_aligned(struct pool *pool, double size, uint32_t pool_size, uint32_t alignment) {
  if (alignment > POOL_ALIGN_MOST) {
    return POOL_PRIVATE;
  }
  const double start = (double)round_up((uint32_t)pool->cursor, alignment);
  const int32_t address = find_room(pool, start, size, pool_size);
  if (address >= 0) {
    advance(pool, start, size);
  }
  return address;
}

EXPORT(e)
void pool_undo(struct pool *pool, uint32_t address, double size) {
  if (pool->mark < 0 || address != (uint32_t)(pool->slab_base + pool->mark)) {
    return;
  }
  pool->cursor = pool->mark;
  pool->mark = -1;
  pool->bytes_handed_out -= (uint32_t)size;
}

EXPORT(f)
int32_t pool_open_slab(struct pool *pool, double slab_size) {
  const uint32_t end = (uint32_t)(pool->slab_base + pool->slab_size);
  const uint32_t base = pool->region_slabs == 0 ? 0 : round_up(end, POOL_PAGE);
  if (base > pool->region_size || (uint32_t)slab_size > pool->region_size - base) {
    return POOL_FULL;
  }
  close_slab(pool);
  pool->slab_base = base;
  pool->slab_size = slab_size;
  pool->slab_bytes += slab_size;
  pool->region_slabs++;
  pool->live_slabs++;
  pool->slabs_opened++;
  return (int32_t)base;
}

EXPORT(g)
uint32_t pool_next_region_size(const struct pool *pool, uint32_t slab_size) {
  if (slab_size > POOL_SLAB_MOST) {
    return 0;
  }
  const uint32_t stride = round_up(slab_size, POOL_PAGE);
  const uint32_t most = POOL_REGION_MOST / stride;
  const uint32_t wanted = (uint32_t)pool->live_slabs / 8;
  const uint32_t slabs = wanted < most ? wanted : most;
  return slabs > 1 ? slabs * stride : stride;
}

EXPORT(h)
void pool_open_region(struct pool *pool, uint32_t region_size) {
  pool->region_size = region_size;
  pool->live_regions++;
  pool->regions_opened++;
}

EXPORT(i)
uint32_t pool_retire_region(struct pool *pool) {
  const uint32_t slabs = pool->region_slabs;
  close_slab(pool);
  pool->slab_base = 0;
  pool->region_size = 0;
  pool->region_slabs = 0;
  pool->debt = 0;
  return slabs;
}

EXPORT(j)
void pool_region_died(struct pool *pool, uint32_t slabs) {
  pool->live_slabs -= slabs;
  pool->live_regions--;
  pool->regions_died++;
}

EXPORT(k)
void pool_refuse(struct pool *pool, uint32_t slab_size) {
  pool->refused_memories++;
  pool->debt = slab_size;
}

EXPORT(l)
void pool_send_away(struct pool *pool, double size) {
  pool->private_allocations++;
  pool->debt -= size < pool->debt ? size : pool->debt;
}

_Static_assert(offsetof(struct pool, private_allocations) == POOL_PRIVATE_ALLOCATIONS * sizeof(double),
               "struct pool begins with a double for each pool_counter");

EXPORT(m)
double pool_count(const struct pool *pool, uint32_t counter) {
  if (counter == POOL_SLAB_SIZE) {
    return (uint32_t)pool->slab_size; // as many bytes as there are: no fraction
  }
  if (counter == POOL_BYTES_LOST_TO_ALIGNMENT) {
    return lost_to_alignment(pool);
  }
  return ((const double *)pool)[counter];
}

bool pool_is_valid(const struct pool *pool) {
  const bool slab_fits = pool->region_slabs == 0
                             ? pool->slab_size == 0
                             : pool->slab_base + (uint32_t)pool->slab_size <= pool->region_size;
  const bool cursor_fits = pool->cursor == 0 ||
                           (pool->cursor > 0 && pool->cursor < pool->slab_size + POOL_ALIGN);
  const bool mark_fits = pool->mark < pool->cursor + 1;
  return slab_fits && (uint32_t)pool->slab_base % POOL_PAGE == 0 && cursor_fits && mark_fits &&
         lost_to_alignment(pool) >= 0 && pool->region_slabs <= pool->live_slabs &&
         pool->live_slabs <= pool->slabs_opened &&
         pool->live_regions == pool->regions_opened - pool->regions_died &&
         (pool->region_size == 0 || pool->live_regions > 0);
}
