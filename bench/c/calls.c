/* Requests of an offer: kept connections where one is free, new ones where none is, and a deadline for each. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "client.h"

enum { EVENTS = 1024, INPUT = 4096, SOURCES = 64000, REQUEST = 2 * LONGEST_TEXT };
enum state { CONNECTING, IDLE, ASKED, CLOSED };

struct connection {
    int fd;
    enum state state;
    int served;
    int place; /* among the idle */
    uint64_t due;
    struct connection *before, *after; /* under way, or closed in this pass */
    size_t have;
    char input[INPUT + 1];
};

struct tally tally;

static int epoll = -1, open_count, idle_count, next_token, token_count;
static long dialled;
static struct connection **idle, *first, *last, *closed;
static char **tokens;

static void load_tokens(void) {
    char line[LONGEST_TEXT];
    FILE *file = fopen(settings.tokens, "r");
    if (!file) fail("no tokens", settings.tokens);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        tokens = realloc(tokens, (size_t)(token_count + 1) * sizeof *tokens);
        tokens[token_count++] = strdup(line);
    }
    fclose(file);
}

static void set_up(void) {
    epoll = epoll_create1(0);
    idle = calloc((size_t)settings.most, sizeof *idle);
    if (settings.tokens) load_tokens();
}

/* Under way, in the order of the deadlines. */
static void link_up(struct connection *connection) {
    connection->before = last;
    connection->after = NULL;
    if (last) last->after = connection;
    else first = connection;
    last = connection;
}

static void unlink_from(struct connection *connection) {
    if (connection->before) connection->before->after = connection->after;
    else first = connection->after;
    if (connection->after) connection->after->before = connection->before;
    else last = connection->before;
}

/* Freed after the pass: events of it may still lie in the array. */
static void drop(struct connection *connection) {
    if (connection->state == IDLE) {
        idle[connection->place] = idle[--idle_count];
        idle[connection->place]->place = connection->place;
    }
    close(connection->fd);
    open_count--;
    connection->state = CLOSED;
    connection->after = closed;
    closed = connection;
}

static void park(struct connection *connection) {
    connection->state = IDLE;
    connection->have = 0;
    connection->place = idle_count;
    idle[idle_count++] = connection;
}

static void finish(struct connection *connection, enum outcome outcome, bool keep) {
    unlink_from(connection);
    tally.of[outcome]++;
    if (keep && ++connection->served < settings.per_connection) park(connection);
    else drop(connection);
}

static void ask(struct connection *connection) {
    char text[REQUEST];
    int length = snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s%s%s%s\r\n", settings.path,
                          settings.ports[0], settings.headers, tokens ? "Authorization: Bearer " : "",
                          tokens ? tokens[next_token++ % token_count] : "", tokens ? "\r\n" : "");
    connection->state = ASKED;
    if (length >= (int)sizeof text) fail("too long a request", settings.path);
    if (write(connection->fd, text, (size_t)length) != length) finish(connection, BROKEN, false);
}

static struct connection *open_one(void) {
    int fd = dial_without_waiting((int)(dialled++ % SOURCES));
    if (fd < 0) return NULL;
    struct connection *connection = calloc(1, sizeof *connection);
    connection->fd = fd;
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = connection};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    open_count++;
    tally.opened++;
    return connection;
}

void call(uint64_t due) {
    if (epoll < 0) set_up();
    if (idle_count == 0 && open_count >= settings.most) {
        tally.of[UNSENT]++;
        return;
    }
    struct connection *connection = idle_count > 0 ? idle[--idle_count] : open_one();
    if (!connection) {
        tally.of[BROKEN]++;
        return;
    }
    connection->due = due;
    link_up(connection);
    if (connection->state == IDLE) ask(connection);
}

void expire_calls(uint64_t now) {
    uint64_t patience = (uint64_t)(settings.deadline * 1e9);
    while (first && now - first->due > patience) finish(first, LATE, false);
}

static const char *field(const char *head, const char *end, const char *name) {
    const char *found = strcasestr(head, name);
    return found && found < end ? found + strlen(name) : NULL;
}

static enum outcome judge(int status, bool says_when, long length) {
    if (status == 200 && length == settings.length) return GOOD;
    if (status == 503) return says_when ? REFUSED : BARE;
    tally.odd_status = status;
    return WRONG;
}

/* Whether an answer is complete; it is then judged. */
static void hear(struct connection *connection) {
    connection->input[connection->have] = 0;
    char *end = strstr(connection->input, "\r\n\r\n");
    if (!end && connection->have < INPUT) return;
    const char *announced = end ? field(connection->input, end, "\r\nContent-Length:") : NULL;
    long length = announced ? strtol(announced, NULL, 10) : 0;
    int status = atoi(connection->input + 9);
    if (!end || length > INPUT) {
        tally.odd_status = status;
        finish(connection, WRONG, false);
        return;
    }
    if (connection->have < (size_t)(end + 4 - connection->input + length)) return;
    enum outcome outcome = judge(status, field(connection->input, end, "\r\nRetry-After:") != NULL, length);
    if (outcome == GOOD) histogram_add(now_nanos() - connection->due);
    finish(connection, outcome, !field(connection->input, end, "\r\nConnection: close"));
}

static void readable(struct connection *connection) {
    ssize_t count = read(connection->fd, connection->input + connection->have, INPUT - connection->have);
    if (count < 0 && errno == EAGAIN) return;
    if (count > 0 && connection->state == ASKED) {
        connection->have += (size_t)count;
        hear(connection);
    } else if (connection->state == IDLE) {
        drop(connection);
    } else {
        finish(connection, BROKEN, false);
    }
}

static void happened(struct connection *connection, unsigned events) {
    if (connection->state == CLOSED) return;
    if (connection->state == CONNECTING) {
        if (events & (EPOLLERR | EPOLLHUP)) {
            finish(connection, BROKEN, false);
            return;
        }
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
        epoll_ctl(epoll, EPOLL_CTL_MOD, connection->fd, &event);
        ask(connection);
    } else {
        readable(connection);
    }
}

void pump_calls(uint64_t wait_nanos) {
    struct epoll_event events[EVENTS];
    struct timespec wait = {.tv_nsec = (long)(wait_nanos < 999999999 ? wait_nanos : 999999999)};
    int ready = epoll_pwait2(epoll, events, EVENTS, &wait, NULL);
    for (int i = 0; i < ready; i++) happened(events[i].data.ptr, events[i].events);
    while (closed) {
        struct connection *gone = closed;
        closed = gone->after;
        free(gone);
    }
}

void close_calls(void) {
    while (first) finish(first, LATE, false);
    while (idle_count > 0) drop(idle[0]);
    if (epoll >= 0) pump_calls(0);
}
