package io.sluice.app.wiring;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.json.JsonText;
import io.sluice.core.time.Ticker;
import io.sluice.edge.filter.auth.SharedSecretTokens;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Gives a token of chat to whoever tries the gateway out on the same machine: the request comes over the loopback
/// interface and to a name of this machine, so that no page from elsewhere can ask for it.
///
/// @param tokens made with a secret that lives as long as the process
record GuestTokens(SharedSecretTokens tokens, Ticker ticker) implements Handler {
    private static final Duration LENGTH = Duration.ofHours(1);
    private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> OWN_ADDRESSES = Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1");

    @Override
    public void handle(Exchange exchange) {
        if (!isLocal(exchange)) {
            exchange.fail(Failure.of(FailureKind.NOT_FOUND, "Nothing is served at this path."));
            return;
        }
        String guest = "guest-" + exchange.loop().ids().spanId().substring(0, 6);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", guest);
        long end = ticker.epochMillis() + LENGTH.toMillis();
        body.put("token", tokens.issue(guest, Map.of("email", guest + "@localhost"), end));
        exchange.answer(
                Response.of(200, "application/json; charset=utf-8", JsonText.of(body))
                        .with(HeaderName.of("Cache-Control"), "no-store"));
    }

    private static boolean isLocal(Exchange exchange) {
        return OWN_ADDRESSES.contains(exchange.peer().address())
                && OWN_ADDRESSES.contains(exchange.clientAddress())
                && OWN_NAMES.contains(exchange.request().host());
    }
}
