package io.sluice.realtime.endpoint.events;

import io.sluice.bus.Position;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.identity.Principal;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Method;
import io.sluice.net.http.Protocol;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Offload;
import io.sluice.net.sse.SseStream;
import io.sluice.net.ws.WsHandshake;
import io.sluice.realtime.dialect.FaceContext;
import io.sluice.realtime.endpoint.events.EventStream.Subscriber;
import io.sluice.realtime.hub.Arrival;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.ConnectionId;
import io.sluice.realtime.session.Places;
import io.sluice.realtime.session.Scopes;
import io.sluice.realtime.session.UserLimit.Place;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `GET /events?channel=…`: opens an event stream on one or several channels. Who asks was established before, if
/// anybody did; who may listen to what is decided here. Immutable, shared by all loops.
public final class EventsEndpoint implements Handler {
    /// What keys of the channel API grant: every channel.
    public static final String SCOPE = Scopes.ALL_CHANNELS;

    private static final Failure NOT_READ =
            Failure.of(FailureKind.METHOD_NOT_ALLOWED, "An event stream is asked for with GET.");

    /// Over HTTP/2 the head of a stream would tell the client that its WebSocket is open.
    private static final Failure NO_SOCKET =
            Failure.of(FailureKind.NOT_IMPLEMENTED, "No WebSocket is served at this path.");

    private static final Failure CROWDED =
            Failure.of(FailureKind.CONNECTION_LIMIT, "Too many connections from this address.");
    private static final Failure FULL =
            Failure.of(FailureKind.CONNECTION_LIMIT, "Too many connections of this user.");

    private static final Failure UNKNOWN =
            Failure.of(FailureKind.UNAVAILABLE, "Who may listen here cannot be found out now.")
                    .retryAfter(1);

    private final EventsConfig config;
    private final ChannelNames names;
    private final ChannelAccess access;
    private final StreamTerms terms;

    public EventsEndpoint(
            EventsConfig config, FaceContext context, EventText texts, Places places) {
        this.config = config;
        this.names = context.names();
        this.access =
                new ChannelAccess(config.publicChannels(), config.userChannels(), context.doors());
        this.terms = new StreamTerms(context.hub(), texts, places, context.loops());
    }

    @Override
    public void handle(Exchange exchange) {
        try {
            subscribe(exchange);
        } catch (GatewayException refused) {
            refuse(exchange, refused.failure());
        }
    }

    private static void refuse(Exchange exchange, Failure why) {
        switch (why.kind()) {
            case UNAUTHORIZED ->
                    exchange.onAnswer(
                            (_, head) -> head.headers().set(HeaderName.WWW_AUTHENTICATE, "Bearer"));
            case METHOD_NOT_ALLOWED ->
                    exchange.onAnswer((_, head) -> head.headers().set(HeaderName.ALLOW, "GET"));
            default -> {}
        }
        exchange.fail(why);
        exchange.requestBody().discard();
    }

    private void subscribe(Exchange exchange) {
        if (!exchange.request().method().equals(Method.GET)) {
            throw new GatewayException(NOT_READ);
        }
        if (exchange.request().protocol() == Protocol.HTTP_2
                && WsHandshake.asked(exchange.request())) {
            throw new GatewayException(NO_SOCKET);
        }
        if (exchange.requestBody().length() != 0) {
            throw bad("An event stream is asked for without a body.");
        }
        Query query = Query.of(exchange.request().query());
        Principal principal = exchange.principal();
        List<String> channels = channels(query, principal);
        Position since = since(exchange, query);
        String user =
                principal == null || ChannelAccess.isServer(principal) ? null : principal.subject();
        Arrival arrival = terms.hub.arrivals().begin(exchange.loop(), user);
        Wish wish = new Wish(exchange, channels, since, arrival);
        if (access.asksFor(channels, principal)) {
            ask(wish);
        } else {
            enterOrRefuse(wish);
        }
    }

