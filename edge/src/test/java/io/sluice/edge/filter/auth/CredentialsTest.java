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
}
