package io.sluice.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class CookiesFuzzTest {

    @FuzzTest
    void readsAnyField(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        String cookie = Cookies.find(text, "session");
        assertThat(cookie == null || text.contains(cookie)).isTrue();
    }
}
