package io.sluice.net.direct;

import java.io.IOException;

/// All of a round in one system call.
public final class RingSends extends DirectSends implements AutoCloseable {
    /// With fewer together less is saved; see decision 0018.
    private static final int TOGETHER = 1024;

    private final SendRing ring;
    private boolean broken;

    private RingSends(SendRing ring) {
        super(ring.capacity());
        this.ring = ring;
    }

    /// Makes the JVM ready for [#open], which takes it some 50 ms. Any thread but a loop's.
    ///
    /// @throws IOException when this machine has no rings, or does not let this process have one
    public static void prepare() throws IOException {
        SendRing.open(1).close();
    }

    /// @throws IOException as [#prepare]
    public static RingSends open() throws IOException {
        return new RingSends(SendRing.open(TOGETHER));
    }

    @Override
    void put(DirectSocket socket, long address, int length, int place) {
        ring.put(place, socket.descriptor(), address, length);
    }

    @Override
    void sendAll(int count) {
        broken |= !ring.submit(count, left);
    }

    /// Whether the kernel refused something. Nothing is lost, but another way should be taken from now on.
    public boolean isBroken() {
        return broken;
    }

    @Override
    public void close() {
        ring.close();
    }
}
