package io.sluice.net.http2;

import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2PromisedRequestVerifier;

/// What turns the bytes of one connection into frames and back, the same for both sides.
///
/// @param late what comes on streams that are gone
record Codec(Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, LateFrames late) {

    /// @param control pays for control frames, received or waiting to be answered
    static Codec of(
            DefaultHttp2Connection connection,
            int maxHeaderBytes,
            int maxFields,
            FrameBudget control) {
        PlainEncoder encoder = PlainEncoder.create(connection, control);
        MeteredReader reader =
                new MeteredReader(new FieldBlockDecoder(maxHeaderBytes, maxFields), control);
        DefaultHttp2ConnectionDecoder decoder =
                new DefaultHttp2ConnectionDecoder(
                        connection,
                        encoder,
                        reader,
                        Http2PromisedRequestVerifier.ALWAYS_VERIFY,
                        true,
                        true,
                        false);
        LateFrames late = new LateFrames(decoder, control);
        connection.addListener(late);
        reader.dropLate(late);
        return new Codec(decoder, encoder, late);
    }
}
