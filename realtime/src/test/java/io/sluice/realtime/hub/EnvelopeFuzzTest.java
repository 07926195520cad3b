package io.sluice.realtime.hub;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Bytes that came over the bus from whoever may write there.
class EnvelopeFuzzTest {

    @FuzzTest
    void anyBytesAreAnEventOrNone(byte[] bytes) {
        Outbound event = new Envelope().decode("channel", bytes);
        if (event != null) {
            new Envelope().encode(event);
        }
        Command.decode(bytes);
    }
}
