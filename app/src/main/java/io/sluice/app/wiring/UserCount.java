package io.sluice.app.wiring;

import io.sluice.core.fail.FailureKind;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.ConnectionListener;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// How many distinct users have a connection on this node.
final class UserCount implements ConnectionListener {
    private final ConcurrentMap<String, Integer> connections = new ConcurrentHashMap<>();

    @Override
    public void opened(Connection connection) {
        String user = connection.user();
        if (user != null) {
            connections.merge(user, 1, Integer::sum);
        }
    }

    @Override
    public void closed(Connection connection, List<String> left, @Nullable FailureKind why) {
        String user = connection.user();
        if (user != null) {
            connections.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    int size() {
        return connections.size();
    }
}
