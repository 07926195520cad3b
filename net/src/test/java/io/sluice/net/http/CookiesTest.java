package io.sluice.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CookiesTest {

    @Test
    void findsACookieWhereverItStands() {
        assertThat(Cookies.find("a=1; session=x; b=2", "session")).isEqualTo("x");
        assertThat(Cookies.find("session=x", "session")).isEqualTo("x");
        assertThat(Cookies.find("a=1;session=\"x y\" ;b", "session")).isEqualTo("x y");
        assertThat(Cookies.find("xsid=1;sid=2", "sid")).isEqualTo("2");
        assertThat(Cookies.find("sid=1; sid=2", "sid")).isEqualTo("1");
    }

    @Test
    void comparesNamesExactly() {
        assertThat(Cookies.find("mysession=1; Session=2", "session")).isNull();
        assertThat(Cookies.find("session =1", "session")).isNull();
        assertThat(Cookies.find("session", "session")).isNull();
        assertThat(Cookies.find("=1", "")).isNull();
        assertThat(Cookies.find(";;=;session", "session")).isNull();
        assertThat(Cookies.find("", "session")).isNull();
    }

    @Test
    void takesACookieWithoutAValueForNone() {
        assertThat(Cookies.find("mysession=1; session=", "session")).isNull();
        assertThat(Cookies.find("session=\"\"; b=2", "session")).isNull();
        assertThat(Cookies.find("session=; session=2", "session")).isNull();
    }

    @Test
    void looksThroughAllFields() {
        Headers headers = new Headers();
        assertThat(Cookies.find(headers, "session")).isNull();

        headers.add(HeaderName.COOKIE, "a=1");
        headers.add(HeaderName.COOKIE, "session=");
        headers.add(HeaderName.COOKIE, "session=x");
        assertThat(Cookies.find(headers, "session")).isEqualTo("x");
    }

    @Property
    void noTextMakesItFailOrInventACookie(@ForAll String text) {
        String cookie = Cookies.find(text, "session");
        if (cookie != null) {
            assertThat(text).contains("session=").contains(cookie);
        }
    }
}
