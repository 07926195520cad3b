package io.sluice.it.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawWebSocket;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that name a subprotocol, whose browser ends the connection when it hears none of the names.
class SubprotocolIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private static String path(String face) {
        return face.equals("chat") ? "/chat?token=" + ChatTokens.of("alice") : "/rt";
    }

    private static WebSocket open(RunningGateway gateway, String face, String... names)
            throws Exception {
        URI uri = URI.create("ws://127.0.0.1:" + gateway.port() + path(face));
        WebSocket.Builder builder = gateway.client().newWebSocketBuilder();
        if (names.length > 0) {
            String[] lesser = java.util.Arrays.copyOfRange(names, 1, names.length);
            builder.subprotocols(names[0], lesser);
        }
        return builder.buildAsync(uri, new Patient()).get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rt", "chat"})
    void theFirstNameThatIsOfferedIsTaken(String face) throws Exception {
        RunningGateway gateway = gateways.start(BothFaces.TEXT);

        WebSocket socket = open(gateway, face, "app.v2", "app.v1");
        assertThat(socket.getSubprotocol()).isEqualTo("app.v2");
        socket.abort();

        WebSocket nameless = open(gateway, face);
        assertThat(nameless.getSubprotocol()).isEmpty();
        nameless.abort();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rt", "chat"})
    void namesThatAreNoneAreRefused(String face) {
        RunningGateway gateway = gateways.start(BothFaces.TEXT);
        for (String names : new String[] {"a b", "a, a", "a/b", "\"a\"", "a;b=c", "\u00e9"}) {
            try (RawClient client = RawClient.connect(gateway.port())) {
                RawWebSocket.ask(client, path(face), "Sec-WebSocket-Protocol: " + names);
                assertThat(client.head().status()).as(names).isEqualTo(400);
            }
        }
    }

    @Test
    void whoIsTurnedAwayWithACloseCodeHearsItsNameAsWell() throws Exception {
        RunningGateway gateway =
                gateways.start(BothFaces.TEXT, "realtime.limits.connectionsPerUser=1");
        WebSocket first = open(gateway, "chat", "chat.v1");

        Patient patient = new Patient();
        WebSocket second =
                gateway.client()
                        .newWebSocketBuilder()
                        .subprotocols("chat.v1")
                        .buildAsync(
                                URI.create("ws://127.0.0.1:" + gateway.port() + path("chat")),
                                patient)
                        .get(30, TimeUnit.SECONDS);

        assertThat(second.getSubprotocol()).isEqualTo("chat.v1");
        assertThat(patient.code.get(30, TimeUnit.SECONDS)).isEqualTo(4003);
        first.abort();
    }

    private static final class Patient implements WebSocket.Listener {
        private final CompletableFuture<Integer> code = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            code.complete(status);
            return null;
        }
    }
}
