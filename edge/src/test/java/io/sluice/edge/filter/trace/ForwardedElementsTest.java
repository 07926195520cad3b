package io.sluice.edge.filter.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sluice.edge.filter.trace.ForwardedElements.Element;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedElementsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    for=192.0.2.43 | 192.0.2.43
                    FOR=192.0.2.43 | 192.0.2.43
                    for="192.0.2.43:47011" | 192.0.2.43
                    for="[2001:db8:cafe::17]:4711" | 2001:db8:cafe::17
                    for="[2001:db8:cafe::17]" | 2001:db8:cafe::17
                    for=unknown | unknown
                    for=_mystery | _mystery
                    for="_gazonk:_port" | _gazonk
                    proto=https;by=203.0.113.43 | unknown
                    for="\\1.2.3.4" | 1.2.3.4
                    """)
    void readsTheNode(String text, String node) {
        assertThat(ForwardedElements.parse(text))
                .singleElement()
                .extracting(Element::node)
                .isEqualTo(node);
    }

    @Test
    void readsElementsInOrderWithWhatTheySay() {
        assertThat(
                        ForwardedElements.parse(
                                "for=192.0.2.60;proto=HTTPS;by=203.0.113.43 , for=198.51.100.17; host=\"a.test:8080\""))
                .containsExactly(
                        new Element("192.0.2.60", "https", null),
                        new Element("198.51.100.17", null, "a.test:8080"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "for",
                "for=",
                "for=;",
                "=1.2.3.4",
                "for=1.2.3.4,",
                ",for=1.2.3.4",
                "for=1.2.3.4;",
                "for=1.2.3.4;for=5.6.7.8",
                "for=2001:db8::1",
                "for=\"2001:db8::1\"",
                "for=\"[2001:db8::1\"",
                "for=\"[nothing]\"",
                "for=\"1.2.3.4:\"",
                "for=\"1.2.3.4:123456\"",
                "for=\"1.2.3.4",
                "for=\"1.2.3.4\\",
                "for=evil.example",
                "for=1.2.3.4 proto=http",
                "for = 1.2.3.4",
                "for=1.2.3.4\u0000"
            })
    void takesNothingElse(String text) {
        assertThat(ForwardedElements.parse(text)).isNull();
    }

    @Test
    void takesNoEndlessLists() {
        assertThat(ForwardedElements.parse("for=1.2.3.4,".repeat(64) + "for=1.2.3.4")).isNull();
    }

    @Property
    void whatIsWrittenIsRead(@ForAll byte[] host) {
        String name =
                new String(host, StandardCharsets.ISO_8859_1).replaceAll("[^\\x20-\\x7e]", "x")
                        + "h";
        for (String node : List.of("192.0.2.7", "2001:db8::1", "unknown")) {
            assertThat(ForwardedElements.parse(ForwardedElements.write(node, "https", name)))
                    .containsExactly(new Element(node, "https", name));
        }
    }

    @Property
    void noTextMakesItFail(@ForAll String text) {
        List<Element> _ = ForwardedElements.parse(text);
        List<Element> _ = ForwardedElements.parse("for=\"" + text);
    }

    @FuzzTest
    void readsAnything(byte[] bytes) {
        List<Element> _ = ForwardedElements.parse(new String(bytes, StandardCharsets.ISO_8859_1));
    }
}
