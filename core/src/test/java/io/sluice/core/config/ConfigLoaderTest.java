package io.sluice.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConfigLoaderTest {

    private static Sample good(String yaml) {
        Loaded<Sample> loaded = Sample.load(yaml);
        assertThat(loaded.complaints()).isEmpty();
        return Objects.requireNonNull(loaded.value());
    }

    private static List<String> complaints(String yaml) {
        return Sample.load(yaml).complaints().stream().map(Complaint::toString).toList();
    }

    @Test
    void everyKeyLeftOutHasItsDefault() {
        Sample sample = good("gateway: {enabled: true}");

        assertThat(sample.server())
                .isEqualTo(
                        new Sample.Server(
                                "0.0.0.0",
                                8080,
                                Duration.ofSeconds(30),
                                Duration.ofMillis(100),
                                10 << 20,
                                Sample.Version.V1_2,
                                List.of(),
                                null));
        assertThat(sample.rules()).isEmpty();
        assertThat(sample.clients()).isEmpty();
        assertThat(sample.shared()).isEqualTo(new Sample.Shared(0.5, true));
    }

    @Test
    void numbersHaveTheUnitOfTheirKeyAndTextCanNameAnother() {
        Sample sample =
                good(
                        """
                        gateway:
                          enabled: yes
                          server:
                            readTimeout: 1m30s
                            initialDelay: 250
                            maxSize: 64KiB
                            minVersion: 1.3
                        """);

        assertThat(sample.server().readTimeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(sample.server().initialDelay()).isEqualTo(Duration.ofMillis(250));
        assertThat(sample.server().maxSize()).isEqualTo(65536);
        assertThat(sample.server().minVersion()).isEqualTo(Sample.Version.V1_3);
    }

    @Test
    void aliasesOfKeysAndConstantsAreTakenWithoutAWord() {
        Sample sample =
                good(
                        """
                        gateway:
                          enabled: true
                          rules:
                            - {path: /a, lb: sticky, static: true}
                            - {path: /b, loadBalance: STICKY-SESSION}
                        """);

        assertThat(sample.rules())
                .extracting(Sample.Rule::loadBalance)
                .containsOnly(Sample.Balance.STICKY_SESSION);
        assertThat(sample.rules().getFirst().fixed()).isTrue();
    }

    @Test
    void aSingleValueIsAListOfOneAndAShortFormIsARecord() {
        Sample sample =
                good(
                        """
                        gateway:
                          enabled: true
                          server: {trustedProxies: 10.0.0.0/8}
                          rules:
                            path: /a
                            rateLimit: 10
                        """);

        assertThat(sample.server().trustedProxies()).containsExactly("10.0.0.0/8");
        assertThat(sample.rules().getFirst().rateLimit()).isEqualTo(new Sample.Limit(10, 0));
    }

    @Test
    void aMapMayBeWrittenAsAListOfNamedItems() {
        Sample sample =
                good(
                        """
                        gateway:
                          enabled: true
                          clients:
                            - {id: one, key: a}
                            - {name: two, key: b, scopes: x}
                        """);

        assertThat(sample.clients())
                .containsExactly(
                        Map.entry("one", new Sample.Client(List.of(), "a")),
                        Map.entry("two", new Sample.Client(List.of("x"), "b")));
    }

    @Test
    void allMistakesAreToldAtOnceInTheOrderOfTheFile() {
        assertThat(
                        complaints(
                                """
                                gateway:
                                  enabled: maybe
                                  server:
                                    port: 70000
                                    prot: 1
                                    readTimeout: soon
                                    backlog: 5
                                    nagle: true
                                  rules:
                                    - path: a
                                    - loadBalance: stikcy_session
                                    - {path: /x, rateLimit: -1}
                                  redis: {host: h}
                                  server: {}
                                """))
                .containsExactly(
                        "g.yaml:2: gateway.enabled: found `maybe`, expected true or false",
                        "g.yaml:4: gateway.server.port: found `70000`, expected a whole number from 1 to"
                                + " 65535",
                        "g.yaml:5: gateway.server.prot: unknown key; did you mean `port`?",
                        "g.yaml:6: gateway.server.readTimeout: found `soon`, expected a duration such as"
                                + " 250ms, 30s or 10m (a plain number is in seconds)",
                        "g.yaml:7: gateway.server.backlog: not supported, has no effect (also nagle): the"
                                + " system decides",
                        "g.yaml:10: gateway.rules[0].path: must start with `/`",
                        "g.yaml:11: gateway.rules[1].path: is missing, expected text",
                        "g.yaml:11: gateway.rules[1].loadBalance: found `stikcy_session`, expected one of"
                                + " round_robin, sticky_session; did you mean `sticky_session`?",
                        "g.yaml:12: gateway.rules[2].rateLimit: must not be negative",
                        "g.yaml:13: gateway.redis: not supported, has no effect: there is no shared store"
                                + " yet",
                        "g.yaml:14: server: key is set twice, first in line 3");
    }

    @Test
    void warningsAloneDoNotRefuse() {
        Loaded<Sample> loaded = Sample.load("gateway: {enabled: true, redis: {host: h}}");

        assertThat(loaded.complaints()).hasSize(1);
        assertThat(loaded.value()).isNotNull();
    }

    @Test
    void anUnsupportedSectionThatIsSwitchedOffIsNoNews() {
        assertThat(complaints("gateway: {enabled: true, redis: {enabled: false}}")).isEmpty();
    }

    @Test
    void aKeyAndItsAliasTogetherAreRefused() {
        assertThat(
                        complaints(
                                "gateway: {enabled: true, rules: [{path: /, lb: sticky, loadBalance: sticky}]}"))
                .containsExactly(
                        "g.yaml:1: gateway.rules[0].lb: is the same key as `loadBalance`, set in line 1");
    }

    @Test
    void wrongStructuresAreNamed() {
        assertThat(
                        complaints(
                                "gateway: {enabled: [1], server: 5, rules: [null, 3], clients: [{key: k}]}"))
                .containsExactly(
                        "g.yaml:1: gateway.server: found `5`, expected a map with keys such as host, port,"
                                + " readTimeout, initialDelay, maxSize, minVersion",
                        "g.yaml:1: gateway.rules[0]: is empty",
                        "g.yaml:1: gateway.rules[1]: found `3`, expected a map with keys such as id, path,"
                                + " loadBalance, static, rateLimit",
                        "g.yaml:1: gateway.clients[0]: has no `id` or `name`, needed when this is a list",
                        "g.yaml:1: gateway.enabled: found a list, expected true or false");
    }

    @Test
    void itemsWithoutANameAreCountedWhereThatIsWanted() {
        Sample sample =
                good(
                        "gateway: {enabled: true, checks: [{address: a}, {name: own, address: b}, {address: c}]}");
        assertThat(sample.checks().keySet()).containsExactly("check-1", "own", "check-3");
    }

    @Test
    void anchorsAndMergeKeysWork() {
        Sample sample =
                good(
                        """
                        x-base: &base {path: /base, loadBalance: sticky}
                        gateway:
                          enabled: true
                          rules:
                            - *base
                            - {<<: *base, path: /other}
                        """);

        assertThat(sample.rules()).extracting(Sample.Rule::path).containsExactly("/base", "/other");
        assertThat(sample.rules().getLast().loadBalance()).isEqualTo(Sample.Balance.STICKY_SESSION);
    }

    @Test
    void laterFilesAreLaidOverEarlierOnes() {
        ConfigInput input =
                new ConfigInput(
                        List.of(
                                ConfigSource.text(
                                        "a.yaml",
                                        "gateway: {enabled: true, server: {host: a, port: 1}}"),
                                ConfigSource.text("b.yaml", "gateway: {server: {port: x}}")),
                        List.of(),
                        Map.of());

        assertThat(Sample.load(input).complaints())
                .extracting(Complaint::toString)
                .containsExactly(
                        "b.yaml:1: gateway.server.port: found `x`, expected a whole number from 1 to 65535");
    }

    @Test
    void aBoundRecordKnowsItsPathAndLine() {
        Loaded<Sample> loaded =
                Sample.load(
                        "gateway:\n  enabled: true\n  rules:\n    - path: /a\n    - path: /b\n");
        Sample sample = Objects.requireNonNull(loaded.value());

        String path = loaded.places().pathOf(sample.rules().getLast());

        assertThat(path).isEqualTo("gateway.rules[1]");
        assertThat(loaded.places().at(path)).isEqualTo(new Place("g.yaml", 5));
        assertThat(loaded.places().at(path + ".nothing")).isEqualTo(new Place("g.yaml", 5));
    }
}
