package io.sluice.net.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/// What the peer still sends on streams that we reset or refused, before it can know of that (RFC 9113 5.1). It is
/// dropped without an answer, up to one window for each such stream: the codec would take it for an offence of its own,
/// frame by frame, and frames of a stream it refused even for the end of the connection. Loop thread only.
final class LateFrames extends Http2ConnectionAdapter {
    /// Streams that are remembered, a power of two; the eldest are forgotten first.
    private static final int REMEMBERED = 128;

    /// Bytes that may be on their way on one stream: its window, which nothing widens any more.
    private static final int WINDOW = 65_535;

    private final Http2Connection connection;
    private final Http2ConnectionDecoder decoder;
    private final FrameBudget budget;
    private int @Nullable [] gone;
    private int next;
    private int highestRefused;
    private int bytesLeft;

    /// @param budget pays for heads that do not end their stream
    LateFrames(Http2ConnectionDecoder decoder, FrameBudget budget) {
        this.connection = decoder.connection();
        this.decoder = decoder;
        this.budget = budget;
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
        if (stream.isResetSent()) {
            remember(stream.id());
        }
    }

    private void remember(int id) {
        int[] ids = gone;
        if (ids == null) {
            ids = new int[REMEMBERED];
            gone = ids;
        }
        ids[next++ & REMEMBERED - 1] = id;
        // On all of them no more can be on its way than the connection lets through.
        int most = decoder.flowController().initialWindowSize(connection.connectionStream());
        bytesLeft = Math.min(most, bytesLeft + WINDOW);
    }

    /// We did not even open this stream.
    void refused(int id) {
        highestRefused = Math.max(highestRefused, id);
        remember(id);
    }

    /// Whether a frame on this stream is such a late one.
    boolean drops(int id) {
        return gone != null && connection.stream(id) == null && (isBygone(id) || remembers(id));
    }

    /// Takes a head or trailers of such a stream. What ends the stream comes once; an origin's answer may begin before.
    ///
    /// @return false when nothing of the kind can be on its way
    boolean takesHeaders(int id, boolean end) {
        int[] ids = gone;
        for (int i = 0; ids != null && i < ids.length; i++) {
            if (ids[i] == id && connection.stream(id) == null) {
                if (end) {
                    ids[i] = 0;
                }
                return end || budget.spend();
            }
        }
        return false;
    }

    private boolean isBygone(int id) {
        return id <= highestRefused && !connection.remote().mayHaveCreatedStream(id);
    }

    private boolean remembers(int id) {
        int[] ids = gone;
        if (ids != null) {
            for (int known : ids) {
                if (known == id) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Takes DATA of such a stream, which fills no window but that of the connection, and this at once no more.
    ///
    /// @return false when it cannot have been on its way any more
    boolean takes(ByteBuf data, int padding, boolean end) throws Http2Exception {
        int bytes = data.readableBytes() + padding;
        if (bytes > bytesLeft) {
            return false;
        }
        bytesLeft -= bytes;
        decoder.flowController().receiveFlowControlledFrame(null, data, padding, end);
        return true;
    }
}
