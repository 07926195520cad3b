package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CorsIT {
    private static final String APP = "https://app.test";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void aPreflightIsAnsweredWithoutCredentialsAndWithoutTheService() {
        RawResponse answer =
                ask(
                        withAuth(),
                        "OPTIONS /x HTTP/1.1",
                        "Origin: " + APP,
                        "Access-Control-Request-Method: PUT",
                        "Access-Control-Request-Headers: X-One");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers().all("Access-Control-Allow-Origin")).containsExactly(APP);
        assertThat(answer.headers().lists("Access-Control-Allow-Methods", "PUT")).isTrue();
        assertThat(answer.headers().lists("Access-Control-Allow-Headers", "X-One")).isTrue();
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("86400");
        assertThat(answer.headers().lists("Vary", "Origin")).isTrue();
        assertThat(origin.counts().requests()).isZero();
    }

    @Test
    void aForeignOriginGetsNoPermission() {
        RunningGateway gateway = gateways.start(cors().text());

        RawResponse preflight =
                ask(
                        gateway,
                        "OPTIONS /x HTTP/1.1",
                        "Origin: https://evil.test",
                        "Access-Control-Request-Method: PUT");
        RawResponse plain = ask(gateway, "GET /x HTTP/1.1", "Origin: https://evil.test");

        assertThat(preflight.headers().names())
                .noneMatch(name -> name.startsWith("Access-Control"));
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.headers().names()).noneMatch(name -> name.startsWith("Access-Control"));
    }

    @Test
    void theServicesOwnFieldsAreReplaced() {
        origin.otherwise(
                OriginHandlers.json(
                        200,
                        "{}",
                        "Access-Control-Allow-Origin: *",
                        "Access-Control-Expose-Headers: X-Secret",
                        "Vary: Accept"));

        RawResponse answer =
                ask(gateways.start(cors().text()), "GET /x HTTP/1.1", "Origin: " + APP);

        assertThat(answer.headers().all("Access-Control-Allow-Origin")).containsExactly(APP);
        assertThat(answer.headers().has("Access-Control-Expose-Headers")).isFalse();
        assertThat(answer.headers().lists("Vary", "Origin")).isTrue();
        assertThat(answer.headers().lists("Vary", "Accept")).isTrue();
    }

    @Test
    void pagesMayReadTheGatewaysOwnErrorsToo() {
        RawResponse answer = ask(withAuth(), "GET /x HTTP/1.1", "Origin: " + APP);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.headers().all("Access-Control-Allow-Origin")).containsExactly(APP);
    }

    private static RawResponse ask(RunningGateway gateway, String line, String... fields) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            return client.request(line, fields).response();
        }
    }

    private RunningGateway withAuth() {
        return gateways.start(
                cors().section(
                                "auth: {required: true, apikey: {enabled: true, keys: {k: {key: x}}}}")
                        .text());
    }

    private GatewayText cors() {
        return GatewayText.of(origin)
                .section(
                        "cors: {enabled: true, allowedOrigins: ['"
                                + APP
                                + "'], allowCredentials: true}");
    }
}
