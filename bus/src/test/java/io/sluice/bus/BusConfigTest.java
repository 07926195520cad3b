package io.sluice.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.BusConfig.LogStore;
import io.sluice.core.config.ConfigContract;
import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigLoader;
import io.sluice.core.config.Loaded;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BusConfigTest {

    @Test
    void everyKeyBindsAndHasASentence() {
        ConfigContract.of(BusConfig.class)
                .sample("url", "redis://elsewhere:6380")
                .sample("roomUrl", "redis://elsewhere:6380")
                .sample("brokers", "['a:9092']")
                .verify();
    }

    @Test
    void withoutAnyKeyNothingIsShared() {
        BusConfig config = good("{}");

        assertThat(config.redis().configured()).isFalse();
        assertThat(config.kafka().configured()).isFalse();
        assertThat(config.logStore()).isEqualTo(LogStore.LOCAL);
    }

    @Test
    void emptyVariablesOfAPresetMeanNotSet() {
        BusConfig config =
                good(
                        "{redis: {url: '', host: '', roomUrl: '', password: ''},"
                                + " kafka: {brokers: ''}}");

        assertThat(config.redis().configured()).isFalse();
        assertThat(config.kafka().configured()).isFalse();
    }

    @Test
    void brokersMayComeAsOneText() {
        BusConfig config = good("{kafka: {brokers: 'a:9092, b:9093'}}");

        assertThat(config.kafka().brokers()).containsExactly("a:9092", "b:9093");
        assertThat(config.logStore()).isEqualTo(LogStore.KAFKA);
    }

    @Test
    void hostAndPortMakeAnAddressAndTheUrlWins() {
        BusConfig byHost = good("{redis: {host: r1, port: 6380, password: 'p@ss'}}");
        BusConfig byUrl = good("{redis: {url: 'redis://r2', host: r1}}");

        URI address = byHost.redis().address();
        assertThat(address.getHost()).isEqualTo("r1");
        assertThat(address.getPort()).isEqualTo(6380);
        assertThat(address.getUserInfo()).isEqualTo(":p@ss");
        assertThat(byUrl.redis().address()).isEqualTo(URI.create("redis://r2"));
        assertThat(byUrl.redis().roomAddress()).isEqualTo(byUrl.redis().address());
        assertThat(byUrl.logStore()).isEqualTo(LogStore.REDIS);
    }

    @Test
    void whatCannotWorkIsRefused() {
        assertThat(load("{redis: {url: 'http://r'}}").hasErrors()).isTrue();
        assertThat(load("{redis: {url: 'not a url'}}").hasErrors()).isTrue();
        assertThat(load("{redis: {roomUrl: 'redis://r'}}").hasErrors()).isTrue();
        assertThat(load("{redis: {url: 'redis-sentinel://a:1,b:2'}}").hasErrors()).isTrue();
        assertThat(load("{redis: {url: 'redis-sentinel://#main'}}").hasErrors()).isTrue();
        assertThat(load("{kafka: {brokers: ['no-port']}}").hasErrors()).isTrue();
        assertThat(load("{log: kafka}").hasErrors()).isTrue();
        assertThat(load("{log: redis}").hasErrors()).isTrue();
    }

    @Test
    void sentinelsAreAList() {
        String url = "redis-sentinel://:secret@a:26379,b:26380/1#main";

        assertThat(good("{redis: {url: '" + url + "'}}").redis().address())
                .isEqualTo(URI.create(url));
    }

    @Test
    void theNodesOfAClusterAreRefusedWithAWordAboutProxies() {
        for (String url : List.of("redis://a:7000,b:7001", "redis-cluster://a:7000")) {
            assertThat(load("{redis: {url: '" + url + "'}}").complaints().toString())
                    .contains("bus.redis.url", "proxy");
        }
    }

    private static BusConfig good(String yaml) {
        return Objects.requireNonNull(load(yaml).value());
    }

    private static Loaded<BusConfig> load(String yaml) {
        return ConfigLoader.of("bus", BusConfig.class).load(ConfigInput.text("bus: " + yaml));
    }
}
