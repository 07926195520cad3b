package io.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
final class LeakCheckTest {

    @Test
    void releasedBuffersAreNoLeaks() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            ByteBufAllocator.DEFAULT.buffer(32).release();
        }
        assertThat(LeakCheck.found()).isEmpty();
    }

    @Test
    void aForgottenBufferIsFoundWithThePlaceThatTouchedIt() throws InterruptedException {
        forget();
        assertThat(LeakCheck.found()).singleElement().asString().contains("LeakCheckTest.forget");
    }

    /// One look in fifty missed it.
    @RepeatedTest(50)
    void aForgottenBufferIsFoundAtTheFirstLook(RepetitionInfo repetition)
            throws InterruptedException {
        forget("look " + repetition.getCurrentRepetition());
        assertThat(LeakCheck.found()).hasSize(1);
    }

    /// @param hint the detector reports leaks that look the same only once
    private static void forget(String hint) {
        ByteBufAllocator.DEFAULT.buffer(32).touch(hint);
    }

    private static void forget() {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(32);
        buffer.writeInt(1);
    }
}
