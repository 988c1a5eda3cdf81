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

// Put the cursor behind a slice that ends at `end`.
static void move_cursor(struct pool *pool, double end) {
  const uint32_t whole = (uint32_t)end;
  // A fraction survives on a multiple of 8: Node aligns with bit operators, which do not see it.
  pool->cursor = whole % POOL_ALIGN == 0 ? end : (double)round_up(whole, POOL_ALIGN);
}

// Hand out `size` bytes at `start`, which lies at or behind the cursor's whole part.
static int32_t take_at(struct pool *pool, double start, double size, uint32_t pool_size) {
  if (!is_pooled(size, pool_size)) {
    return POOL_PRIVATE;
  }
  if (pool->slab_size == 0 || size > pool->slab_size - start) { // a slice of 0 bytes needs a slab, too
    return POOL_FULL;
  }
  pool->mark = start;
  pool->mark_size = size;
  pool->bytes_handed_out += (uint32_t)size;
  move_cursor(pool, start + size);
  return (int32_t)start;
}

// Bytes between slices: those of all slabs that no slice has, without the tails and the rest.
static double lost_to_alignment(const struct pool *pool) {
  return pool->slab_bytes - pool->bytes_handed_out - pool->bytes_lost_to_tails - rest_of_slab(pool);
}

// Flattened, because Firefox does not inline the calls in it.
EXPORT __attribute__((flatten)) int32_t pool_take(struct pool *pool, double size, uint32_t pool_size) {
  return take_at(pool, pool->cursor, size, pool_size);
}

EXPORT
int32_t pool_take_aligned(struct pool *pool, double size, uint32_t pool_size, uint32_t alignment) {
  if (alignment > POOL_ALIGN_MOST) {
    return POOL_PRIVATE;
  }
  return take_at(pool, (double)round_up((uint32_t)pool->cursor, alignment), size, pool_size);
}

EXPORT
void pool_shrink(struct pool *pool, uint32_t address, double size, double used) {
  if (pool->mark < 0 || address != (uint32_t)pool->mark || size != pool->mark_size) {
    return;
  }
  pool->bytes_handed_out -= (uint32_t)size - (uint32_t)used;
  move_cursor(pool, pool->mark + used);
  pool->mark = -1;
}

EXPORT
bool pool_wants_linear(const struct pool *pool, double slab_size, enum pool_source source, uint32_t few) {
  if (source == POOL_HEAP || pool->pause > 0 || slab_size > POOL_SLAB_MOST) {
    return false;
  }
  const uint32_t whole = (uint32_t)slab_size;
  const bool is_pages = whole == slab_size && whole % POOL_PAGE == 0;
  return source == POOL_LINEAR || (is_pages && pool->linear_opened - pool->linear_died < few);
}

EXPORT
void pool_retire_slab(struct pool *pool) {
  pool->bytes_lost_to_tails += rest_of_slab(pool);
  pool->cursor = 0;
  pool->mark = -1;
  pool->slab_size = 0;
}

EXPORT
void pool_open_slab(struct pool *pool, double slab_size, bool is_linear) {
  pool_retire_slab(pool);
  pool->slab_size = slab_size < POOL_SLAB_MOST ? slab_size : POOL_SLAB_MOST;
  pool->slab_bytes += pool->slab_size;
  pool->slabs_opened++;
  if (is_linear) {
    pool->linear_opened++;
    pool->pause = 0;
    pool->pause_next = 0;
  } else if (pool->pause > 0) {
    pool->pause--;
  }
}

EXPORT
void pool_linear_slab_died(struct pool *pool) {
  pool->linear_died++;
  pool->pause = 0;
}

EXPORT
void pool_refuse(struct pool *pool) {
  pool->refused_memories++;
  pool->pause = pool->pause_next > 0 ? pool->pause_next : POOL_PAUSE_LEAST;
  pool->pause_next = pool->pause < POOL_PAUSE_MOST ? pool->pause * 2 : POOL_PAUSE_MOST;
}

EXPORT
void pool_count_private(struct pool *pool) {
  pool->private_allocations++;
}

_Static_assert(sizeof(struct pool) <= 192, "tools/embed.js gives it the bytes from 64 to 256");

_Static_assert(offsetof(struct pool, private_allocations) == POOL_PRIVATE_ALLOCATIONS * sizeof(double),
               "struct pool begins with a double for each pool_counter");

EXPORT
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
  const bool cursor_fits = pool->cursor == 0 ||
                           (pool->cursor > 0 && pool->cursor < pool->slab_size + POOL_ALIGN);
  const bool mark_fits = pool->mark < pool->cursor + 1;
  const bool pause_fits = pool->pause == 0 ||
                          (pool->pause <= pool->pause_next && pool->pause_next <= POOL_PAUSE_MOST);
  return cursor_fits && mark_fits && pause_fits && lost_to_alignment(pool) >= 0 &&
         pool->linear_died <= pool->linear_opened && pool->linear_opened <= pool->slabs_opened;
}
