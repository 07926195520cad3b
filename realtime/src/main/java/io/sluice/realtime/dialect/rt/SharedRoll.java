package io.sluice.realtime.dialect.rt;

import io.sluice.bus.Bus;
import io.sluice.bus.Lease;
import io.sluice.bus.Leases;
import io.sluice.bus.Table;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.time.Pause;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.session.RealtimeLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which groups have members on any node of the cluster, and what was last said of them: one lease per group and node,
/// so that a group ends with its last member wherever that was, and also when a node dies. What it is told is done in
/// order on a virtual thread of its own; callers never wait. While the bus is gone nothing is announced.
final class SharedRoll implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedRoll.class);
    static final String NODES = "rt:nodes:";
    static final String DETAILS = "rt:presence:";
    static final String FIELD = "details";

    /// Members are a node, a blank and a group.
    private static final String ALL = "rt:groups";

    /// Members are groups. Who takes one out tells its end, so that it is told once.
    static final String UP = "rt:up";

    static final Duration SECOND_LOOK = Duration.ofMillis(300);
    private static final Duration LONGEST_END = Duration.ofSeconds(5);
    private static final int MOST_WAITING = 100_000;

    private final Bus bus;
    private final Leases leases;
    private final Table table;
    private final String node;
    private final Duration length;
    private final Duration renewal;
    private final GroupsHere here;
    private final Announcer announcer;
    private final RollRenewal upkeep;
    private final RollReader reader;
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread worker = Thread.ofVirtual().name("rt-roll").unstarted(this::workOff);
    private final Thread renewals =
            Thread.ofVirtual().name("rt-roll-renewal").unstarted(this::renewOften);
    private volatile boolean ending;

    private SharedRoll(
            Bus bus, Ticker ticker, RealtimeLimits limits, GroupsHere here, Announcer announcer) {
        this.bus = bus;
        this.leases = bus.leases();
        this.table = bus.table();
        this.node = bus.node();
        this.length = limits.lease();
        this.renewal = limits.renewal();
        this.here = here;
        this.upkeep = new RollRenewal(leases, ticker, length);
        this.announcer = announcer;
        this.reader = new RollReader(leases, table);
    }

    static SharedRoll start(
            Bus bus, Ticker ticker, RealtimeLimits limits, GroupsHere here, Announcer announcer) {
        SharedRoll roll = new SharedRoll(bus, ticker, limits, here, announcer);
        roll.worker.start();
        roll.renewals.start();
        return roll;
    }

    /// Somebody of this node is in the group.
    ///
    /// @param then tells everybody; on a virtual thread once the group is enrolled, or at once while the bus is gone
    /// @return ends behind it, and does not fail
    CompletionStage<Void> present(String local, byte[] details, Runnable then) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        if (!bus.health().isUp()) {
            then.run();
            told.complete(null);
        }
        String text = new String(details, StandardCharsets.UTF_8);
        later(
                () -> enrol(local, text),
                () -> {
                    if (!told.isDone()) {
                        then.run();
                        told.complete(null);
                    }
                });
        return told;
    }

    /// What others ask of it.
    RollReader reader() {
        return reader;
    }

    private void enrol(String local, String details) {
        if (!held.contains(local)) {
            leases.take(ofGroup(local), length);
            leases.take(ofAll(local), length);
            leases.take(new Lease(UP, local), length);
            held.add(local);
        }
        table.put(DETAILS + local, FIELD, details, Table.FOREVER);
    }

    /// The last member on this node has left the group.
    void left(String local) {
        later(
                () -> {
                    if (here.details(local) == null && held.remove(local)) {
                        lookLater(giveBack(local));
                    }
                },
                () -> {});
    }

    private Lease ofGroup(String local) {
        return new Lease(NODES + local, node);
    }

    private Lease ofAll(String local) {
        return new Lease(ALL, node + ' ' + local);
    }

    /// @param then runs in any case: behind the task, or at once when very much waits already and it is dropped
    private void later(Runnable task, Runnable then) {
        boolean taken =
                work.offer(() -> {
                    try {
                        task.run();
                    } finally {
                        then.run();
                    }
                });
        if (!taken) {
            LOG.atWarn().log("Presence of groups is behind, a change is not shared");
            then.run();
        }
    }

    /// The lease that others sweep goes last: should this node die in between, they tell the end.
    ///
    /// @return what has ended and was told here; null when the group has not, or another node tells it
    private @Nullable Ended giveBack(String local) {
        leases.release(ofGroup(local));
        Ended ended = endUnlessPeopled(local);
        leases.release(ofAll(local));
        return ended;
    }

    /// @param details what was last said of it
    private record Ended(String local, @Nullable String details) {}

    private @Nullable Ended endUnlessPeopled(String local) {
        if (!leases.living(NODES + local).isEmpty() || !leases.release(new Lease(UP, local))) {
            return null;
        }
        String details = table.get(DETAILS + local, FIELD);
        if (details != null) {
            // Not what somebody else has said of it meanwhile.
            table.remove(DETAILS + local, FIELD, details);
        }
        announcer.announce(local, "DOWN", RollReader.bytes(details));
        return new Ended(local, details);
    }

    private void lookLater(@Nullable Ended ended) {
        if (ended != null) {
            Thread.ofVirtual().start(() -> lookAgain(List.of(ended)));
        }
    }

    /// Somebody may have come on another node while the end was announced, and have said the same of the group.
    private void lookAgain(List<Ended> ended) {
        try {
            Pause.of(SECOND_LOOK);
            for (Ended one : ended) {
                String local = one.local;
                if (!leases.living(NODES + local).isEmpty()) {
                    if (one.details != null) {
                        table.putIfAbsent(DETAILS + local, FIELD, one.details, Table.FOREVER);
                    }
                    leases.take(new Lease(UP, local), length);
                    announcer.announce(local, "UP", reader.details(local));
                }
            }
        } catch (GatewayException gone) {
            LOG.atDebug().setCause(gone).log("The bus is gone");
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void workOff() {
        try {
            while (!ending) {
                attempt(work.take());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (GatewayException gone) {
            LOG.atDebug().setCause(gone).log("The bus is gone");
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("Sharing the presence of groups failed");
        }
    }

    private void renewOften() {
        try {
            while (true) {
                Pause.of(renewal);
                later(this::renew, () -> {});
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void renew() {
        List<Lease> mine = new ArrayList<>();
        for (String local : held) {
            mine.add(ofGroup(local));
            mine.add(ofAll(local));
        }
        upkeep.renew(mine, held).forEach(this::sayBack);
        for (String dead : leases.sweep(ALL)) {
            String local = groupOf(dead);
            if (local != null) {
                lookLater(endUnlessPeopled(local));
            }
        }
    }

    private void sayBack(String local) {
        byte[] details = here.details(local);
        if (details != null) {
            String text = new String(details, StandardCharsets.UTF_8);
            String said = table.putIfAbsent(DETAILS + local, FIELD, text, Table.FOREVER);
            announcer.announce(local, "UP", said == null ? details : RollReader.bytes(said));
        }
    }

    private static @Nullable String groupOf(String member) {
        int blank = member.indexOf(' ');
        return blank < 0 ? null : member.substring(blank + 1);
    }

    /// Once no client is left here: gives back what this node holds and tells what ends with it, as far as the bus is
    /// there. Blocks for some seconds at most; what is not done by then ends with its lease.
    @Override
    public void close() {
        renewals.interrupt();
        later(this::end, () -> ending = true);
        try {
            if (!worker.join(LONGEST_END)) {
                LOG.atWarn().log("Groups could not be given back in time");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        worker.interrupt();
    }

    private void end() {
        List<Ended> ended = new ArrayList<>();
        for (String local : List.copyOf(held)) {
            held.remove(local);
            Ended one = giveBack(local);
            if (one != null) {
                ended.add(one);
            }
        }
        if (!ended.isEmpty()) {
            lookAgain(ended);
        }
    }
}
