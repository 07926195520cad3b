package io.sluice.realtime.hub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Those who are about to come in on one loop. As many as questions are under way. Loop thread.
final class LoopArrivals {
    private final Map<String, List<Arrival>> byUser = new HashMap<>();

    Arrival begin(@Nullable String user) {
        Arrival arrival = new Arrival(this, user);
        if (user != null) {
            byUser.computeIfAbsent(user, _ -> new ArrayList<>(1)).add(arrival);
        }
        return arrival;
    }

    void remove(Arrival arrival) {
        String user = arrival.user();
        if (user != null) {
            byUser.computeIfPresent(
                    user,
                    (_, arrivals) -> {
                        arrivals.remove(arrival);
                        return arrivals.isEmpty() ? null : arrivals;
                    });
        }
    }

    List<Arrival> of(String user) {
        return byUser.getOrDefault(user, List.of());
    }

    void bar(String user, Collection<String> channels) {
        of(user).forEach(arrival -> arrival.bar(channels));
    }

    int size() {
        return byUser.size();
    }
}
