/* The load client of the realtime cases: settings from its arguments, members, and the one loop that reads them. */
#ifndef CLIENT_H
#define CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOST_PORTS = 4, MOST_STEPS = 6, LONGEST_TEXT = 4096 };

/* One line of the script a member plays after its handshake: wait for a text, then send one. */
struct step {
    const char *expect;
    const char *send;
};

struct settings {
    int ports[MOST_PORTS];
    int port_count;
    int members_per_room;
    bool events;             /* server-sent events instead of WebSocket */
    bool engine;             /* answer the pings of Engine.IO */
    const char *path;        /* of the request each member opens with */
    const char *headers;     /* further header lines of it */
    const char *publish;     /* path to POST messages to; members send them when NULL */
    const char *publish_headers;
    const char *message;     /* a message; %M stands for marker and padding, %R for the room */
    const char *beat;        /* sent by every member each 10 seconds, or NULL */
    struct step steps[MOST_STEPS];
    int step_count;
    double deadline;         /* offer: seconds from the moment a request is due until nobody wants its answer */
    int length;              /* offer: bytes of the right answer's body */
    int most;                /* offer: connections open at once */
    int per_connection;      /* offer: requests before a connection is replaced by a new one */
    const char *tokens;      /* offer: file with a bearer token a line, used in turn, or NULL */
};

extern struct settings settings;

struct member {
    int fd;
    int number;
    int room;
    int step;
    bool head_done;
    bool joined;
    bool poster;   /* publishes over HTTP, receives nothing */
    long answers;  /* of a poster */
    long received; /* broadcasts since the run began */
    char *rest;    /* the start of what is not whole yet */
    size_t rest_size;
};

/* sockets.c: opening and reading. */
extern struct member **members;
extern int member_count;
extern int joined_count;

int dial(int number);
/* Gives -1 when it is refused at once; otherwise writable, or in error, when the connection is there. */
int dial_without_waiting(int number);
size_t request_text(char *out, const char *path, const char *headers, int number, int room);
void open_members(int count);
struct member *open_poster(int room);
void close_members(void);
/* One pass: reads whatever has arrived, waiting for it at most this long. */
void pump(int wait_millis);
/* Sends a text as one frame, or as a POST when the member is a poster. */
void send_text(struct member *member, const char *text, size_t length);
void send_texts(struct member *member, const char **texts, const size_t *lengths, int count);
size_t expand(char *out, const char *text, int room, long sequence);
void watch_input(int fd);
bool input_ready(void);
void fail(const char *reason, const char *detail);
void write_out(int fd, const char *bytes, size_t length);

/* drive.c: broadcasts. */
void delivered(struct member *member, long sequence, uint64_t now);
void run_flights(int in_flight, double seconds);
void run_paced(double messages_per_second, double seconds);

/* shake.c: handshakes only. */
void run_handshakes(long most, double seconds);

/* offer.c: requests that come whether or not earlier ones were answered. */
void run_offer(double requests_per_second, double seconds);

/* calls.c: the requests of an offer, and the connections they share. Refused is 503 with Retry-After, bare is 503
 * without; unsent is what found all connections taken. */
enum outcome { GOOD, LATE, REFUSED, BARE, WRONG, BROKEN, UNSENT, OUTCOMES };

struct tally {
    long of[OUTCOMES];
    long opened;
    int odd_status;
};

extern struct tally tally;

void call(uint64_t due);
/* Gives up what is past its deadline. */
void expire_calls(uint64_t now);
/* One pass: reads whatever has arrived, waiting for it at most this long. */
void pump_calls(uint64_t wait_nanos);
void close_calls(void);

/* rejoin.c: WebSockets that come back. */
void run_rejoin(int count, double spread, double limit);

/* histogram.c */
uint64_t now_nanos(void);
void histogram_clear(void);
void histogram_add(uint64_t nanos);
double histogram_micros(double quantile);

#endif
