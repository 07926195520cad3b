package io.sluice.it.extension;

import io.sluice.realtime.dialect.Dialect;
import io.sluice.realtime.dialect.DialectFactory;
import io.sluice.realtime.dialect.Face;
import io.sluice.realtime.dialect.FaceContext;
import io.sluice.realtime.dialect.Framing;
import io.sluice.realtime.dialect.SocketForms;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.hub.WireForm;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A dialect of another jar: everybody is in one room, and hears what anybody says as it is.
public final class HallDialectFactory implements DialectFactory, Dialect {
    private final SocketForms forms =
            new SocketForms(event -> event instanceof Message message ? message.body() : null);

    @Override
    public String id() {
        return "hall";
    }

    @Override
    public WireForm form(Framing framing) {
        return forms.of(framing);
    }

    @Override
    public byte[] neutral(Message message) {
        return message.body();
    }

    @Override
    public Face create(FaceContext context, Map<String, String> settings) {
        String room = context.names().channel(id(), settings.getOrDefault("room", "main"));
        return new Hall(this, context.hub(), room);
    }

    private record Hall(Dialect dialect, Hub hub, String room) implements Face {

        @Override
        public @Nullable CompletionStage<?> welcome(Connection connection) {
            return hub.join(connection, room);
        }

        @Override
        public @Nullable CompletionStage<?> text(Connection connection, String text) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            String id = connection.loop().ids().requestId();
            long now = connection.loop().ticker().epochMillis();
            hub.publish(Message.of(room, dialect.id(), "said", null, body, id, now));
            return null;
        }

        @Override
        public void tooFast(Connection connection) {
            connection.outbox().send("too fast".getBytes(StandardCharsets.UTF_8));
        }
    }
}
