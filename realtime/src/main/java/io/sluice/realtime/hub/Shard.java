package io.sluice.realtime.hub;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The members of one channel on one loop. There from the first join to the last leave. Loop thread.
final class Shard {
    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);

    private final Channel channel;
    private final LoopHub hub;
    private Cohort[] cohorts = new Cohort[0];
    private @Nullable List<CatchUp> catchUps;

    /// Read by other threads for counts.
    private volatile int size;

    /// Members that are in another channel too.
    private int shared;

    Shard(Channel channel, LoopHub hub) {
        this.channel = channel;
        this.hub = hub;
    }

    String name() {
        return channel.name();
    }

    Channel channel() {
        return channel;
    }

    LoopHub hub() {
        return hub;
    }

    /// Any thread.
    int size() {
        return size;
    }

    /// Whether members are in another channel too.
    boolean isShared() {
        return shared > 0;
    }

    boolean isUnused() {
        return size == 0 && catchUps == null;
    }

    void add(Connection connection) {
        if (connection.joined() > 0 && hub.pass().anythingPending()) {
            connection.settle();
        }
        connection.add(new Membership(connection, cohort(connection.form())));
        grow(1);
        if (connection.joined() == 2) {
            connection.membership(0).shard().shared++;
        }
        if (connection.joined() > 1) {
            shared++;
        }
    }

    void leave(Membership membership) {
        Connection connection = membership.connection;
        if (connection.joined() > 1) {
            shared--;
        }
        connection.remove(membership);
        if (connection.joined() == 1) {
            connection.membership(0).shard().shared--;
        }
        membership.cohort().remove(membership);
        grow(-1);
    }

    private void grow(int by) {
        int grown = size + by;
        size = grown;
    }

    Cohort cohort(WireForm form) {
        for (Cohort cohort : cohorts) {
            if (cohort.form().equals(form)) {
                return cohort;
            }
        }
        Cohort made = new Cohort(this, form);
        cohorts = Arrays.copyOf(cohorts, cohorts.length + 1);
        cohorts[cohorts.length - 1] = made;
        return made;
    }

    void remove(Cohort cohort) {
        List<Cohort> rest = new ArrayList<>(List.of(cohorts));
        rest.remove(cohort);
        cohorts = rest.toArray(Cohort[]::new);
    }

    /// Adds the event to what waits for the members.
    void deliver(Outbound event) {
        List<CatchUp> joining = catchUps;
        if (joining != null) {
            joining.forEach(catchUp -> catchUp.take(event));
        }
        if (size == 0) {
            return;
        }
        Membership except = except(event);
        for (Cohort cohort : cohorts) {
            deliver(event, cohort, except != null && except.cohort() == cohort ? except : null);
        }
    }

    private static void deliver(Outbound event, Cohort cohort, @Nullable Membership except) {
        if (except != null && cohort.size() == 1) {
            return;
        }
        try {
            byte[] text = cohort.form().text(event);
            if (text != null) {
                cohort.append(text, event, except);
            }
        } catch (RuntimeException bug) {
            LOG.atError()
                    .setCause(bug)
                    .addKeyValue("channel", event.channel())
                    .log("event not written");
        }
    }

    private @Nullable Membership except(Outbound event) {
        ConnectionId except = event.except();
        if (except == null) {
            return null;
        }
        Connection connection = hub.connections().find(except);
        return connection == null ? null : connection.in(this);
    }

    void each(Consumer<Connection> action) {
        for (Cohort cohort : cohorts) {
            for (int i = 0; i < cohort.size(); i++) {
                action.accept(cohort.at(i).connection);
            }
        }
    }

    void begin(CatchUp catchUp) {
        if (catchUps == null) {
            catchUps = new ArrayList<>(1);
        }
        catchUps.add(catchUp);
    }

    void end(CatchUp catchUp) {
        if (catchUps != null) {
            catchUps.remove(catchUp);
            if (catchUps.isEmpty()) {
                catchUps = null;
            }
        }
    }
}
