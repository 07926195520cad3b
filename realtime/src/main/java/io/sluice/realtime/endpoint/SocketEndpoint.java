package io.sluice.realtime.endpoint;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.identity.Principal;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Offload;
import io.sluice.net.ws.WebSocket;
import io.sluice.net.ws.WsEnd;
import io.sluice.net.ws.WsHandshake;
import io.sluice.net.ws.WsListener;
import io.sluice.realtime.dialect.Face;
import io.sluice.realtime.endpoint.Socket.Handshaken;
import io.sluice.realtime.hub.Arrival;
import io.sluice.realtime.hub.ConnectionId;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.session.AddressLimit;
import io.sluice.realtime.session.Places;
import io.sluice.realtime.session.RealtimeLimits;
import io.sluice.realtime.session.UserLimit.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes in the WebSockets of one face. What stands before the upgrade is answered in HTTP; a user with too many
/// connections is let in to be told so with 4003, since browsers show a page no answer but a close code. Immutable,
/// shared by all loops.
public final class SocketEndpoint implements Handler {
    private static final Failure NO_PAGE =
            Failure.of(FailureKind.NOT_FOUND, "Only WebSockets are served at this path.");
    private static final Failure CROWDED =
            Failure.of(FailureKind.CONNECTION_LIMIT, "Too many connections from this address.");

    private final WsHandshake handshake;
    private final SocketTerms terms;

    public SocketEndpoint(
            Face face,
            Hub hub,
            WsHandshake handshake,
            RealtimeLimits limits,
            Places places,
            List<Loop> loops) {
        this.handshake = handshake;
        this.terms = new SocketTerms(face, hub, handshake, limits, places, loops);
    }

    @Override
    public void handle(Exchange exchange) {
        if (!WsHandshake.asked(exchange.request())) {
            exchange.fail(NO_PAGE);
            exchange.requestBody().discard();
            return;
        }
        if (!handshake.check(exchange)) {
            exchange.requestBody().discard();
            return;
        }
        if (!terms.addresses.enter(exchange.clientAddress())) {
            exchange.fail(CROWDED);
            return;
        }
        ConnectionId id = ConnectionId.random(terms.of(exchange.loop()).random());
        Principal principal = exchange.principal();
        if (principal == null || !terms.users.counts()) {
            accept(exchange, new Socket(terms, client(exchange, id, null)));
        } else {
            admit(exchange, id, principal.subject());
        }
    }

    private void admit(Exchange exchange, ConnectionId id, String user) {
        long now = exchange.loop().ticker().epochMillis();
        Arrival arrival = terms.hub.arrivals().begin(exchange.loop(), user);
        Offload.call(
                exchange.loop(),
                () -> new Admission(terms.users.enter(user, id.text(), now)),
                (admission, _) -> {
                    if (admission == null || admission.place() == null) {
                        accept(exchange, new TurnedAway(terms.addresses, exchange.clientAddress()));
                    } else {
                        Socket socket = new Socket(terms, client(exchange, id, admission.place()));
                        accept(exchange, socket);
                        socket.obey(arrival);
                    }
                    arrival.end();
                });
    }

    private record Admission(@Nullable Place place) {}

    private static Handshaken client(Exchange exchange, ConnectionId id, @Nullable Place place) {
        return new Handshaken(
                exchange.loop(), id, exchange.principal(), exchange.clientAddress(), place);
    }

    /// A face speaks one language on its path, so whatever name a client has for it is right.
    private void accept(Exchange exchange, WsListener listener) {
        handshake.accept(exchange, WsHandshake.firstOffered(exchange.request()), listener);
    }

    /// A socket that is opened to be closed. It has the place of its address until it is gone, like any other.
    private static final class TurnedAway implements WsListener {
        private final AddressLimit addresses;
        private final String address;

        TurnedAway(AddressLimit addresses, String address) {
            this.addresses = addresses;
            this.address = address;
        }

        @Override
        public void opened(WebSocket socket) {
            socket.close(FailureKind.CONNECTION_LIMIT, "too many connections");
        }

        @Override
        public void text(ByteBuf payload) {}

        @Override
        public void binary(ByteBuf payload) {}

        @Override
        public void drain() {}

        @Override
        public void closed(WsEnd end, int code, String reason) {
            addresses.leave(address);
        }
    }
}
