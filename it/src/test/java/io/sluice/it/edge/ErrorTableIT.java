package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ErrorTableIT {
    private static final Pattern KEY = Pattern.compile("\"(\\w+)\":");
    private static final Pattern ID = Pattern.compile("\"requestId\":\"([^\"]+)\"");

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");

    @AfterEach
    void close() {
        origin.close();
    }

    @Test
    void anUnknownPathIs404() {
        RunningGateway gateway = gateways.start(onlyGet());
        isError(gateway, gateway.get("/nowhere"), 404, "not_found");
    }

    @Test
    void aWrongMethodIs405WithAllow() {
        RunningGateway gateway = gateways.start(onlyGet());

        HttpResponse<String> answer =
                gateway.send(
                        HttpRequest.newBuilder(gateway.uri("/get"))
                                .POST(BodyPublishers.ofString("x"))
                                .build());

        isError(gateway, answer, 405, "method_not_allowed");
        assertThat(answer.headers().allValues("Allow")).containsExactly("GET");
        assertThat(origin.counts().requests()).isZero();
    }

    @Test
    void aServiceWithoutAHealthyInstanceIs503() {
        RunningGateway gateway =
                gateways.start(
                        GatewayText.empty()
                                .service("s", "", GatewayText.instance(origin, "health: unhealthy"))
                                .text());
        HttpResponse<String> answer = gateway.get("/x");
        isError(gateway, answer, 503, "unavailable");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    }

    @Test
    void aServiceNobodyListensForIs502() {
        try (FreePorts ports = new FreePorts()) {
            RunningGateway gateway =
                    gateways.start(
                            GatewayText.empty()
                                    .service(
                                            "s", "", GatewayText.instance("gone", ports.next(), ""))
                                    .text());
            isError(gateway, gateway.get("/x"), 502, "bad_gateway");
        }
    }

    @Test
    void aReplyThatIsNoHttpIs502() {
        origin.otherwise(
                OriginHandlers.rawBytes("SSH-2.0-x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        RunningGateway gateway = gateways.start(GatewayText.of(origin).text());
        isError(gateway, gateway.get("/x"), 502, "bad_gateway");
    }

    private String onlyGet() {
        return GatewayText.of(origin).rule("r", "/get", "methods: [GET]").text();
    }

    private static void isError(
            RunningGateway gateway, HttpResponse<String> answer, int status, String error) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(KEY.matcher(answer.body()).results().map(found -> found.group(1)))
                .containsAll(Set.of("error", "message", "status", "requestId"));
        assertThat(answer.body()).contains("\"error\":\"" + error + "\"", "\"status\":" + status);
        Matcher id = ID.matcher(answer.body());
        assertThat(id.find()).as(answer.body()).isTrue();
        assertThat(answer.headers().firstValue("X-Request-ID")).contains(id.group(1));
        await().untilAsserted(() ->
                assertThat(gateway.accessLog())
                        .anyMatch(line ->
                                line.contains(id.group(1))
                                        && line.contains(String.valueOf(status))));
    }
}
