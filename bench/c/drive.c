/* Broadcasts: who sends when, which are still under way, and what came of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client.h"

enum { RING = 1 << 16, MOST_IN_FLIGHT = 64, DRAIN_SECONDS = 10 };

struct broadcast {
    uint64_t sent;
    int room;
    int missing;
};

struct room {
    int first;
    int size;
    int next_sender;
    int in_flight;
    long sent;
    bool finished_one;
    struct member *poster;
};

static struct broadcast ring[RING];
static struct room *rooms;
static int room_count;
static long next_sequence = 1, first_sequence, deliveries, under_way, strays;
static int *finished;
static int finished_count;

static void lay_out_rooms(void) {
    int per = settings.members_per_room;
    struct room *old = rooms;
    int old_count = room_count;
    room_count = (member_count + per - 1) / per;
    rooms = calloc((size_t)room_count, sizeof *rooms);
    finished = realloc(finished, (size_t)room_count * sizeof *finished);
    finished_count = 0;
    for (int i = 0; i < room_count; i++) {
        rooms[i].first = i * per;
        rooms[i].size = member_count - i * per < per ? member_count - i * per : per;
        rooms[i].poster = i < old_count ? old[i].poster : NULL;
        if (settings.publish && !rooms[i].poster) rooms[i].poster = open_poster(i);
    }
    free(old);
    for (int i = 0; i < member_count; i++) members[i]->received = 0;
    first_sequence = next_sequence;
    deliveries = under_way = strays = 0;
    histogram_clear();
}

void delivered(struct member *member, long sequence, uint64_t now) {
    struct broadcast *broadcast = &ring[sequence % RING];
    if (!rooms || sequence < first_sequence || sequence >= next_sequence || broadcast->room != member->room) {
        strays++;
        return;
    }
    member->received++;
    deliveries++;
    histogram_add(now - broadcast->sent);
    if (--broadcast->missing > 0) return;
    struct room *room = &rooms[broadcast->room];
    under_way--;
    room->in_flight--;
    if (!room->finished_one) finished[finished_count++] = broadcast->room;
    room->finished_one = true;
}

/* One sender of the room says several things in one write; the next time it is another's turn. */
static void broadcast(int number, int count) {
    static char texts[MOST_IN_FLIGHT][LONGEST_TEXT];
    const char *starts[MOST_IN_FLIGHT];
    size_t lengths[MOST_IN_FLIGHT];
    struct room *room = &rooms[number];
    struct member *sender = room->poster ? room->poster : members[room->first + room->next_sender];
    room->next_sender = (room->next_sender + 1) % room->size;
    uint64_t now = now_nanos();
    for (int i = 0; i < count; i++) {
        if (ring[next_sequence % RING].missing > 0) fail("too many broadcasts under way", "the server is far behind");
        ring[next_sequence % RING] = (struct broadcast){.sent = now, .room = number, .missing = room->size};
        lengths[i] = expand(texts[i], settings.message, number, next_sequence++);
        starts[i] = texts[i];
    }
    room->sent += count;
    room->in_flight += count;
    under_way += count;
    send_texts(sender, starts, lengths, count);
}

/* A poster's next request waits for the answer to its last one. */
static bool may_send(const struct room *room) { return !room->poster || room->poster->answers >= room->sent; }

static void refill(int in_flight) {
    int waiting = 0;
    for (int i = 0; i < finished_count; i++) {
        struct room *room = &rooms[finished[i]];
        if (may_send(room)) {
            room->finished_one = false;
            broadcast(finished[i], room->poster ? 1 : in_flight - room->in_flight);
        } else {
            finished[waiting++] = finished[i];
        }
    }
    finished_count = waiting;
}

static void report(uint64_t began) {
    long wrong = strays, messages = 0;
    for (int i = 0; i < room_count; i++) {
        messages += rooms[i].sent;
        if (rooms[i].poster) rooms[i].poster->answers = 0;
    }
    for (int i = 0; i < member_count; i++) wrong += members[i]->received != rooms[members[i]->room].sent;
    printf("{\"messages\":%ld,\"deliveries\":%ld,\"seconds\":%.3f,\"p50Micros\":%.1f,\"p99Micros\":%.1f,\"wrong\":%ld}\n",
           messages, deliveries, (double)(now_nanos() - began) / 1e9, histogram_micros(0.5), histogram_micros(0.99),
           wrong);
}

static void drain(uint64_t began) {
    uint64_t limit = now_nanos() + DRAIN_SECONDS * 1000000000ull;
    while (under_way > 0 && now_nanos() < limit) pump(0);
    for (int i = 0; under_way > 0 && i < RING; i++) ring[i].missing = 0;
    report(began);
}

/* Every room keeps this many broadcasts under way. */
void run_flights(int in_flight, double seconds) {
    lay_out_rooms();
    uint64_t began = now_nanos(), end = began + (uint64_t)(seconds * 1e9);
    for (int i = 0; i < room_count; i++) {
        finished[finished_count++] = i;
        rooms[i].finished_one = true;
    }
    while (now_nanos() < end) {
        refill(in_flight < MOST_IN_FLIGHT ? in_flight : MOST_IN_FLIGHT);
        pump(0);
    }
    drain(began);
}

/* Rooms take turns at a fixed rate, however slow the answers are; lateness counts from the due time. */
void run_paced(double messages_per_second, double seconds) {
    lay_out_rooms();
    uint64_t began = now_nanos(), end = began + (uint64_t)(seconds * 1e9), now;
    long sent = 0;
    while ((now = now_nanos()) < end) {
        while ((double)sent < (double)(now - began) / 1e9 * messages_per_second) broadcast((int)(sent++ % room_count), 1);
        finished_count = 0;
        for (int i = 0; i < room_count; i++) rooms[i].finished_one = false;
        pump(0);
    }
    drain(began);
}
