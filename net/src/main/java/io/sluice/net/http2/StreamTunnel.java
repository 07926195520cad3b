package io.sluice.net.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2Error;
import io.sluice.core.fail.Failure;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Tunnel;
import io.sluice.net.http.TunnelListener;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;
import org.jspecify.annotations.Nullable;

/// One stream of a client that has left HTTP: the payload of its DATA frames both ways. Loop thread only.
final class StreamTunnel implements Tunnel {
    private final ServerStream stream;
    private final Http2ServerConnection connection;
    private final StreamSink out;
    private final @Nullable StreamBody in;
    private @Nullable TunnelListener listener;
    private @Nullable Timer closeClock;
    private boolean over;

    /// @param in what arrives, or null when the client has ended its side
    StreamTunnel(
            ServerStream stream,
            Http2ServerConnection connection,
            StreamSink out,
            @Nullable StreamBody in) {
        this.stream = stream;
        this.connection = connection;
        this.out = out;
        this.in = in;
    }

    @Override
    public Loop loop() {
        return connection.loop();
    }

    @Override
    public Peer peer() {
        return connection.peer();
    }

    @Override
    public ByteBufAllocator allocator() {
        return connection.context().alloc();
    }

    @Override
    public void listen(TunnelListener newListener) {
        if (listener != null) {
            throw new IllegalStateException("somebody listens already");
        }
        listener = newListener;
        out.onWritable(this::drained);
        if (over) {
            loop().executor().execute(this::tellEnd);
        } else if (in != null) {
            in.to(new Arriving());
        }
    }

    @Override
    public void write(ByteBuf bytes) {
        if (closeClock == null) {
            out.piece(bytes);
        } else {
            bytes.release();
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public long queuedBytes() {
        return out.queued();
    }

    @Override
    public void pause() {
        if (in != null) {
            in.pause();
        }
    }

    @Override
    public void resume() {
        if (in != null) {
            in.resume();
        }
    }

    @Override
    public void finish() {
        if (closeClock != null || over) {
            return;
        }
        Timer clock = loop().timers().timer(this::cut);
        clock.in(CLOSE_NANOS);
        closeClock = clock;
        out.end(null);
        if (in != null) {
            in.discard();
        }
    }

    @Override
    public void cut() {
        stream.reset(Http2Error.CANCEL);
    }

    /// Whether neither side has ended it.
    boolean open() {
        return closeClock == null && !over;
    }

    private void drained() {
        if (listener != null && closeClock == null) {
            listener.drained();
        }
    }

    /// The listener of the connection drains.
    void drain() {
        if (listener == null) {
            cut();
        } else if (closeClock == null) {
            listener.drain();
        }
    }

    /// The stream is gone.
    void ended() {
        over = true;
        Timer clock = closeClock;
        if (clock != null) {
            clock.close();
        }
        loop().executor().execute(this::tellEnd);
    }

    /// Behind all calls that are under way, which may be the listener's own.
    private void tellEnd() {
        TunnelListener hears = listener;
        listener = null;
        if (hears != null) {
            hears.closed();
        }
    }

    /// Where the client's DATA goes.
    private final class Arriving implements BodySink {
        @Override
        public void piece(ByteBuf piece) {
            TunnelListener hears = listener;
            if (hears == null || closeClock != null) {
                piece.release();
            } else {
                hears.bytes(piece);
            }
        }

        @Override
        public void flush() {
            if (listener != null && closeClock == null) {
                listener.readComplete();
            }
        }

        @Override
        public void end(@Nullable Headers trailers) {
            // The client ended its side, which over HTTP/1.1 ends the connection.
            finish();
        }

        @Override
        public void abort(Failure why) {}

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void onWritable(@Nullable Runnable runnable) {}
    }
}
