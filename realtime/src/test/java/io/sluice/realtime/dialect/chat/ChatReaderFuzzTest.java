package io.sluice.realtime.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// Any bytes: a frame, never an exception, and room ids that are trimmed and bounded.
final class ChatReaderFuzzTest {
    private static final List<String> FRAMES =
            List.of(
                    "{\"type\":\"join\",\"payload\":{\"roomId\":\"r\",\"since\":{\"offset\":5,\"epoch\":\"E\"}}}",
                    "{\"type\":\"message.send\",\"roomId\":\"r\",\"content\":\"hi\",\"tempId\":\"t\"}",
                    "{\"type\":\"message.reaction\",\"roomId\":\"r\",\"messageId\":\"m\",\"emoji\":\"x\"}",
                    "{\"type\":\"presence\",\"payload\":{\"roomId\":\"r\",\"status\":\"idle\"}}");

    @FuzzTest
    void readsAnything(byte[] bytes) {
        check(bytes);
    }

    @Property(tries = 300)
    void readsRandomBytes(@ForAll byte[] bytes) {
        check(bytes);
    }

    @Test
    void readsDamagedFrames() {
        Random random = new Random(5);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes =
                    FRAMES.get(round % FRAMES.size()).getBytes(StandardCharsets.UTF_8).clone();
            for (int i = random.nextInt(5); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            check(bytes);
        }
    }

    private static void check(byte[] bytes) {
        for (ChatProfile profile : ChatProfile.values()) {
            ChatInbound what = ChatReader.read(bytes, profile).what();
            if (what instanceof ChatInbound.Join join) {
                assertThat(join.roomId()).isNotBlank().hasSizeLessThan(257);
            }
        }
        ChatReader.read(bytes, null);
    }
}
