package io.sluice.it.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.Ticker;
import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.Http2Sockets;
import io.sluice.testkit.Http2Sockets.Stream;
import io.sluice.testkit.RawWebSocket;
import io.sluice.testkit.TestCertificates;
import io.sluice.testkit.TestCertificates.PemFiles;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// WebSockets by extended CONNECT (RFC 8441), through everything that stands before a face.
class SocketsOverHttp2IT {
    private static final String JOIN = "{\"type\":\"join\",\"payload\":{\"roomId\":\"room-1\"}}";
    private static final String IDENTIFY =
            "{\"type\":\"identify\",\"payload\":{\"clientType\":\"app-client\",\"groupId\":\"g1\"}}";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();
    @TempDir private Path folder;

    private static String token(String user) {
        return "/chat?token=" + ChatTokens.of(user);
    }

    /// Both faces, and some of everything that requests pass.
    private RunningGateway start(String... settings) {
        return gateways.start(
                BothFaces.TEXT
                        + """
                          metrics:
                            enabled: true
                          cors:
                            enabled: true
                            allowedOrigins: [https://app.test]
                        """,
                settings);
    }

    @Test
    void bothFacesSpeakOnOneConnectionWithThoseOverHttp1() throws Exception {
        RunningGateway gateway = start();
        try (Http2Sockets client = Http2Sockets.clear(gateway.port());
                ChatClient bob = ChatClient.in(gateway.port(), "bob", "room-1")) {
            Stream rt = client.open("/rt");
            assertThat(rt.status()).isEqualTo("200");
            assertThat(rt.readText()).startsWith("{\"type\":\"ready\"");
            Stream other = client.open("/rt?x=1");
            assertThat(other.readText()).startsWith("{\"type\":\"ready\"");
            Stream alice = client.open(token("alice"));
            assertThat(alice.status()).isEqualTo("200");

            rt.text(IDENTIFY);
            rt.until("\"type\":\"ready\"");
            other.text("{\"type\":\"data_update\",\"ts\":1,\"groupId\":\"g1\",\"payload\":1}");
            assertThat(rt.readText())
                    .isEqualTo(
                            "{\"type\":\"data_update\",\"ts\":1,\"groupId\":\"g1\",\"payload\":1}");

            alice.text(JOIN);
            assertThat(alice.until("\"action\":\"joined\"")).contains("room-1");
            alice.text(
                    "{\"type\":\"message\",\"payload\":{\"roomId\":\"room-1\",\"content\":\"over"
                            + " two\"}}");
            assertThat(bob.until("over two")).contains("\"senderId\":\"alice\"");
            bob.send(
                    "{\"type\":\"message\",\"payload\":{\"roomId\":\"room-1\",\"content\":\"over"
                            + " one\"}}");
            assertThat(alice.until("over one")).contains("\"senderId\":\"bob\"");

            rt.closing(1000);
            assertThat(rt.readClose().closeCode()).isEqualTo(1000);
            rt.awaitEnd();
            alice.text("{\"type\":\"ping\"}");
            assertThat(alice.until("pong")).isEqualTo("{\"type\":\"pong\"}");
        }
    }

    @Test
    void overTlsWithAlpnAsBrowsersDo() throws Exception {
        TestCertificates authority = TestCertificates.authority("authority");
        PemFiles own = authority.server("localhost").writeTo(folder, "gateway");
        RunningGateway gateway =
                start(
                        "frontend.http.tls.enabled=true",
                        "frontend.http.tls.certFile=" + own.certificate(),
                        "frontend.http.tls.keyFile=" + own.key());
        try (Http2Sockets client = Http2Sockets.tls(gateway.port(), authority.context(null))) {
            Stream rt =
                    client.open(
                            "/rt", "origin", "https://a.test", "sec-websocket-protocol", "app, b");
            assertThat(rt.status()).isEqualTo("200");
            assertThat(rt.field("sec-websocket-protocol")).isEqualTo("app");
            assertThat(rt.field("sec-websocket-accept")).isNull();
            assertThat(rt.readText()).startsWith("{\"type\":\"ready\"");
            rt.text("{bad");
            assertThat(rt.readText()).contains("BAD_JSON");
            Stream alice = client.open(token("alice"), "origin", "https://a.test");
            alice.text("{\"type\":\"ping\"}");
            assertThat(alice.readText()).isEqualTo("{\"type\":\"pong\"}");
        }
    }

