package io.sluice.edge.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CredentialsTest {

    @Test
    void takesWhatFollowsTheScheme() {
        assertThat(Credentials.after("Bearer", "Bearer abc")).isEqualTo("abc");
        assertThat(Credentials.after("Bearer", "bEARER   abc")).isEqualTo("abc");
        assertThat(Credentials.after("Bearer", "Bearer")).isEmpty();
        assertThat(Credentials.after("Bearer", "Bearerabc")).isNull();
        assertThat(Credentials.after("Bearer", "Basic abc")).isNull();
        assertThat(Credentials.after("", "abc")).isEqualTo("abc");
    }

    @Test
    void findsACookieByItsExactName() {
        assertThat(CookieValue.find("a=1; sid=\"x.y\"; b=2", "sid")).isEqualTo("x.y");
        assertThat(CookieValue.find("xsid=1;sid=2", "sid")).isEqualTo("2");
        assertThat(CookieValue.find("sid=; b=2", "sid")).isNull();
        assertThat(CookieValue.find("SID=1", "sid")).isNull();
        assertThat(CookieValue.find("", "sid")).isNull();
        assertThat(CookieValue.find(";;=;sid", "sid")).isNull();
    }
}
