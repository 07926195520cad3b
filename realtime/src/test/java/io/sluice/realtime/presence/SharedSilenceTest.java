package io.sluice.realtime.presence;

import static io.sluice.realtime.presence.PresenceStatus.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.local.LocalBus;
import io.sluice.core.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is idle, when his connections are on several nodes.
final class SharedSilenceTest {
    private final ManualTicker ticker = new ManualTicker();
    private final LocalBus bus = LocalBus.alone(ticker);
    private final Overheard heard = new Overheard();
    private final List<Presence> living = new ArrayList<>();
    private final Presence one = node("one");
    private final Presence two = node("two");

    private Presence node(String name) {
        PresenceStore store =
                PresenceStore.shared(
                        bus.table(), bus.leases(), name, PresenceConfig.DEFAULT.lease());
        Presence node =
                new Presence(store, null, bus.topics(), ticker, PresenceConfig.DEFAULT, heard);
        node.silence().start();
        living.add(node);
        return node;
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds * 4; i++) {
            ticker.advance(Duration.ofMillis(250));
            living.forEach(node -> node.clock().tick());
        }
    }

    private static PresenceUser come(Presence node, String name, String room) {
        PresenceUser user = node.connect(name);
        node.enter(user, room, null);
        return user;
    }

    @Test
    void aUserIsIdleOnceItIsSilentOnAllNodes() {
        PresenceUser here = come(one, "alice", "r");
        come(two, "alice", "r");
        heard.forget();
        pass(200);
        one.heard(here);
        pass(290);
        assertThat(heard.said()).isEmpty();
        pass(20);
        assertThat(heard.said()).containsExactly("r alice idle SILENT");
        heard.forget();
        one.heard(here);
        assertThat(heard.said()).contains("r alice online WOKE");
        assertThat(two.in("r").get("alice")).extracting(PresenceRecord::status).isEqualTo(ONLINE);
        heard.forget();
        pass(290);
        assertThat(heard.said()).isEmpty();
    }

    @Test
    void whoIsIdleAndComesByAnotherNodeIsOnlineEverywhere() {
        come(one, "alice", "r");
        come(one, "alice", "elsewhere");
        pass(310);
        assertThat(heard.said()).contains("r alice idle SILENT", "elsewhere alice idle SILENT");
        heard.forget();
        come(two, "alice", "r");
        assertThat(heard.said())
                .containsExactlyInAnyOrder("r alice online WOKE", "elsewhere alice online WOKE");
    }

    @Test
    void aNodeThatCameBackIsNotTakenForSilentAsItWasBefore() {
        come(one, "alice", "r");
        pass(310);
        living.remove(one);
        one.silence().close();
        Presence again = node("one");
        PresenceUser here = come(again, "alice", "r");
        come(two, "alice", "r");
        heard.forget();
        pass(200);
        again.heard(here);
        pass(150);
        assertThat(heard.said()).isEmpty();
    }
}
