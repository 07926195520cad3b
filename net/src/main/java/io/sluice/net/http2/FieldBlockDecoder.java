package io.sluice.net.http2;

import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Headers;

/// HPACK decoding straight into [FieldBlock]s.
final class FieldBlockDecoder extends DefaultHttp2HeadersDecoder {
    private final int maxFields;

    FieldBlockDecoder(int maxHeaderBytes, int maxFields) {
        super(false, maxHeaderBytes);
        this.maxFields = maxFields;
    }

    @Override
    protected Http2Headers newHeaders() {
        return new FieldBlock(maxFields);
    }
}
