package io.sluice.edge.filter.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.util.NetUtil;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever a trusted proxy passes on as `X-Forwarded-For`: the client's address is an address, and what the service
/// gets ends in the peer.
final class ForwardedForFuzzTest {
    private static final String PEER = "10.0.0.1";
    private static final TrustedProxies TRUSTED =
            new TrustedProxies(List.of("10.0.0.0/8", "fd00::/8"));

    @FuzzTest
    void readsAnyChain(FuzzedDataProvider data) {
        Headers headers = new Headers();
        int fields = data.consumeInt(0, 3);
        for (int i = 0; i < fields; i++) {
            String value = data.consumeAsciiString(200).replaceAll("[\\x00-\\x1f\\x7f]", " ");
            headers.add(HeaderName.X_FORWARDED_FOR, value);
        }
        check(headers);
    }

    @Test
    void readsRandomChains() {
        Random random = new Random(1);
        String alphabet = "0123456789abcdef.:[], ;%\"-_x";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder chain = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                chain.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            Headers headers = new Headers();
            headers.add(HeaderName.X_FORWARDED_FOR, chain.toString());
            check(headers);
        }
    }

    private static void check(Headers headers) {
        String client = ForwardedFor.extend(headers, PEER, TRUSTED, new Headers());
        assertThat(NetUtil.isValidIpV4Address(client) || NetUtil.isValidIpV6Address(client))
                .as(client)
                .isTrue();
        assertThat(headers.get(HeaderName.X_FORWARDED_FOR)).endsWith(PEER);
        assertThat(headers.count(HeaderName.X_FORWARDED_FOR)).isEqualTo(1);
        assertThat(headers.get(HeaderName.X_REAL_IP)).isEqualTo(client);
    }
}
