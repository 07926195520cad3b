package io.sluice.app.wiring;

import io.sluice.app.metrics.RealtimeCounts;
import io.sluice.bus.Bus;
import io.sluice.bus.node.NodeBus;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.time.Pause;
import io.sluice.edge.filter.auth.AuthConfig;
import io.sluice.edge.filter.auth.AuthRuleConfig;
import io.sluice.net.http.ClientNetwork;
import io.sluice.net.loop.Loops;
import io.sluice.net.ws.WsHandshake;
import io.sluice.realtime.dialect.Dialects;
import io.sluice.realtime.dialect.Doorkeepers;
import io.sluice.realtime.dialect.Face;
import io.sluice.realtime.dialect.FaceContext;
import io.sluice.realtime.dialect.chat.Chat;
import io.sluice.realtime.dialect.chat.ChatBusForm;
import io.sluice.realtime.dialect.chat.ChatConfig;
import io.sluice.realtime.dialect.chat.ChatFace;
import io.sluice.realtime.dialect.rt.RtConfig;
import io.sluice.realtime.dialect.rt.RtFace;
import io.sluice.realtime.endpoint.RealtimeConfig;
import io.sluice.realtime.endpoint.SocketEndpoint;
import io.sluice.realtime.hub.BusForm;
import io.sluice.realtime.hub.BusForms;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.ConnectionId;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.Occupancy;
import io.sluice.realtime.session.AddressLimit;
import io.sluice.realtime.session.Places;
import io.sluice.realtime.session.UserLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rooms `bus` and `realtime`: the hub, the faces on it, and the routes that lead to them. All of it lives as long
/// as the gateway; changes of its sections take effect at the next start.
final class RealtimeParts implements AutoCloseable {
    private final RealtimeConfig config;
    private final Bus bus;
    private final Hub hub;
    private final Occupancy occupancy;
    private final RealtimeCounts counts;
    private final UserCount users = new UserCount();
    private final Places places;
    private final WsHandshake handshake;
    private final Thread renewal;
    private final List<PageRoute> routes = new ArrayList<>();
    private final Started faces = new Started();
    private @Nullable ChannelApiParts api;
    private @Nullable RtFace rt;
    private @Nullable ChatFace chat;

    private RealtimeParts(MessagesConfig messages, Loops loops, Shared shared, boolean demo) {
        this.config = messages.realtime();
        this.bus = NodeBus.open(messages.bus(), shared.ticker(), shared.metrics());
        this.counts = new RealtimeCounts(shared.metrics());
        ChannelNames names = new ChannelNames(config.channels());
        Dialects dialects = new Dialects();
        BusForm rooms = new ChatBusForm(names, dialects::neutral);
        this.hub =
                Hub.of(
                        bus,
                        new BusForms(Map.of(Chat.FACE, rooms, Chat.AR, rooms)),
                        loops.all(),
                        config.hub(),
                        counts);
        counts.keep(shared.metrics(), hub::keptBytes);
        this.places =
                new Places(
                        new AddressLimit(
                                config.limits().connectionsPerAddress(),
                                new ClientNetwork(config.limits().connectionsIpv6Prefix())),
                        new UserLimit(bus.leases(), bus.node(), config.limits(), this::kick));
        this.renewal = Thread.ofVirtual().name("user-limit").start(this::renew);
        this.occupancy = new Occupancy(hub, bus);
        this.handshake = new WsHandshake(config.websocket(), counts, loops.count());
        hub.listen(users);
        occupancy.start();
        FaceContext context =
                new FaceContext(
                        hub,
                        bus,
                        names,
                        dialects,
                        new Doorkeepers(),
                        config.limits(),
                        loops.all(),
                        shared.metrics());
        addRt(context, loops);
        if (config.faces().chat().enabled()) {
            addChat(
                    messages,
                    context,
                    loops,
                    ChatDoor.of(config.faces().chat(), shared.ticker(), demo));
        }
        if (config.api().enabled()) {
            api =
                    ChannelApiParts.start(
                            config.api(),
                            context,
                            occupancy,
                            places,
                            new FaceLore(names, rt, chat),
                            shared);
        }
        config.faces().dialects().forEach((id, other) -> addOther(id, other, context, loops));
        if (config.strayHandshakes() == 400) {
            routes.add(PageRoute.anywhere("stray-handshakes", new StrayHandshakes()));
        }
    }

