/* WebSocket frames (RFC 6455, section 5.2), for both ends of the bench. */
#ifndef FRAME_H
#define FRAME_H

#include <stddef.h>

enum opcode { OP_TEXT = 1, OP_BINARY = 2, OP_CLOSE = 8, OP_PING = 9, OP_PONG = 10 };
enum sender { SERVER, CLIENT };

/* Longest head: two bytes, eight of length, four of mask. */
enum { FRAME_HEAD = 14 };

/* A frame where it lies in a buffer; `whole` counts head and payload. */
struct frame {
    int opcode;
    char *payload;
    size_t length;
    size_t whole;
};

/* Finds the frame at the start of the bytes and takes its mask off in place. 0 when bytes are still missing. */
int frame_read(char *bytes, size_t count, struct frame *frame);

/* Writes one whole frame, masked when a client sends it, and gives its size. */
size_t frame_write(char *out, enum sender sender, enum opcode opcode, const char *payload, size_t length);

/* Sec-WebSocket-Accept for a Sec-WebSocket-Key (RFC 6455, section 4.2.2), with the closing zero. */
void accept_key(const char *key, size_t length, char out[29]);

#endif
