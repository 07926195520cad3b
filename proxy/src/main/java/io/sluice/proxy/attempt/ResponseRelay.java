package io.sluice.proxy.attempt;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.Headers;
import io.sluice.proxy.upstream.CallResult;
import org.jspecify.annotations.Nullable;

/// Carries the body of the service's answer to the client, holding the service back while the client is full. Flushes
/// when the source does, that is whenever it has no more at hand: nothing is held back. Loop thread only.
final class ResponseRelay implements BodySink, Runnable {
    private final AttemptLoop loop;
    private final BodySource source;
    private final BodySink client;
    private final CallResult result;
    private boolean paused;

    /// @param result what the call came to if the body comes whole
    ResponseRelay(AttemptLoop loop, BodySource source, BodySink client, CallResult result) {
        this.result = result;
        this.loop = loop;
        this.source = source;
        this.client = client;
    }

    void start() {
        client.onWritable(this);
        source.to(this);
    }

    /// Whether the flow stands still because the client does not read.
    boolean heldByClient() {
        return paused;
    }

    @Override
    public void piece(ByteBuf piece) {
        loop.progress();
        client.piece(piece);
        if (!paused && isFull()) {
            paused = true;
            source.pause();
        }
    }

    /// Sends what is queued before calling the client full: most often the socket takes it all, and reading from the
    /// service need not be switched off and on again (two system calls each).
    private boolean isFull() {
        if (client.writable()) {
            return false;
        }
        client.flush();
        return !client.writable();
    }

    @Override
    public void flush() {
        client.flush();
    }

    @Override
    public void end(@Nullable Headers trailers) {
        // First ours, then the client's: its end may finish the exchange, which must not look like
        // a client gone.
        loop.conclude(result);
        client.end(trailers);
    }

    @Override
    public void abort(Failure why) {
        loop.abandon(why, CallResult.BROKEN);
    }

    @Override
    public boolean writable() {
        return client.writable();
    }

    @Override
    public void onWritable(@Nullable Runnable ignored) {
        // The source is paused and resumed instead.
    }

    /// The client takes more.
    @Override
    public void run() {
        if (paused && client.writable()) {
            paused = false;
            loop.progress();
            source.resume();
        }
    }
}
