// check.h: the basis of all C tests: a check that prints what failed, and random numbers.

#ifndef PAGEBUF_CHECK_H
#define PAGEBUF_CHECK_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static char checked_case[80]; // printed with a check that fails

#define CHECK(condition)                                                                                     \
  do {                                                                                                       \
    if (!(condition)) {                                                                                      \
      (void)fprintf(stderr, "%s:%d: not so: %s (%s)\n", __FILE__, __LINE__, #condition, checked_case);       \
      abort();                                                                                               \
    }                                                                                                        \
  } while (0)

static uint32_t random_state;

static inline uint32_t draw(uint32_t below) { // mulberry32
  random_state += 0x6D2B79F5u;
  uint32_t t = (random_state ^ (random_state >> 15)) * (1u | random_state);
  t = (t + (t ^ (t >> 7)) * (61u | t)) ^ t;
  return (t ^ (t >> 14)) % below;
}

#endif
