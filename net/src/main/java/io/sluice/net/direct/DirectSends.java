package io.sluice.net.direct;

/// Sends bytes to many sockets of a loop together, as far as each takes them at once. Used in rounds: [#add] for each
/// receiver, [#send], then [#left] for each. Between the first and the last nothing else may be written to one of these
/// sockets, nor may one be closed. Loop thread.
public abstract sealed class DirectSends permits SingleSends, RingSends {
    /// Bytes that are still to be sent, by place.
    final int[] left;

    private int size;
    private int round = 1;

    DirectSends(int room) {
        this.left = new int[room];
    }

    /// Receivers of one round at most.
    public final int room() {
        return left.length;
    }

    /// Whether the socket is a receiver of this round: it cannot be one twice, since the bytes that come second must not
    /// leave unless all of the first have.
    public final boolean has(DirectSocket socket) {
        return socket.addedIn == round;
    }

    /// Adds a receiver at the next place; the first is 0.
    ///
    /// @param socket one that [DirectSocket#isReady]
    /// @param address of the first byte; the bytes stay until [#send] returns
    public final void add(DirectSocket socket, long address, int length) {
        left[size] = length;
        put(socket, address, length, size);
        socket.addedIn = round;
        size++;
    }

    abstract void put(DirectSocket socket, long address, int length, int place);

    /// Sends to all that were added. What is left of it must be written to the channel, which also deals with a broken
    /// connection; [#add] begins the next round.
    public final void send() {
        try {
            sendAll(size);
        } finally {
            size = 0;
            round++;
        }
    }

    /// @param count of receivers, at places from 0 on
    abstract void sendAll(int count);

    /// How many bytes a receiver of the last round did not get: the last ones.
    public final int left(int place) {
        return left[place];
    }
}
