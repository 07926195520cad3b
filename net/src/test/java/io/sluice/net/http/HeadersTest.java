package io.sluice.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeadersTest {

    @Test
    void allFieldsOfAnotherSectionCanBeAppended() {
        Headers headers = new Headers();
        headers.add(HeaderName.ACCEPT, "text/html");
        Headers more = new Headers();
        for (int i = 0; i < 40; i++) {
            more.add(HeaderName.of("X-More-" + i), "value " + i);
        }
        more.add(HeaderName.HOST, "h");

        headers.addAll(more);
        headers.addAll(new Headers());
        headers.add(HeaderName.ORIGIN, "o");

        assertThat(headers.size()).isEqualTo(43);
        assertThat(headers.get(HeaderName.ACCEPT)).isEqualTo("text/html");
        assertThat(headers.get(HeaderName.of("x-more-39"))).isEqualTo("value 39");
        assertThat(headers.get(HeaderName.HOST)).isEqualTo("h");
        assertThat(more.size()).isEqualTo(41);
        ByteBuf out = Unpooled.buffer();
        headers.writeLines(out);
        assertThat(out.toString(StandardCharsets.US_ASCII))
                .startsWith("Accept: text/html\r\nX-More-0: value 0\r\n")
                .endsWith("X-More-39: value 39\r\nHost: h\r\nOrigin: o\r\n")
                .hasSize(headers.linesLength());
    }

    @Test
    void namesAreComparedByPrefixWithoutCase() {
        Headers headers = new Headers();
        headers.add(HeaderName.of("X-AUTH-Foo"), "1");
        headers.add(HeaderName.of("X-Aut"), "1");
        AsciiString prefix = AsciiString.of("x-auth-");
        assertThat(headers.nameStartsWith(0, prefix)).isTrue();
        assertThat(headers.nameStartsWith(1, prefix)).isFalse();
    }
}
