package io.sluice.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OverridesTest {
    private static final String YAML =
            """
            gateway:
              enabled: true
              server: {port: 1, proxies: [a]}
              rules: [{path: /a, lb: sticky}, {path: /b}]
              clients: {one: {key: k}}
            """;

    private static Loaded<Sample> load(List<String> settings, Map<String, String> environment) {
        return Sample.load(
                new ConfigInput(List.of(ConfigSource.text("g.yaml", YAML)), settings, environment));
    }

    private static Sample good(Loaded<Sample> loaded) {
        assertThat(loaded.complaints()).isEmpty();
        return Objects.requireNonNull(loaded.value());
    }

    @Test
    void environmentVariablesGoOverTheFileInBothForms() {
        Sample sample =
                good(
                        load(
                                List.of(),
                                Map.of(
                                        "GATEWAY_SERVER_PORT", "2",
                                        "GATEWAY_GATEWAY_SERVER_HOST", "h",
                                        "GATEWAY_SERVER_READTIMEOUT", "5s",
                                        "GATEWAY_SERVER_INITIAL_DELAY", "7",
                                        "GATEWAY_SERVER_TRUSTEDPROXIES", "x, y",
                                        "GATEWAY_RATIO", "0.75",
                                        "GATEWAY_SERVER_PASSWORD", "${not a reference}",
                                        "GATEWAY_SERVER_MAXSIZE", "",
                                        "PATH", "/bin")));

        assertThat(sample.server().port()).isEqualTo(2);
        assertThat(sample.server().host()).isEqualTo("h");
        assertThat(sample.server().readTimeout()).hasSeconds(5);
        assertThat(sample.server().initialDelay()).hasMillis(7);
        assertThat(sample.server().trustedProxies()).containsExactly("x", "y");
        assertThat(sample.server().password()).isEqualTo("${not a reference}");
        assertThat(sample.server().maxSize()).isEqualTo(10 << 20);
        assertThat(sample.shared().ratio()).isEqualTo(0.75);
    }

    @Test
    void unknownVariablesAreAWarningWithTheNearestName() {
        Loaded<Sample> loaded =
                load(
                        List.of(),
                        Map.of(
                                "GATEWAY_SERVER_PROT", "2",
                                "GATEWAY_PORT", "tcp://10.0.0.1:80",
                                "GATEWAY_SERVICE_HOST", "10.0.0.1",
                                "GATEWAY_SERVER_PORT", "many"));

        assertThat(loaded.complaints())
                .extracting(Complaint::severity, Complaint::toString)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Complaint.Severity.WARNING,
                                "environment: GATEWAY_SERVER_PROT: no such setting; did you mean"
                                        + " `GATEWAY_SERVER_PORT`?"),
                        org.assertj.core.groups.Tuple.tuple(
                                Complaint.Severity.ERROR,
                                "environment: gateway.server.port: found text that is not shown, expected"
                                        + " a whole number from 1 to 65535"));
    }

    @Test
    void settingsGoOverEverything() {
        Sample sample =
                good(
                        load(
                                List.of(
                                        "gateway.server.port=3",
                                        "server.trustedProxies=[b, c]",
                                        "rules[0].loadBalance=round_robin",
                                        "rules.1.rateLimit={requestsPerSecond: 5, burst: 6}",
                                        "rules[2].path=/c",
                                        "clients.two.key=x=y",
                                        "server.host=${HOME_HOST}"),
                                Map.of("GATEWAY_SERVER_PORT", "2", "HOME_HOST", "hh")));

        assertThat(sample.server().port()).isEqualTo(3);
        assertThat(sample.server().host()).isEqualTo("hh");
        assertThat(sample.server().trustedProxies()).containsExactly("b", "c");
        assertThat(sample.rules()).extracting(Sample.Rule::path).containsExactly("/a", "/b", "/c");
        assertThat(sample.rules().getFirst().loadBalance()).isEqualTo(Sample.Balance.ROUND_ROBIN);
        assertThat(sample.rules().get(1).rateLimit()).isEqualTo(new Sample.Limit(5, 6));
        assertThat(sample.clients().get("two")).isEqualTo(new Sample.Client(List.of(), "x=y"));
    }

    @Test
    void mistakenSettingsAreComplaints() {
        Loaded<Sample> loaded =
                load(
                        List.of(
                                "server.port",
                                "rules[9].path=/x",
                                "rules.path=/x",
                                "server..port=1",
                                "server[x]=1",
                                "servre.port=1"),
                        Map.of());

        assertThat(loaded.complaints())
                .extracting(Complaint::toString)
                .containsExactly(
                        "--set: server.port: is not of the form path.to.key=value",
                        "--set: rules[9].path: leads nowhere: no such list item, or a list where a key is"
                                + " given",
                        "--set: rules.path: leads nowhere: no such list item, or a list where a key is"
                                + " given",
                        "--set: server..port: is not of the form path.to.key=value",
                        "--set: server[x]: is not of the form path.to.key=value",
                        "--set: gateway.servre: unknown key; did you mean `server`?");
    }

    @Test
    void settingsAloneMakeAConfiguration() {
        Loaded<Sample> loaded =
                Sample.load(new ConfigInput(List.of(), List.of("enabled=true"), Map.of()));

        assertThat(good(loaded).server().port()).isEqualTo(8080);
    }
}
