package io.sluice.net.ws;

/// What a frame carries (RFC 6455 5.2). Numbers and no enum, as they are read from the wire and kept for each socket.
final class Opcode {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private Opcode() {}

    static boolean control(int opcode) {
        return opcode >= CLOSE;
    }

    static boolean known(int opcode) {
        return opcode <= BINARY || opcode >= CLOSE && opcode <= PONG;
    }
}
