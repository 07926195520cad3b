package io.sluice.it.extension;

import io.sluice.realtime.dialect.Dialect;
import io.sluice.realtime.dialect.DialectFactory;
import io.sluice.realtime.dialect.Face;
import io.sluice.realtime.dialect.FaceContext;
import io.sluice.realtime.dialect.Framing;
import io.sluice.realtime.dialect.SocketForms;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.hub.WireForm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A dialect whose answers come when a test says so: it says what a client said, but what asks it to `hold` only behind
/// [#held].
public final class PatientDialectFactory implements DialectFactory, Dialect {
    private static final BlockingQueue<CompletableFuture<Boolean>> HELD =
            new LinkedBlockingQueue<>();
    private static final long PATIENCE_SECONDS = 30;

    private final SocketForms forms =
            new SocketForms(event -> event instanceof Message message ? message.body() : null);

    /// The next frame that is held; goes on once it is completed.
    public static CompletableFuture<Boolean> held() {
        return next(HELD);
    }

    private static CompletableFuture<Boolean> next(
            BlockingQueue<CompletableFuture<Boolean>> queue) {
        try {
            CompletableFuture<Boolean> next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came");
            }
            return next;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public String id() {
        return "patient";
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
        HELD.clear();
        return new Patient(this, Duration.parse(settings.getOrDefault("silence", "PT0S")));
    }

    private record Patient(Dialect dialect, Duration silence) implements Face {

        @Override
        public @Nullable CompletionStage<?> welcome(Connection connection) {
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> text(Connection connection, String text) {
            if (text.equals("hold")) {
                CompletableFuture<Boolean> held = new CompletableFuture<>();
                HELD.add(held);
                return held;
            }
            connection.outbox().send(text.getBytes(StandardCharsets.UTF_8));
            return null;
        }

        @Override
        public void tooFast(Connection connection) {}
    }
}
