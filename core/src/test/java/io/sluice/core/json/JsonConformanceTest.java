package io.sluice.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What must pass and what must fail, by section of RFC 8259. Cases are separated by blanks that no case contains.
class JsonConformanceTest {
    private static final String PASS =
            """
            2-structure [] {} [{}] {"a":[]} [[],[]] {"":0} {"a":{"b":{"c":null}}}
            3-values true false null 0 "" [true,false,null]
            5-arrays [1] [1,2] [[1],[2]] [null,1,"1",{}]
            6-numbers 0 -0 1 -1 10 0.0 1.5 -0.1 1e0 1E0 1e+1 1e-1 1.0e10 -0e-0 123456789012345678901234567890 1e400 -1e-400 0e1
            7-strings "a" "\\"" "\\\\" "\\/" "\\b\\f\\n\\r\\t" "\\u0041" "\\u00e9" "\\uD83D\\uDE00" "\\uD800" "\\uDFFF" "\\u0000" "\\uFFFF" "é" "😀" "/" "'"
            """;

    private static final String FAIL =
            """
            2-structure [ ] { } [} {] [1 1] {} {} [[] []]] {"a":1}} [,] {,} : , [: {:} "a":1 [1:2] {"a",1} {"a":1:2} {"a":[} \\u005b]
            3-values True FALSE NULL nul tru fals nulll undefined NaN nan Infinity -Infinity none yes
            4-objects {1:1} {a:1} {'a':1} {"a"} {"a":} {"a":1,} {,"a":1} {"a":1,,"b":2} {"a":1"b":2} {null:1} {[]:1} {"a":1;"b":2}
            5-arrays [1,] [,1] [1,,2] [1;2] [1"2"] [1 [1,[] [1]] [...] [*]
            6-numbers 00 01 -01 -00 +1 .1 1. -. - -- 1.e1 1e 1e+ 1E- 1e1.5 0x1 0b1 1_000 1.2.3 1e1e1 -a 1a ١ 1L 1f ∞ -Inf
            7-strings " "a a" 'a' "\\x41" "\\u" "\\u1" "\\u12" "\\u123" "\\uGGGG" "\\u+041" "\\U0041" "\\a" "\\'" "\\0" "\\ "\\" `a` “a”
            8-comments //a /**/ [1/**/] [1]//a #a <!---->
            """;

    @TestFactory
    Stream<DynamicTest> everyGoodTextIsRead() {
        return cases(PASS, text -> assertThat(read(text)).as(text).isNotNull());
    }

    @TestFactory
    Stream<DynamicTest> everyBadTextIsRefused() {
        return cases(
                FAIL.replace("{} {}", "{}{}")
                        .replace("[1 1]", "[1x1]")
                        .replace("[[] []]]", "[[][]]"),
                text -> {
                    boolean whole = text.equals("]") || text.equals("}");
                    assertThat(read(text)).as(text).isNull();
                    assertThat(whole ? null : read("[" + text + "]")).as(text).isNull();
                });
    }

    private interface Check {
        void of(String text);
    }

    private static Stream<DynamicTest> cases(String table, Check check) {
        return table.lines()
                .flatMap(line -> {
                    String[] parts = line.split(" ");
                    return Stream.of(parts)
                            .skip(1)
                            .map(text ->
                                    DynamicTest.dynamicTest(
                                            parts[0] + ' ' + text, () -> check.of(text)));
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 9, 10, 13, 27, 31})
    void aControlCharacterInAStringIsRefusedAndOutsideOnlyBlanksPass(int code) {
        char c = (char) code;
        assertThat(read("\"a" + c + "b\"")).isNull();
        boolean blank = c == '\t' || c == '\n' || c == '\r';
        assertThat(read("[" + c + "1]") != null).isEqualTo(blank);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22 80 22", // a byte that only goes on
                "22 C0 AF 22", // a slash, longer than needed
                "22 E0 80 AF 22",
                "22 F0 80 80 AF 22",
                "22 ED A0 80 22", // half of a pair
                "22 F4 90 80 80 22", // above the last code point
                "22 FF 22",
                "22 C3",
                "EF BB BF 7B 7D", // a byte order mark
                "FE FF 00 7B 00 7D",
                "FF FE 7B 00 7D 00",
                "7B 7D 00"
            })
    void bytesThatAreNoUtf8AreRefused(String bytes) {
        assertThat(JsonReader.read(HexFormat.ofDelimiter(" ").parseHex(bytes))).isNull();
    }

    @Test
    void aStringOfTenMebibytesIsReadWholeAndOneThatNeverEndsIsRefused() {
        String text = "é".repeat(5 << 20);
        assertThat(read('"' + text + '"')).isEqualTo(new JsonString(text));
        assertThat(read('"' + text)).isNull();
    }

    @Test
    void depthCountsForArraysAndObjectsTogether() {
        String mixed = "[{\"a\":".repeat(32) + "1" + "}]".repeat(32);
        assertThat(read(mixed)).isNotNull();
        assertThat(read("[" + mixed + "]")).isNull();
        assertThat(read("[" + "[],".repeat(10_000) + "1]")).isNotNull();
    }

    /// As text and as bytes alike.
    private static @org.jspecify.annotations.Nullable JsonValue read(String text) {
        JsonValue fromText = JsonReader.read(text);
        JsonValue fromBytes = JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        assertThat(fromBytes).as(text.toLowerCase(Locale.ROOT)).isEqualTo(fromText);
        return fromText;
    }
}
