package io.sluice.net.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.time.ManualTicker;
import io.sluice.net.listen.ProxyProtocol;
import io.sluice.net.listen.TestListener;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
final class LingerTest {
    private final AtomicLong sent = new AtomicLong();
    private final AtomicBoolean cut = new AtomicBoolean();

    @Test
    void aClientThatSendsOnIsNotCutBeforeItCanHaveReadTheAnswer() {
        ManualTicker ticker = new ManualTicker();
        try (TestListener listener =
                        new TestListener(
                                exchange ->
                                        exchange.fail(
                                                Failure.of(FailureKind.PAYLOAD_TOO_LARGE, "much")),
                                Http1Settings.DEFAULT,
                                ProxyProtocol.OFF,
                                10,
                                ticker);
                RawClient client = RawClient.connect(listener.port())) {
            client.request("POST / HTTP/1.1", "Content-Length: " + (1L << 40));
            Thread.ofVirtual().start(() -> send(client));
            AtomicLong last = new AtomicLong(-1);
            await().during(Duration.ofMillis(200))
                    .until(() -> last.getAndSet(sent.get()) == sent.get());

            assertThat(cut).isFalse();
            assertThat(client.response().status()).isEqualTo(413);

            ticker.advance(Duration.ofSeconds(3));
            await().untilTrue(cut);
        }
    }

    private void send(RawClient client) {
        byte[] piece = new byte[64 * 1024];
        try {
            while (true) {
                client.send(piece);
                sent.addAndGet(piece.length);
            }
        } catch (UncheckedIOException refused) {
            cut.set(true);
        }
    }
}
