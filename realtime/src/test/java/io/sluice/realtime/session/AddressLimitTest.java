package io.sluice.realtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.net.http.ClientNetwork;
import org.junit.jupiter.api.Test;

final class AddressLimitTest {
    private static final ClientNetwork NETWORKS = new ClientNetwork(64);

    @Test
    void admitsUpToTheLimitAndAgainAfterSomebodyLeft() {
        AddressLimit limit = new AddressLimit(2, NETWORKS);
        assertThat(limit.enter("192.0.2.1")).isTrue();
        assertThat(limit.enter("192.0.2.1")).isTrue();
        assertThat(limit.enter("192.0.2.1")).isFalse();
        assertThat(limit.enter("192.0.2.2")).isTrue();
        limit.leave("192.0.2.1");
        assertThat(limit.enter("192.0.2.1")).isTrue();
    }

    @Test
    void addressesOfOneIpv6NetworkAreOneClient() {
        AddressLimit limit = new AddressLimit(1, NETWORKS);
        assertThat(limit.enter("2001:db8:0:7::1")).isTrue();
        assertThat(limit.enter("2001:db8:0:7::2")).isFalse();
        assertThat(limit.enter("2001:db8:0:8::1")).isTrue();
        limit.leave("2001:db8:0:7::1");
        assertThat(limit.enter("2001:db8:0:7::2")).isTrue();
    }

    @Test
    void keepsNothingOfAddressesThatLeft() {
        AddressLimit limit = new AddressLimit(1, NETWORKS);
        for (int i = 0; i < 1_000; i++) {
            limit.enter("a" + i);
        }
        for (int i = 0; i < 1_000; i++) {
            limit.leave("a" + i);
        }
        assertThat(limit.addresses()).isZero();
    }

    @Test
    void zeroIsNoLimit() {
        AddressLimit limit = new AddressLimit(0, NETWORKS);
        for (int i = 0; i < 1_000; i++) {
            assertThat(limit.enter("a")).isTrue();
        }
        limit.leave("a");
        assertThat(limit.addresses()).isZero();
    }
}
