package io.sluice.net.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.sluice.net.loop.Uninterrupted;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
final class AcceptingTest {
    private static final int CLIENTS = 50;

    @Test
    void everybodyWhoWaitsIsAcceptedInOnePass() throws Exception {
        try (TestListener server = new TestListener(_ -> {})) {
            EventLoop loop = server.loops().all().getFirst().executor();
            CountDownLatch release = new CountDownLatch(1);
            CompletableFuture<Integer> accepted = new CompletableFuture<>();
            loop.execute(() -> {
                Uninterrupted.await(release);
                // What is scheduled within a pass runs at the end of the next one.
                loop.schedule(
                        () -> accepted.complete(server.listener().connections()),
                        0,
                        TimeUnit.NANOSECONDS);
            });
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(RawClient.connect(server.port()));
            }
            release.countDown();

            assertThat(accepted.get(10, TimeUnit.SECONDS)).isEqualTo(CLIENTS);
            clients.forEach(RawClient::close);
        }
    }
}
