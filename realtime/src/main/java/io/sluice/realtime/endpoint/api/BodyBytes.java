package io.sluice.realtime.endpoint.api;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Headers;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Gathers the body of one request, up to a limit. Loop thread.
final class BodyBytes implements BodySink {
    private static final int SMALL = 256;

    private final Exchange exchange;
    private final int most;
    private final BiConsumer<Exchange, byte[]> then;
    private byte[] bytes;
    private int size;
    private boolean over;

    /// @param then gets the whole body, once, unless the request broke off or was too large
    BodyBytes(Exchange exchange, int most, BiConsumer<Exchange, byte[]> then) {
        this.exchange = exchange;
        this.most = most;
        this.then = then;
        int least = Math.min(SMALL, most);
        this.bytes = new byte[Math.clamp(exchange.requestBody().length(), least, most)];
    }

    static Failure tooLarge(int most) {
        return Failure.of(
                FailureKind.PAYLOAD_TOO_LARGE, "The body is larger than " + most + " bytes.");
    }

    @Override
    public void piece(ByteBuf piece) {
        int length = piece.readableBytes();
        if (!over && length <= most - size) {
            if (length > bytes.length - size) {
                bytes = Arrays.copyOf(bytes, Math.min(most, Math.max(size * 2, size + length)));
            }
            piece.readBytes(bytes, size, length);
            size += length;
        } else if (!over) {
            over = true;
            exchange.fail(tooLarge(most));
            exchange.requestBody().discard();
        }
        piece.release();
    }

    @Override
    public void flush() {}

    @Override
    public void end(@Nullable Headers trailers) {
        if (!over && !exchange.ended()) {
            then.accept(exchange, Arrays.copyOf(bytes, size));
        }
    }

    @Override
    public void abort(Failure why) {
        exchange.fail(why);
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void onWritable(@Nullable Runnable listener) {}
}
