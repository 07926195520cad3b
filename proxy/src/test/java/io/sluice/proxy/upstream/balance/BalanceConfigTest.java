package io.sluice.proxy.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigLoader;
import io.sluice.core.config.Loaded;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalanceConfigTest {

    private static Loaded<BalanceConfig> load(String keys) {
        return ConfigLoader.of("rule", BalanceConfig.class)
                .load(ConfigInput.text("rule: {" + keys + "}\n"));
    }

    private static BalanceConfig value(String keys) {
        Loaded<BalanceConfig> loaded = load(keys);
        assertThat(loaded.complaints()).isEmpty();
        return Objects.requireNonNull(loaded.value());
    }

    @ParameterizedTest
    @CsvSource({
        "round_robin, ROUND_ROBIN",
        "sticky_session, STICKY_SESSION",
        "sticky, STICKY_SESSION",
        "weighted, WEIGHTED_ROUND_ROBIN",
        "weighted_round_robin, WEIGHTED_ROUND_ROBIN",
        "weighted_random, WEIGHTED_RANDOM",
        "least_connections, LEAST_CONNECTIONS",
        "p2c, P2C",
        "response_time, RESPONSE_TIME",
        "adaptive, ADAPTIVE",
        "consistent_hash, CONSISTENT_HASH"
    })
    void knowsEveryNameAndSynonym(String name, Strategy strategy) {
        assertThat(value("loadBalance: " + name).loadBalance()).isEqualTo(strategy);
    }

    @Test
    void nothingSetIsRoundRobinWithoutAffinity() {
        assertThat(value("")).isEqualTo(BalanceConfig.DEFAULT);
        assertThat(BalanceConfig.DEFAULT.affinity()).isNull();
        assertThat(value("loadBalance: sticky").affinity()).isEqualTo(AffinityConfig.DEFAULT);
    }

    @Test
    void affinityGoesByBothOfItsNames() {
        AffinityConfig affinity =
                Objects.requireNonNull(
                        value("stickySession: {enabled: true, ttl: 60, source: header}")
                                .affinity());
        assertThat(affinity.ttl()).isEqualTo(Duration.ofMinutes(1));
        assertThat(affinity.source()).isEqualTo(AffinityConfig.Source.HEADER);
        assertThat(affinity.headerName()).isEqualTo("X-Session-Id");
        assertThat(value("sessionAffinity: {enabled: false}").affinity()).isNull();
    }

    @Test
    void affinityThatIsSwitchedOffIsOffWhateverTheBalancerIsCalled() {
        String keys = "loadBalance: sticky_session, sessionAffinity: {enabled: false}";
        assertThat(value(keys).affinity()).isNull();
    }

    @Test
    void refusesWhatCannotWork() {
        assertThat(load("loadBalance: fastest").hasErrors()).isTrue();
        assertThat(load("sessionAffinity: {secret: short}").hasErrors()).isTrue();
        assertThat(load("sessionAffinity: {cookieName: 'a b'}").hasErrors()).isTrue();
        assertThat(load("sessionAffinity: {maxEntries: 0}").hasErrors()).isTrue();
    }
}
