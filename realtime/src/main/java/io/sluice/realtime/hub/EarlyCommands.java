package io.sluice.realtime.hub;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Commands for connections that this loop does not know: most are on other loops or nodes, but one may be about to
/// open here, and then the command holds for it. The newest thousand are kept. Loop thread.
final class EarlyCommands {
    private static final int MOST = 1_000;

    private final LinkedHashMap<ConnectionId, Command> commands = new LinkedHashMap<>();

    void add(ConnectionId id, Command command) {
        commands.putLast(id, command);
        if (commands.size() > MOST) {
            commands.pollFirstEntry();
        }
    }

    /// What was said of this one; null when nothing was.
    @Nullable Command take(Connection connection) {
        return commands.isEmpty() ? null : commands.remove(connection.id());
    }
}
