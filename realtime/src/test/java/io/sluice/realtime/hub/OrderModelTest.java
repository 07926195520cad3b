package io.sluice.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.LeakCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whatever clients and publishers do, in one pass or several, each client gets exactly what a plain list per client
/// would hold: everything that was for it, in the order in which it happened.
@ExtendWith(LeakCheck.class)
class OrderModelTest {
    private static final HubFixture FIXTURE = new HubFixture(1);
    private static final List<String> CHANNELS = List.of("rt:a", "rt:b", "kept:c");
    private static final int CLIENTS = 4;
    private static final int LONG = 25_000;

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static final class Model {
        final Client client;
        final Set<String> in = new HashSet<>();
        final List<String> expected = new ArrayList<>();

        Model(Client client) {
            this.client = client;
        }
    }

    @Test
    void everyClientGetsWhatIsForItInOrder() throws Exception {
        for (int seed = 0; seed < 300; seed++) {
            play(seed);
        }
    }

    private static void play(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<Model> models = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            models.add(new Model(FIXTURE.client(0, null, new LineForm(i % 2 == 0 ? "" : "> "))));
        }
        for (int pass = 0; pass < 4; pass++) {
            FIXTURE.run(0, () -> onePass(random, models));
        }
        for (Model model : models) {
            model.client.end();
            assertThat(model.client.lines()).as("seed %d", seed).isEqualTo(model.expected);
        }
        assertThat(FIXTURE.hub.channels()).isEmpty();
    }

    private static void onePass(SplittableRandom random, List<Model> models) {
        for (int i = random.nextInt(20); i > 0; i--) {
            Model one = models.get(random.nextInt(models.size()));
            String channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
            // Now and then so long that a buffer goes out before the pass does.
            String text = random.nextInt(1000) + "x".repeat(random.nextInt(4) / 3 * LONG);
            switch (random.nextInt(6)) {
                case 0 -> {
                    FIXTURE.hub.join(one.client.connection(), channel);
                    one.in.add(channel);
                }
                case 1 -> {
                    FIXTURE.hub.leave(one.client.connection(), channel);
                    one.in.remove(channel);
                }
                case 2 -> {
                    one.client.connection().outbox().send(text.getBytes(StandardCharsets.UTF_8));
                    one.expected.add(text);
                }
                case 3 -> {
                    Message.Reach reach =
                            new Message.Reach(Message.Keep.KEPT, one.client.connection().id());
                    FIXTURE.hub.publish(FIXTURE.message(channel, text).to(reach));
                    expect(models, channel, text, one);
                }
                default -> {
                    FIXTURE.hub.publish(FIXTURE.message(channel, text));
                    expect(models, channel, text, null);
                }
            }
        }
    }

    private static void expect(
            List<Model> models, String channel, String text, @Nullable Model except) {
        for (int i = 0; i < models.size(); i++) {
            Model model = models.get(i);
            if (model != except && model.in.contains(channel)) {
                model.expected.add((i % 2 == 0 ? "" : "> ") + text);
            }
        }
    }
}
