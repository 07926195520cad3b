package io.sluice.proxy.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class SessionSourceFuzzTest {

    @FuzzTest
    void readsAnyText(FuzzedDataProvider data) {
        String text = data.consumeRemainingAsString();
        String parameter = SessionSource.parameter(text, "session");
        assertThat(parameter == null || text.contains(parameter)).isTrue();
        IssuedCookie issued = IssuedCookie.parse(text);
        assertThat(issued == null || text.startsWith(issued.token())).isTrue();
    }
}
