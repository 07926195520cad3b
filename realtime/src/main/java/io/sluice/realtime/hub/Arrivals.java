package io.sluice.realtime.hub;

import io.sluice.net.loop.Loop;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Those who are about to come in on this node. Who may come in is asked elsewhere and takes a while; whoever is taken
/// out, or sent away, in that while would not be found among the connections.
public final class Arrivals {
    private final List<LoopHub> loops;

    Arrivals(List<LoopHub> loops) {
        this.loops = loops;
    }

    /// Before anything is asked. On that loop.
    ///
    /// @param user null for nobody in particular, of whom nothing is told
    public Arrival begin(Loop loop, @Nullable String user) {
        return loops.get(loop.index()).arrivals().begin(user);
    }

    /// The user is not let into these channels by what was asked before. Any thread, takes effect soon; whoever calls it
    /// then looks for those who are in already, by [Hub#eachOf].
    public void bar(String user, Collection<String> channels) {
        new LoopCalls(loops).bar(user, List.copyOf(channels));
    }
}
