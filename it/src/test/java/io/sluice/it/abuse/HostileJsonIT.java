package io.sluice.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// JSON towards and from clients (R25, as far as HTTP goes): what the gateway says is always whole JSON whatever the
/// request held, and what it reads, which is tokens, is refused when it is malformed, deep or huge, and never breaks it.
@Timeout(180)
class HostileJsonIT {
    private static final String KEY = "0123456789abcdef0123456789abcdef";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private Defended start() {
        return Defended.withRules(
                gateways,
                "- {id: closed, path: /closed/*, serviceName: s, authRequired: true}",
                "auth.jwt.enabled=true",
                "auth.jwt.secret=" + KEY);
    }

    @Test
    void everyErrorBodyIsWholeJson() {
        List<String> requests =
                List.of(
                        "GET /\"}{<script> HTTP/1.1\r\nHost: a\r\n\r\n",
                        "GET /no\"where HTTP/1.1\r\nHost: a\r\nX-Request-ID: \"}{\r\n\r\n",
                        "GET /nowhere HTTP/1.1\r\nHost: a\r\nX-Request-ID: a\\u0022\\\r\n\r\n",
                        "GET /nowhere HTTP/1.1\r\nHost: a\r\nX-Request-ID: \u00e9\u00ff\r\n\r\n",
                        "GET /nowhere HTTP/1.1\r\nHost: a\r\nX-Request-ID: "
                                + "\"".repeat(5_000)
                                + "\r\n\r\n",
                        "GET /nowhere HTTP/1.1\r\nHost: a\r\ntraceparent: \"}\r\n\r\n",
                        "\"GET\" /x HTTP/1.1\r\nHost: a\r\n\r\n",
                        "POST /closed/x HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n",
                        "GET /closed/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \"}\r\n\r\n",
                        "TRACE /x HTTP/1.1\r\nHost: a\r\n\r\n");
        try (Defended target = start()) {
            for (String request : requests) {
                try (RawClient client = target.connect()) {
                    RawResponse answer = client.send(request).response();
                    assertThat(answer.status()).as(request).isBetween(400, 499);
                    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
                    assertThat(names(answer.text()))
                            .as(answer.text())
                            .contains("error", "message", "status", "requestId");
                }
            }
        }
    }

    /// Names of the outer object of a text that is one JSON value.
    private static List<String> names(String text) {
        List<String> names = new java.util.ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            while (parser.nextToken() != null) {
                String name = parser.currentName();
                if (name != null && !names.contains(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    @Test
    void signedTokensWithHostileJsonAreRefusedAndNothingBreaks() throws Exception {
        List<String> payloads =
                List.of(
                        "[".repeat(20_000),
                        "[".repeat(5_000),
                        "{\"a\":".repeat(1_000),
                        "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
                        "{\"sub\":\"" + "x".repeat(22_000),
                        "{\"sub\":\"a\",\"sub\":",
                        "{\"exp\":1e999999999}",
                        "{\"exp\":" + "9".repeat(20_000) + "}",
                        "{\"exp\":\"tomorrow\"}",
                        "{\"sub\":\"\\ud800\",\"exp\":\"\"}",
                        "null",
                        "\"text\"",
                        "[]",
                        "",
                        "\0");
        try (Defended target = start()) {
            for (String payload : payloads) {
                assertThat(status(target, "{\"alg\":\"HS256\"}", payload))
                        .as(payload.substring(0, Math.min(40, payload.length())))
                        .isEqualTo(401);
                assertThat(status(target, payload, "{\"sub\":\"a\"}")).isEqualTo(401);
            }
            long exp = 4_000_000_000L;
            assertThat(status(target, "{\"alg\":\"HS256\"}", "{\"sub\":\"a\",\"exp\":" + exp + "}"))
                    .isEqualTo(200);
            assertThat(target.origin().seen()).hasSize(1);
            assertThat(target.gateway().accessLog()).noneMatch(line -> line.contains("\tat "));
        }
    }

    private static int status(Defended target, String head, String payload) throws Exception {
        String signed = encoded(head) + '.' + encoded(payload);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        String signature =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        try (RawClient client = target.connect()) {
            return client.request(
                            "GET /closed/x HTTP/1.1",
                            "Authorization: Bearer " + signed + '.' + signature)
                    .response()
                    .status();
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
