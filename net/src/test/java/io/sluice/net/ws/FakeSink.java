package io.sluice.net.ws;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.core.fail.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/// Writes down what a [FrameReader] tells.
final class FakeSink implements FrameSink {
    final List<String> heard = new ArrayList<>();
    private final Inflation inflation = new Inflation();
    private final int most;
    boolean reading = true;

    FakeSink(int most) {
        this.most = most;
    }

    @Override
    public boolean reading() {
        return reading;
    }

    @Override
    public void text(ByteBuf payload) {
        heard.add("text " + payload.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void binary(ByteBuf payload) {
        heard.add("binary " + payload.toString(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void ping(ByteBuf payload) {
        heard.add("ping " + payload.toString(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void pong() {
        heard.add("pong");
    }

    @Override
    public void close(int code, String reason) {
        heard.add("close " + code + " " + reason);
    }

    @Override
    public void refused(FailureKind kind, String why) {
        heard.add("refused " + kind.label());
    }

    @Override
    public @Nullable ByteBuf inflate(ByteBuf payload) {
        try {
            ByteBuf inflated = inflation.inflate(UnpooledByteBufAllocator.DEFAULT, payload, most);
            if (inflated == null) {
                refused(FailureKind.PAYLOAD_TOO_LARGE, "");
            }
            return inflated;
        } catch (DataFormatException malformed) {
            refused(FailureKind.INVALID_PAYLOAD, "");
            return null;
        }
    }
}
