package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TrailersIT {
    private static final byte[] REPLY =
            """
            HTTP/1.1 200 OK\r
            Transfer-Encoding: chunked\r
            Trailer: X-Sum\r
            \r
            2\r
            ok\r
            0\r
            X-Sum: two\r
            \r
            """
                    .getBytes(StandardCharsets.US_ASCII);

    private static final String[] SPOKEN_FOR = {
        "x-auth-subject", "root",
        "x-auth-made-up", "root",
        "x-user-id", "root",
        "x-forwarded-for", "6.6.6.6",
        "x-forwarded-prefix", "/evil",
        "forwarded", "for=6.6.6.6",
        "x-real-ip", "6.6.6.6",
        "x-request-id", "evil",
        "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "x_auth_subject", "root",
        "authorization", "Bearer x",
        "cookie", "a=b",
        "host", "evil.test",
        "content-length", "5",
        "x-api-key", "k"
    };

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final CompletableFuture<String> received = new CompletableFuture<>();
    private final ServerSocket service = listen();
    private RunningGateway gateway;

    @BeforeEach
    void start() {
        Thread.ofVirtual().start(this::serve);
        gateway =
                gateways.start(
                        GatewayText.empty()
                                .service(
                                        "s",
                                        "",
                                        GatewayText.instance("raw", service.getLocalPort(), ""))
                                .text());
    }

    @AfterEach
    void close() throws IOException {
        service.close();
    }

    @Test
    void theyPassBothWaysOverHttp1() throws Exception {
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("POST /x HTTP/1.1", "Transfer-Encoding: chunked", "TE: trailers")
                    .send("3\r\nabc\r\n0\r\nX-Check: three\r\n\r\n");
            RawResponse answer = client.response();
            assertThat(answer.text()).isEqualTo("ok");
            assertThat(answer.trailers().all("X-Sum")).containsExactly("two");
        }
        assertThat(received.get(30, TimeUnit.SECONDS)).endsWith("\r\n0\r\nX-Check: three\r\n\r\n");
    }

    @Test
    void theyPassBothWaysBetweenHttp2AndHttp1() throws Exception {
        try (ClearHttp2 client = new ClearHttp2(gateway.port())) {
            ClearHttp2.Answer answer = client.post("/x", "abc", "x-check", "three");
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.fields()).hasSize(2);
            assertThat(answer.fields().getFirst()).containsEntry(":status", "200");
            assertThat(answer.fields().getLast()).containsEntry("x-sum", "two");
        }
        assertThat(received.get(30, TimeUnit.SECONDS))
                .startsWith("POST /x HTTP/1.1\r\n")
                .containsIgnoringCase("\r\n0\r\nX-Check: three\r\n\r\n");
    }

    /// A service may take trailers for fields of the head, so nobody says there who asks or by which way (R27).
    @Test
    void noneStandsForWhatOnlyTheGatewayMaySay() throws Exception {
        try (RawClient client = RawClient.connect(gateway.port())) {
            StringBuilder trailers = new StringBuilder("X-Check: three\r\n");
            for (int i = 0; i < SPOKEN_FOR.length; i += 2) {
                trailers.append(SPOKEN_FOR[i]).append(": ").append(SPOKEN_FOR[i + 1]);
                trailers.append("\r\n");
            }
            client.request("POST /x HTTP/1.1", "Transfer-Encoding: chunked")
                    .send("3\r\nabc\r\n0\r\n" + trailers + "\r\n");
            assertThat(client.response().text()).isEqualTo("ok");
        }
        assertThat(received.get(30, TimeUnit.SECONDS)).endsWith("\r\n0\r\nX-Check: three\r\n\r\n");
    }

    @Test
    void noneStandsForWhatOnlyTheGatewayMaySayOverHttp2() throws Exception {
        String[] trailers = Arrays.copyOf(SPOKEN_FOR, SPOKEN_FOR.length + 2);
        trailers[SPOKEN_FOR.length] = "x-check";
        trailers[SPOKEN_FOR.length + 1] = "three";
        try (ClearHttp2 client = new ClearHttp2(gateway.port())) {
            assertThat(client.post("/x", "abc", trailers).body()).isEqualTo("ok");
        }
        assertThat(received.get(30, TimeUnit.SECONDS)).endsWith("\r\n0\r\nx-check: three\r\n\r\n");
    }

    /// Reads one chunked request to its end, keeps its bytes, and replies.
    private void serve() {
        try (Socket socket = service.accept()) {
            InputStream in = socket.getInputStream();
            StringBuilder text = new StringBuilder();
            while (text.indexOf("\r\n0\r\n") < 0 || !text.toString().endsWith("\r\n\r\n")) {
                int b = in.read();
                if (b < 0) {
                    throw new IOException("closed after: " + text);
                }
                text.append((char) b);
            }
            received.complete(text.toString());
            socket.getOutputStream().write(REPLY);
            int next = in.read();
            assertThat(next).isLessThan(0);
        } catch (IOException failed) {
            received.completeExceptionally(failed);
        }
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
    }
}
