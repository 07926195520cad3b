package io.sluice.it.rt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.time.Ticker;
import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Clients with a login: the handshake, the end of a token on a live socket, and how many connections a user has.
class RtLoginIT {
    private static final String SECRET = "a secret of more than thirty-two characters";
    private static final String LOGIN =
            """
            gateway:
              auth:
                jwt: {enabled: true, secret: "%s", tokenQuery: token}
              accessLog: {enabled: true}
              health: {enabled: true}
              realtime:
                rt: {enabled: true, authRequired: true}
                limits: {connectionsPerUser: 2}
            """
                    .formatted(SECRET);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private static String token(String user, Duration life) {
        long end = Ticker.system().epochMillis() / 1000 + life.toSeconds();
        String text =
                base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}")
                        + '.'
                        + base64("{\"sub\":\"" + user + "\",\"exp\":" + end + "}");
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
            return text + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static RtClient client(RunningGateway gateway, String user) {
        RtClient client =
                RtClient.open(
                        gateway.port(),
                        "Authorization: Bearer " + token(user, Duration.ofHours(1)));
        assertThat(client.type()).isEqualTo("ready");
        return client;
    }

    @Test
    void clientsAreInGroupsThatTheirCredentialOpensAndInNoOthers() {
        RunningGateway gateway = gateways.start(LOGIN, "realtime.rt.joinGroups=open,team-{user}-*");
        try (RtClient ann = client(gateway, "ann")) {
            for (String group : new String[] {"open", "team-ann-1"}) {
                ann.identify("app-client", group);
                assertThat(ann.next()).contains("\"type\":\"presence_update\"", group);
                assertThat(ann.next()).contains("\"type\":\"ready\"", group);
            }
            for (String group : new String[] {"team-bob-1", "other", "team-{user}-1"}) {
                ann.identify("app-client", group);
                assertThat(ann.next())
                        .isEqualTo(
                                "{\"type\":\"error\",\"ts\":«now»,\"groupId\":\"team-ann-1\",\"payload\":{"
                                        + "\"code\":\"NOT_ALLOWED\",\"message\":\"Not allowed in group "
                                        + group
                                        + "\"}}");
            }
            ann.send("{\"type\":\"identify\",\"payload\":{\"watch\":true}}");
            assertThat(ann.next())
                    .contains("\"NOT_ALLOWED\"", "\"Not allowed to watch all groups\"");
            try (RtClient bob = client(gateway, "bob")) {
                bob.identify("app-client", "open");
                bob.passUntil("\"type\":\"ready\"");
            }
            ann.hearsNothing();
        }
    }

    @Test
    void clientsSendToGroupsThatTheirCredentialOpensAndToNoOthers() {
        RunningGateway gateway = gateways.start(LOGIN, "realtime.rt.joinGroups=open,team-{user}");
        try (RtClient ann = client(gateway, "ann");
                RtClient bob = client(gateway, "bob")) {
            ann.identify("app-client", "team-ann");
            ann.passUntil("\"type\":\"ready\"");
            bob.identify("app-client", "team-bob");
            bob.passUntil("\"type\":\"ready\"");
            ann.send("{\"type\":\"data_update\",\"ts\":1,\"groupId\":\"team-bob\"}");
            assertThat(ann.next())
                    .isEqualTo(
                            "{\"type\":\"error\",\"ts\":«now»,\"groupId\":\"team-ann\",\"payload\":{"
                                    + "\"code\":\"NOT_ALLOWED\",\"message\":\"Not allowed in group team-bob\"}}");
            bob.hearsNothing();
            ann.send("{\"type\":\"data_update\",\"ts\":2,\"groupId\":\"team-ann\"}");
            assertThat(ann.type()).isEqualTo("data_update");
            bob.identify("app-client", "open");
            bob.passUntil("\"type\":\"ready\"");
            ann.send("{\"type\":\"data_update\",\"ts\":3,\"groupId\":\"open\"}");
            assertThat(bob.type()).isEqualTo("data_update");
        }
    }

