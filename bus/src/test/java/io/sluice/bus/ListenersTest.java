package io.sluice.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.telemetry.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ListenersTest {
    private final Listeners<TopicListener, byte[]> listeners =
            new Listeners<>(Listeners.plain(), _ -> {}, new BusMetrics(Metrics.unread()));
    private final List<String> heard = new ArrayList<>();

    /// Publishes what it is asked for while it hears the first message, so that all of it has to wait.
    private void whileTheFirstIsHeard(Runnable publish) {
        listeners.add(
                "t",
                new TopicListener() {
                    @Override
                    public void message(String name, byte[] payload) {
                        heard.add(new String(payload, StandardCharsets.UTF_8));
                        if (heard.size() == 1) {
                            publish.run();
                        }
                    }

                    @Override
                    public void gap(String name) {
                        heard.add("gap");
                    }
                });
        deliver(0, 1);
    }

    private void deliver(int from, int to) {
        for (int i = from; i < to; i++) {
            listeners.deliver("t", Heard.bytes(Integer.toString(i)));
        }
    }

    @Test
    void whatIsTooMuchToWaitIsAnnouncedAsOneGapInItsPlace() {
        whileTheFirstIsHeard(() -> deliver(1, 20_000));
        deliver(20_000, 20_001);

        int gap = heard.indexOf("gap");
        assertThat(gap).isPositive();
        assertThat(heard.subList(0, gap)).last().isEqualTo(Integer.toString(gap - 1));
        assertThat(heard.subList(gap, heard.size())).containsExactly("gap", "20000");
    }

    @Test
    void whatCanWaitComesInOrderWithoutAGap() {
        whileTheFirstIsHeard(() -> deliver(1, 10_000));

        assertThat(heard).hasSize(10_000).doesNotContain("gap").last().isEqualTo("9999");
    }
}
