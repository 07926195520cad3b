package io.sluice.net.tls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.sluice.core.time.Ticker;
import io.sluice.net.http1.Http1Pipeline;
import io.sluice.net.http1.Http1Settings;
import io.sluice.net.http1.Http1Side;
import io.sluice.net.listen.Listener;
import io.sluice.net.listen.ListenerConfig;
import io.sluice.net.listen.ListenerLimits;
import io.sluice.net.listen.ListenerTimeouts;
import io.sluice.net.listen.ProtocolStart;
import io.sluice.net.listen.Protocols;
import io.sluice.net.listen.ProxyProtocol;
import io.sluice.net.loop.Loops;
import io.sluice.net.loop.Transport;
import io.sluice.net.ws.Frames;
import io.sluice.net.ws.WebSocket;
import io.sluice.net.ws.WsConfig;
import io.sluice.net.ws.WsEnd;
import io.sluice.net.ws.WsHandshake;
import io.sluice.net.ws.WsListener;
import io.sluice.net.ws.WsWatch;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawWebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A WebSocket behind TLS: nothing of it is special, but its end is another.
@ExtendWith(LeakCheck.class)
class TunnelTlsTest {
    @TempDir Path folder;

    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    @Test
    void carriesMessagesAndEndsBothWays() throws Exception {
        TestPki pki = new TestPki(folder);
        pki.issue("default", TestPki.template(), "localhost");
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {pki.authority.toTrustManager()}, null);
        ServerTlsConfig config =
                ServerTlsConfig.of(pki.file("default.pem"), pki.file("default.key"));
        ServerTls tls =
                requireNonNull(
                        ServerTls.load(
                                config,
                                AlpnOffer.EITHER,
                                Ticker.system(),
                                HandshakeListener.NONE,
                                new TlsFindings()));
        Loops loops = new Loops(Transport.preferred(), 1, Ticker.system());
        Listener listener = listener(loops, config, tls);
        try {
            listener.bind();
            int port = listener.address().getPort();
            try (RawWebSocket socket = connect(port, context)) {
                String large = "x".repeat(60_000);
                socket.text(large);
                assertThat(socket.readText()).isEqualTo(large);
                socket.closing();
                assertThat(socket.readClose().closeCode()).isEqualTo(1000);
                assertThat(socket.closedWithin(Duration.ofSeconds(20))).isTrue();
                assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo("BY_PEER 1000");
            }
            try (RawWebSocket socket = connect(port, context)) {
                socket.text("close me");
                assertThat(socket.readClose().closeCode()).isEqualTo(1000);
                socket.closing();
                assertThat(socket.closedWithin(Duration.ofSeconds(20))).isTrue();
                assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo("BY_US 1000");
            }
        } finally {
            listener.close();
            loops.close();
            tls.close();
        }
    }

    private static RawWebSocket connect(int port, SSLContext context) {
        List<String> http1 = List.of("http/1.1");
        return RawWebSocket.over(RawClient.connectTls(port, context, "localhost", http1), "/");
    }

    private Listener listener(Loops loops, ServerTlsConfig config, ServerTls tls) {
        WsHandshake handshake = new WsHandshake(WsConfig.DEFAULT, WsWatch.NONE, 1);
        Http1Side side =
                new Http1Side(
                        Http1Settings.DEFAULT,
                        exchange -> {
                            if (handshake.check(exchange)) {
                                handshake.accept(exchange, null, new Echo());
                            }
                        },
                        (peer, protocol, failure) -> {},
                        1);
        ProtocolStart http1 =
                (pipeline, loop, peer) -> Http1Pipeline.install(pipeline, side, loop, peer);
        Duration time = Duration.ofSeconds(30);
        return new Listener(
                new ListenerConfig(
                        "127.0.0.1",
                        0,
                        new ListenerTimeouts(time, time, time, time, 1024, Duration.ZERO),
                        new ListenerLimits(8192, 32768, 100, 100),
                        config,
                        ProxyProtocol.OFF,
                        false),
                loops,
                new Protocols(http1, http1),
                (peer, protocol, failure) -> {},
                tls);
    }

    private final class Echo implements WsListener {
        private @Nullable WebSocket socket;

        @Override
        public void opened(WebSocket opened) {
            socket = opened;
        }

        @Override
        public void text(ByteBuf payload) {
            WebSocket to = requireNonNull(socket);
            if (payload.readableBytes() == 8) {
                to.close(1000, "");
            } else {
                to.write(Frames.text(to.allocator(), payload));
                to.flush();
            }
        }

        @Override
        public void binary(ByteBuf payload) {}

        @Override
        public void drain() {}

        @Override
        public void closed(WsEnd end, int code, String reason) {
            ends.add(end + " " + code);
        }
    }
}