    /// @param demo whether the gateway shows what it can do
    static RealtimeParts start(MessagesConfig messages, Loops loops, Shared shared, boolean demo) {
        return new RealtimeParts(messages, loops, shared, demo);
    }

    private void addChat(MessagesConfig messages, FaceContext context, Loops loops, ChatDoor door) {
        ChatConfig wanted = config.faces().chat();
        ChatConfig.Circle circle = ChatDoor.circle(wanted, messages.bus());
        ChatFace face = faces.add(ChatFace.start(wanted, context, circle, door.check()));
        chat = face;
        routes.addAll(door.routes(sockets(face, loops)));
    }

    private void addRt(FaceContext context, Loops loops) {
        RtConfig wanted = config.faces().rt();
        if (wanted.enabled()) {
            RtFace face = faces.add(RtFace.start(wanted, context));
            rt = face;
            add(face, wanted.path(), wanted.authRequired(), loops);
        }
    }

    private void addOther(
            String id, RealtimeConfig.OtherDialect other, FaceContext context, Loops loops) {
        Face face = Builtins.dialect(id).create(context, other.settings());
        context.dialects().add(face.dialect());
        add(face, other.path(), other.authRequired(), loops);
    }

    private SocketEndpoint sockets(Face face, Loops loops) {
        return new SocketEndpoint(face, hub, handshake, config.limits(), places, loops.all());
    }

    private void add(Face face, String path, @Nullable Boolean authRequired, Loops loops) {
        SocketEndpoint endpoint = sockets(face, loops);
        routes.add(
                PageRoute.guarded(
                        face.dialect().id(),
                        path,
                        endpoint,
                        new AuthRuleConfig(authRequired, null, List.of())));
    }

    private void kick(String connectionId) {
        ConnectionId id = ConnectionId.parse(connectionId);
        if (id != null) {
            hub.disconnect(id, FailureKind.KICKED, "another connection took its place");
        }
    }

    private void renew() {
        try {
            while (true) {
                Pause.of(config.limits().renewal());
                places.users().renew();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// What this section serves, in words.
    static List<RouteRow> rows(RealtimeConfig config) {
        List<RouteRow> rows = new ArrayList<>(ChannelApiParts.rows(config.api()));
        RtConfig rt = config.faces().rt();
        ChatConfig chat = config.faces().chat();
        if (rt.enabled()) {
            rows.add(row("rt", rt.path()));
        }
        if (chat.enabled()) {
            chat.paths().forEach(path -> rows.add(row("chat", path)));
        }
        config.faces().dialects().forEach((id, other) -> rows.add(row(id, other.path())));
        return rows;
    }

    private static RouteRow row(String face, String path) {
        return new RouteRow(face, List.of("WEBSOCKET"), List.of(), path, "realtime", "-");
    }

    /// Where clients of the faces and of the channel API come in.
    ///
    /// @param auth who users are
    List<PageRoute> routes(AuthConfig auth) {
        List<PageRoute> all = new ArrayList<>(routes);
        if (api != null) {
            all.addAll(api.routes(auth));
        }
        return all;
    }

    Bus bus() {
        return bus;
    }

    Hub hub() {
        return hub;
    }

    /// Members of channels on all nodes.
    Occupancy occupancy() {
        return occupancy;
    }

    /// Distinct users with a connection here.
    int users() {
        return users.size();
    }

    /// After the listeners: no connection is left.
    @Override
    public void close() {
        renewal.interrupt();
        faces.close();
        places.users().close();
        occupancy.close();
        bus.close();
    }
}
