package io.sluice.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientNetworkTest {
    @Test
    void whatCountsAsOneClientIsAMatterOfBits() {
        assertThat(new ClientNetwork(64).of("192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(new ClientNetwork(64).of("::ffff:192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(new ClientNetwork(64).of("2001:db8::1"))
                .isEqualTo(new ClientNetwork(64).of("2001:DB8:0:0:9::2"))
                .isNotEqualTo(new ClientNetwork(64).of("2001:db8:0:1::1"));
        assertThat(new ClientNetwork(60).of("2001:db8:0:10::1"))
                .isEqualTo(new ClientNetwork(60).of("2001:db8:0:1f::1"))
                .isNotEqualTo(new ClientNetwork(60).of("2001:db8:0:20::1"));
        assertThat(new ClientNetwork(128).of("2001:db8::1"))
                .isNotEqualTo(new ClientNetwork(128).of("2001:db8::2"));
        assertThat(new ClientNetwork(64).of("no:address")).isEqualTo("no:address");
    }
}
