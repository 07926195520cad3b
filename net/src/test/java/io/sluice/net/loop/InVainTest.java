package io.sluice.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.ManualTicker;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Response;
import io.sluice.net.http1.Http1Settings;
import io.sluice.net.listen.ProxyProtocol;
import io.sluice.net.listen.TestListener;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A loop that cannot keep up, and clients who do not wait for it.
@ExtendWith(LeakCheck.class)
final class InVainTest {
    private static final int CLIENTS = 5;

    private final ManualTicker ticker = new ManualTicker();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();

    private void handle(Exchange exchange) {
        String path = exchange.request().path();
        handled.add(path);
        if (path.equals("/hold")) {
            long asked = System.nanoTime();
            exchange.loop().isDelayedBy(1_000_000);
            held.countDown();
            Uninterrupted.await(release);
            while (System.nanoTime() - asked <= LoopDelay.TICK_NANOS) {
                Thread.onSpinWait();
            }
        }
        exchange.answer(Response.empty(200));
    }

    @Test
    void whatClientsSentWhoHaveGoneIsNotHandled() throws Exception {
        try (TestListener server =
                        new TestListener(
                                this::handle,
                                Http1Settings.DEFAULT,
                                ProxyProtocol.OFF,
                                100,
                                ticker);
                RawClient first = RawClient.connect(server.port())) {
            List<RawClient> before = clients(server);
            for (RawClient client : before) {
                client.request("GET /before HTTP/1.1").response();
            }
            first.request("GET /hold HTTP/1.1");
            held.await();
            Stream.concat(before.stream(), clients(server).stream())
                    .forEach(client -> {
                        client.request("GET /in-vain HTTP/1.1");
                        client.reset();
                    });
            ticker.advance(Duration.ofSeconds(1));
            release.countDown();

            assertThat(first.response().status()).isEqualTo(200);
            try (RawClient last = RawClient.connect(server.port())) {
                assertThat(last.request("GET /last HTTP/1.1").response().status()).isEqualTo(200);
            }
            assertThat(server.loops().all().getFirst().isBehind()).isTrue();
            assertThat(handled).contains("/last").doesNotContain("/in-vain");
        }
    }

    private static List<RawClient> clients(TestListener server) {
        return Stream.generate(() -> RawClient.connect(server.port())).limit(CLIENTS).toList();
    }
}
