package io.sluice.realtime.dialect.rt;

import static io.sluice.realtime.dialect.rt.SharedRoll.DETAILS;
import static io.sluice.realtime.dialect.rt.SharedRoll.FIELD;
import static io.sluice.realtime.dialect.rt.SharedRoll.NODES;
import static io.sluice.realtime.dialect.rt.SharedRoll.SECOND_LOOK;
import static io.sluice.realtime.dialect.rt.SharedRoll.UP;

import io.sluice.bus.Leases;
import io.sluice.bus.Table;
import io.sluice.core.time.Pause;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What the [SharedRoll] of all nodes says, asked on virtual threads. Any thread.
final class RollReader {
    private static final int MOST_TOLD = 10_000;

    private final Leases leases;
    private final Table table;

    RollReader(Leases leases, Table table) {
        this.leases = leases;
        this.table = table;
    }

    /// Groups that are up on any node, with the details last said of them; at most [#MOST_TOLD].
    ///
    /// @return ends on a virtual thread; fails while the bus is gone
    CompletionStage<Map<String, byte[]>> up() {
        CompletableFuture<Map<String, byte[]>> found = new CompletableFuture<>();
        Thread.ofVirtual()
                .name("rt-roll-up")
                .start(() -> {
                    try {
                        found.complete(peopled());
                    } catch (RuntimeException gone) {
                        found.completeExceptionally(gone);
                    }
                });
        return found;
    }

    private Map<String, byte[]> peopled() {
        Map<String, byte[]> groups = new HashMap<>();
        for (String local : leases.living(UP)) {
            if (groups.size() == MOST_TOLD) {
                break;
            }
            if (!leases.living(NODES + local).isEmpty()) {
                groups.put(local, details(local));
            }
        }
        return groups;
    }

    /// Of these groups, those that are over some time later: the end of one may have been told while the others were
    /// being listed.
    ///
    /// @return ends on a virtual thread; fails while the bus is gone
    CompletionStage<Set<String>> overSoon(Set<String> groups) {
        CompletableFuture<Set<String>> over = new CompletableFuture<>();
        Thread.ofVirtual()
                .name("rt-roll-over")
                .start(() -> {
                    try {
                        Pause.of(SECOND_LOOK);
                        Set<String> left = new HashSet<>(groups);
                        leases.living(UP).forEach(left::remove);
                        over.complete(left);
                    } catch (RuntimeException | InterruptedException gone) {
                        over.completeExceptionally(gone);
                    }
                });
        return over;
    }

    /// What was last said of a group, JSON; empty when nothing was. Blocks, and fails like the bus.
    byte[] details(String local) {
        return bytes(table.get(DETAILS + local, FIELD));
    }

    static byte[] bytes(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
}
