package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Bus;
import io.sluice.bus.BusHealth;
import io.sluice.bus.Subscription;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.identity.Principal;
import io.sluice.core.telemetry.Counters;
import io.sluice.core.time.Ticker;
import io.sluice.net.loop.Loop;
import io.sluice.realtime.dialect.FaceContext;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.presence.Presence;
import io.sluice.realtime.session.Scopes;
import io.sluice.realtime.session.TokenCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the face is made of. Lives as long as the gateway.
final class ChatParts implements AutoCloseable {
    /// Who of a room is told to be there after all. Where more are missing the server lost its memory, and nobody was told
    /// that they left; to tell everybody of everybody would be a storm.
    private static final int MOST_TOLD = 20;

    private final Hub hub;
    private final ChannelNames names;
    private final Presence presence;
    private final ChatRooms rooms;
    private final Returns returns;
    private final ChatSpeech speech;
    private final TokenCheck tokens;
    private final RoomBook book;
    private final Registrar roomService;
    private final Errands errands;
    private final Ticker ticker;
    private final List<Subscription> subscriptions = new ArrayList<>();

    private ChatParts(
            ChatConfig config, FaceContext context, ChatConfig.Circle circle, TokenCheck tokens) {
        Bus bus = context.bus();
        this.hub = context.hub();
        this.names = context.names();
        this.ticker = context.loops().getFirst().ticker();
        this.tokens = tokens;
        this.errands = new Errands(bus);
        this.book =
                new RoomBook(
                        bus,
                        config.details(),
                        config.strict() ? RoomBook.Entry.MEMBERS : RoomBook.Entry.EVERYBODY);
        boolean gateway = circle == ChatConfig.Circle.GATEWAY;
        boolean kept = gateway && !config.strict();
        this.roomService = new Registrar(book, names, hub::publish, Chat.ROOM_SERVICE);
        this.presence =
                Presence.start(
                        bus,
                        ticker,
                        config.presence(),
                        new ChatPresence(hub, names, bus.topics(), kept ? roomService : null));
        this.rooms =
                new ChatRooms(
                        hub,
                        names,
                        book,
                        errands,
                        presence,
                        context.limits(),
                        config.details().rosterLimit(),
                        new SecondLook(
                                new Registrar(book, names, hub::publish, Chat.FACE),
                                presence,
                                kept ? book : null));
        this.returns =
                new Returns(
                        hub,
                        names,
                        book,
                        errands,
                        presence,
                        context.limits(),
                        config.details().returnWait());
        Ingest ingest =
                gateway ? new OwnIngest(hub, names, bus, ticker) : new ServiceIngest(bus.log());
        this.speech =
                new ChatSpeech(
                        ingest,
                        new Repeats(bus, errands, ticker, config.details().dedupeWindow()),
                        rooms,
                        errands,
                        presence);
    }

    /// @param circle who answers what clients send, never AUTO
    static ChatParts start(
            ChatConfig config, FaceContext context, ChatConfig.Circle circle, TokenCheck tokens) {
        ChatParts parts = new ChatParts(config, context, circle, tokens);
        parts.follow(config, context, circle);
        return parts;
    }

    private void follow(ChatConfig config, FaceContext context, ChatConfig.Circle circle) {
        Counters events =
                context.metrics()
                        .counters(
                                "gateway_chat_room_events_total",
                                "Events of the room service, by what became of them.",
                                "event");
        subscriptions.add(context.bus().health().watch(this::enterAgain));
        RoomEvents roomEvents =
                new RoomEvents(
                        context.hub(), context.names(), config.details(), this::removed, events);
        subscriptions.add(context.bus().topics().subscribe(RoomEvents.TOPIC, roomEvents));
        if (circle == ChatConfig.Circle.SERVICES) {
            ChatRecords records =
                    new ChatRecords(hub, names, new SeenRecords(context.bus(), ticker));
            subscriptions.add(
                    context.bus().log().follow(ChatTopics.followed(), ChatTopics.GROUP, records));
        }
    }

    private void enterAgain(BusHealth.Status status) {
        if (status.state() == BusHealth.State.UP) {
            Thread.ofVirtual().name("chat-book").start(this::fillBook);
        }
    }

    /// The shared server is back: whoever came in meanwhile is put into its book, and the others, who may have heard that
    /// he left, are told. What a strict room does not know it has not let in.
    private void fillBook() {
        Map<String, Integer> told = new HashMap<>();
        presence.each((roomId, userId) -> enterAgain(roomId, userId, told));
    }

    private void enterAgain(String roomId, String userId, Map<String, Integer> told) {
        try {
            long now = ticker.epochMillis();
            boolean tell = told.getOrDefault(roomId, 0) < MOST_TOLD;
            if (tell && roomService.back(roomId, userId, now)) {
                told.merge(roomId, 1, Integer::sum);
            } else {
                book.enter(roomId, userId, now);
            }
        } catch (GatewayException gone) {
            // Tried again when it is back once more.
        }
    }

    /// Who was only said to be gone, and is here, stays where anybody may be. Whoever listens to an open room by another
    /// face does so whether or not it is a member, and servers listen to any.
    private void removed(String roomId, String userId, RoomEvents.Why why) {
        boolean open = book.isOpenToAll();
        if (why == RoomEvents.Why.DISCONNECTED && open) {
            return;
        }
        List<String> channels = List.of(Chat.room(names, roomId), Chat.stream(names, roomId));
        if (!open) {
            hub.arrivals().bar(userId, channels);
        }
        hub.eachOf(
                userId,
                connection -> {
                    ChatState state = ChatState.of(connection);
                    if (state != null) {
                        rooms.removed(connection, state, roomId);
                    } else if (!open && !isServer(connection)) {
                        channels.forEach(channel -> hub.expel(connection, channel));
                    }
                });
    }

    private static boolean isServer(Connection connection) {
        Principal principal = connection.principal();
        return principal != null && principal.scopes().contains(Scopes.ALL_CHANNELS);
    }

    Presence presence() {
        return presence;
    }

    ChatRooms rooms() {
        return rooms;
    }

    Returns returns() {
        return returns;
    }

    ChatSpeech speech() {
        return speech;
    }

    TokenCheck tokens() {
        return tokens;
    }

    /// Blocks, and fails like the bus.
    boolean admits(String roomId, String userId) {
        return book.admits(roomId, userId);
    }

    /// The user's rooms are remembered for longer.
    void signOfLife(Loop loop, String userId) {
        errands.run(
                loop,
                () -> {
                    book.signOfLife(userId);
                    return "";
                });
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
        presence.close();
    }
}
