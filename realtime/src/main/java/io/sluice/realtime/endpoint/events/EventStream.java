package io.sluice.realtime.endpoint.events;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.bus.Position;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.identity.Principal;
import io.sluice.core.json.JsonWriter;
import io.sluice.net.direct.DirectSocket;
import io.sluice.net.http.Ending;
import io.sluice.net.loop.Loop;
import io.sluice.net.sse.SseFrames;
import io.sluice.net.sse.SseFraming;
import io.sluice.net.sse.SseListener;
import io.sluice.net.sse.SseStream;
import io.sluice.realtime.hub.Arrival;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.ConnectionId;
import io.sluice.realtime.hub.Joined;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.hub.Wire;
import io.sluice.realtime.session.Deadlined;
import io.sluice.realtime.session.TokenEnd;
import io.sluice.realtime.session.UserLimit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One subscriber: hears its stream, is the wire of its connection in the hub, and ends with its credentials. Says
/// `event: joined` for each channel before anything else of it, and `event: end` when the gateway ends the stream.
/// Loop thread.
final class EventStream implements SseListener, Wire, Deadlined {
    private final StreamTerms terms;
    private final Subscriber subscriber;
    private @Nullable SseStream stream;
    private @Nullable Connection connection;
    private @Nullable FailureKind why;

    /// Null once it is given back.
    private UserLimit.@Nullable Place place;

    private long credentialsEnd = TokenEnd.NEVER;
    private int joining;
    private int seat = -1;

    /// Who listens to what, once nothing stands against it any more.
    ///
    /// @param since place of the last event the client has; null when it names none
    /// @param place of the user; null for nobody in particular
    /// @param arrival ends here
    record Subscriber(
            Loop loop,
            ConnectionId id,
            @Nullable Principal principal,
            String address,
            List<String> channels,
            @Nullable Position since,
            UserLimit.@Nullable Place place,
            Arrival arrival) {}

    EventStream(StreamTerms terms, Subscriber subscriber) {
        this.terms = terms;
        this.subscriber = subscriber;
        this.place = subscriber.place();
    }

    @Override
    public void opened(SseStream opened) {
        stream = opened;
        Connection made =
                new Connection(
                        subscriber.loop(),
                        subscriber.id(),
                        StreamTerms.FACE,
                        subscriber.principal(),
                        subscriber.address(),
                        this,
                        terms.form(opened.framing()));
        connection = made;
        terms.hub.open(made);
        subscriber.arrival().obey(made);
        joining = subscriber.channels().size();
        for (String channel : subscriber.channels()) {
            join(made, channel);
        }
        Principal principal = subscriber.principal();
        credentialsEnd =
                TokenEnd.of(principal == null ? null : principal.expiresAt(), made.loop().ticker());
        if (credentialsEnd != TokenEnd.NEVER) {
            terms.of(made.loop()).deadlines().add(this);
        }
    }

    private void join(Connection to, String channel) {
        terms.hub
                .join(to, channel, subscriber.since())
                .whenComplete((joined, _) -> {
                    if (subscriber.arrival().isBarred(channel)) {
                        terms.hub.leave(to, channel);
                    } else if (joined != null) {
                        begin(to, channel, joined);
                    }
                    if (--joining == 0) {
                        subscriber.arrival().end();
                    }
                });
    }

    private void begin(Connection to, String channel, Joined joined) {
        to.outbox().send(joinedEvent(channel, joined));
        for (Message message : joined.missed()) {
            to.outbox().send(message);
        }
    }

    /// With an id, so that a client that hears nothing more can come back to this place: not when missed events follow,
    /// and not where one id cannot stand for several channels.
    private byte[] joinedEvent(String channel, Joined joined) {
        Position latest = joined.latest();
        boolean named =
                latest != null && joined.missed().isEmpty() && subscriber.channels().size() == 1;
        return event(
                named && latest != null ? EventId.text(latest) : null,
                "joined",
                EventText.joined(channel, joined));
    }

    private static byte[] event(@Nullable String id, String name, byte[] line) {
        ByteBuf out = Unpooled.buffer(line.length + 80);
        SseFrames.append(out, SseFraming.PLAIN, id, name, line);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    /// The place of the user is free before the client is told to go, as it may come back to another node at once.
    @Override
    public void drain() {
        UserLimit.Place mine = place;
        place = null;
        terms.users.leave(mine, subscriber.loop(), this::sayGoodbye);
    }

    private void sayGoodbye() {
        if (connection != null) {
            connection.outbox().close(FailureKind.DRAINING, "shutting down");
        }
    }

    @Override
    public void closed(Ending how) {
        subscriber.arrival().end();
        Connection ended = connection;
        if (ended != null) {
            terms.of(ended.loop()).deadlines().remove(this);
            terms.hub.closed(ended, why);
        }
        terms.addresses.leave(subscriber.address());
        UserLimit.Place mine = place;
        place = null;
        terms.users.leave(mine, subscriber.loop(), () -> {});
    }

    @Override
    public long deadline() {
        return credentialsEnd;
    }

    @Override
    public void due() {
        if (connection != null) {
            connection.outbox().close(FailureKind.TOKEN_EXPIRED, TokenEnd.REASON);
        }
    }

    @Override
    public int seat() {
        return seat;
    }

    @Override
    public void seat(int newSeat) {
        seat = newSeat;
    }

    @Override
    public void write(ByteBuf framed) {
        if (stream != null) {
            stream.write(framed);
        } else {
            framed.release();
        }
    }

    @Override
    public void flush() {
        if (stream != null) {
            stream.flush();
        }
    }

    @Override
    public @Nullable DirectSocket direct() {
        return stream == null ? null : stream.direct();
    }

    @Override
    public long queuedBytes() {
        return stream == null ? 0 : stream.queuedBytes();
    }

    @Override
    public void close(FailureKind kind, String reason) {
        why = kind;
        if (stream != null) {
            byte[] said = endLine(kind, reason);
            stream.write(SseFrames.event(stream.allocator(), stream.framing(), null, "end", said));
            stream.close();
        }
    }

    private static byte[] endLine(FailureKind kind, String reason) {
        return new JsonWriter()
                .openObject()
                .name("code")
                .value(kind.closeCode())
                .name("error")
                .value(kind.code())
                .name("message")
                .value(reason)
                .closeObject()
                .toBytes();
    }

    @Override
    public void cut() {
        if (stream != null) {
            stream.cut();
        }
    }

    /// A subscriber says nothing.
    @Override
    public void pause() {}

    @Override
    public void resume() {}
}
