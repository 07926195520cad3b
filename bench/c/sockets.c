/* Connections of the members: dialling, the script after the handshake, and reading. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "client.h"
#include "frame.h"

enum { EVENTS = 1024, INPUT = 1 << 18, PER_SOURCE = 4000, OPENING = 64, OPEN_SECONDS = 120, BEAT_SECONDS = 10 };

struct member **members;
int member_count, joined_count;

static int epoll = -1;
static bool input_waits;
static uint64_t last_beat;
static int next_to_beat;
static char input[INPUT];

void fail(const char *reason, const char *detail) {
    fprintf(stderr, "client: %s: %.200s\n", reason, detail ? detail : strerror(errno));
    exit(1);
}

/* Sources are 127.0.0.2 and on, so that no address runs out of ports; closing resets, so that none stays taken. */
static int connect_from(int number, int kind) {
    int on = 1;
    struct linger reset = {.l_onoff = 1, .l_linger = 0};
    struct sockaddr_in source = {.sin_family = AF_INET}, target = {.sin_family = AF_INET};
    source.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + (unsigned)number / PER_SOURCE);
    target.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    target.sin_port = htons((unsigned short)settings.ports[number % settings.port_count]);
    int fd = socket(AF_INET, SOCK_STREAM | kind, 0);
    if (fd < 0) return -1;
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&source, sizeof source) == 0 &&
        (connect(fd, (struct sockaddr *)&target, sizeof target) == 0 || errno == EINPROGRESS))
        return fd;
    close(fd);
    return -1;
}

int dial(int number) {
    int fd = connect_from(number, 0);
    if (fd < 0) fail("cannot connect", NULL);
    return fd;
}

int dial_without_waiting(int number) { return connect_from(number, SOCK_NONBLOCK); }

void write_out(int fd, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno != EINTR) fail("cannot send", NULL);
        if (written < 0) continue;
        bytes += written;
        length -= (size_t)written;
    }
}

static void listen_to(int fd, void *to) {
    if (epoll < 0) epoll = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = to};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

void watch_input(int fd) { listen_to(fd, NULL); }

bool input_ready(void) {
    bool waits = input_waits;
    input_waits = false;
    return waits;
}

size_t request_text(char *out, const char *path, const char *headers, int number, int room) {
    static const char UPGRADE[] =
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: c2x1aWNlLWJlbmNoLWtleQ==\r\n";
    char where[LONGEST_TEXT];
    expand(where, path, room, 0);
    return (size_t)snprintf(out, LONGEST_TEXT, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s%s\r\n", where,
                            settings.ports[number % settings.port_count],
                            settings.events ? "Accept: text/event-stream\r\n" : UPGRADE, headers);
}

static struct member *open_member(int number, int room, bool poster) {
    struct member *member = calloc(1, sizeof *member);
    member->fd = dial(number);
    member->number = number;
    member->room = room;
    member->poster = poster;
    listen_to(member->fd, member);
    return member;
}

struct member *open_poster(int room) {
    struct member *poster = open_member(0, room, true);
    poster->head_done = poster->joined = true;
    return poster;
}

/* Opens until this many are open in all, a few handshakes at a time, and waits until all have joined. */
void open_members(int count) {
    char text[LONGEST_TEXT];
    uint64_t limit = now_nanos() + OPEN_SECONDS * 1000000000ull;
    members = realloc(members, (size_t)count * sizeof *members);
    while (joined_count < count) {
        while (member_count < count && member_count - joined_count < OPENING) {
            int room = member_count / settings.members_per_room;
            struct member *member = open_member(member_count, room, false);
            members[member_count] = member;
            write_out(member->fd, text, request_text(text, settings.path, settings.headers, member_count++, room));
        }
        pump(10);
        if (now_nanos() > limit) fail("joining takes too long", settings.path);
    }
}

void close_members(void) {
    for (int i = 0; i < member_count; i++) {
        close(members[i]->fd);
        free(members[i]->rest);
        free(members[i]);
    }
    member_count = joined_count = 0;
}

static void play(struct member *member) {
    char text[LONGEST_TEXT];
    const char *send = settings.steps[member->step++].send;
    if (send) send_text(member, text, expand(text, send, member->room, 0));
}

