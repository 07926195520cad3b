package io.sluice.realtime.hub;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// Does something to connections on each of these loops, soon. Any thread. A loop that has ended does nothing.
record LoopCalls(List<LoopHub> loops) {

    /// Does on this node what a command says.
    void obey(Command command) {
        switch (command.target()) {
            case USER -> each(hub -> sendAway(hub, command));
            case CONNECTION -> {
                ConnectionId id = ConnectionId.parse(command.id());
                if (id != null) {
                    each(hub -> hub.close(id, command));
                }
            }
        }
    }

    private static void sendAway(LoopHub hub, Command command) {
        hub.arrivals().of(command.id()).forEach(arrival -> arrival.told(command));
        ofUser(
                hub,
                command.id(),
                connection -> connection.outbox().close(command.why(), command.reason()));
    }

    void bar(String user, Collection<String> channels) {
        each(hub -> hub.arrivals().bar(user, channels));
    }

    void tellUser(String user, Outbound event) {
        each(hub -> ofUser(hub, user, connection -> connection.outbox().send(event)));
    }

    void eachOf(String user, Consumer<Connection> action) {
        each(hub -> {
            hub.inbox().drain();
            ofUser(hub, user, action);
        });
    }

    private static void ofUser(LoopHub hub, String user, Consumer<Connection> action) {
        hub.users().of(user).forEach(action);
    }

    void tellAll(Outbound event) {
        each(hub -> {
            hub.enter();
            try {
                hub.connections().each(connection -> connection.outbox().send(event));
            } finally {
                hub.exit();
            }
        });
    }

    private void each(Consumer<LoopHub> action) {
        for (LoopHub hub : loops) {
            if (!hub.loop().executor().isShuttingDown()) {
                hub.loop().executor().execute(() -> action.accept(hub));
            }
        }
    }
}
