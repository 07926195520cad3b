package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApiKeyIT {
    private static final String KEY = "correct-horse-battery";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void theRightKeyPassesInItsHeaderAndIsNotPassedOn() {
        RunningGateway gateway = gateways.start(keys("", entry(sha256(KEY), "")));

        assertThat(gateway.get("/x", "X-API-Key", KEY).statusCode()).isEqualTo(200);
        assertThat(gateway.get("/x", "X-API-Key", KEY + "x").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/x", "X-API-Key", sha256(KEY)).statusCode()).isEqualTo(401);
        assertThat(gateway.get("/x").statusCode()).isEqualTo(401);

        assertThat(origin.counts().requests()).isEqualTo(1);
        assertThat(origin.seen().getFirst().headers().all("X-Auth-Subject")).containsExactly("k1");
        assertThat(origin.seen().getFirst().headers().has("X-API-Key")).isFalse();
    }

    @Test
    void theRightKeyPassesUnderItsScheme() {
        RunningGateway gateway = gateways.start(keys("scheme: ApiKey,", entry(sha256(KEY), "")));

        assertThat(gateway.get("/x", "Authorization", "ApiKey " + KEY).statusCode()).isEqualTo(200);
        assertThat(gateway.get("/x", "Authorization", "ApiKey no").statusCode()).isEqualTo(401);
        assertThat(origin.seen().getFirst().headers().has("Authorization")).isFalse();
    }

    @Test
    void theRightKeyPassesInTheQueryAndIsSeenByNobodyElse() {
        RunningGateway gateway = gateways.start(keys("queryParam: k,", entry(sha256(KEY), "")));

        assertThat(gateway.get("/x?a=%201&k=" + KEY + "&b=2").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/x?k=wrong-" + KEY).statusCode()).isEqualTo(401);

        assertThat(origin.seen()).hasSize(1);
        assertThat(origin.seen().getFirst().target()).isEqualTo("/x?a=%201&b=2");
        await().untilAsserted(() -> assertThat(gateway.accessLog()).hasSize(2));
        assertThat(gateway.accessLog()).noneMatch(line -> line.contains(KEY));
    }

    @Test
    void anExpiredOrDisabledKeyIsRefused() {
        RunningGateway gateway =
                gateways.start(
                        keys(
                                "",
                                entry(sha256(KEY), "expiresAt: '2020-01-01T00:00:00Z'")
                                        + ", k2: {key: "
                                        + sha256("other")
                                        + ", disabled: true}"));

        assertThat(gateway.get("/x", "X-API-Key", KEY).statusCode()).isEqualTo(401);
        assertThat(gateway.get("/x", "X-API-Key", "other").statusCode()).isEqualTo(401);
    }

    @Test
    void upperCaseHexIsTheSameKey() {
        RunningGateway gateway =
                gateways.start(keys("", entry(sha256(KEY).toUpperCase(Locale.ROOT), "")));

        assertThat(gateway.get("/x", "X-API-Key", KEY).statusCode()).isEqualTo(200);
    }

    @Test
    void keysMayStandInAFileThatAReloadReadsAgain() throws IOException {
        Path file = gateways.file("keys:\n  k1: {key: " + sha256(KEY) + "}\n");
        String config =
                GatewayText.of(origin)
                        .section(
                                "auth: {required: true, apikey: {enabled: true, hashKeys: true, keysFile: '"
                                        + file
                                        + "'}}")
                        .text();
        RunningGateway gateway = gateways.start(config);
        assertThat(gateway.get("/x", "X-API-Key", KEY).statusCode()).isEqualTo(200);
        assertThat(origin.seen().getFirst().headers().all("X-Auth-Subject")).containsExactly("k1");

        Files.writeString(file, "keys:\n  k2: {key: " + sha256("other") + "}\n");
        assertThat(gateway.gateway().reload()).isTrue();

        assertThat(gateway.get("/x", "X-API-Key", "other").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/x", "X-API-Key", KEY).statusCode()).isEqualTo(401);
        Files.writeString(file, "keys: nonsense\n");
        assertThat(gateway.gateway().reload()).isFalse();
        assertThat(gateway.get("/x", "X-API-Key", "other").statusCode()).isEqualTo(200);
    }

    @Test
    void aKeyNeedsTheScopesOfTheRule() {
        RunningGateway gateway =
                gateways.start(
                        GatewayText.of(origin)
                                .rule("read", "/read", "requiredScopes: [api:read]")
                                .rule("write", "/write", "requiredScopes: [api:write]")
                                .section(auth("", entry(sha256(KEY), "")))
                                .text());

        assertThat(gateway.get("/read", "X-API-Key", KEY).statusCode()).isEqualTo(200);
        assertThat(gateway.get("/write", "X-API-Key", KEY).statusCode()).isEqualTo(403);
    }

    private static String entry(String key, String more) {
        return "k1: {key: "
                + key
                + ", scopes: [api:read]"
                + (more.isEmpty() ? "" : ", " + more)
                + '}';
    }

    private String keys(String more, String entries) {
        return GatewayText.of(origin).section(auth(more, entries)).text();
    }

    private static String auth(String more, String entries) {
        return "auth: {required: true, providers: [apikey], apikey: {enabled: true, hashKeys: true, "
                + more
                + " keys: {"
                + entries
                + "}}}";
    }

    private static String sha256(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