static void advance(struct member *member, const char *payload, size_t length) {
    while (member->step < settings.step_count) {
        const char *expect = settings.steps[member->step].expect;
        if (*expect && (!payload || !memmem(payload, length, expect, strlen(expect)))) return;
        payload = NULL;
        play(member);
    }
    member->joined = true;
    joined_count++;
}

static void markers(struct member *member, const char *bytes, size_t length, uint64_t now) {
    const char *end = bytes + length;
    while ((bytes = memmem(bytes, (size_t)(end - bytes), "@M", 2)) && end - bytes >= 12) {
        delivered(member, strtol(bytes + 2, NULL, 10), now);
        bytes += 12;
    }
}

static void frame_in(struct member *member, const struct frame *frame, uint64_t now) {
    char pong[128 + FRAME_HEAD];
    if (frame->opcode == OP_CLOSE) fail("closed by the server", frame->length > 2 ? frame->payload + 2 : "no reason");
    if (frame->opcode == OP_PING)
        write_out(member->fd, pong, frame_write(pong, CLIENT, OP_PONG, frame->payload, frame->length & 127));
    if (frame->opcode > OP_BINARY) return;
    if (settings.engine && frame->length == 1 && *frame->payload == '2') send_text(member, "3", 1);
    if (!member->joined) advance(member, frame->payload, frame->length);
    markers(member, frame->payload, frame->length, now);
}

static size_t head_in(struct member *member, const char *bytes, size_t length) {
    const char *end = memmem(bytes, length, "\r\n\r\n", 4);
    if (!end) return 0;
    if (memcmp(bytes + 9, settings.events ? "200" : "101", 3) != 0) fail("refused", bytes);
    member->head_done = true;
    advance(member, NULL, 0);
    return (size_t)(end + 4 - bytes);
}

/* Lines end before a marker can be cut in two: what follows the last line end waits for more. */
static size_t events_in(struct member *member, const char *bytes, size_t length, uint64_t now) {
    const char *end = memrchr(bytes, '\n', length);
    size_t whole = end ? (size_t)(end + 1 - bytes) : 0;
    markers(member, bytes, whole, now);
    return whole;
}

static size_t take(struct member *member, char *bytes, size_t length, uint64_t now) {
    struct frame frame;
    if (member->poster) {
        for (const char *at = bytes; (at = memmem(at, (size_t)(bytes + length - at), "HTTP/1.1 2", 10)); at += 10)
            member->answers++;
        return length;
    }
    if (!member->head_done) return head_in(member, bytes, length);
    if (settings.events) return events_in(member, bytes, length, now);
    if (!frame_read(bytes, length, &frame)) return 0;
    frame_in(member, &frame, now);
    return frame.whole;
}

static void readable(struct member *member) {
    if (member->rest_size > 0) memcpy(input, member->rest, member->rest_size);
    ssize_t count = read(member->fd, input + member->rest_size, INPUT - member->rest_size);
    if (count <= 0) fail("connection lost", count == 0 ? "end of stream" : NULL);
    uint64_t now = now_nanos();
    size_t have = member->rest_size + (size_t)count, used = 0, step = 1;
    while (step > 0 && used < have) used += step = take(member, input + used, have - used, now);
    if (have - used > member->rest_size) member->rest = realloc(member->rest, have - used);
    memcpy(member->rest, input + used, member->rest_size = have - used);
}

/* Members take turns evenly over the seconds: all at once would keep the client from reading meanwhile. */
static void beat(void) {
    uint64_t now = now_nanos();
    if (!settings.beat || joined_count == 0) {
        last_beat = now;
        return;
    }
    uint64_t share = BEAT_SECONDS * 1000000000ull / (uint64_t)member_count;
    for (; now - last_beat >= share; last_beat += share) {
        struct member *member = members[next_to_beat++ % member_count];
        if (member->joined) send_text(member, settings.beat, strlen(settings.beat));
    }
}

void pump(int wait_millis) {
    struct epoll_event events[EVENTS];
    int ready = epoll_wait(epoll, events, EVENTS, wait_millis);
    for (int i = 0; i < ready; i++) {
        if (events[i].data.ptr) {
            readable(events[i].data.ptr);
        } else {
            input_waits = true;
        }
    }
    beat();
}
