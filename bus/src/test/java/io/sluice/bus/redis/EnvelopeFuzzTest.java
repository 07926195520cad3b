package io.sluice.bus.redis;

import com.code_intelligence.jazzer.junit.FuzzTest;

class EnvelopeFuzzTest {

    @FuzzTest
    void anyBytesAreAMessageOrNone(byte[] bytes) {
        Envelope.Opened opened = new Envelope("node").open(bytes);
        if (opened != null && opened.message().payload().length >= bytes.length) {
            throw new AssertionError("a payload as long as the whole");
        }
    }
}
