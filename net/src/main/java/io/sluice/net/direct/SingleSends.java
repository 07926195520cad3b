package io.sluice.net.direct;

import org.jspecify.annotations.Nullable;

/// One system call for each. A call empties the processor's nearer caches, so what the next one asks for would come from
/// far memory each time; as all receivers of a round are looked at when they are added, it comes for all of them at once.
public final class SingleSends extends DirectSends {
    private static final int TOGETHER = 16;

    private final @Nullable DirectSocket[] sockets = new DirectSocket[TOGETHER];
    private final long[] addresses = new long[TOGETHER];

    public SingleSends() {
        super(TOGETHER);
    }

    @Override
    void put(DirectSocket socket, long address, int length, int place) {
        sockets[place] = socket;
        addresses[place] = address;
    }

    @Override
    void sendAll(int count) {
        for (int place = 0; place < count; place++) {
            DirectSocket socket = sockets[place];
            if (socket != null) {
                left[place] -= socket.send(addresses[place], 0, left[place]);
                sockets[place] = null;
            }
        }
    }
}
