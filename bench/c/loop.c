/* The yardstick: one thread, epoll, and a plain write() of the same bytes to every member of a room.
 *
 *   loop PORT
 *
 * GET with Upgrade joins the room of `room=N` in its query, plain GET subscribes to it by server-sent events,
 * POST publishes its body to it. It knows one message a write, trusts its clients and does nothing else. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frame.h"

enum { EVENTS = 1024, ROOMS = 8192, INPUT = 16384, LARGEST = 65536, BACKLOG = 4096 };
enum kind { HTTP, SOCKET, EVENT_STREAM };

struct peer {
    int fd;
    enum kind kind;
    int room;
    int place;
    size_t have;
    char input[INPUT + 1];
};

struct room {
    struct peer **members;
    int count;
    int capacity;
};

static struct room rooms[ROOMS];
static char out[LARGEST + FRAME_HEAD];

static void write_all(int fd, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return;
        bytes += written;
        length -= (size_t)written;
    }
}

static void broadcast(int number, enum kind kind, const char *payload, size_t length) {
    struct room *room = &rooms[number];
    size_t size = kind == SOCKET ? frame_write(out, SERVER, OP_TEXT, payload, length)
                                 : (size_t)snprintf(out, sizeof out, "data: %.*s\n\n", (int)length, payload);
    for (int i = 0; i < room->count; i++) write_all(room->members[i]->fd, out, size);
}

static void join(struct peer *peer, enum kind kind) {
    struct room *room = &rooms[peer->room];
    if (room->count == room->capacity) {
        room->capacity = room->capacity ? 2 * room->capacity : 16;
        room->members = realloc(room->members, (size_t)room->capacity * sizeof *room->members);
    }
    peer->kind = kind;
    peer->place = room->count;
    room->members[room->count++] = peer;
}

static void leave(struct peer *peer) {
    if (peer->kind != HTTP) {
        struct room *room = &rooms[peer->room];
        struct peer *last = room->members[--room->count];
        room->members[peer->place] = last;
        last->place = peer->place;
    }
    close(peer->fd);
    free(peer);
}

static void answer(struct peer *peer, const char *text) { write_all(peer->fd, text, strlen(text)); }

static void upgrade(struct peer *peer, const char *key) {
    char accept[29], text[200];
    key += strspn(key, " ");
    accept_key(key, strcspn(key, "\r"), accept);
    snprintf(text, sizeof text,
             "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Accept: %s\r\n\r\n",
             accept);
    answer(peer, text);
    join(peer, SOCKET);
}

static const char *header(const char *head, const char *name) {
    const char *found = strcasestr(head, name);
    return found ? found + strlen(name) : NULL;
}

/* Serves one request when it is whole; gives the bytes used up. */
static size_t request(struct peer *peer) {
    char *input = peer->input;
    input[peer->have] = 0;
    char *end = strstr(input, "\r\n\r\n");
    if (!end) return 0;
    size_t head = (size_t)(end + 4 - input);
    const char *length = header(input, "\r\nContent-Length:");
    size_t body = length ? strtoul(length, NULL, 10) : 0;
    if (peer->have < head + body) return 0;
    const char *room = strstr(input, "room=");
    const char *key = header(input, "\r\nSec-WebSocket-Key:");
    peer->room = room ? atoi(room + 5) % ROOMS : 0;
    if (key) {
        upgrade(peer, key);
    } else if (*input == 'P') {
        broadcast(peer->room, EVENT_STREAM, input + head, body);
        answer(peer, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    } else {
        answer(peer, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
        join(peer, EVENT_STREAM);
    }
    return head + body;
}

/* Serves one frame when it is whole; gives the bytes used up. */
static size_t message(struct peer *peer, size_t from) {
    struct frame frame;
    if (!frame_read(peer->input + from, peer->have - from, &frame)) return 0;
    if (frame.opcode == OP_TEXT) broadcast(peer->room, SOCKET, frame.payload, frame.length);
    return frame.whole;
}

static void readable(struct peer *peer) {
    ssize_t count = read(peer->fd, peer->input + peer->have, INPUT - peer->have);
    if (count <= 0) {
        leave(peer);
        return;
    }
    peer->have += (size_t)count;
    size_t used = 0, step = 1;
    while (step > 0 && used < peer->have) {
        step = peer->kind == SOCKET ? message(peer, used) : used == 0 ? request(peer) : 0;
        used += step;
    }
    memmove(peer->input, peer->input + used, peer->have - used);
    peer->have -= used;
}

static void accept_one(int epoll, int listener) {
    int on = 1;
    int fd = accept(listener, NULL, NULL);
    if (fd < 0) return;
    struct peer *peer = calloc(1, sizeof *peer);
    peer->fd = fd;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = peer};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

static int listen_on(int port) {
    int on = 1;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, BACKLOG) < 0) {
        perror("loop");
        exit(1);
    }
    return fd;
}

int main(int count, char **arguments) {
    if (count < 2) return 2;
    signal(SIGPIPE, SIG_IGN);
    int listener = listen_on(atoi(arguments[1]));
    int epoll = epoll_create1(0);
    struct epoll_event events[EVENTS], event = {.events = EPOLLIN, .data.ptr = NULL};
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.ptr) {
                readable(events[i].data.ptr);
            } else {
                accept_one(epoll, listener);
            }
        }
    }
}
