package io.sluice.net.ws;

import com.code_intelligence.jazzer.junit.FuzzTest;

class FrameReaderFuzzTest {
    @FuzzTest
    void readsAnyBytesTheSameHoweverTheyArrive(byte[] bytes) {
        FrameReaderTest.check(bytes);
    }
}
