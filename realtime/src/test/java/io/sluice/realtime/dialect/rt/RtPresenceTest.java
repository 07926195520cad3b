package io.sluice.realtime.dialect.rt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.sluice.bus.Bus;
import io.sluice.bus.local.LocalBus;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.time.Ticker;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Loops;
import io.sluice.net.loop.Transport;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Connection;
import io.sluice.realtime.hub.ConnectionId;
import io.sluice.realtime.hub.Hub;
import io.sluice.realtime.hub.HubListener;
import io.sluice.realtime.hub.HubSettings;
import io.sluice.realtime.hub.Outbound;
import io.sluice.realtime.hub.PresenceChange;
import io.sluice.realtime.hub.Wire;
import io.sluice.realtime.hub.WireForm;
import io.sluice.realtime.session.RealtimeLimits;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What those who watch hear of a group, on a node that is alone, when clients of several loops come and go at once.
final class RtPresenceTest {
    private static final ConnectionId NOBODY = new ConnectionId(0, 0);

    private final Bus bus = LocalBus.alone(Ticker.system());
    private final Loops loops = new Loops(Transport.NIO, 1, Ticker.system());
    private final Hub hub = Hub.local(loops.all(), HubSettings.STANDARD, HubListener.NONE);
    private final RtGroups groups = new RtGroups(ChannelNames.STANDARD, RtDialect.ID);
    private final RtPresence presence =
            new RtPresence(
                    hub,
                    bus,
                    ChannelNames.STANDARD,
                    Ticker.system(),
                    RealtimeLimits.DEFAULT,
                    groups);
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /// Hears the presence of all groups.
    private static final class Notes implements Wire, WireForm {
        private final List<String> heard;

        Notes(List<String> heard) {
            this.heard = heard;
        }

        @Override
        public byte @Nullable [] text(Outbound event) {
            return event instanceof PresenceChange change
                    ? (change.who() + ' ' + change.status() + '\n').getBytes(UTF_8)
                    : null;
        }

        @Override
        public void frame(byte[] text, @Nullable Outbound event, ByteBuf out) {
            out.writeBytes(text);
        }

        @Override
        public void write(ByteBuf framed) {
            framed.toString(UTF_8).lines().forEach(heard::add);
            framed.release();
        }

        @Override
        public void flush() {}

        @Override
        public long queuedBytes() {
            return 0;
        }

        @Override
        public void close(FailureKind why, String reason) {}

        @Override
        public void cut() {}

        @Override
        public void pause() {}

        @Override
        public void resume() {}
    }

    @BeforeEach
    void watch() throws Exception {
        Loop loop = loops.all().getFirst();
        Notes notes = new Notes(heard);
        loop.executor()
                .submit(() -> {
                    Connection watcher =
                            new Connection(
                                    loop,
                                    new ConnectionId(1, 1),
                                    RtDialect.ID,
                                    null,
                                    "127.0.0.1",
                                    notes,
                                    notes);
                    hub.open(watcher);
                    hub.join(watcher, RtDialect.WATCHERS);
                })
                .get();
    }

    @AfterEach
    void close() {
        presence.close();
        loops.close();
        bus.close();
    }

    private RtGroup come() {
        RtGroup group = groups.enter(GroupName.ofLocal("g"));
        group.details("{}".getBytes(UTF_8));
        presence.up("g", group.details(), NOBODY);
        return group;
    }

    private List<String> heard() throws Exception {
        // Behind the events, and behind the pass that writes them.
        for (int i = 0; i < 3; i++) {
            loops.all().getFirst().executor().submit(() -> {}).get();
        }
        return heard;
    }

    @Test
    void aGroupEndsWithItsLastMember() throws Exception {
        RtGroup group = come();
        assertThat(groups.leave(group)).isTrue();
        presence.left(group);
        assertThat(heard()).containsExactly("g UP", "g DOWN");
    }

    @Test
    void aGroupThatSomebodyEnteredMeanwhileIsNotSaidToBeOver() throws Exception {
        RtGroup before = come();
        assertThat(groups.leave(before)).isTrue();
        come();
        presence.left(before);
        assertThat(heard()).containsExactly("g UP", "g UP");
    }
}
