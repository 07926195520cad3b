package io.sluice.realtime.endpoint;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.identity.Principal;
import io.sluice.net.direct.DirectSocket;
import io.sluice.net.loop.Loop;
import io.sluice.net.ws.WebSocket;
import io.sluice.net.ws.WsEnd;
import io.sluice.net.ws.WsListener;
import io.sluice.realtime.dialect.Framing;
import io.sluice.realtime.hub.Arrival;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.ConnectionId;
import io.sluice.realtime.hub.Wire;
import io.sluice.realtime.session.Deadlined;
import io.sluice.realtime.session.Expiring;
import io.sluice.realtime.session.FrameRate;
import io.sluice.realtime.session.TokenEnd;
import io.sluice.realtime.session.UserLimit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client of a face over a WebSocket: hears the socket, is the wire of the connection, and has the deadlines of
/// both silence and credentials. One object of 64 bytes for all of that. Loop thread.
final class Socket implements WsListener, Wire, Deadlined, Expiring {
    private static final Logger LOG = LoggerFactory.getLogger(Socket.class);

    /// Silences that what a client asked for may take. Nothing is read from it for so long, so it is not silent itself;
    /// but what takes longer never ends, and who knows whether the client is still there.
    private static final int PATIENCE_WHILE_HELD = 2;

    private final SocketTerms terms;
    private final Connection connection;
    private @Nullable WebSocket socket;
    private UserLimit.@Nullable Place place;
    private long rate = FrameRate.FRESH;
    private long lastHeard;
    private long credentialsEnd = TokenEnd.NEVER;
    private int seat = -1;

    /// Nothing is read from it until what it asked for is done.
    private boolean held;

    Socket(SocketTerms terms, Handshaken client) {
        this.terms = terms;
        this.place = client.place();
        this.connection =
                new Connection(
                        client.loop(),
                        client.id(),
                        terms.id,
                        client.principal(),
                        client.address(),
                        this,
                        terms.face.dialect().form(Framing.WEBSOCKET));
    }

    /// Who comes in, once nothing stands against it any more.
    ///
    /// @param place of the user; null for nobody in particular
    record Handshaken(
            Loop loop,
            ConnectionId id,
            @Nullable Principal principal,
            String address,
            UserLimit.@Nullable Place place) {}

    @Override
    public void opened(WebSocket opened) {
        socket = opened;
        if (opened.compressed()) {
            connection.form(terms.face.dialect().form(terms.of(connection.loop()).deflated()));
        }
        lastHeard = now();
        terms.hub.open(connection);
        hold(terms.face.welcome(connection));
        Principal principal = connection.principal();
        expiresAt(principal == null ? null : principal.expiresAt());
    }

    @Override
    public void text(ByteBuf payload) {
        if (admitted()) {
            hold(terms.face.text(connection, payload.toString(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void binary(ByteBuf payload) {
        if (admitted()) {
            hold(terms.face.binary(connection, payload));
        }
    }

    private boolean admitted() {
        long now = now();
        lastHeard = now;
        long next = terms.rate.take(rate, now);
        if (next == FrameRate.OVER) {
            terms.face.tooFast(connection);
            connection.outbox().close(FailureKind.RATE_LIMIT, "too many messages");
            return false;
        }
        rate = next;
        return true;
    }

    /// No further frame until the stage has ended.
    private void hold(@Nullable CompletionStage<?> stage) {
        if (stage == null) {
            return;
        }
        held = true;
        pause();
        stage.whenComplete(
                (_, problem) -> connection.loop().executor().execute(() -> released(problem)));
    }

    private void released(@Nullable Throwable problem) {
        if (problem != null && connection.isOpen()) {
            LOG.atDebug().setCause(problem).log("A frame could not be dealt with");
        }
        held = false;
        lastHeard = now();
        if (seat >= 0) {
            // Its deadline may have come nearer.
            terms.of(connection.loop()).deadlines().add(this);
        }
        resume();
    }

    /// The place of the user is free before the client is told to go, as it may come back to another node at once.
    @Override
    public void drain() {
        UserLimit.Place mine = place;
        place = null;
        terms.users.leave(mine, connection.loop(), this::sayGoodbye);
    }

    private void sayGoodbye() {
        connection.outbox().close(FailureKind.DRAINING, "shutting down");
    }

    @Override
    public void closed(WsEnd end, int code, String reason) {
        terms.of(connection.loop()).deadlines().remove(this);
        terms.hub.closed(
                connection, end == WsEnd.BY_US && socket != null ? socket.failure() : null);
        terms.addresses.leave(connection.clientAddress());
        UserLimit.Place mine = place;
        place = null;
        terms.users.leave(mine, connection.loop(), () -> {});
    }

    @Override
    public void expiresAt(@Nullable Instant end) {
        credentialsEnd = TokenEnd.of(end, connection.loop().ticker());
        if (terms.silenceNanos > 0 || credentialsEnd != TokenEnd.NEVER) {
            terms.of(connection.loop()).deadlines().add(this);
        } else {
            terms.of(connection.loop()).deadlines().remove(this);
        }
    }

    @Override
    public long deadline() {
        long silent = lastHeard + terms.silenceNanos * (held ? PATIENCE_WHILE_HELD : 1);
        if (credentialsEnd == TokenEnd.NEVER) {
            return silent;
        }
        boolean first = terms.silenceNanos == 0 || credentialsEnd - silent < 0;
        return first ? credentialsEnd : silent;
    }

    @Override
    public void due() {
        if (TokenEnd.isOver(credentialsEnd, now())) {
            connection.outbox().close(FailureKind.TOKEN_EXPIRED, TokenEnd.REASON);
        } else if (held) {
            connection.outbox().close(FailureKind.UNAVAILABLE, "this takes too long");
        } else {
            connection.outbox().close(FailureKind.HEARTBEAT_TIMEOUT, "heartbeat timeout");
        }
    }

    /// What was told of its user before it opened.
    void obey(Arrival arrival) {
        arrival.obey(connection);
    }

    @Override
    public int seat() {
        return seat;
    }

    @Override
    public void seat(int newSeat) {
        seat = newSeat;
    }

    private long now() {
        return connection.loop().ticker().nanos();
    }

    @Override
    public void write(ByteBuf framed) {
        if (socket != null) {
            socket.write(framed);
        } else {
            framed.release();
        }
    }

    @Override
    public void flush() {
        if (socket != null) {
            socket.flush();
        }
    }

    @Override
    public @Nullable DirectSocket direct() {
        return socket == null ? null : socket.direct();
    }

    @Override
    public long queuedBytes() {
        return socket == null ? 0 : socket.queuedBytes();
    }

    @Override
    public void close(FailureKind kind, String reason) {
        if (socket != null) {
            socket.close(kind, reason);
        }
    }

    @Override
    public void cut() {
        if (socket != null) {
            socket.cut();
        }
    }

    @Override
    public void pause() {
        if (socket != null) {
            socket.pause();
        }
    }

    @Override
    public void resume() {
        if (socket != null) {
            socket.resume();
        }
    }
}
