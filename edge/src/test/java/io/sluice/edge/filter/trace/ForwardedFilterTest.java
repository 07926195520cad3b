package io.sluice.edge.filter.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.config.ConfigContract;
import io.sluice.edge.ExchangeFixture;
import io.sluice.edge.ExchangeFixture.Pair;
import io.sluice.edge.filter.Step;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Peer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedFilterTest {
    private final ExchangeFixture fixture = new ExchangeFixture();
    private final ForwardedFilter open = filter();
    private final ForwardedFilter behindProxies =
            filter("10.0.0.0/8", "127.0.0.1", "2001:db8::/32");

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anUntrustedPeerIsReplacedByWhatWeSee() {
        Pair pair =
                fixture.get("/a")
                        .header("X-Forwarded-For", "6.6.6.6")
                        .header("X-Forwarded-Proto", "https")
                        .header("X-Forwarded-Host", "evil")
                        .header("X-Forwarded-Port", "1")
                        .header("X-Forwarded-Prefix", "/x")
                        .header("Forwarded", "for=6.6.6.6")
                        .header("X-Real-IP", "6.6.6.6")
                        .header("X-Auth-Subject", "root")
                        .header("x-auth-anything", "root")
                        .header("X-User-Id", "0")
                        .header("X-Other", "kept")
                        .authority("gateway.test:8080")
                        .open();
        apply(open, pair);

        assertThat(names(pair.sent()))
                .containsExactly(
                        "X-Other",
                        "X-Forwarded-For",
                        "X-Forwarded-Proto",
                        "X-Forwarded-Host",
                        "X-Forwarded-Port",
                        "X-Real-IP");
        assertThat(value(pair, "X-Forwarded-For")).isEqualTo("192.0.2.7");
        assertThat(value(pair, "X-Forwarded-Proto")).isEqualTo("http");
        assertThat(value(pair, "X-Forwarded-Host")).isEqualTo("gateway.test:8080");
        assertThat(value(pair, "X-Forwarded-Port")).isEqualTo("8080");
        assertThat(value(pair, "X-Real-IP")).isEqualTo("192.0.2.7");
        assertThat(pair.exchange().clientAddress()).isEqualTo("192.0.2.7");
    }

    @Test
    void aTrustedPeerIsBelievedAndAppended() {
        Pair pair =
                fixture.get("/a")
                        .from("127.0.0.1")
                        .header("X-Forwarded-For", "6.6.6.6")
                        .header("X-Forwarded-Proto", "https")
                        .header("X-Auth-Subject", "root")
                        .open();
        apply(behindProxies, pair);

        assertThat(value(pair, "X-Forwarded-For")).isEqualTo("6.6.6.6, 127.0.0.1");
        assertThat(value(pair, "X-Forwarded-Proto")).isEqualTo("https");
        assertThat(value(pair, "X-Forwarded-Host")).isEqualTo("gateway.test");
        assertThat(value(pair, "X-Real-IP")).isEqualTo("6.6.6.6");
        assertThat(pair.sent().get(HeaderName.X_AUTH_SUBJECT)).isNull();
        assertThat(pair.exchange().clientAddress()).isEqualTo("6.6.6.6");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.1.1.1, 2.2.2.2, 10.0.0.9 | 2.2.2.2",
                "1.1.1.1, 10.1.1.1, 10.2.2.2 | 1.1.1.1",
                "10.1.1.1, 10.2.2.2 | 10.1.1.1",
                "9.9.9.9, unknown, 10.2.2.2 | 10.2.2.2",
                "9.9.9.9, 10.2.2.2, nonsense | 127.0.0.1",
                "3.3.3.3:4444 | 3.3.3.3",
                "[2001:db9::1]:4444, [2001:db8::1] | 2001:db9::1",
                "::ffff:10.3.3.3 | ::ffff:10.3.3.3",
                "5.5.5.5, ::ffff:10.3.3.3 | 5.5.5.5"
            })
    void theClientIsTheLastAddressNotTrusted(String chain, String client) {
        Pair pair = fixture.get("/a").from("127.0.0.1").header("X-Forwarded-For", chain).open();
        apply(behindProxies, pair);
        assertThat(pair.exchange().clientAddress()).isEqualTo(client);
    }

    @Test
    void severalFieldsAreOneChain() {
        Pair pair =
                fixture.get("/a")
                        .from("127.0.0.1")
                        .header("X-Forwarded-For", "1.1.1.1")
                        .header("X-Forwarded-For", "10.0.0.1")
                        .open();
        apply(behindProxies, pair);
        assertThat(value(pair, "X-Forwarded-For")).isEqualTo("1.1.1.1, 10.0.0.1, 127.0.0.1");
        assertThat(pair.exchange().clientAddress()).isEqualTo("1.1.1.1");
    }

    @Test
    void whatIsForOneConnectionStaysThere() {
        Pair pair =
                fixture.get("/a")
                        .header("Connection", "close, X-Drop")
                        .header("X-Drop", "1")
                        .header("TE", "gzip")
                        .header("Keep-Alive", "5")
                        .header("Upgrade", "h2c")
                        .header("HTTP2-Settings", "x")
                        .header("Proxy-Authorization", "Basic x")
                        .header("Transfer-Encoding", "chunked")
                        .header("Accept", "*/*")
                        .open();
        apply(open, pair);
        assertThat(names(pair.sent())).first().isEqualTo("Accept");
        assertThat(names(pair.sent())).hasSize(6);
    }

    @Test
    void trailersAreStillAskedFor() {
        Pair pair = fixture.get("/a").header("TE", "gzip, Trailers").open();
        apply(open, pair);
        assertThat(value(pair, "TE")).isEqualTo("trailers");
    }

    @Test
    void anUpgradeToWebSocketStaysVisible() {
        Pair asked =
                fixture.get("/a")
                        .header("Connection", "keep-alive, Upgrade")
                        .header("Upgrade", "WebSocket")
                        .open();
        Pair notAsked = fixture.get("/a").header("Upgrade", "websocket").open();
        apply(open, asked);
        apply(open, notAsked);
        assertThat(value(asked, "Upgrade")).isEqualTo("WebSocket");
        assertThat(asked.sent().contains(HeaderName.CONNECTION)).isFalse();
        assertThat(notAsked.sent().contains(HeaderName.UPGRADE)).isFalse();
    }

    @Test
    void connectionCannotRemoveOurFieldsOrTheFraming() {
        Pair pair =
                fixture.get("/a")
                        .header("X-Request-ID", "r-1")
                        .header("Content-Length", "0")
                        .header(
                                "Connection",
                                "X-Forwarded-For, X-Request-ID, Content-Length, X-Real-IP")
                        .open();
        apply(open, pair);
        assertThat(value(pair, "X-Forwarded-For")).isEqualTo("192.0.2.7");
        assertThat(value(pair, "X-Real-IP")).isEqualTo("192.0.2.7");
        assertThat(value(pair, "X-Request-ID")).isEqualTo("r-1");
        assertThat(value(pair, "Content-Length")).isEqualTo("0");
    }

    @Test
    void aFloodOfListedNamesIsRefused() {
        Pair pair = fixture.get("/a").header("Connection", "a,".repeat(100)).open();
        assertThat(open.apply(pair.exchange())).isInstanceOf(Step.Refuse.class);
    }

    @Test
    void fieldsKeptReadyFollowConnectionAndAuthority() {
        Peer peer =
                Peer.of(
                        ExchangeFixture.socket("192.0.2.1", 1),
                        ExchangeFixture.socket("192.0.2.2", 2));
        for (String authority : List.of("a.test", "a.test", "b.test:81")) {
            Pair pair = fixture.get("/a").header("Accept", "x").authority(authority).open(peer);
            apply(open, pair);
            assertThat(value(pair, "X-Forwarded-Host")).isEqualTo(authority);
            assertThat(value(pair, "X-Forwarded-For")).isEqualTo("192.0.2.1");
            assertThat(names(pair.sent())).hasSize(6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "10.0.0.0/33", "10.0.0.0/", "::/129", "10.0.0.0/-1", "1.2.3"})
    void networksThatAreNoneAreRefused(String network) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(network)))
                .isInstanceOf(IllegalArgumentException.class);
        List<String> keys = new ArrayList<>();
        new ForwardedConfig(List.of(network), ForwardedConfig.Sent.X_FORWARDED)
                .check((key, message) -> keys.add(key));
        assertThat(keys).containsExactly("trustedProxies");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/9, 10.127.1.1, true",
        "10.0.0.0/9, 10.128.1.1, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "::/0, ::1, true",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.1, nonsense, false"
    })
    void networksHoldTheirAddresses(String network, String address, boolean trusted) {
        assertThat(new TrustedProxies(List.of(network)).trusts(address)).isEqualTo(trusted);
    }

    @Test
    void everyKeyOfTheConfigurationBinds() {
        ConfigContract.of(ForwardedConfig.class).sample("trustedProxies", "[10.0.0.0/8]").verify();
    }

    private void apply(ForwardedFilter filter, Pair pair) {
        assertThat(filter.apply(pair.exchange())).isEqualTo(Step.next());
    }

    private static ForwardedFilter filter(String... trusted) {
        return new ForwardedFilter(
                new TrustedProxies(List.of(trusted)), ForwardedConfig.Sent.X_FORWARDED, 1);
    }

    private static String value(Pair pair, String name) {
        assertThat(pair.sent().count(HeaderName.of(name))).as(name).isEqualTo(1);
        return String.valueOf(pair.sent().get(HeaderName.of(name)));
    }

    private static List<String> names(Headers headers) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < headers.size(); i++) {
            names.add(headers.name(i));
        }
        return names;
    }
}
