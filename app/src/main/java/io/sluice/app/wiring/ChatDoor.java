package io.sluice.app.wiring;

import io.sluice.bus.BusConfig;
import io.sluice.bus.BusConfig.LogStore;
import io.sluice.core.identity.Principal;
import io.sluice.core.time.Ticker;
import io.sluice.edge.filter.auth.SharedSecretTokens;
import io.sluice.net.http.Handler;
import io.sluice.realtime.dialect.chat.ChatConfig;
import io.sluice.realtime.dialect.chat.ChatSender;
import io.sluice.realtime.endpoint.TokenGate;
import io.sluice.realtime.session.TokenCheck;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How clients of chat come in: by tokens signed with the shared secret. Without one a secret is made up that nobody
/// knows, so the face is closed to all but guests of the demo, and says so at the start.
final class ChatDoor {
    private static final Logger LOG = LoggerFactory.getLogger(ChatDoor.class);
    private static final String ID_CLAIM = "id";
    private static final TokenCheck.Invalid REFUSED =
            new TokenCheck.Invalid("The token is not good.");
    private static final String GUEST_PATH = "/guest-token";

    private final ChatConfig config;
    private final SharedSecretTokens tokens;
    private final Ticker ticker;
    private final boolean guests;

    private ChatDoor(ChatConfig config, SharedSecretTokens tokens, Ticker ticker, boolean guests) {
        this.config = config;
        this.tokens = tokens;
        this.ticker = ticker;
        this.guests = guests;
    }

    /// @param demo whether the gateway shows what it can do
    static ChatDoor of(ChatConfig config, Ticker ticker, boolean demo) {
        String secret = config.secret();
        boolean madeUp = secret == null || secret.isBlank();
        SharedSecretTokens tokens =
                new SharedSecretTokens(
                        secret == null || madeUp ? madeUp() : secret,
                        ID_CLAIM,
                        List.of(ChatSender.EMAIL));
        if (madeUp) {
            LOG.atInfo()
                    .addKeyValue("guests", demo)
                    .log("Chat has no secret (JWT_DEV), so no tokens but those of guests are good");
        } else if (!tokens.isSafe()) {
            LOG.atWarn()
                    .addKeyValue("expectedBytes", SharedSecretTokens.SAFE_BYTES)
                    .log("The secret of chat is short enough to be guessed");
        }
        return new ChatDoor(config, tokens, ticker, madeUp && demo);
    }

    private static String madeUp() {
        byte[] secret = new byte[SharedSecretTokens.SAFE_BYTES];
        new SecureRandom().nextBytes(secret);
        return HexFormat.of().formatHex(secret);
    }

    /// Who answers what clients send.
    static ChatConfig.Circle circle(ChatConfig config, BusConfig bus) {
        return switch (config.circle()) {
            case AUTO ->
                    bus.logStore() == LogStore.KAFKA
                            ? ChatConfig.Circle.SERVICES
                            : ChatConfig.Circle.GATEWAY;
            case GATEWAY -> ChatConfig.Circle.GATEWAY;
            case SERVICES -> ChatConfig.Circle.SERVICES;
        };
    }

    TokenCheck check() {
        return token -> {
            Principal principal = tokens.principal(token, ticker.epochMillis());
            return principal == null ? REFUSED : new TokenCheck.Valid(principal);
        };
    }

    /// The paths of the face, and the page with tokens for guests where there is one.
    List<PageRoute> routes(Handler sockets) {
        Handler gate = new TokenGate(check(), sockets);
        List<PageRoute> routes = new ArrayList<>();
        for (String path : config.paths()) {
            String id = routes.isEmpty() ? "chat" : "chat-" + (routes.size() + 1);
            int priority = path.equals("/*") ? Integer.MIN_VALUE : 0;
            routes.add(new PageRoute(id, path, gate, null, priority));
        }
        if (guests) {
            String path = config.paths().getFirst() + GUEST_PATH;
            routes.add(PageRoute.page("chat-guest", path, new GuestTokens(tokens, ticker)));
        }
        return routes;
    }
}
