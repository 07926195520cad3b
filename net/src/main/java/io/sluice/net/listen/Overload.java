package io.sluice.net.listen;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What a connection over the limit gets: a 503 in HTTP/1.1 bytes and a close, before anything is read or allocated.
final class Overload {
    static final Failure FAILURE = Failure.of(FailureKind.OVERLOADED, "Too many connections");
    private static final byte[] ANSWER = answer();

    private Overload() {}

    private static byte[] answer() {
        String body =
                JsonText.of(
                        Map.of(
                                "error",
                                "unavailable",
                                "message",
                                "Too many connections",
                                "status",
                                503));
        String head =
                String.join(
                        "\r\n",
                        "HTTP/1.1 503 Service Unavailable",
                        "Content-Type: application/json",
                        "Retry-After: 1",
                        "Connection: close",
                        "Content-Length: " + body.length(),
                        "",
                        "");
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    static void refuse(Channel channel) {
        channel.eventLoop()
                .execute(() ->
                        channel.writeAndFlush(Unpooled.wrappedBuffer(ANSWER))
                                .addListener(ChannelFutureListener.CLOSE));
    }
}
