package io.sluice.proxy.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RequestCookiesTest {

    @Test
    void findsACookieWhereverItStands() {
        assertThat(RequestCookies.find("a=1; session=x; b=2", "session")).isEqualTo("x");
        assertThat(RequestCookies.find("session=x", "session")).isEqualTo("x");
        assertThat(RequestCookies.find("a=1;session=\"x y\" ;b", "session")).isEqualTo("x y");
        assertThat(RequestCookies.find("mysession=1; session=", "session")).isEmpty();
        assertThat(RequestCookies.find("mysession=1; Session=2", "session")).isNull();
        assertThat(RequestCookies.find("session", "session")).isNull();
    }

    @Test
    void findsTheFirstParameterOfAQuery() {
        assertThat(SessionSource.parameter("a=1&s=2&s=3", "s")).isEqualTo("2");
        assertThat(SessionSource.parameter("xs=1", "s")).isNull();
        assertThat(SessionSource.parameter("s", "s")).isNull();
        assertThat(SessionSource.parameter(null, "s")).isNull();
    }

    @Property
    void noTextMakesItFailOrInventACookie(@ForAll String text) {
        String cookie = RequestCookies.find(text, "session");
        if (cookie != null) {
            assertThat(text).contains("session=").contains(cookie);
        }
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
