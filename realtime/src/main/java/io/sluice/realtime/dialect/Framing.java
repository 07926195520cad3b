package io.sluice.realtime.dialect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.net.ws.Deflation;
import io.sluice.net.ws.Frames;

/// How a text becomes bytes on the wire. One object per way; one per way and loop where a loop's own things are needed.
@FunctionalInterface
public interface Framing {

    /// One text frame (RFC 6455). Any loop.
    Framing WEBSOCKET =
            (text, out) -> {
                out.ensureWritable(Frames.MAX_HEADER + text.length);
                Frames.textHeader(out, text.length);
                out.writeBytes(text);
            };

    /// One text frame, compressed where that is worth it (RFC 7692). For the loop the deflation belongs to; to be made
    /// once for each.
    static Framing deflated(Deflation deflation) {
        return (text, out) -> {
            ByteBuf frame = deflation.text(out.alloc(), Unpooled.wrappedBuffer(text));
            try {
                out.writeBytes(frame);
            } finally {
                frame.release();
            }
        };
    }

    /// Appends the text, in UTF-8, to `out`.
    void frame(byte[] text, ByteBuf out);
}