    /// What somebody asked for.
    ///
    /// @param since place of the last event the client has; null when it names none
    /// @param arrival ends with the answer
    private record Wish(
            Exchange exchange, List<String> channels, @Nullable Position since, Arrival arrival) {

        void refuse(Failure why) {
            arrival.end();
            EventsEndpoint.refuse(exchange, why);
        }
    }

    /// What the faces of the channels say.
    private void ask(Wish wish) {
        Principal principal = wish.exchange.principal();
        Offload.call(
                wish.exchange.loop(),
                () -> access.admits(wish.channels, principal),
                (admitted, _) -> {
                    if (admitted == null) {
                        wish.refuse(UNKNOWN);
                    } else if (admitted
                            && wish.channels.stream().noneMatch(wish.arrival::isBarred)) {
                        enterOrRefuse(wish);
                    } else {
                        wish.refuse(ChannelAccess.notAdmitted(principal));
                    }
                });
    }

    private void enterOrRefuse(Wish wish) {
        try {
            enter(wish);
        } catch (GatewayException refused) {
            wish.refuse(refused.failure());
        }
    }

    private void enter(Wish wish) {
        Exchange exchange = wish.exchange;
        if (!terms.addresses.enter(exchange.clientAddress())) {
            throw new GatewayException(CROWDED);
        }
        ConnectionId id = ConnectionId.random(terms.of(exchange.loop()).random());
        Principal principal = exchange.principal();
        if (principal == null || ChannelAccess.isServer(principal) || !terms.users.counts()) {
            open(wish, id, null);
        } else {
            admit(wish, id, principal.subject());
        }
    }

    private List<String> channels(Query query, @Nullable Principal principal) {
        Set<String> channels = new LinkedHashSet<>();
        for (String name : query.all("channel")) {
            if (!ChannelName.isValid(name)) {
                throw bad(
                        "A channel has a name of 1 to "
                                + ChannelName.LONGEST
                                + " characters without control ones.");
            }
            channels.add(ChannelName.full(names, name));
            if (channels.size() > config.channelsPerStream()) {
                throw bad("A stream has at most " + config.channelsPerStream() + " channels.");
            }
        }
        if (channels.isEmpty()) {
            throw bad("Name at least one channel: ?channel=…");
        }
        for (String channel : channels) {
            Failure refusal = access.refusal(channel, principal);
            if (refusal != null) {
                throw new GatewayException(refusal);
            }
        }
        return List.copyOf(channels);
    }

    /// The field counts before the parameter, as the parameter stays the same when a browser comes back.
    private static @Nullable Position since(Exchange exchange, Query query) {
        String field = exchange.request().headers().get(SseStream.LAST_EVENT_ID);
        return EventId.parse(field == null || field.isEmpty() ? query.one("lastEventId") : field);
    }

    private void admit(Wish wish, ConnectionId id, String user) {
        Loop loop = wish.exchange.loop();
        long now = loop.ticker().epochMillis();
        Offload.call(
                loop,
                () -> new Admission(terms.users.enter(user, id.text(), now)),
                (admission, _) -> {
                    if (admission == null || admission.place() == null) {
                        terms.addresses.leave(wish.exchange.clientAddress());
                        wish.refuse(FULL);
                    } else {
                        open(wish, id, admission.place());
                    }
                });
    }

    private record Admission(@Nullable Place place) {}

    private void open(Wish wish, ConnectionId id, @Nullable Place place) {
        Exchange exchange = wish.exchange;
        Subscriber subscriber =
                new Subscriber(
                        exchange.loop(),
                        id,
                        exchange.principal(),
                        exchange.clientAddress(),
                        wish.channels,
                        wish.since,
                        place,
                        wish.arrival);
        SseStream.open(exchange, config.sse(), new EventStream(terms, subscriber));
    }

    private static GatewayException bad(String why) {
        return new GatewayException(Failure.of(FailureKind.BAD_REQUEST, why));
    }
}
