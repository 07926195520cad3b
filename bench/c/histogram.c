/* Latencies in buckets of 1/32 of an octave: 3 % fine, from 1 ns to minutes. */
#include <string.h>
#include <time.h>

#include "client.h"

enum { FINE = 32, OCTAVES = 40 };

static long buckets[FINE * OCTAVES];
static long total;

uint64_t now_nanos(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void histogram_clear(void) {
    memset(buckets, 0, sizeof buckets);
    total = 0;
}

void histogram_add(uint64_t nanos) {
    if (nanos < FINE) nanos = FINE;
    int octave = 63 - __builtin_clzll(nanos);
    int bucket = (octave - 5) * FINE + (int)(nanos >> (octave - 5) & (FINE - 1));
    if (bucket >= FINE * OCTAVES) bucket = FINE * OCTAVES - 1;
    buckets[bucket]++;
    total++;
}

double histogram_micros(double quantile) {
    long wanted = (long)((double)total * quantile), seen = 0;
    for (int i = 0; i < FINE * OCTAVES; i++) {
        seen += buckets[i];
        if (seen > wanted) return (double)((uint64_t)(FINE + i % FINE) << (i / FINE)) / 1000;
    }
    return 0;
}
