package io.sluice.realtime.dialect.rt;

import io.sluice.net.loop.PerLoop;
import io.sluice.realtime.hub.Connection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Tells who begins to watch which groups are up already, no faster than it reads. It hears of changes before this
/// begins, so what it is told last of a group is how the group is. Loop thread of the connection.
final class Overview {
    /// Bytes that are written at once, and that may wait when more is.
    private static final int PORTION = 64 * 1024;

    private static final long PAUSE_MILLIS = 20;
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    private final RtGroups groups;
    private final RtPresence presence;
    private final PerLoop<RtCodec> codecs;

    Overview(RtGroups groups, RtPresence presence, PerLoop<RtCodec> codecs) {
        this.groups = groups;
        this.presence = presence;
        this.codecs = codecs;
    }

    /// @return ends on the loop, at once where everything is known here and little
    CompletionStage<Void> tell(Connection to) {
        CompletionStage<Map<String, byte[]>> everywhere = presence.up();
        if (everywhere == null) {
            return new Telling(to, here(), local -> groups.find(local) != null).begin();
        }
        return everywhere
                .handleAsync((up, gone) -> tell(to, up), to.loop().executor())
                .thenCompose(told -> told);
    }

    private CompletionStage<Void> tell(Connection to, @Nullable Map<String, byte[]> up) {
        Map<String, byte[]> known = up == null ? here() : up;
        CompletionStage<Void> told = new Telling(to, known, _ -> true).begin();
        Set<String> names = known.keySet();
        if (up == null || names.isEmpty()) {
            return told;
        }
        return told.thenAccept(_ ->
                presence.overSoon(names)
                        .thenAcceptAsync(over -> takeBack(to, over, known), to.loop().executor()));
    }

    private void takeBack(Connection to, Set<String> over, Map<String, byte[]> known) {
        for (String local : over) {
            send(to, local, DOWN, known.getOrDefault(local, new byte[0]));
        }
    }

    /// A group without details was entered a moment ago, and is about to be told of.
    private Map<String, byte[]> here() {
        Map<String, byte[]> up = new HashMap<>();
        for (RtGroup group : groups.all()) {
            if (group.details().length > 0) {
                up.put(group.local(), group.details());
            }
        }
        return up;
    }

    private int send(Connection to, String local, String status, byte[] details) {
        byte[] name = GroupName.ofLocal(local).json();
        long now = to.loop().ticker().epochMillis();
        byte[] text = codecs.of(to.loop()).presence(name, status, details, now);
        to.outbox().send(text);
        return text.length;
    }

    private final class Telling {
        private final Connection to;
        private final Iterator<Map.Entry<String, byte[]>> rest;
        private final Predicate<String> stillUp;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Telling(Connection to, Map<String, byte[]> up, Predicate<String> stillUp) {
            this.to = to;
            this.rest = up.entrySet().iterator();
            this.stillUp = stillUp;
        }

        CompletionStage<Void> begin() {
            portion();
            return done;
        }

        private void portion() {
            int room = to.outbox().queuedBytes() > PORTION ? 0 : PORTION;
            while (to.isOpen() && rest.hasNext() && room > 0) {
                Map.Entry<String, byte[]> group = rest.next();
                if (stillUp.test(group.getKey())) {
                    room -= send(to, group.getKey(), UP, group.getValue());
                }
            }
            if (to.isOpen() && rest.hasNext()) {
                to.loop().executor().schedule(this::portion, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            } else {
                done.complete(null);
            }
        }
    }
}