    @Test
    void whoMayNotBeInAllGroupsDoesNotSpeakToEverybody() {
        RunningGateway gateway = gateways.start(LOGIN, "realtime.rt.joinGroups=team-{user}");
        try (RtClient ann = client(gateway, "ann");
                RtClient bob = client(gateway, "bob")) {
            ann.send("{\"type\":\"data_update\",\"ts\":1}");
            assertThat(ann.next())
                    .isEqualTo(
                            "{\"type\":\"error\",\"ts\":«now»,\"payload\":{"
                                    + "\"code\":\"NOT_ALLOWED\",\"message\":\"Not allowed to send to everybody\"}}");
            ann.identify("app-client", "team-ann");
            ann.passUntil("\"type\":\"ready\"");
            ann.send("{\"type\":\"data_update\",\"ts\":2,\"groupId\":\"\"}");
            assertThat(ann.next()).contains("\"NOT_ALLOWED\"");
            bob.hearsNothing();
        }
    }

    @Test
    void withoutAValidTokenThereIsNoUpgrade() {
        RunningGateway gateway = gateways.start(LOGIN);
        for (String path : new String[] {"/rt", "/rt?token=x.y.z"}) {
            try (RawClient client = RawClient.connect(gateway.port())) {
                RawWebSocket.ask(client, path);
                assertThat(client.head().status()).isEqualTo(401);
            }
        }
    }

    @Test
    void aTokenInTheQueryIsTakenAndAppearsNowhere() {
        RunningGateway gateway = gateways.start(LOGIN);
        String token = token("alice", Duration.ofHours(1));
        try (RawWebSocket socket = RawWebSocket.open(gateway.port(), "/rt?token=" + token)) {
            assertThat(socket.readText()).startsWith("{\"type\":\"ready\"");
            assertThat(gateway.get("/health").body()).contains("\"users\":1");
        }
        await().until(() -> gateway.accessLog().stream().anyMatch(line -> line.contains("/rt")));
        assertThat(gateway.accessLog()).noneMatch(line -> line.contains(token.substring(0, 20)));
    }

    @Test
    void aTokenThatEndsEndsItsSocket() {
        RunningGateway gateway = gateways.start(LOGIN);
        String token = token("alice", Duration.ofSeconds(6));
        try (RtClient client = RtClient.open(gateway.port(), "Authorization: Bearer " + token)) {
            assertThat(client.type()).isEqualTo("ready");
            RawWebSocket.Frame close = client.socket().readClose();
            assertThat(close.closeCode()).isEqualTo(4001);
            assertThat(close.closeReason()).isEqualTo("token expired");
        }
    }

    @Test
    void aUserHasSoManyConnectionsAndNoMore() {
        RunningGateway gateway = gateways.start(LOGIN);
        try (RtClient one = client(gateway, "alice")) {
            RtClient two = client(gateway, "alice");
            try (RtClient three =
                            RtClient.open(
                                    gateway.port(),
                                    "Authorization: Bearer "
                                            + token("alice", Duration.ofHours(1)));
                    RtClient other = client(gateway, "bob")) {
                assertThat(three.socket().readClose().closeCode()).isEqualTo(4003);
                other.hearsNothing();
            }
            two.close();
            await().until(() -> {
                try (RtClient again = client(gateway, "alice")) {
                    again.hearsNothing();
                    return true;
                } catch (AssertionError full) {
                    return false;
                }
            });
            one.hearsNothing();
        }
    }

    @Test
    void theOldestMakesRoomWhenAskedTo() {
        RunningGateway gateway = gateways.start(LOGIN, "realtime.limits.userFull=kick_oldest");
        try (RtClient one = client(gateway, "alice");
                RtClient two = client(gateway, "alice");
                RtClient three = client(gateway, "alice")) {
            assertThat(one.socket().readClose().closeCode()).isEqualTo(4004);
            two.hearsNothing();
            three.hearsNothing();
        }
    }
}
