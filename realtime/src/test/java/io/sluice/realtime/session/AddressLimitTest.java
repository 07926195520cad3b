package io.sluice.realtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AddressLimitTest {

    @Test
    void admitsUpToTheLimitAndAgainAfterSomebodyLeft() {
        AddressLimit limit = new AddressLimit(2);
        assertThat(limit.enter("192.0.2.1")).isTrue();
        assertThat(limit.enter("192.0.2.1")).isTrue();
        assertThat(limit.enter("192.0.2.1")).isFalse();
        assertThat(limit.enter("192.0.2.2")).isTrue();
        limit.leave("192.0.2.1");
        assertThat(limit.enter("192.0.2.1")).isTrue();
    }

    @Test
    void keepsNothingOfAddressesThatLeft() {
        AddressLimit limit = new AddressLimit(1);
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
        AddressLimit limit = new AddressLimit(0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(limit.enter("a")).isTrue();
        }
        limit.leave("a");
        assertThat(limit.addresses()).isZero();
    }
}
