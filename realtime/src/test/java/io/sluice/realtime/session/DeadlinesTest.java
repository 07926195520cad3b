package io.sluice.realtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.sluice.core.time.ManualTicker;
import io.sluice.net.loop.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class DeadlinesTest {
    private final ManualTicker ticker = new ManualTicker();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Deadlines deadlines = new Deadlines(new Loop(channel.eventLoop(), ticker, 0));
    private final List<Sitter> due = new ArrayList<>();

    DeadlinesTest() {
        channel.freezeTime();
    }

    private class Sitter implements Deadlined {
        private long deadline;
        private int seat = -1;
        private long dueAt = -1;

        Sitter(Duration in) {
            this.deadline = ticker.nanos() + in.toNanos();
        }

        @Override
        public long deadline() {
            return deadline;
        }

        @Override
        public void due() {
            dueAt = ticker.nanos();
            due.add(this);
        }

        @Override
        public int seat() {
            return seat;
        }

        @Override
        public void seat(int newSeat) {
            seat = newSeat;
        }
    }

    private Sitter sitter(Duration in) {
        Sitter sitter = new Sitter(in);
        deadlines.add(sitter);
        return sitter;
    }

    private void pass(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 50) {
            ticker.advance(Duration.ofMillis(50));
            channel.advanceTimeBy(50, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    @Test
    void isDueNeverEarlyAndAtMostHalfASecondLate() {
        Random random = new Random(1);
        List<Sitter> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(sitter(Duration.ofMillis(random.nextInt(150_000))));
        }
        pass(Duration.ofSeconds(151));
        assertThat(due).hasSize(500);
        for (Sitter one : all) {
            assertThat(one.dueAt - one.deadline).isBetween(0L, 500_000_000L);
            assertThat(one.seat).isEqualTo(-1);
        }
        assertThat(deadlines.size()).isZero();
    }

    @Test
    void followsADeadlineThatMovesLater() {
        Sitter one = sitter(Duration.ofSeconds(2));
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofSeconds(1));
            one.deadline = ticker.nanos() + Duration.ofSeconds(2).toNanos();
        }
        assertThat(due).isEmpty();
        pass(Duration.ofMillis(2_500));
        assertThat(due).containsExactly(one);
    }

    @Test
    void takesAnEarlierDeadlineWhenAddedAgain() {
        Sitter one = sitter(Duration.ofSeconds(60));
        one.deadline = ticker.nanos() + Duration.ofSeconds(1).toNanos();
        deadlines.add(one);
        assertThat(deadlines.size()).isEqualTo(1);
        pass(Duration.ofMillis(1_500));
        assertThat(due).containsExactly(one);
    }

    @Test
    void forgetsWhoLeaves() {
        List<Sitter> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(sitter(Duration.ofMillis(1_000 + i)));
        }
        for (int i = 0; i < 100; i += 2) {
            deadlines.remove(all.get(i));
            deadlines.remove(all.get(i));
        }
        assertThat(deadlines.size()).isEqualTo(50);
        pass(Duration.ofSeconds(2));
        assertThat(due).hasSize(50).doesNotContain(all.get(0), all.get(98));
    }

    @Test
    void someoneDueMayTakeTheSeatsOfOthers() {
        List<Sitter> all = new ArrayList<>();
        Sitter killer =
                new Sitter(Duration.ofMillis(600)) {
                    @Override
                    public void due() {
                        super.due();
                        all.forEach(deadlines::remove);
                    }
                };
        for (int i = 0; i < 10; i++) {
            all.add(sitter(Duration.ofMillis(600)));
        }
        deadlines.add(killer);
        pass(Duration.ofSeconds(2));
        assertThat(due).containsExactly(killer);
        assertThat(deadlines.size()).isZero();
    }
}
