// pool.h: the ledger behind Buffer.allocUnsafe().
//
// Owns        the arithmetic of the pool and no memory: where the next slice starts, when a slab is
//             full, how large the next region is, what is live, what was lost. The caller owns the
//             regions and makes the views; the state itself lies where the caller put it.
// Words       slice: one Buffer's bytes. slab: `Buffer.poolSize` bytes, filled from its base by a
//             cursor. region: one block of memory that holds slabs side by side, each at a page.
// Assumes     one thread. A slab and a region are smaller than 2 GiB, so that an address fits in 31 bits.
// Fractions   sizes are doubles, because Node's are: allocUnsafe(8.5) hands out 8 bytes and moves the
//             cursor by 8.5, and of a slab of 16384.5 bytes the half counts when it is asked what fits.
//             Whole numbers below 2**53 are exact.
// Start       a zeroed struct pool is an empty ledger: no region, no slab, nothing counted.
// Check       pool_is_valid() tests the invariants of struct pool; tests call it after every step.

#ifndef PAGEBUF_POOL_H
#define PAGEBUF_POOL_H

#include <stdbool.h>
#include <stdint.h>

#define POOL_ALIGN 8u                          // slices start at multiples of it, as in Node
#define POOL_ALIGN_MOST 64u                    // the strictest alignment that a slab serves, as in Node
#define POOL_PAGE 65536u                       // slabs of a region start at multiples of it: a wasm page
#define POOL_REGION_MOST (32u << 20)           // bytes of a region that holds more than one slab
#define POOL_SLAB_MOST (INT32_MAX - POOL_PAGE) // bytes

#define POOL_PRIVATE (-1) // not for the pool: the slice gets memory of its own
#define POOL_FULL (-2)    // does not fit: open a slab, or a region, and ask again

// Invariants  1. region_slabs == 0 ? slab_size == 0 : slab_base + slab_size <= region_size
//             2. slab_base % POOL_PAGE == 0
//             3. 0 <= cursor < slab_size + POOL_ALIGN, or cursor == 0
//             4. mark < cursor + 1: an aligned slice drops the cursor's fraction
//             5. slab_bytes >= bytes_handed_out + bytes_lost_to_tails + rest, where rest ==
//                max(0, slab_size - cursor): the difference is what was lost to alignment
//             6. region_slabs <= live_slabs <= slabs_opened
//             7. live_regions == regions_opened - regions_died, and region_size == 0 or live_regions > 0
struct pool {
  // What pool_count() answers, in the order of enum pool_counter.
  double cursor;      // bytes of the slab that are handed out or skipped
  double slab_base;   // bytes from the region's start to the current slab
  double slab_size;   // bytes of the current slab; 0: there is none
  double region_size; // bytes of the current region; 0: there is none
  double live_slabs;  // slabs opened in regions that are not known to be dead
  double live_regions;
  double slabs_opened;
  double regions_opened;
  double regions_died;
  double bytes_handed_out;    // in slices
  double slab_bytes;          // of all slabs ever opened; stands where the loss to alignment is asked for
  double bytes_lost_to_tails; // behind the last slice of slabs that are no longer current
  double refused_memories;
  double private_allocations; // slices that came to the pool and were sent away

  double mark;           // cursor before the last slice was taken; -1 when that cannot be taken back
  double debt;           // bytes to serve privately before a refused memory is asked for again
  uint32_t region_slabs; // slabs opened in the current region
};

// What pool_count() can be asked for.
enum pool_counter {
  POOL_CURSOR,
  POOL_SLAB_BASE,
  POOL_SLAB_SIZE,
  POOL_REGION_SIZE,
  POOL_LIVE_SLABS,
  POOL_LIVE_REGIONS,
  POOL_SLABS_OPENED,
  POOL_REGIONS_OPENED,
  POOL_REGIONS_DIED,
  POOL_BYTES_HANDED_OUT,
  POOL_BYTES_LOST_TO_ALIGNMENT,
  POOL_BYTES_LOST_TO_TAILS,
  POOL_REFUSED_MEMORIES,
  POOL_PRIVATE_ALLOCATIONS
};

// Reserve and commit are two verbs, because a string's length in bytes is known only when it is written:
//
//   address = pool_reserve(pool, most, pool_size);   room for `most` bytes; nothing changes yet
//   used = write(region + address, most);
//   pool_commit(pool, used);                         the slice is the first `used` bytes of it
//
// Return the address in the region at which a slice of `size` bytes starts, or POOL_PRIVATE when it is
// not smaller than half of `pool_size`, or POOL_FULL when it does not fit in the slab.
// pre: size >= 0
int32_t pool_reserve(const struct pool *pool, double size, uint32_t pool_size);

// Hand out the first `used` bytes of what was reserved, and move the cursor to the next multiple of 8.
// pre: `used` is not larger than the reservation, and nothing was taken since.
void pool_commit(struct pool *pool, double used);

// Reserve and commit at once. Return what pool_reserve() returns.
// pre: size >= 0
int32_t pool_take(struct pool *pool, double size, uint32_t pool_size);

// The same for a slice whose address is a multiple of `alignment`. POOL_PRIVATE also when the alignment is
// stricter than POOL_ALIGN_MOST.
// pre: size >= 0; alignment is a power of two
int32_t pool_take_aligned(struct pool *pool, double size, uint32_t pool_size, uint32_t alignment);

// Take back the slice of `size` bytes at `address` if it is the last one that was taken; else change nothing.
// pre: it was handed out from the current region.
void pool_undo(struct pool *pool, uint32_t address, double size);

// Open the next slab of the current region, `slab_size` bytes, abandon the tail of the one before, and
// return its base. POOL_FULL when the region has no room for it.
// pre: 0 < slab_size <= POOL_SLAB_MOST
int32_t pool_open_slab(struct pool *pool, double slab_size);

// Return how many bytes the next region should have, for slabs of `slab_size` bytes: one slab for every
// eight that are live, at least one, at most POOL_REGION_MOST bytes where that is more than one slab. 0 when
// a slab is larger than any region can be.
// pre: slab_size > 0
uint32_t pool_next_region_size(const struct pool *pool, uint32_t slab_size);

// Make a region of `region_size` bytes the current one. It has no slab yet.
// pre: there is no current region.
void pool_open_region(struct pool *pool, uint32_t region_size);

// Let go of the current region, if there is one, abandon its slab's tail, and forget a refusal. Return how
// many slabs were opened in it: the caller gives that number back to pool_region_died() when the region's
// memory is gone.
uint32_t pool_retire_region(struct pool *pool);

// A region that was retired, and had `slabs` slabs, is gone.
void pool_region_died(struct pool *pool, uint32_t slabs);

// The engine refused a region. Until as many bytes as `slab_size` have been sent away, pool_reserve()
// answers POOL_PRIVATE instead of POOL_FULL: asking is expensive where it fails.
void pool_refuse(struct pool *pool, uint32_t slab_size);

// A slice of `size` bytes got memory of its own.
void pool_send_away(struct pool *pool, double size);

// Return one of the ledger's numbers. pre: `counter` is one of enum pool_counter
double pool_count(const struct pool *pool, uint32_t counter);

// Return whether the invariants above struct pool hold.
bool pool_is_valid(const struct pool *pool);

#endif
