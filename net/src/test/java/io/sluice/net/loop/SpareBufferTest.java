package io.sluice.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpareBufferTest {
    private static final UnpooledByteBufAllocator OTHERS = UnpooledByteBufAllocator.DEFAULT;

    private final SpareBuffer spare = new SpareBuffer(1024);

    @AfterEach
    void close() {
        spare.close();
    }

    @Test
    void theSameMemoryIsTakenAgainOnceItWasReleased() {
        ByteBuf first = spare.take(10, OTHERS);
        first.writeInt(1);
        first.release();
        ByteBuf second = spare.take(10, OTHERS);
        assertThat(second).isSameAs(first);
        assertThat(second.readableBytes()).isZero();
        second.release();
    }

    @Test
    void whatSomebodyHoldsIsNotTouched() {
        ByteBuf held = spare.take(10, OTHERS).writeInt(7);
        ByteBuf slice = held.readRetainedSlice(2);
        held.release();
        ByteBuf other = spare.take(10, OTHERS);
        other.writeLong(-1);
        assertThat(other).isNotSameAs(held);
        assertThat(slice.readShort()).isZero();
        other.release();
        slice.release();
        ByteBuf again = spare.take(10, OTHERS);
        assertThat(again).isSameAs(held);
        again.release();
    }

    @Test
    void aBufferHeldForLongIsLeftToItsHolder() {
        ByteBuf held = spare.take(10, OTHERS);
        ByteBuf replaced = spare.take(10, OTHERS);
        for (int i = 0; i < 256; i++) {
            replaced.release();
            replaced = spare.take(10, OTHERS);
        }
        replaced.release();
        ByteBuf next = spare.take(10, OTHERS);
        assertThat(next).isSameAs(replaced).isNotSameAs(held);
        next.release();
        assertThat(held.release()).isTrue();
    }

    @Test
    void moreThanItHoldsIsTakenElsewhere() {
        ByteBuf large = spare.take(1025, OTHERS);
        assertThat(large.capacity()).isEqualTo(1025);
        assertThat(large.release()).isTrue();
    }

    @Test
    void readsGrowWhileTheyAreFilledAndShrinkAfterTwoSmallOnes() {
        LoopReads reads = new LoopReads();
        RecvByteBufAllocator.ExtendedHandle handle = reads.newHandle();
        EmbeddedChannel channel = new EmbeddedChannel();
        handle.reset(new DefaultChannelConfig(channel));
        assertThat(readOnce(handle, 4096)).isEqualTo(4096);
        assertThat(readOnce(handle, 16384)).isEqualTo(16384);
        assertThat(readOnce(handle, 65536)).isEqualTo(65536);
        assertThat(readOnce(handle, 131072)).isEqualTo(131072);
        assertThat(readOnce(handle, 100)).isEqualTo(131072);
        assertThat(readOnce(handle, 100)).isEqualTo(131072);
        assertThat(readOnce(handle, -1)).isEqualTo(65536);
        assertThat(readOnce(handle, 100)).isEqualTo(65536);
        assertThat(readOnce(handle, 100)).isEqualTo(65536);
        assertThat(handle.guess()).isEqualTo(16384);
        reads.close();
        channel.finishAndReleaseAll();
    }

    /// @return room of the buffer that was read into
    private static int readOnce(RecvByteBufAllocator.ExtendedHandle handle, int bytes) {
        ByteBuf buffer = handle.allocate(OTHERS);
        int room = buffer.writableBytes();
        handle.attemptedBytesRead(room);
        handle.lastBytesRead(bytes);
        buffer.release();
        return room;
    }
}
