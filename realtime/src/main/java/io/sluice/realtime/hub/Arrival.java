package io.sluice.realtime.hub;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Somebody who is about to come in, or into a channel, while others are still asked whether it may: what is told of its
/// user in between holds for it as well. From [Arrivals#begin] until [#end]. Loop thread.
public final class Arrival {
    private final LoopArrivals place;
    private final @Nullable String user;
    private final Set<String> barred = new HashSet<>(2);
    private @Nullable Command command;

    /// @param user null for nobody in particular, of whom nothing is told
    Arrival(LoopArrivals place, @Nullable String user) {
        this.place = place;
        this.user = user;
    }

    @Nullable String user() {
        return user;
    }

    /// Whether its user was taken out of the channel since it began.
    public boolean isBarred(String channel) {
        return barred.contains(channel);
    }

    /// Closes the connection it has led to, soon, if its user was sent away since it began.
    public void obey(Connection connection) {
        Command told = command;
        if (told != null) {
            connection
                    .loop()
                    .executor()
                    .execute(() -> connection.outbox().close(told.why(), told.reason()));
        }
    }

    /// It has come in, or has not. Without effect the second time.
    public void end() {
        place.remove(this);
    }

    void bar(Collection<String> channels) {
        barred.addAll(channels);
    }

    void told(Command newCommand) {
        command = newCommand;
    }
}
