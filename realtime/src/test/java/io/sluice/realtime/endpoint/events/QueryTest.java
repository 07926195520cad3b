package io.sluice.realtime.endpoint.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.fail.FailureKind;
import io.sluice.core.fail.GatewayException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class QueryTest {
    @Test
    void aParameterMayComeSeveralTimesAndBeEmpty() {
        Query query = Query.of("channel=a%20b&channel=c+d&&empty=&bare");

        assertThat(query.all("channel")).containsExactly("a b", "c d");
        assertThat(query.one("empty")).isNull();
        assertThat(query.one("bare")).isNull();
        assertThat(query.one("absent")).isNull();
        assertThat(Query.of(null).all("channel")).isEmpty();
    }

    @Test
    void whatCannotBeReadIsABadRequest() {
        assertBad(() -> Query.of("a=%"));
        assertBad(() -> Query.of("a=%zz"));
        assertBad(() -> Query.of("a=1&".repeat(201)));
        assertBad(() -> Query.of("a=1&a=2").one("a"));
        assertBad(() -> Query.of("n=0").number("n", 5, 1, 9));
        assertBad(() -> Query.of("n=x").number("n", 5, 1, 9));
        assertThat(Query.of("n=9").number("n", 5, 1, 9)).isEqualTo(9);
        assertThat(Query.of("").number("n", 5, 1, 9)).isEqualTo(5);
    }

    private static void assertBad(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        GatewayException.class,
                        refused ->
                                assertThat(refused.failure().kind())
                                        .isEqualTo(FailureKind.BAD_REQUEST));
    }

    @Property
    void anyValueComesBackAsItWasEncoded(@ForAll String value) {
        String sent = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        Query query = Query.of("v=" + URLEncoder.encode(sent, StandardCharsets.UTF_8));

        assertThat(query.all("v")).isEqualTo(List.of(sent));
    }

    @Property
    void anyTextIsReadOrRefused(@ForAll String text) {
        try {
            Query query = Query.of(text);
            assertThat(query.all("nothing of this name")).isEmpty();
        } catch (GatewayException refused) {
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.BAD_REQUEST);
        }
    }
}
