package io.sluice.net.dial;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.sluice.core.fail.Failure;
import io.sluice.core.time.Ticker;
import io.sluice.net.http1.Http1Origin;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Loops;
import io.sluice.net.loop.Transport;
import io.sluice.testkit.OriginServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SilentOriginTest {

    static Stream<Transport> transports() {
        return Arrays.stream(Transport.values()).filter(Transport::available);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void theSystemAsksSilentOriginsAsOftenAsConfigured(Transport transport) throws Exception {
        CompletableFuture<Channel> dialled = new CompletableFuture<>();
        OriginCodec codec =
                (channel, loop) -> {
                    dialled.complete(channel);
                    return Http1Origin.install(channel, loop);
                };
        try (OriginServer server = OriginServer.start("origin");
                Loops loops = new Loops(transport, 1, Ticker.system());
                TcpDialer dialer = new TcpDialer(transport, Duration.ofSeconds(7), codec, codec)) {
            Loop loop = loops.all().getFirst();
            loop.executor().execute(() -> dialer.dial(origin(server), loop, ignore()));
            Channel channel = dialled.get(5, TimeUnit.SECONDS);
            assertThat(option(channel, transport.keepAliveIdle())).isEqualTo(7);
            assertThat(option(channel, transport.keepAliveInterval())).isEqualTo(7);
        }
    }

    private static int option(Channel channel, ChannelOption<Integer> option) {
        return Objects.requireNonNull(channel.config().getOption(option));
    }

    private static Origin origin(OriginServer server) {
        return new Origin(
                "127.0.0.1",
                server.port(),
                null,
                null,
                Origin.Speaks.HTTP_1,
                Duration.ofSeconds(5));
    }

    private static Dialer.DialListener ignore() {
        return new Dialer.DialListener() {
            @Override
            public void connected(OriginConnection connection) {}

            @Override
            public void failed(Failure failure) {}
        };
    }
}
