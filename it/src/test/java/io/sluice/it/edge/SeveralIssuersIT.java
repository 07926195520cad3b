package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Tokens of two issuers at one gateway: one publishes its keys, the other shares a secret.
class SeveralIssuersIT {
    private static final String STAFF = "https://staff.test";
    private static final String CLIENTS = "https://clients.test";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");
    private final TokenIssuer staff = new TokenIssuer();
    private final TokenIssuer clients = new TokenIssuer();

    @AfterEach
    void close() {
        staff.close();
        clients.close();
        origin.close();
    }

    @Test
    void eachTokenIsVerifiedByTheIssuerItNames() {
        RunningGateway gateway = gateways.start(config("secret: " + TokenIssuer.SECRET));

        isGranted(gateway, staff.es256(claims(STAFF, "intern")), "staff");
        isGranted(gateway, clients.hs256(claims(CLIENTS, "shop")), "clients");

        isInvalid(gateway, staff.es256(claims(CLIENTS, "shop")));
        isInvalid(gateway, clients.hs256(claims(STAFF, "intern")));
        isInvalid(gateway, staff.es256(claims(STAFF, "shop")));
        isInvalid(gateway, clients.hs256(claims(CLIENTS, "intern")));
        isInvalid(gateway, clients.unsigned(claims(CLIENTS, "shop")));
        assertThat(staff.fetches()).isEqualTo(1);
        assertThat(origin.counts().requests()).isEqualTo(2);
    }

    @Test
    void anIssuerNobodyNamedIs401LikeAnyTokenThatIsNotGood() {
        RunningGateway gateway = gateways.start(config("secret: " + TokenIssuer.SECRET));

        isInvalid(gateway, staff.es256(claims("https://evil.test", "intern")));
        isInvalid(gateway, staff.es256(claims(STAFF + "/", "intern")));
        isInvalid(gateway, staff.es256("{\"sub\":\"ann\",\"exp\":" + in(600) + "}"));

        assertThat(gateway.get("/metrics").body())
                .contains("gateway_auth_total{provider=\"jwt\",result=\"denied\"} 3");
    }

    @Test
    void anIssuerThatIsDownHoldsUpNoOther() {
        RunningGateway gateway =
                gateways.start(
                        config("jwksEndpoint: '" + clients.jwks() + "'").replace("shop", "s"));
        clients.close();
        gateway.rewrite(config("jwksEndpoint: '" + clients.jwks() + "?again'"));
        assertThat(gateway.gateway().reload()).isTrue();

        assertThat(get(gateway, clients.es256(claims(CLIENTS, "shop"))).statusCode())
                .isEqualTo(503);
        isGranted(gateway, staff.es256(claims(STAFF, "intern")), "staff");
    }

    @Test
    void anIssuerIsAddedByAReloadAndTheKeysOfTheFirstAreNotFetchedAgain() {
        String two = config("secret: " + TokenIssuer.SECRET);
        RunningGateway gateway = gateways.start(two.replaceAll("(?m)^.*name: clients.*\\R", ""));
        assertThat(get(gateway, staff.es256(claims(STAFF, "intern"))).statusCode()).isEqualTo(200);
        isInvalid(gateway, clients.hs256(claims(CLIENTS, "shop")));

        gateway.rewrite(two);
        assertThat(gateway.gateway().reload()).isTrue();

        assertThat(get(gateway, clients.hs256(claims(CLIENTS, "shop"))).statusCode())
                .isEqualTo(200);
        assertThat(get(gateway, staff.es256(claims(STAFF, "intern"))).statusCode()).isEqualTo(200);
        assertThat(staff.fetches()).isEqualTo(1);
    }

    private void isGranted(RunningGateway gateway, String token, String provider) {
        assertThat(get(gateway, token).statusCode()).isEqualTo(200);
        var seen = origin.seen().getLast().headers();
        assertThat(seen.all("X-Auth-Subject")).containsExactly("ann");
        assertThat(seen.all("X-Auth-Provider")).containsExactly(provider);
    }

    private static void isInvalid(RunningGateway gateway, String token) {
        HttpResponse<String> answer = get(gateway, token);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("Bearer")
                .contains("error=\"invalid_token\"");
    }

    private static HttpResponse<String> get(RunningGateway gateway, String token) {
        return gateway.get("/x", "Authorization", "Bearer " + token);
    }

    private static String claims(String issuer, String audience) {
        return "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"ann\",\"exp\":%d}"
                .formatted(issuer, audience, in(600));
    }

    private static long in(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }

    /// @param keys of the second issuer
    private String config(String keys) {
        return GatewayText.of(origin)
                .section(
                        """
                        metrics: {enabled: true}
                        auth:
                          required: true
                          jwt:
                            enabled: true
                            providers:
                              - {name: staff, issuer: '%s', audience: intern, jwksEndpoint: '%s'}
                              - {name: clients, issuer: '%s', audience: [shop], %s}
                        """
                                .formatted(STAFF, staff.jwks(), CLIENTS, keys))
                .text();
    }
}
