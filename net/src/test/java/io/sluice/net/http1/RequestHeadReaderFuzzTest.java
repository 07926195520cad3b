package io.sluice.net.http1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

/// Any bytes at all: the reader gives an outcome, never an exception.
final class RequestHeadReaderFuzzTest {

    @FuzzTest
    void readsAnything(byte[] bytes) {
        Input input = new Input();
        input.append(Unpooled.wrappedBuffer(bytes), UnpooledByteBufAllocator.DEFAULT);
        RequestHeadReader reader = new RequestHeadReader(HeadLimits.DEFAULT, "http");
        while (input.available() > 0 && reader.read(input) == RequestHeadReader.Outcome.COMPLETE) {
            reader.head();
        }
        input.release();
    }
}
