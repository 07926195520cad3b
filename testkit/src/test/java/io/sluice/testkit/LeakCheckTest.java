package io.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
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

    private static void forget() {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(32);
        buffer.writeInt(1);
    }
}
