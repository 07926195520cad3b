package io.sluice.edge.filter.limit;

import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.Phase;
import io.sluice.edge.filter.Step;
import io.sluice.net.http.Entrance;
import io.sluice.net.http.Exchange;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The limits of listeners, for rules without one of their own. Listeners are few, so they are looked through.
public final class ListenerBodyLimits implements Filter {
    private final Entrance[] entrances;
    private final @Nullable BodyLimitFilter[] limits;
    private final @Nullable BodyLimitFilter elsewhere;

    private ListenerBodyLimits(long elsewhere, Map<Entrance, Long> own) {
        this.entrances = own.keySet().toArray(Entrance[]::new);
        this.limits = new @Nullable BodyLimitFilter[entrances.length];
        for (int i = 0; i < entrances.length; i++) {
            limits[i] = limit(own.getOrDefault(entrances[i], elsewhere));
        }
        this.elsewhere = limit(elsewhere);
    }

    /// @param elsewhere bytes where a listener has no limit of its own, 0 for no limit
    /// @param own bytes by listener, 0 for no limit
    /// @return null when no listener limits anything
    public static @Nullable Filter of(long elsewhere, Map<Entrance, Long> own) {
        return own.isEmpty() ? limit(elsewhere) : new ListenerBodyLimits(elsewhere, own);
    }

    private static @Nullable BodyLimitFilter limit(long bytes) {
        return bytes > 0 ? new BodyLimitFilter(bytes) : null;
    }

    @Override
    public Phase phase() {
        return Phase.GUARD;
    }

    @Override
    public Step apply(Exchange exchange) {
        BodyLimitFilter limit = of(exchange.peer().entrance());
        return limit == null ? Step.next() : limit.apply(exchange);
    }

    private @Nullable BodyLimitFilter of(Entrance entrance) {
        for (int i = 0; i < entrances.length; i++) {
            if (entrances[i].equals(entrance)) {
                return limits[i];
            }
        }
        return elsewhere;
    }
}
