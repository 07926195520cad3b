package io.sluice.realtime.hub;

import io.sluice.bus.Position;
import io.sluice.core.fail.FailureKind;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A connection and its wire. Calls run on its loop and are done, with what they scheduled, on return.
record Client(HubFixture fixture, int loop, Connection connection, RecordingWire wire) {

    Joined join(String channel) throws Exception {
        return join(channel, null);
    }

    Joined join(String channel, @Nullable Position since) throws Exception {
        CompletionStage<Joined> joined =
                fixture.on(loop, () -> fixture.hub.join(connection, channel, since));
        return joined.toCompletableFuture().join();
    }

    boolean leave(String channel) throws Exception {
        return fixture.on(loop, () -> fixture.hub.leave(connection, channel));
    }

    void publish(String channel, String... bodies) throws Exception {
        fixture.run(
                loop,
                () -> {
                    for (String body : bodies) {
                        fixture.hub.publish(fixture.message(channel, body));
                    }
                });
    }

    void end() throws Exception {
        fixture.run(loop, () -> fixture.hub.closed(connection, (FailureKind) null));
    }

    List<String> lines() {
        return wire.lines();
    }
}
