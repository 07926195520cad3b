/* Members that have lost their connections and come back, each trying until it has joined. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "client.h"
#include "frame.h"

enum { EVENTS = 1024, INPUT = 16384, PAUSE_NANOS = 500000000, TRY_LATER = 1013 };
enum state { AWAY, CONNECTING, SHAKING, GREETING, BACK };

struct guest {
    int fd;
    int number;
    int step;
    enum state state;
    uint64_t first_due, due;
    size_t have;
    char input[INPUT];
};

static struct guest *guests;
static int epoll = -1, guest_count, back;
static long unreachable, refused, try_later, lost;

static void away(struct guest *guest, long *why) {
    if (guest->fd >= 0) close(guest->fd);
    if (guest->state == BACK) back--;
    guest->fd = -1;
    guest->state = AWAY;
    guest->step = 0;
    guest->have = 0;
    if (why) ++*why;
    guest->due = now_nanos() + PAUSE_NANOS + (uint64_t)rand() % PAUSE_NANOS;
}

static void attempt(struct guest *guest) {
    guest->fd = dial_without_waiting(guest->number);
    if (guest->fd < 0) {
        away(guest, &unreachable);
        return;
    }
    guest->state = CONNECTING;
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = guest};
    epoll_ctl(epoll, EPOLL_CTL_ADD, guest->fd, &event);
}

static void shake(struct guest *guest) {
    char text[LONGEST_TEXT];
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = guest};
    int room = guest->number / settings.members_per_room;
    size_t length = request_text(text, settings.path, settings.headers, guest->number, room);
    epoll_ctl(epoll, EPOLL_CTL_MOD, guest->fd, &event);
    guest->state = SHAKING;
    if (write(guest->fd, text, length) != (ssize_t)length) away(guest, &lost);
}

static void say(struct guest *guest, const char *text) {
    char expanded[LONGEST_TEXT], out[LONGEST_TEXT + FRAME_HEAD];
    size_t length = expand(expanded, text, guest->number / settings.members_per_room, 0);
    size_t whole = frame_write(out, CLIENT, OP_TEXT, expanded, length);
    if (write(guest->fd, out, whole) != (ssize_t)whole) away(guest, &lost);
}

/* Plays the script; at its end the guest is back. */
static void advance(struct guest *guest, const char *payload, size_t length) {
    while (guest->step < settings.step_count && guest->state == GREETING) {
        const struct step *step = &settings.steps[guest->step];
        if (!payload || !memmem(payload, length, step->expect, strlen(step->expect))) return;
        payload = NULL;
        guest->step++;
        if (step->send) say(guest, step->send);
    }
    if (guest->state != GREETING) return;
    guest->state = BACK;
    back++;
    histogram_add(now_nanos() - guest->first_due);
}

static size_t head_in(struct guest *guest) {
    char *end = memmem(guest->input, guest->have, "\r\n\r\n", 4);
    if (!end) return 0;
    int status = atoi(guest->input + 9);
    if (status != 101) {
        away(guest, status == 503 ? &refused : &lost);
        return 0;
    }
    guest->state = GREETING;
    advance(guest, NULL, 0);
    return (size_t)(end + 4 - guest->input);
}

static size_t frame_in(struct guest *guest, size_t used) {
    struct frame frame;
    if (!frame_read(guest->input + used, guest->have - used, &frame)) return 0;
    if (frame.opcode == OP_CLOSE) {
        const unsigned char *code = (const unsigned char *)frame.payload;
        away(guest, frame.length >= 2 && code[0] << 8 == (TRY_LATER & 0xff00) && code[1] == (TRY_LATER & 0xff)
                        ? &try_later
                        : &lost);
        return 0;
    }
    if (frame.opcode == OP_TEXT) advance(guest, frame.payload, frame.length);
    return frame.whole;
}

static void readable(struct guest *guest) {
    ssize_t count = read(guest->fd, guest->input + guest->have, INPUT - guest->have);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) {
        away(guest, &lost);
        return;
    }
    guest->have += (size_t)count;
    size_t used = 0, step = 1;
    while (step > 0 && used < guest->have) {
        step = guest->state == SHAKING ? head_in(guest) : guest->state > SHAKING ? frame_in(guest, used) : 0;
        used += step;
    }
    if (guest->state < SHAKING) return;
    memmove(guest->input, guest->input + used, guest->have - used);
    guest->have -= used;
}

static void happened(struct guest *guest, unsigned events) {
    if (guest->state == CONNECTING && (events & (EPOLLERR | EPOLLHUP))) away(guest, &unreachable);
    else if (guest->state == CONNECTING) shake(guest);
    else if (guest->state > CONNECTING) readable(guest);
}

static void come_in(int count, double spread, uint64_t began) {
    for (int i = 0; i < guest_count; i++) away(&guests[i], NULL);
    if (epoll < 0) epoll = epoll_create1(0);
    free(guests);
    guests = calloc((size_t)count, sizeof *guests);
    guest_count = count;
    unreachable = refused = try_later = lost = back = 0;
    for (int i = 0; i < count; i++) {
        guests[i].fd = -1;
        guests[i].number = i;
        guests[i].first_due = guests[i].due = began + (uint64_t)(spread * 1e9 * i / count);
    }
}

void run_rejoin(int count, double spread, double limit) {
    struct epoll_event events[EVENTS];
    histogram_clear();
    uint64_t began = now_nanos(), now = began;
    come_in(count, spread, began);
    while (back < count && now < began + (uint64_t)(limit * 1e9)) {
        for (int i = 0; i < count; i++)
            if (guests[i].state == AWAY && guests[i].due <= now) attempt(&guests[i]);
        int ready = epoll_wait(epoll, events, EVENTS, 1);
        for (int i = 0; i < ready; i++) happened(events[i].data.ptr, events[i].events);
        now = now_nanos();
    }
    printf("{\"back\":%d,\"seconds\":%.3f,\"unreachable\":%ld,\"refused\":%ld,\"tryLater\":%ld,\"lost\":%ld,"
           "\"p50Micros\":%.1f,\"p99Micros\":%.1f}\n",
           back, (double)(now - began) / 1e9, unreachable, refused, try_later, lost, histogram_micros(0.5),
           histogram_micros(0.99));
}
