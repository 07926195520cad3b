package io.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TcpFaultProxyTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final OriginServer origin = OriginServer.start("b1");
    private final TcpFaultProxy proxy = TcpFaultProxy.before(origin.port());

    @AfterEach
    void stop() {
        proxy.close();
        origin.close();
    }

    @Test
    void passesBytesBothWays() {
        try (RawClient client = RawClient.connect(proxy.port())) {
            assertThat(get(client)).isEqualTo(200);
        }
        await().until(() -> proxy.open() == 0);
        assertThat(proxy.accepted()).isEqualTo(1);
    }

    @Test
    void downEndsOpenAndNewConnections() {
        try (RawClient client = RawClient.connect(proxy.port())) {
            assertThat(get(client)).isEqualTo(200);
            proxy.set(new TcpFault.Down());
            assertThat(client.closedWithin(LONG)).isTrue();
        }
        try (RawClient client = RawClient.connect(proxy.port())) {
            assertThat(client.closedWithin(LONG)).isTrue();
        }
    }

    @Test
    void resetEndsOpenConnections() {
        try (RawClient client = RawClient.connect(proxy.port())) {
            assertThat(get(client)).isEqualTo(200);
            proxy.set(new TcpFault.Reset());
            assertThat(client.closedWithin(LONG)).isTrue();
        }
    }

    @Test
    void aStallHoldsBackUntilItIsLifted() {
        try (RawClient client = RawClient.connect(proxy.port())) {
            proxy.set(new TcpFault.Stall());
            client.request("GET / HTTP/1.1");
            assertThat(client.closedWithin(SHORT)).isFalse();
            assertThat(origin.counts().requests()).isZero();
            proxy.set(new TcpFault.Pass());
            client.patience(LONG);
            assertThat(client.response().status()).isEqualTo(200);
        }
    }

    @Test
    void aBlackHoleSwallows() {
        try (RawClient client = RawClient.connect(proxy.port())) {
            proxy.set(new TcpFault.BlackHole());
            client.request("GET / HTTP/1.1");
            assertThat(client.closedWithin(SHORT)).isFalse();
            assertThat(origin.counts().requests()).isZero();
        }
    }

    @Test
    void slicesAndLagDeliverEverything() {
        try (RawClient client = RawClient.connect(proxy.port())) {
            proxy.set(new TcpFault.Slice(7, Duration.ZERO));
            assertThat(get(client)).isEqualTo(200);
            proxy.set(new TcpFault.Lag(Duration.ofMillis(5)));
            assertThat(get(client)).isEqualTo(200);
        }
    }

    @Test
    void aCutDeliversSoManyBytes() {
        origin.on("/", OriginHandlers.sized(100_000));
        try (RawClient client = RawClient.connect(proxy.port())) {
            proxy.set(new TcpFault.Cut(500));
            client.request("GET / HTTP/1.1");
            assertThat(client.untilClosed().length()).isLessThanOrEqualTo(500);
        }
    }

    private static int get(RawClient client) {
        return client.request("GET / HTTP/1.1").response().status();
    }
}
