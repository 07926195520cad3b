package io.sluice.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {
    private final Redaction redaction = new Redaction(List.of("my_param"));

    @ParameterizedTest
    @CsvSource({
        "a=1&b=2, a=1&b=2",
        "token=SECRET, token=***",
        "a=1&access_token=SECRET&b=2, a=1&access_token=***&b=2",
        "Access-Token=SECRET, Access-Token=***",
        "api_key=SECRET;x=1, api_key=***;x=1",
        "%74oken=SECRET, %74oken=***",
        "tok%65n=SECRET&x, tok%65n=***&x",
        "client_secret=SECRET&password=SECRET, client_secret=***&password=***",
        "myparam=SECRET, myparam=***",
        "token=&x=1, token=&x=1",
        "token=SECRET=SECRET, token=***",
        "keyword=1, keyword=1",
        "%zz=1, %zz=1"
    })
    void secretsAreHiddenByName(String query, String redacted) {
        assertThat(redaction.query(query)).isEqualTo(redacted);
    }

    @Property
    void anyTextIsTaken(@ForAll String text) {
        assertThat(redaction.query("token=SECRET&" + text)).startsWith("token=***&");
    }
}
