/* Open loop: requests are due at even distances, however slow the answers are, and waiting counts from then. */
#include <stdio.h>
#include <string.h>

#include "client.h"

static const char *const NAMES[OUTCOMES] = {"good", "late", "refused", "bare", "wrong", "broken", "unsent"};

static void report(long due, double seconds, uint64_t behind) {
    printf("{\"due\":%ld,\"seconds\":%.3f", due, seconds);
    for (int i = 0; i < OUTCOMES; i++) printf(",\"%s\":%ld", NAMES[i], tally.of[i]);
    printf(",\"opened\":%ld,\"oddStatus\":%d,\"behindMicros\":%.1f,\"p50Micros\":%.1f,\"p99Micros\":%.1f}\n",
           tally.opened, tally.odd_status, (double)behind / 1000, histogram_micros(0.5), histogram_micros(0.99));
}

/* What is under way at the end is counted when it ends, by the next offer. */
void run_offer(double requests_per_second, double seconds) {
    memset(&tally, 0, sizeof tally);
    histogram_clear();
    uint64_t began = now_nanos(), end = began + (uint64_t)(seconds * 1e9), now, behind = 0;
    double gap = 1e9 / requests_per_second;
    long count = 0;
    while ((now = now_nanos()) < end) {
        uint64_t due;
        while ((due = began + (uint64_t)((double)count * gap)) <= now) {
            if (now - due > behind) behind = now - due;
            call(due);
            count++;
        }
        expire_calls(now);
        now = now_nanos();
        pump_calls(due > now ? due - now : 0);
    }
    report(count, (double)(now - began) / 1e9, behind);
}
