package io.sluice.edge.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class QueryParameterTest {

    @Property
    void allOtherParametersStayByteForByte(
            @ForAll @Size(max = 6)
                    List<
                                    @AlphaChars @Chars({'=', '%', '+', '2', 'F', '?', '/'})
                                    @StringLength(max = 8) String>
                            others,
            @ForAll @IntRange(max = 6) int at,
            @ForAll @AlphaChars @StringLength(max = 8) String key) {
        List<String> pairs = new ArrayList<>(others);
        pairs.add(Math.min(at, pairs.size()), "api_key=" + key);
        QueryParameter taken = QueryParameter.of(String.join("&", pairs), "api_key");
        assertThat(taken.value()).isEqualTo(key);
        String rest = taken.rest();
        assertThat(rest == null ? "" : rest).isEqualTo(String.join("&", others));
    }

    @Property
    void aQueryWithoutItIsTheSame(@ForAll @StringLength(max = 40) String query) {
        QueryParameter taken = QueryParameter.of(query, "no such name");
        if (taken.value() == null) {
            assertThat(taken.rest()).isEqualTo(query);
        }
    }

    @Test
    void decodesNameAndValueAndTakesEveryOccurrence() {
        assertThat(QueryParameter.of("a=1&api%5Fkey=x%2By+z&b&api_key=2", "api_key"))
                .isEqualTo(new QueryParameter("x+y z", "a=1&b"));
        assertThat(QueryParameter.of("api_key=1", "api_key"))
                .isEqualTo(new QueryParameter("1", null));
        assertThat(QueryParameter.of("api_key", "api_key")).isEqualTo(new QueryParameter("", null));
        assertThat(QueryParameter.of("api_key=%zz%2", "api_key"))
                .isEqualTo(new QueryParameter("%zz%2", null));
        assertThat(QueryParameter.of("api_keys=1", "api_key").value()).isNull();
    }
}
