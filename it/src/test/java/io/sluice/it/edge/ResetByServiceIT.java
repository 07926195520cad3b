package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawHttp2;
import io.sluice.testkit.RawHttp2.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A service over HTTP/2 that resets a stream has said something about one request and nothing about its connection.
class ResetByServiceIT {
    private static final int INTERNAL_ERROR = 2;
    private static final int ACK = 1;

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger resets = new AtomicInteger();
    private final ServerSocket service = listen();
    private RunningGateway gateway;

    @BeforeEach
    void start() {
        Thread.ofVirtual().start(this::accept);
        gateway =
                gateways.start(
                        GatewayText.empty()
                                .service(
                                        "s",
                                        "",
                                        GatewayText.instance(
                                                "raw", service.getLocalPort(), "protocol: h2c"))
                                .section("loops: 1")
                                .text());
    }

    @AfterEach
    void close() throws IOException {
        service.close();
    }

    @Test
    void theNextRequestGoesOverTheSameConnection() {
        resets.set(1);
        assertThat(status("POST")).isEqualTo(502);
        assertThat(status("POST")).isEqualTo(200);
        assertThat(status("POST")).isEqualTo(200);
        assertThat(connections).hasValue(1);
    }

    @Test
    void soDoesTheOneRetryThatCostsNothing() {
        assertThat(status("GET")).isEqualTo(200);
        resets.set(1);
        assertThat(status("GET")).isEqualTo(200);
        assertThat(connections).hasValue(1);
    }

    private int status(String method) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request(method + " /x HTTP/1.1", "Content-Length: 0").response().status();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = service.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (RawHttp2 peer = new RawHttp2(socket)) {
            peer.settings().send();
            while (true) {
                Frame frame = peer.read();
                if (frame.type() == RawHttp2.SETTINGS && frame.flags() != ACK) {
                    peer.frame(RawHttp2.SETTINGS, ACK, 0, new byte[0]).send();
                } else if (frame.type() == RawHttp2.HEADERS) {
                    answer(peer, frame.stream());
                }
            }
        } catch (IOException closed) {
            // The gateway has closed the connection.
        }
    }

    private void answer(RawHttp2 peer, int stream) throws IOException {
        if (resets.getAndDecrement() > 0) {
            peer.frame(RawHttp2.RST_STREAM, 0, stream, RawHttp2.number(INTERNAL_ERROR));
        } else {
            peer.headers(stream, RawHttp2.block(":status", "200"));
        }
        peer.send();
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
    }
}
