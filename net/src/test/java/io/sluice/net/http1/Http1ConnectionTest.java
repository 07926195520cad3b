package io.sluice.net.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.net.http.Handler;
import io.sluice.net.http.Response;
import io.sluice.net.listen.Departures;
import io.sluice.net.listen.ProxyProtocol;
import io.sluice.net.listen.TestListener;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a client sees of a connection that behaves, and of one that is slow or leaves.
@ExtendWith(LeakCheck.class)
final class Http1ConnectionTest {
    private static final Http1Settings HASTY =
            new Http1Settings(
                    HeadLimits.DEFAULT,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    1024,
                    Duration.ofSeconds(60));

    /// Answers without waiting for the body.
    private static final Handler EARLY = exchange -> exchange.answer(Response.empty(204));

    @Test
    void answersOneRequestAfterTheOtherOnOneConnection() {
        try (TestListener listener = new TestListener(new Echo());
                RawClient client = RawClient.connect(listener.port())) {
            for (int i = 0; i < 3; i++) {
                client.send("GET /x?a=" + i + " HTTP/1.1\r\nHost: a.test\r\nX-One:  two \r\n\r\n");
                RawResponse response = client.response();
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.text())
                        .contains("GET /x?a=" + i, "authority: a.test", "X-One: two\n");
                assertThat(response.headers().first("Date")).endsWith("GMT");
            }
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() {
        try (TestListener listener = new TestListener(new Echo());
                RawClient client = RawClient.connect(listener.port())) {
            client.send(
                    "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
                            + "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
                            + "GET /3 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.response().text()).startsWith("GET /1\n");
            assertThat(client.response().text()).startsWith("POST /2\n").endsWith("abc");
            assertThat(client.response().text()).startsWith("GET /3\n");
        }
    }

    @Test
    void readsAChunkedBodyWithExtensionsAndTrailers() {
        try (TestListener listener = new TestListener(new Echo());
                RawClient client = RawClient.connect(listener.port())) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nX-Sum: 7\r\nContent-Length: 9\r\n\r\n");
            String text = client.response().text();
            assertThat(text)
                    .contains("abc0123456789")
                    .contains("X-Sum: 7")
                    .doesNotContain("Content-Length");
        }
    }

    @Test
    void toleratesTwoEmptyLinesBeforeARequest() {
        try (TestListener listener = new TestListener(new Echo());
                RawClient client = RawClient.connect(listener.port())) {
            client.send("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(200);
        }
    }

    @Test
    void dropsHeaderNamesWithUnderscores() {
        try (TestListener listener = new TestListener(new Echo());
                RawClient client = RawClient.connect(listener.port())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nX_Forwarded_For: 1.1.1.1\r\nX-Ok: 1\r\n\r\n");
            assertThat(client.response().text())
                    .contains("X-Ok: 1")
                    .doesNotContain("X_Forwarded_For");
        }
    }

    @Test
    void takesTheAuthorityOfAnAbsoluteTargetOverHost() {
        try (TestListener listener = new TestListener(new Echo());
                RawClient client = RawClient.connect(listener.port())) {
            client.send("GET http://b.test:81/x?y HTTP/1.1\r\nHost: a.test\r\n\r\n");
            assertThat(client.response().text()).contains("GET /x?y", "authority: b.test:81");
        }
    }

    @Test
    void answersHeadWithTheLengthAndNoBody() {
        try (TestListener listener = new TestListener(new Echo());
                RawClient client = RawClient.connect(listener.port())) {
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            RawResponse head = client.head();
            assertThat(Integer.parseInt(head.headers().first("Content-Length"))).isPositive();
            client.send("GET /after HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.response().text()).startsWith("GET /after");
        }
    }

    @Test
    void closesWhenTheClientAsksForItOrSpeaksHttp10() {
        try (TestListener listener = new TestListener(new Echo())) {
            try (RawClient client = RawClient.connect(listener.port())) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                assertThat(client.response().headers().first("Connection")).isEqualTo("close");
                assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
            }
            try (RawClient client = RawClient.connect(listener.port())) {
                client.send("GET / HTTP/1.0\r\n\r\n");
                assertThat(client.response().status()).isEqualTo(200);
                assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
            }
            try (RawClient client = RawClient.connect(listener.port())) {
                client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
                assertThat(client.response().headers().first("Connection")).isEqualTo("keep-alive");
                client.send("GET / HTTP/1.0\r\n\r\n");
                assertThat(client.response().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void answers408WhenAHeadDribbles() {
        Echo echo = new Echo();
        try (TestListener listener = new TestListener(echo, HASTY, ProxyProtocol.OFF, 10);
                RawClient client = RawClient.connect(listener.port())) {
            client.send("GET / HT");
            RawResponse response = client.response();
            assertThat(response.status()).isEqualTo(408);
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(echo.requests).hasValue(0);
        }
    }

    @Test
    void answers408WhenABodyDribbles() {
        try (TestListener listener = new TestListener(new Echo(), HASTY, ProxyProtocol.OFF, 10);
                RawClient client = RawClient.connect(listener.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
            assertThat(client.response().status()).isEqualTo(408);
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void closesWhenTheBodyOfAnAnsweredRequestDoesNotCome() {
        try (TestListener listener = new TestListener(EARLY, HASTY, ProxyProtocol.OFF, 10);
                RawClient client = RawClient.connect(listener.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
            assertThat(client.response().status()).isEqualTo(204);
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
            await().until(() -> listener.listener().connections() == 0);
        }
    }

    @Test
    void closesWhenTheBodyOfAnAnsweredRequestIsMalformed() {
        try (TestListener listener = new TestListener(EARLY);
                RawClient client = RawClient.connect(listener.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(204);
            client.send("no size\r\n");
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void closesAnIdleConnectionWithoutAWord() {
        try (TestListener listener = new TestListener(new Echo(), HASTY, ProxyProtocol.OFF, 10);
                RawClient client = RawClient.connect(listener.port())) {
            assertThat(client.untilClosed()).isEmpty();
            await().until(() -> listener.listener().connections() == 0);
        }
    }

    @Test
    void refusesConnectionsOverTheLimitWith503() {
        try (TestListener listener =
                        new TestListener(new Echo(), Http1Settings.DEFAULT, ProxyProtocol.OFF, 1);
                RawClient first = RawClient.connect(listener.port())) {
            first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(first.response().status()).isEqualTo(200);
            try (RawClient second = RawClient.connect(listener.port())) {
                RawResponse response = second.response();
                assertThat(response.status()).isEqualTo(503);
                assertThat(response.headers().first("Retry-After")).isEqualTo("1");
                assertThat(listener.refusals()).containsExactly("overloaded");
            }
            first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(first.response().status()).isEqualTo(200);
        }
    }

    @Test
    void closesAndCountsAConnectionThatNeverFinishesThePreface() {
        try (TestListener listener = new TestListener(new Echo(), HASTY, ProxyProtocol.OFF, 10);
                RawClient client = RawClient.connect(listener.port())) {
            client.send("PRI * HT");
            assertThat(client.untilClosed()).isEmpty();
            assertThat(listener.refusals()).containsExactly("client_timeout");
        }
    }

    @Test
    void takesThePeerFromAProxyHeader() {
        try (TestListener listener =
                new TestListener(
                        exchange ->
                                exchange.answer(
                                        io.sluice.net.http.Response.of(
                                                200, "text/plain", exchange.peer().address())),
                        Http1Settings.DEFAULT,
                        ProxyProtocol.REQUIRED,
                        10)) {
            try (RawClient client = RawClient.connect(listener.port())) {
                client.send(
                        "PROXY TCP4 192.0.2.7 192.0.2.1 4711 80\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.response().text()).isEqualTo("192.0.2.7");
            }
            try (RawClient client = RawClient.connect(listener.port())) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.untilClosed()).isEmpty();
            }
        }
    }

    @Test
    void closesAndCountsConnectionsWithoutAGoodProxyHeader() {
        String[] broken = {
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "PROXY TCP4 192.0.2.999 192.0.2.1 1 2\r\n",
            "PROXY TCP4 " + "1".repeat(200) + "\r\n",
        };
        try (TestListener listener =
                new TestListener(new Echo(), Http1Settings.DEFAULT, ProxyProtocol.REQUIRED, 10)) {
            for (String head : broken) {
                try (RawClient client = RawClient.connect(listener.port())) {
                    client.send(head);
                    assertThat(client.untilClosed()).isEmpty();
                }
            }
            // The decoder of the header closes before it says what was wrong.
            await().untilAsserted(() ->
                    assertThat(listener.refusals())
                            .containsExactly("bad_request", "bad_request", "bad_request"));
        }
    }

    @Test
    void closesAndCountsConnectionsWhoseProxyHeaderIsLate() {
        try (TestListener listener =
                new TestListener(new Echo(), HASTY, ProxyProtocol.REQUIRED, 10)) {
            // One that has not even begun in time is closed, too, and not counted.
            await().untilAsserted(() -> {
                try (RawClient client = RawClient.connect(listener.port())) {
                    client.send("PROXY TCP4 ");
                    assertThat(client.untilClosed()).isEmpty();
                }
                assertThat(listener.refusals()).containsExactly("client_timeout");
            });
        }
    }

    @Test
    void connectionsThatAreNotToldToGoYetAreServedWhileOthersLeave() {
        List<RawClient> clients = new ArrayList<>();
        try (TestListener listener = new TestListener(new Echo())) {
            for (int i = 0; i < 12; i++) {
                RawClient client = RawClient.connect(listener.port());
                clients.add(client);
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.response().status()).isEqualTo(200);
            }
            Departures leaving = listener.listener().stopAccepting();

            assertThat(leaving.left()).isEqualTo(12);
            assertThat(leaving.tell(5)).isEqualTo(5);
            await().until(() -> listener.listener().connections() == 7);
            assertThat(leaving.left()).isEqualTo(7);
            assertThat(clients.stream().filter(Http1ConnectionTest::isServed)).hasSize(7);

            assertThat(leaving.tell(100)).isEqualTo(7);
            assertThat(leaving.tell(100)).isZero();
            await().until(() -> listener.listener().connections() == 0);
        } finally {
            clients.forEach(RawClient::close);
        }
    }

    private static boolean isServed(RawClient client) {
        try {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            return client.response().status() == 200;
        } catch (UncheckedIOException closed) {
            return false;
        }
    }

    @Test
    void drainsByClosingIdleConnectionsAndAnnouncingTheCloseOnBusyOnes() {
        try (TestListener listener = new TestListener(new Echo());
                RawClient idle = RawClient.connect(listener.port());
                RawClient busy = RawClient.connect(listener.port())) {
            idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(idle.response().status()).isEqualTo(200);
            busy.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n");
            await().until(() -> listener.listener().connections() == 2);
            listener.listener().drain();
            assertThat(idle.closedWithin(Duration.ofSeconds(20))).isTrue();
            busy.send("abc");
            assertThat(busy.response().headers().first("Connection")).isEqualTo("close");
            assertThat(busy.closedWithin(Duration.ofSeconds(20))).isTrue();
        }
    }
}
