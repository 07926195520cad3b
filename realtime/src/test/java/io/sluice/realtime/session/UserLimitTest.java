package io.sluice.realtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.Bus;
import io.sluice.bus.local.LocalBus;
import io.sluice.core.time.ManualTicker;
import io.sluice.realtime.session.RealtimeLimits.UserFull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class UserLimitTest {
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final ManualTicker ticker = new ManualTicker();
    private final Bus bus = LocalBus.alone(ticker);
    private final List<String> kicked = new ArrayList<>();

    private UserLimit limit(String node, UserFull whenFull) {
        RealtimeLimits limits = new RealtimeLimits(20, 40, 100, 2, whenFull, 0, 64, LEASE);
        return new UserLimit(bus.leases(), node, limits, kicked::add);
    }

    @Test
    void countsOverAllNodesAndRejectsOneTooMany() {
        UserLimit here = limit("n1", UserFull.REJECT_NEW);
        UserLimit there = limit("n2", UserFull.REJECT_NEW);
        UserLimit.Place first = Objects.requireNonNull(here.enter("alice", "c1", 1));
        assertThat(there.enter("alice", "c2", 2)).isNotNull();
        assertThat(here.enter("alice", "c3", 3)).isNull();
        assertThat(here.enter("bob", "c4", 4)).isNotNull();
        here.leave(first);
        assertThat(there.enter("alice", "c5", 5)).isNotNull();
        assertThat(kicked).isEmpty();
    }

    @Test
    void kicksTheOldestWhereverItIs() {
        UserLimit here = limit("n1", UserFull.KICK_OLDEST);
        UserLimit there = limit("n2", UserFull.KICK_OLDEST);
        there.enter("alice", "c2", 20);
        here.enter("alice", "c1", 10);
        assertThat(here.enter("alice", "c3", 30)).isNotNull();
        assertThat(kicked).containsExactly("c1");
        assertThat(here.enter("alice", "c4", 40)).isNotNull();
        assertThat(kicked).containsExactly("c1", "c2");
    }

    @Test
    void aNodeThatDiedGivesItsPlacesBack() {
        UserLimit here = limit("n1", UserFull.REJECT_NEW);
        UserLimit dead = limit("n2", UserFull.REJECT_NEW);
        here.enter("alice", "c1", 1);
        dead.enter("alice", "c2", 2);
        for (int i = 0; i < 3; i++) {
            ticker.advance(RealtimeLimits.DEFAULT.renewal());
            here.renew();
        }
        assertThat(here.enter("alice", "c3", 3)).isNotNull();
        assertThat(here.enter("alice", "c4", 4)).isNull();
        assertThat(here.size()).isEqualTo(2);
    }

    @Test
    void noLimitCountsNothing() {
        RealtimeLimits limits =
                new RealtimeLimits(20, 40, 100, 0, UserFull.REJECT_NEW, 0, 64, LEASE);
        UserLimit limit = new UserLimit(bus.leases(), "n1", limits, kicked::add);
        UserLimit.Place place = Objects.requireNonNull(limit.enter("alice", "c1", 1));
        ticker.advance(Duration.ofHours(1));
        limit.leave(place);
        assertThat(limit.size()).isZero();
    }

    @Test
    void whoWasSentAwayAndNeverHeardOfItIsSentAwayAtTheNextRenewal() {
        UserLimit here = limit("n1", UserFull.KICK_OLDEST);
        UserLimit there = limit("n2", UserFull.KICK_OLDEST);
        there.enter("alice", "c1", 10);
        here.enter("alice", "c2", 20);
        here.enter("alice", "c3", 30);
        kicked.clear();

        there.renew();
        here.renew();

        assertThat(kicked).containsExactly("c1");
        assertThat(there.size()).isZero();
        assertThat(bus.leases().living("conns:user:alice")).hasSize(2);
    }

    @Test
    void aPlaceThatIsGivenBackDuringARenewalStaysFree() {
        AtomicReference<Runnable> before = new AtomicReference<>(() -> {});
        RealtimeLimits limits =
                new RealtimeLimits(20, 40, 100, 1, UserFull.REJECT_NEW, 0, 64, LEASE);
        UserLimit limit =
                new UserLimit(
                        new LeasesInterrupted(bus.leases(), () -> before.get().run()),
                        "n1",
                        limits,
                        kicked::add);
        UserLimit.Place place = Objects.requireNonNull(limit.enter("alice", "c1", 1));

        before.set(() -> limit.leave(place));
        limit.renew();

        assertThat(bus.leases().living("conns:user:alice")).isEmpty();
    }

    @Test
    void aNodeThatEndsGivesAllPlacesBackAndLetsNobodyIn() {
        UserLimit here = limit("n1", UserFull.REJECT_NEW);
        UserLimit there = limit("n2", UserFull.REJECT_NEW);
        here.enter("alice", "c1", 1);
        here.enter("alice", "c2", 2);
        here.enter("bob", "c3", 3);

        here.close();

        assertThat(bus.leases().living("conns:user:alice")).isEmpty();
        assertThat(there.enter("alice", "c4", 4)).isNotNull();
        assertThat(there.enter("alice", "c5", 5)).isNotNull();
        assertThat(here.enter("bob", "c6", 6)).isNull();
        assertThat(bus.leases().living("conns:user:bob")).isEmpty();
    }
}
