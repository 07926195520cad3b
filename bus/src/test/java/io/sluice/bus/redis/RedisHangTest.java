package io.sluice.bus.redis;

import static io.sluice.bus.Heard.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.Heard;
import io.sluice.bus.Nodes;
import io.sluice.testkit.RedisProcess;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A server that hangs for longer than a command may take, and is given up later than that.
class RedisHangTest {

    /// More batches than may be in flight, so that the first of them are looked at before the server is given up.
    @Test
    void whatAServerThatHangsHasNotAnsweredIsNotTakenForDone() {
        List<String> sent = IntStream.range(0, 12_000).mapToObj(i -> "m" + i).toList();
        Heard mine = new Heard();
        String name = Nodes.name("hang");
        try (RedisProcess redis = RedisProcess.start();
                TwoNodes nodes = new TwoNodes(redis.uri(), redis.uri(), ", probeTimeout: 3s")) {
            nodes.here().topics().subscribe(name, mine);
            redis.hang();
            try {
                sent.forEach(text -> nodes.here().topics().publish(name, bytes(text)));
                mine.awaitTexts(sent.size());
                assertThat(mine.texts()).isEqualTo(sent);
            } finally {
                redis.resume();
            }
        }
    }
}
