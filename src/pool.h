// pool.h: the ledger behind Buffer.allocUnsafe().
//
// Owns        the arithmetic of the pool and no memory: where the next slice starts, when a slab is full,
//             which kind the next slab is, what was lost. The caller makes the memory and the views, and says
//             where the state lies.
// Words       slice: one Buffer's bytes. slab: `Buffer.poolSize` bytes in an ArrayBuffer of their own,
//             filled from 0 by a cursor. A linear slab is a WebAssembly memory, a heap slab a plain
//             ArrayBuffer.
// Assumes     one thread.
// Fractions   sizes are doubles, because Node's are: allocUnsafe(8.5) hands out 8 bytes and moves the
//             cursor by 8.5, and the half byte of a slab of 16384.5 bytes counts in what fits. Whole
//             numbers below 2**53 are exact.
// Start       a zeroed struct pool is an empty ledger: no slab, nothing counted.
// Check       pool_is_valid() tests the invariants of struct pool; tests call it after every step.

#ifndef PAGEBUF_POOL_H
#define PAGEBUF_POOL_H

#include <stdbool.h>
#include <stdint.h>

#define POOL_ALIGN 8u            // slices start at multiples of it, as in Node
#define POOL_ALIGN_MOST 64u      // the strictest alignment that a slab serves, as in Node
#define POOL_PAGE 65536u         // a linear slab is whole pages: a wasm page
#define POOL_SLAB_MOST INT32_MAX // bytes of a slab that are handed out: an address fits in 31 bits
#define POOL_PAUSE_LEAST 16384u  // heap slabs to open after a first refusal: 1 GiB, 17 times a refusal's time
#define POOL_PAUSE_MOST (1u << 20)

#define POOL_PRIVATE (-1) // not for the pool: the slice gets memory of its own
#define POOL_FULL (-2)    // does not fit: open a slab, and call again

// Where slabs come from.
enum pool_source {
  POOL_AUTO,   // linear slabs while few are live and a slab is whole pages, otherwise heap slabs
  POOL_LINEAR, // linear slabs, of the next whole number of pages
  POOL_HEAP
};

// Invariants  1. 0 <= cursor < slab_size + POOL_ALIGN, or cursor == 0
//             2. mark < cursor + 1: an aligned slice drops the cursor's fraction
//             3. slab_bytes >= bytes_handed_out + bytes_lost_to_tails + rest, where rest ==
//                max(0, slab_size - cursor): the difference is what was lost to alignment
//             4. linear_died <= linear_opened <= slabs_opened
//             5. pause <= pause_next <= POOL_PAUSE_MOST
struct pool {
  // What pool_count() returns, in the order of enum pool_counter.
  double cursor;    // bytes of the slab that are handed out or skipped
  double slab_size; // bytes of the current slab; 0: there is none
  double slabs_opened;
  double linear_opened;
  double linear_died;         // linear slabs that are known to be freed
  double bytes_handed_out;    // in slices
  double slab_bytes;          // of all slabs ever opened; has the place of POOL_BYTES_LOST_TO_ALIGNMENT
  double bytes_lost_to_tails; // behind the last slice of slabs that are no longer current
  double refused_memories;
  double private_allocations; // slices that came to the pool and got memory of their own

  double mark;         // where the last slice starts; -1 when it cannot be made shorter
  double mark_size;    // what that slice was taken for
  uint32_t pause;      // heap slabs to open before the next try for a memory
  uint32_t pause_next; // how many there will be after the next refusal; 0: POOL_PAUSE_LEAST
};

// The counters of pool_count().
enum pool_counter {
  POOL_CURSOR,
  POOL_SLAB_SIZE,
  POOL_SLABS_OPENED,
  POOL_LINEAR_OPENED,
  POOL_LINEAR_DIED,
  POOL_BYTES_HANDED_OUT,
  POOL_BYTES_LOST_TO_ALIGNMENT,
  POOL_BYTES_LOST_TO_TAILS,
  POOL_REFUSED_MEMORIES,
  POOL_PRIVATE_ALLOCATIONS
};

// A string's length in bytes is known only after it is written. So its slice is taken for the most bytes that
// it can have, and made shorter afterwards:
//
//   address = pool_take(pool, most, pool_size);
//   used = write(slab + address, most);            whatever runs here gets bytes of its own
//   pool_shrink(pool, address, most, used);        the slice is the first `used` bytes of it
//
// Hand out a slice of `size` bytes and move the cursor behind it, to the next multiple of 8. Return the
// address in the slab at which it starts, or POOL_PRIVATE when it is not smaller than half of `pool_size`,
// or POOL_FULL when it does not fit in the slab.
// pre: size >= 0
int32_t pool_take(struct pool *pool, double size, uint32_t pool_size);

// The same for a slice whose address is a multiple of `alignment`. POOL_PRIVATE also when the alignment is
// stricter than POOL_ALIGN_MOST.
// pre: size >= 0; alignment is a power of two
int32_t pool_take_aligned(struct pool *pool, double size, uint32_t pool_size, uint32_t alignment);

// Keep the first `used` bytes of the slice that pool_take() placed at `address` for `size` bytes; the next
// slice starts behind them. Change nothing when another slice was taken since, or when this one is shorter
// already. Two slices with the same address and size have no whole byte.
// pre: 0 <= used <= size; it was taken from the current slab, and was not made shorter before.
void pool_shrink(struct pool *pool, uint32_t address, double size, double used);

// Return whether the next slab, of `slab_size` bytes, is to be linear. `few` is how many linear slabs may be
// live for POOL_AUTO. After a refusal no slab is linear until pause is over.
bool pool_wants_linear(const struct pool *pool, double slab_size, enum pool_source source, uint32_t few);

// Make an empty slab of `slab_size` bytes the current one, and abandon the tail of the one before.
// pre: slab_size > 0
void pool_open_slab(struct pool *pool, double slab_size, bool is_linear);

// Let go of the current slab, if there is one, and abandon its tail.
void pool_retire_slab(struct pool *pool);

// A linear slab is freed: one more may be had, so the pause after a refusal is over.
void pool_linear_slab_died(struct pool *pool);

// The engine refused a memory. A refusal is expensive, so each one in a row doubles the pause before the next
// try.
void pool_refuse(struct pool *pool);

// A slice that came to the pool got memory of its own.
void pool_count_private(struct pool *pool);

// Return one of the ledger's numbers. pre: `counter` is one of enum pool_counter
double pool_count(const struct pool *pool, uint32_t counter);

// Return whether the invariants above struct pool hold.
bool pool_is_valid(const struct pool *pool);

#endif