    @Test
    void whoHasNoGoodTokenOrComesFromAForeignPageIsRefusedAndTheConnectionLives() throws Exception {
        RunningGateway gateway = start();
        try (Http2Sockets client = Http2Sockets.clear(gateway.port())) {
            Stream lives = client.open("/rt");
            assertThat(lives.readText()).startsWith("{\"type\":\"ready\"");

            for (String path : new String[] {"/chat", "/chat?token=garbage"}) {
                Stream refused = client.open(path);
                assertThat(refused.status()).isEqualTo("401");
                assertThat(refused.body()).isEqualTo("Unauthorized");
            }
            for (String origin :
                    new String[] {"https://evil.test", "null", "https://a.test.evil"}) {
                for (String path : new String[] {"/rt", token("alice")}) {
                    Stream refused = client.open(path, "origin", origin, "cookie", "a=b");
                    assertThat(refused.status()).as(origin).isEqualTo("403");
                    refused.awaitEnd();
                }
            }
            Stream old = client.open("/rt", "sec-websocket-version", "12");
            assertThat(old.status()).isEqualTo("426");
            assertThat(client.open("/other").status()).isEqualTo("404");

            lives.text("{bad");
            assertThat(lives.readText()).contains("BAD_JSON");
            assertThat(client.goAway()).isFalse();
        }
    }

    @Test
    void whatIsNoSocketIsNotOpenedAsOne() throws Exception {
        RunningGateway gateway = start("realtime.api.publicChannels=demo");
        try (Http2Sockets client = Http2Sockets.clear(gateway.port())) {
            for (String path : new String[] {"/metrics", "/events?channel=demo"}) {
                Stream refused = client.open(path);
                assertThat(refused.status()).as(path).isEqualTo("501");
                assertThat(refused.body()).contains("not_implemented");
            }
            assertThat(client.open("/rt").status()).isEqualTo("200");
        }
    }

    @Test
    void closeCodesAreThoseOfHttp1() throws Exception {
        RunningGateway gateway = start("realtime.rt.heartbeatTimeout=4s");
        try (Http2Sockets client = Http2Sockets.clear(gateway.port())) {
            Stream over = client.open("/rt");
            over.send(RawWebSocket.header(RawWebSocket.FIN | RawWebSocket.TEXT, 64 * 1024 + 1, 8));
            assertThat(over.readClose().closeCode()).isEqualTo(1009);
            over.awaitEnd();

            Stream silent = client.open("/rt");
            assertThat(silent.readClose().closeCode()).isEqualTo(4000);

            Stream expiring =
                    client.open(
                            "/chat?token="
                                    + ChatTokens.until(
                                            "alice", Ticker.system().epochMillis() / 1000 + 6));
            assertThat(expiring.readClose().closeCode()).isEqualTo(4001);
        }
    }

    @Test
    void aDrainClosesEverySocketWith1001() throws Exception {
        RunningGateway gateway = start();
        try (Http2Sockets client = Http2Sockets.clear(gateway.port())) {
            Stream rt = client.open("/rt");
            Stream alice = client.open(token("alice"));
            assertThat(rt.readText()).startsWith("{\"type\":\"ready\"");

            CompletableFuture<Void> drained =
                    CompletableFuture.runAsync(() -> gateway.gateway().drain());

            assertThat(rt.readClose().closeCode()).isEqualTo(1001);
            assertThat(alice.readClose().closeCode()).isEqualTo(1001);
            assertThat(client.goAway()).isTrue();
            rt.closing(1001);
            alice.closing(1001);
            drained.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aConnectionThatIsLostTakesItsSocketsOutOfTheirGroups() throws Exception {
        RunningGateway gateway = start();
        try (Http2Sockets watcher = Http2Sockets.clear(gateway.port())) {
            Stream dashboard = watcher.open("/rt");
            dashboard.text("{\"type\":\"identify\",\"payload\":{\"clientType\":\"dashboard\"}}");
            dashboard.until("\"type\":\"ready\"");
            try (Http2Sockets client = Http2Sockets.clear(gateway.port())) {
                Stream rt = client.open("/rt");
                rt.text(IDENTIFY);
                dashboard.until("\"status\":\"UP\"");
            }
            assertThat(dashboard.until("\"status\":\"DOWN\"")).contains("\"groupId\":\"g1\"");
        }
    }
}
