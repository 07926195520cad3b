package io.sluice.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawHttp2;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The process after everything at once: 256 MiB of heap and 128 MiB of direct memory are enough for 20 attackers of
/// each kind, honest clients are served meanwhile, and afterwards memory, descriptors and connections are where they
/// were, the number of series has not grown with what clients sent, and no secret stands anywhere (G1 to G5, R24, R29).
@Timeout(450)
class UnderAttackIT {
    private static final int ATTACKERS = 20;
    private static final int MEBIBYTE = 1024 * 1024;
    private static final int DISTINCT = 50_000;
    private static final String SECRET = "SECRET-a8f1c2";

    @TempDir private Path folder;

    private interface Attack {
        void run() throws Exception;
    }

    private static String config(int port) {
        return """
        gateway:
          metrics: {enabled: true}
          accessLog: {enabled: true}
          frontend: {http: {headerTimeout: 2s, readTimeout: 2s, writeTimeout: 2s}}
          auth:
            jwt: {enabled: true, secret: 0123456789abcdef0123456789abcdef, tokenQuery: token}
          registry:
            static:
              services:
                - name: s
                  instances: [{address: 127.0.0.1, port: %d}]
          router:
            rules:
              - {id: all, path: /*, serviceName: s}
              - {id: closed, path: /closed/*, serviceName: s, authRequired: true}
        """
                .formatted(port);
    }

