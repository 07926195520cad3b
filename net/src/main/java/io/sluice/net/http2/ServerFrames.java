package io.sluice.net.http2;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.TrailerFields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears the frames of a client's connection, behind the codec's state checks: a header block opens a stream and hands
/// an [Exchange] over, DATA and trailers feed its body, RST_STREAM ends it. Loop thread only.
final class ServerFrames extends StreamFrames<ServerStream> {
    private static final Logger LOG = LoggerFactory.getLogger(ServerFrames.class);

    private final Http2ServerConnection connection;

    ServerFrames(Http2ServerConnection connection) {
        super(connection);
        this.connection = connection;
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx, int id, Http2Headers headers, int padding, boolean end)
            throws Http2Exception {
        FieldBlock block = (FieldBlock) headers;
        Http2Stream stream = connection.connection().stream(id);
        ServerStream open = connection.of(stream);
        if (open != null) {
            trailers(id, open, block);
        } else if (stream != null) {
            open(stream, block, end);
        }
    }

    private static void trailers(int id, ServerStream open, FieldBlock block)
            throws Http2Exception {
        if (block.fault() != FieldBlock.Fault.NONE || block.hasPseudo()) {
            throw malformed(id);
        }
        Headers trailers = block.fields();
        trailers.removeIf(TrailerFields.NOT_IN_REQUESTS);
        open.trailers(trailers);
    }

    private void open(Http2Stream stream, FieldBlock block, boolean end) throws Http2Exception {
        switch (Opening.of(block, connection.peer())) {
            case Opening.Request(RequestHead head, long length) -> {
                if (end && length > 0) {
                    throw malformed(stream.id());
                }
                handle(attach(stream, head, end ? 0 : length));
            }
            case Opening.Connect(RequestHead head) -> {
                if (end) {
                    throw malformed(stream.id());
                }
                ServerStream open = ServerStream.connected(connection, stream.id());
                connection.attach(stream, open);
                handle(open.open(head));
            }
            case Opening.Refused(Failure failure) -> refuse(stream, failure, end);
            case Opening.Malformed() -> throw malformed(stream.id());
        }
    }

    private Exchange attach(Http2Stream stream, RequestHead head, long length) {
        ServerStream open = ServerStream.requested(connection, stream.id(), head.method(), length);
        connection.attach(stream, open);
        return open.open(head);
    }

    private void handle(Exchange exchange) {
        try {
            connection.side().handler().handle(exchange);
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("Handler failed");
            exchange.fail(Failure.of(FailureKind.INTERNAL, "Internal error"));
        }
    }

    /// Answers a head that never became a request. A client that does so again and again is an early end each time.
    private void refuse(Http2Stream stream, Failure failure, boolean end) throws Http2Exception {
        connection.side().refusals().refused(connection.peer(), Protocol.HTTP_2, failure);
        connection.prematureEnd();
        RequestHead none =
                new RequestHead(
                        Method.UNREAD,
                        connection.peer().scheme(),
                        "",
                        "-",
                        null,
                        Protocol.HTTP_2,
                        new Headers());
        Exchange refused = attach(stream, none, end ? 0 : -1);
        refused.identify(connection.loop().ids().requestId(), refused.trace());
        connection.side().handler().refused(refused);
        refused.fail(failure);
    }

    private static Http2Exception malformed(int id) {
        return Http2Exception.streamError(id, Http2Error.PROTOCOL_ERROR, "malformed head");
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext ctx, long data) {
        connection.goaway().acknowledged(data);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int id, long code)
            throws Http2Exception {
        ServerStream open = connection.stream(id);
        if (open != null) {
            open.clientReset();
            if (open.unfinished()) {
                connection.prematureEnd();
            }
        }
    }
}
