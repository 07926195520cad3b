/* Handshakes: connections that are opened, answered and reset, a few at a time. */
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "client.h"

enum { AT_ONCE = 32, HEAD = 4096 };

struct attempt {
    int fd;
    size_t have;
    uint64_t began;
    char head[HEAD];
};

static struct attempt attempts[AT_ONCE];

static void begin(int epoll, struct attempt *attempt, long number) {
    char text[LONGEST_TEXT];
    attempt->began = now_nanos();
    attempt->fd = dial((int)(number % 16000));
    attempt->have = 0;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = attempt};
    epoll_ctl(epoll, EPOLL_CTL_ADD, attempt->fd, &event);
    write_out(attempt->fd, text, request_text(text, settings.path, settings.headers, (int)(number % 16000), 0));
}

/* Whether its answer is complete. */
static bool answered(struct attempt *attempt) {
    ssize_t count = read(attempt->fd, attempt->head + attempt->have, HEAD - attempt->have);
    if (count <= 0) fail("connection lost in the handshake", NULL);
    attempt->have += (size_t)count;
    if (!memmem(attempt->head, attempt->have, "\r\n\r\n", 4)) return false;
    if (memcmp(attempt->head + 9, "101", 3) != 0) fail("refused", attempt->head);
    histogram_add(now_nanos() - attempt->began);
    close(attempt->fd);
    return true;
}

void run_handshakes(long most, double seconds) {
    struct epoll_event events[AT_ONCE];
    int epoll = epoll_create1(0);
    long begun = 0, done = 0;
    histogram_clear();
    uint64_t start = now_nanos(), end = start + (uint64_t)(seconds * 1e9);
    while (begun < AT_ONCE && begun < most) {
        begin(epoll, &attempts[begun], begun);
        begun++;
    }
    while (done < begun) {
        int ready = epoll_wait(epoll, events, AT_ONCE, 0);
        for (int i = 0; i < ready; i++) {
            if (!answered(events[i].data.ptr)) continue;
            done++;
            if (begun < most && now_nanos() < end) begin(epoll, events[i].data.ptr, begun++);
        }
    }
    close(epoll);
    printf("{\"handshakes\":%ld,\"seconds\":%.3f,\"p50Micros\":%.1f,\"p99Micros\":%.1f}\n", done,
           (double)(now_nanos() - start) / 1e9, histogram_micros(0.5), histogram_micros(0.99));
}
