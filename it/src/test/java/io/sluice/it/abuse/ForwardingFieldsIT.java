package io.sluice.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a client says about itself (R27): replaced or dropped, unless its address is one the operator trusts.
class ForwardingFieldsIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private static RawHeaders seen(Defended target, String... fields) {
        try (RawClient client = target.connect()) {
            assertThat(client.request("GET /x HTTP/1.1", fields).response().status())
                    .isEqualTo(200);
            return target.origin().seen().getLast().headers();
        }
    }

    @Test
    void nothingAnUntrustedPeerSaysAboutItselfReachesTheService() {
        try (Defended target = Defended.start(gateways)) {
            RawHeaders headers =
                    seen(
                            target,
                            "X-Forwarded-For: 6.6.6.6",
                            "x-forwarded-for: 7.7.7.7",
                            "X-Forwarded-Proto: https",
                            "X-Forwarded-Host: evil.example",
                            "X-Forwarded-Port: 1",
                            "X-Forwarded-Prefix: /evil",
                            "X-Forwarded-Client-Cert: By=evil",
                            "Forwarded: for=6.6.6.6;host=evil.example",
                            "X-Real-IP: 6.6.6.6",
                            "X-Auth-Subject: root",
                            "x-auth-scopes: admin",
                            "X-Auth-Made-Up: evil",
                            "X-User-Id: root",
                            "X_Forwarded_For: 6.6.6.6",
                            "X_Auth_Subject: root");
            assertThat(headers.first("X-Forwarded-For")).isEqualTo("127.0.0.1");
            assertThat(headers.first("X-Forwarded-Proto")).isEqualTo("http");
            assertThat(headers.first("X-Forwarded-Host")).isEqualTo("test");
            assertThat(headers.first("X-Real-IP")).isEqualTo("127.0.0.1");
            assertThat(headers.toString() + headers.fields())
                    .doesNotContain("6.6.6.6", "7.7.7.7", "evil", "root", "admin");
        }
    }

    @Test
    void aTrustedPeerIsHeardAboutItsClientButNotAboutIdentities() {
        try (Defended target = Defended.start(gateways, "trustedProxies=127.0.0.0/8")) {
            RawHeaders headers =
                    seen(
                            target,
                            "X-Forwarded-For: 6.6.6.6, 192.0.2.7",
                            "X-Forwarded-Proto: https",
                            "X-Auth-Subject: root");
            assertThat(headers.first("X-Forwarded-For")).isEqualTo("6.6.6.6, 192.0.2.7, 127.0.0.1");
            assertThat(headers.first("X-Real-IP")).isEqualTo("192.0.2.7");
            assertThat(headers.first("X-Forwarded-Proto")).isEqualTo("https");
            assertThat(headers.first("X-Auth-Subject")).isNull();
        }
    }

    @Test
    void aTrustedPeerMaySpeakTheStandardFieldInstead() {
        try (Defended target = Defended.start(gateways, "trustedProxies=127.0.0.0/8,10.0.0.0/8")) {
            RawHeaders headers =
                    seen(
                            target,
                            "Forwarded: for=6.6.6.6;proto=http, for=\"[2001:db8::7]:4711\";proto=https;host=\"shop.test:8443\", for=10.1.1.1");
            assertThat(headers.first("X-Forwarded-For"))
                    .isEqualTo("6.6.6.6, 2001:db8::7, 10.1.1.1, 127.0.0.1");
            assertThat(headers.first("X-Real-IP")).isEqualTo("2001:db8::7");
            assertThat(headers.first("X-Forwarded-Proto")).isEqualTo("https");
            assertThat(headers.first("X-Forwarded-Host")).isEqualTo("shop.test:8443");
        }
    }

    @Test
    void theStandardFieldDoesNotGoOverTheUsualOneAndBrokenItIsDropped() {
        try (Defended target = Defended.start(gateways, "trustedProxies=127.0.0.0/8")) {
            RawHeaders both = seen(target, "X-Forwarded-For: 192.0.2.7", "Forwarded: for=6.6.6.6");
            assertThat(both.first("X-Real-IP")).isEqualTo("192.0.2.7");
            assertThat(both.first("Forwarded")).isNull();
            RawHeaders broken = seen(target, "Forwarded: for=6.6.6.6;;");
            assertThat(broken.first("X-Real-IP")).isEqualTo("127.0.0.1");
            assertThat(broken.first("Forwarded")).isNull();
        }
    }

    @Test
    void servicesGetTheStandardFieldWhereTheConfigurationSaysSo() {
        try (Defended target = Defended.start(gateways, "forwardedFields=both")) {
            assertThat(seen(target, "Forwarded: for=6.6.6.6").first("Forwarded"))
                    .isEqualTo("for=127.0.0.1;host=test;proto=http");
        }
        try (Defended target =
                Defended.start(gateways, "forwardedFields=both", "trustedProxies=127.0.0.0/8")) {
            assertThat(seen(target, "Forwarded: for=6.6.6.6").first("Forwarded"))
                    .isEqualTo("for=6.6.6.6, for=127.0.0.1;host=test;proto=http");
            assertThat(seen(target, "X-Forwarded-For: 2001:db8::1, x").first("Forwarded"))
                    .isEqualTo(
                            "for=\"[2001:db8::1]\", for=unknown, for=127.0.0.1;host=test;proto=http");
        }
    }

    @Test
    void hopByHopFieldsStayAndConnectionCannotRemoveOurs() {
        try (Defended target = Defended.start(gateways)) {
            RawHeaders headers =
                    seen(
                            target,
                            "Connection: X-Private, X-Forwarded-For, X-Real-IP, X-Request-ID, Host",
                            "X-Private: secret",
                            "Keep-Alive: timeout=5",
                            "Proxy-Connection: keep-alive",
                            "Proxy-Authorization: Basic c2VjcmV0",
                            "TE: gzip",
                            "Upgrade: h2c",
                            "HTTP2-Settings: AAMAAABk");
            for (String gone :
                    new String[] {
                        "X-Private",
                        "Keep-Alive",
                        "Proxy-Connection",
                        "Proxy-Authorization",
                        "TE",
                        "Upgrade",
                        "HTTP2-Settings"
                    }) {
                assertThat(headers.first(gone)).as(gone).isNull();
            }
            assertThat(headers.first("X-Forwarded-For")).isEqualTo("127.0.0.1");
            assertThat(headers.first("X-Real-IP")).isEqualTo("127.0.0.1");
            assertThat(headers.first("X-Request-ID")).isNotBlank();
            assertThat(headers.first("Host")).isNotBlank();
        }
    }

    @Test
    void aConnectionFieldWithEndlessNamesIsRefused() {
        try (Defended target = Defended.start(gateways);
                RawClient client = target.connect()) {
            client.request("GET /x HTTP/1.1", "Connection: " + "a,".repeat(500));
            assertThat(client.response().status()).isEqualTo(400);
            assertThat(target.origin().seen()).isEmpty();
        }
    }
}