    @Test
    void memoryAndConnectionsComeBackAndHonestClientsAreServed() throws Exception {
        try (OriginServer origin = OriginServer.start("origin");
                GatewayProcess gateway = new GatewayProcess(folder, config(origin.port()));
                ExecutorService attackers = Executors.newVirtualThreadPerTaskExecutor()) {
            origin.on("/big", OriginHandlers.sized(20 * MEBIBYTE));
            warmUp(gateway);
            double memory = gateway.memory();
            double descriptors = gateway.metric("process_open_fds");
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < ATTACKERS; i++) {
                for (Attack attack : attacks(gateway)) {
                    running.add(attackers.submit(() -> quietly(attack)));
                }
            }
            int asked = 0;
            int served = 0;
            while (asked < 100 || running.stream().anyMatch(one -> !one.isDone())) {
                asked++;
                served += serves(gateway) ? 1 : 0;
            }
            assertThat(served).isGreaterThanOrEqualTo(asked * 99 / 100);
            assertThat(gateway.alive()).isTrue();
            await().untilAsserted(() ->
                    assertThat(gateway.metric("gateway_connections_open")).isLessThanOrEqualTo(3));
            distinctPathsHostsAndKeys(gateway);
            assertThat(gateway.page("/metrics").lines().filter(line -> !line.startsWith("#")))
                    .hasSizeLessThanOrEqualTo(5_000);
            await().untilAsserted(() ->
                    assertThat(gateway.metric("process_open_fds"))
                            .isLessThanOrEqualTo(descriptors + 8));
            assertThat(gateway.memory()).isLessThan(memory + 16 * MEBIBYTE);
            assertThat(gateway.metric("gateway_refusals_total{reason=\"bad_request\"}"))
                    .isGreaterThanOrEqualTo(ATTACKERS);
            assertThat(gateway.metric("gateway_refusals_total{reason=\"client_timeout\"}"))
                    .isGreaterThanOrEqualTo(ATTACKERS);
            secrets(gateway);
            assertThat(gateway.text()).doesNotContain("\tat ", "OutOfMemory");
        }
    }

    private static void warmUp(GatewayProcess gateway) {
        for (int i = 0; i < 200; i++) {
            assertThat(serves(gateway)).isTrue();
        }
    }

    private static boolean serves(GatewayProcess gateway) {
        try (RawClient client = gateway.connect()) {
            return client.request("GET /probe HTTP/1.1").response().status() == 200;
        } catch (UncheckedIOException failed) {
            return false;
        }
    }

    private static void quietly(Attack attack) {
        try {
            attack.run();
        } catch (Exception ended) {
            // How the gateway ends an attacker is what other tests look at.
        }
    }

    private static List<Attack> attacks(GatewayProcess gateway) {
        String post = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;";
        return List.of(
                () -> flood(gateway, "", "\0\1\2junk"),
                () -> flood(gateway, "", "\r\n"),
                () -> flood(gateway, "GET /x HTTP/1.1\r\nHost: a\r\nX-A: ", "b"),
                () -> flood(gateway, post, "e"),
                () -> stall(gateway, "GET /x HTTP/1.1\r\nHost: a\r\nX-"),
                () -> stall(gateway, "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 999\r\n\r\ny"),
                () -> bomb(gateway),
                () -> zeroWindow(gateway));
    }

    private static void flood(GatewayProcess gateway, String start, String more) {
        String block = more.repeat(64 * 1024 / more.length());
        try (RawClient client = gateway.connect()) {
            client.send(start);
            for (int sent = 0; sent < 40 * MEBIBYTE; sent += block.length()) {
                client.send(block);
            }
        }
    }

    private static void stall(GatewayProcess gateway, String start) {
        try (RawClient client = gateway.connect()) {
            client.send(start).patience(Duration.ofSeconds(20)).untilClosed();
        }
    }

    private static void bomb(GatewayProcess gateway) throws IOException {
        try (RawHttp2 client = new RawHttp2(gateway.port())) {
            client.settings().headers(1, HeaderBomb.block(4_000)).send();
            client.goAwayCode();
        }
    }

    private static void zeroWindow(GatewayProcess gateway) throws IOException {
        try (RawHttp2 client = new RawHttp2(gateway.port())) {
            client.settings(4, 0);
            for (int i = 0; i < 20; i++) {
                client.headers(2 * i + 1, RawHttp2.get("/big"));
            }
            client.send();
            for (int reset = 0; reset < 20; reset++) {
                client.await(RawHttp2.RST_STREAM);
            }
        }
    }

    private static void distinctPathsHostsAndKeys(GatewayProcess gateway) {
        try (RawClient client = gateway.connect()) {
            for (int from = 0; from < DISTINCT; from += 100) {
                StringBuilder batch = new StringBuilder();
                for (int i = from; i < from + 100; i++) {
                    batch.append("GET /closed/").append(i).append(" HTTP/1.1\r\nHost: h");
                    batch.append(i).append(".test\r\nAuthorization: Bearer ");
                    batch.append(tokenOfKey(i)).append("\r\n\r\n");
                }
                client.send(batch.toString());
                for (int i = 0; i < 100; i++) {
                    assertThat(client.response().status()).isEqualTo(401);
                }
            }
        }
    }

    private static String tokenOfKey(int key) {
        String head = "{\"alg\":\"HS256\",\"kid\":\"k" + key + "\"}";
        return java.util.Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(head.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                + ".e30.AAAA";
    }

    private static void secrets(GatewayProcess gateway) {
        List<String> answers = new ArrayList<>();
        for (String target :
                List.of("/closed/x?token=" + SECRET, "/nowhere?a=b&token=" + SECRET + "&c=d")) {
            try (RawClient client = gateway.connect()) {
                client.request(
                        "GET " + target + " HTTP/1.1",
                        "Authorization: Bearer " + SECRET,
                        "X-Marker: sent");
                answers.add(client.response().toString());
            }
        }
        assertThat(answers.getFirst()).contains(" 401 ").doesNotContain(SECRET);
        try (RawClient client = gateway.connect()) {
            client.send("GET /x?token=" + SECRET + " HTTP/1.1\r\nBad Header\r\n\r\n");
            assertThat(client.untilClosed()).contains(" 400 ").doesNotContain(SECRET);
        }
        await().until(() -> gateway.text().contains("/nowhere"));
        assertThat(gateway.text()).doesNotContain(SECRET);
        assertThat(gateway.page("/metrics")).doesNotContain(SECRET);
    }
}
