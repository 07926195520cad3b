package io.sluice.realtime.dialect.rt;

import io.sluice.realtime.hub.ChannelNames;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The groups that have members on this node. Any thread.
final class RtGroups {
    private final ConcurrentMap<String, RtGroup> groups = new ConcurrentHashMap<>();
    private final ChannelNames names;
    private final String face;

    RtGroups(ChannelNames names, String face) {
        this.names = names;
        this.face = face;
    }

    /// Adds a member to the group.
    RtGroup enter(GroupName name) {
        return groups.compute(
                name.local(),
                (local, known) -> {
                    RtGroup group =
                            known != null ? known : new RtGroup(name, names.channel(face, local));
                    group.members++;
                    return group;
                });
    }

    /// Takes a member out.
    ///
    /// @return whether it was the last one on this node
    boolean leave(RtGroup group) {
        return groups.compute(group.local(), (_, known) -> left(known)) == null;
    }

    private static @Nullable RtGroup left(@Nullable RtGroup group) {
        return group == null || --group.members == 0 ? null : group;
    }

    @Nullable RtGroup find(String local) {
        return groups.get(local);
    }

    /// As they are now.
    List<RtGroup> all() {
        return List.copyOf(groups.values());
    }

    int size() {
        return groups.size();
    }
}
