package io.sluice.net.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
    private static int seconds(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        return KeepAlive.seconds(bytes, 0, bytes.length);
    }

    @Property
    void readsTheTimeoutWhereverItStands(@ForAll @IntRange(max = 1_000_000) int timeout) {
        assertThat(seconds("timeout=" + timeout)).isEqualTo(timeout);
        assertThat(seconds("max=5, Timeout=" + timeout + ", x")).isEqualTo(timeout);
    }

    @Property
    void anyBytesGiveANumberInBounds(@ForAll byte[] bytes) {
        assertThat(KeepAlive.seconds(bytes, 0, bytes.length)).isBetween(-1, 1_000_000);
    }

    @Test
    void nothingReadableIsNothingSaid() {
        assertThat(seconds("")).isEqualTo(KeepAlive.UNSAID);
        assertThat(seconds("timeout=")).isEqualTo(KeepAlive.UNSAID);
        assertThat(seconds("timeout=x")).isEqualTo(KeepAlive.UNSAID);
        assertThat(seconds("max=5")).isEqualTo(KeepAlive.UNSAID);
        assertThat(seconds("timeout=99999999999")).isEqualTo(1_000_000);
    }
}
