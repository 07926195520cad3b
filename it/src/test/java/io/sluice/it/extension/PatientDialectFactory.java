package io.sluice.it.extension;

import io.sluice.realtime.dialect.Dialect;
import io.sluice.realtime.dialect.DialectFactory;
import io.sluice.realtime.dialect.Doorkeeper;
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

/// A dialect whose answers come when a test says so. It says what a client said, but what asks it to `hold` only behind
/// [#held]; and it has a say in who may be in one channel, behind [#asked].
public final class PatientDialectFactory implements DialectFactory, Dialect {
    private static final BlockingQueue<CompletableFuture<Boolean>> HELD =
            new LinkedBlockingQueue<>();
    private static final BlockingQueue<CompletableFuture<Boolean>> ASKED =
            new LinkedBlockingQueue<>();
    private static final long PATIENCE_SECONDS = 30;

    private final SocketForms forms =
            new SocketForms(event -> event instanceof Message message ? message.body() : null);

    /// The next frame that is held; goes on once it is completed.
    public static CompletableFuture<Boolean> held() {
        return next(HELD);
    }

    /// The next question for the channel, to be answered.
    public static CompletableFuture<Boolean> asked() {
        return next(ASKED);
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
        ASKED.clear();
        String channel = settings.get("minds");
        if (channel != null) {
            context.doors().add(new Door(channel));
        }
        return new Patient(this, Duration.parse(settings.getOrDefault("silence", "PT0S")));
    }

    private record Door(String channel) implements Doorkeeper {

        @Override
        public boolean minds(String asked) {
            return asked.equals(channel);
        }

        @Override
        public boolean admits(String asked, @Nullable String user) {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            ASKED.add(answer);
            return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }
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
