package io.sluice.net.http1;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.net.http.TrailerFields;

/// Any bytes at all as a chunked body or as an origin's answer: an outcome, never an exception.
final class BodyFuzzTest {

    @FuzzTest
    void decodesAnyChunks(byte[] bytes) {
        Input input = new Input();
        input.append(Unpooled.wrappedBuffer(bytes), UnpooledByteBufAllocator.DEFAULT);
        ChunkedDecoder decoder =
                new ChunkedDecoder(HeadLimits.DEFAULT, TrailerFields.NOT_IN_REQUESTS);
        while (decoder.advance(input) == ChunkedDecoder.State.DATA && decoder.takeable(input) > 0) {
            int count = decoder.takeable(input);
            input.take(count).release();
            decoder.taken(count);
        }
        input.release();
    }

    @FuzzTest
    void readsAnyAnswer(byte[] bytes) {
        Input input = new Input();
        input.append(Unpooled.wrappedBuffer(bytes), UnpooledByteBufAllocator.DEFAULT);
        new ResponseHeadReader(HeadLimits.REPLY).read(input);
        input.release();
    }
}
