package io.sluice.realtime.presence;

import static io.sluice.realtime.presence.PresenceStatus.ONLINE;
import static io.sluice.realtime.presence.SharedNodes.come;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.local.LocalBus;
import org.junit.jupiter.api.Test;

/// Who is idle, when his connections are on several nodes.
final class SharedSilenceTest {
    private final SharedNodes nodes = new SharedNodes();
    private final Overheard heard = nodes.heard;
    private final Presence one = node("one");
    private final Presence two = node("two");

    private Presence node(String name) {
        LocalBus bus = nodes.bus;
        Presence node = nodes.node(name, bus.table(), bus.leases(), bus.topics());
        node.silence().start();
        return node;
    }

    @Test
    void aUserIsIdleOnceItIsSilentOnAllNodes() {
        PresenceUser here = come(one, "alice", "r");
        come(two, "alice", "r");
        heard.forget();
        nodes.pass(200);
        one.heard(here);
        nodes.pass(290);
        assertThat(heard.said()).isEmpty();
        nodes.pass(20);
        assertThat(heard.said()).containsExactly("r alice idle SILENT");
        heard.forget();
        one.heard(here);
        assertThat(heard.said()).contains("r alice online WOKE");
        assertThat(two.in("r").get("alice")).extracting(PresenceRecord::status).isEqualTo(ONLINE);
        heard.forget();
        nodes.pass(290);
        assertThat(heard.said()).isEmpty();
    }

    @Test
    void whoIsIdleAndComesByAnotherNodeIsOnlineEverywhere() {
        come(one, "alice", "r");
        come(one, "alice", "elsewhere");
        nodes.pass(310);
        assertThat(heard.said()).contains("r alice idle SILENT", "elsewhere alice idle SILENT");
        heard.forget();
        come(two, "alice", "r");
        assertThat(heard.said())
                .containsExactlyInAnyOrder("r alice online WOKE", "elsewhere alice online WOKE");
    }

    @Test
    void aNodeThatCameBackIsNotTakenForSilentAsItWasBefore() {
        come(one, "alice", "r");
        nodes.pass(310);
        nodes.living.remove(one);
        one.silence().close();
        Presence again = node("one");
        PresenceUser here = come(again, "alice", "r");
        come(two, "alice", "r");
        heard.forget();
        nodes.pass(200);
        again.heard(here);
        nodes.pass(150);
        assertThat(heard.said()).isEmpty();
    }
}
