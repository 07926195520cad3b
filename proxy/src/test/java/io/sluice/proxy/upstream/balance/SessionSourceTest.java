package io.sluice.proxy.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SessionSourceTest {

    @Test
    void findsTheFirstParameterOfAQuery() {
        assertThat(SessionSource.parameter("a=1&s=2&s=3", "s")).isEqualTo("2");
        assertThat(SessionSource.parameter("xs=1", "s")).isNull();
        assertThat(SessionSource.parameter("s", "s")).isNull();
        assertThat(SessionSource.parameter(null, "s")).isNull();
    }

    @Property
    void noTextMakesItFailOrInventAValue(@ForAll String text) {
        String parameter = SessionSource.parameter(text, "s");
        if (parameter != null) {
            assertThat(text).contains("s=" + parameter);
        }
        assertThat(IssuedCookie.parse(text)).isNull();
    }

    @Property
    void anIssuedValueReadsBack(@ForAll long seconds) {
        String token = "Ab-_0123456789abcdefghijklmnopqrstuvwxyzABC".substring(0, 43);
        IssuedCookie cookie = new IssuedCookie(token, seconds & 0xFFFFFFFFFL);
        assertThat(IssuedCookie.parse(cookie.value())).isEqualTo(cookie);
    }
}
