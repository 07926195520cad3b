#include "frame.h"

#include <stdint.h>
#include <string.h>

static const unsigned char MASK[4] = {0x9a, 0x2c, 0x51, 0xe7};

static void mask(char *bytes, size_t length, const unsigned char *key) {
    for (size_t i = 0; i < length; i++) bytes[i] ^= key[i & 3];
}

int frame_read(char *bytes, size_t count, struct frame *frame) {
    const unsigned char *head = (const unsigned char *)bytes;
    size_t at = 2;
    if (count < at) return 0;
    uint64_t length = head[1] & 127;
    size_t wide = length == 126 ? 2 : length == 127 ? 8 : 0;
    size_t key = head[1] & 128 ? 4 : 0;
    if (count < at + wide + key) return 0;
    if (wide) {
        length = 0;
        for (size_t i = 0; i < wide; i++) length = length << 8 | head[at + i];
    }
    at += wide + key;
    if (count - at < length) return 0;
    frame->opcode = head[0] & 15;
    frame->payload = bytes + at;
    frame->length = length;
    frame->whole = at + length;
    if (key) mask(frame->payload, length, head + at - 4);
    return 1;
}

size_t frame_write(char *out, enum sender sender, enum opcode opcode, const char *payload, size_t length) {
    size_t at = 2;
    size_t wide = length < 126 ? 0 : length < 65536 ? 2 : 8;
    unsigned char masked = sender == CLIENT ? 128 : 0;
    out[0] = (char)(128 | opcode);
    out[1] = (char)(masked | (wide == 0 ? length : wide == 2 ? 126 : 127));
    for (size_t i = 0; i < wide; i++) out[at++] = (char)(length >> 8 * (wide - 1 - i));
    if (masked) {
        memcpy(out + at, MASK, 4);
        at += 4;
    }
    memcpy(out + at, payload, length);
    if (masked) mask(out + at, length, MASK);
    return at + length;
}

static uint32_t rotate(uint32_t word, int by) { return word << by | word >> (32 - by); }

static void sha1_block(uint32_t state[5], const unsigned char *block) {
    uint32_t w[80], a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | block[4 * i + 1] << 16 | block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 80; i++) w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (int i = 0; i < 80; i++) {
        uint32_t mix = i < 20   ? ((b & c) | (~b & d)) + 0x5A827999
                       : i < 40 ? (b ^ c ^ d) + 0x6ED9EBA1
                       : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC
                                : (b ^ c ^ d) + 0xCA62C1D6;
        uint32_t next = rotate(a, 5) + mix + e + w[i];
        e = d, d = c, c = rotate(b, 30), b = a, a = next;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e;
}

/* FIPS 180-4, for texts of at most 119 bytes. */
static void sha1(const char *text, size_t length, unsigned char digest[20]) {
    uint32_t state[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    unsigned char blocks[128] = {0};
    size_t size = length < 56 ? 64 : 128;
    memcpy(blocks, text, length);
    blocks[length] = 128;
    blocks[size - 2] = (unsigned char)(length * 8 >> 8);
    blocks[size - 1] = (unsigned char)(length * 8);
    for (size_t at = 0; at < size; at += 64) sha1_block(state, blocks + at);
    for (int i = 0; i < 20; i++) digest[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)));
}

void accept_key(const char *key, size_t length, char out[29]) {
    static const char SUFFIX[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    static const char SIGNS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char text[119];
    unsigned char digest[21] = {0};
    if (length > 64) length = 64;
    memcpy(text, key, length);
    memcpy(text + length, SUFFIX, sizeof SUFFIX - 1);
    sha1(text, length + sizeof SUFFIX - 1, digest);
    for (int i = 0; i < 7; i++) {
        uint32_t bits = (uint32_t)digest[3 * i] << 16 | digest[3 * i + 1] << 8 | digest[3 * i + 2];
        for (int j = 0; j < 4; j++) out[4 * i + j] = SIGNS[bits >> (18 - 6 * j) & 63];
    }
    out[27] = '=';
    out[28] = 0;
}
