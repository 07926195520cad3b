/* What the members say: templates, and messages as frames or as HTTP requests. */
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "frame.h"

enum { PADDED = 200, MOST_AT_ONCE = 64 };

/* Replaces %R by the room and %M by the marker of this sequence number, padded to 200 bytes. */
size_t expand(char *out, const char *text, int room, long sequence) {
    size_t at = 0;
    for (; *text && at < LONGEST_TEXT - PADDED - 2; text++) {
        if (text[0] == '%' && text[1] == 'R') {
            at += (size_t)sprintf(out + at, "%d", room);
            text++;
        } else if (text[0] == '%' && text[1] == 'M') {
            at += (size_t)sprintf(out + at, "@M%010ld", sequence);
            memset(out + at, 'x', PADDED - 12);
            at += PADDED - 12;
            text++;
        } else {
            out[at++] = *text;
        }
    }
    out[at] = 0;
    return at;
}

static size_t post(char *out, const char *text, size_t length, int room) {
    char path[LONGEST_TEXT];
    expand(path, settings.publish, room, 0);
    return (size_t)sprintf(out, "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%sContent-Length: %zu\r\n\r\n%.*s", path,
                           settings.ports[0], settings.publish_headers, length, (int)length, text);
}

void send_text(struct member *member, const char *text, size_t length) { send_texts(member, &text, &length, 1); }

/* All in one write. */
void send_texts(struct member *member, const char **texts, const size_t *lengths, int count) {
    static char out[MOST_AT_ONCE * (2 * LONGEST_TEXT + FRAME_HEAD)];
    size_t at = 0;
    for (int i = 0; i < count; i++)
        at += member->poster ? post(out + at, texts[i], lengths[i], member->room)
                             : frame_write(out + at, CLIENT, OP_TEXT, texts[i], lengths[i]);
    write_out(member->fd, out, at);
}
