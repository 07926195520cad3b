package io.sluice.realtime.dialect.rt;

import org.jspecify.annotations.Nullable;

/// Groups with members on this node. Any thread.
@FunctionalInterface
interface GroupsHere {

    /// @return what was last said of the group, JSON; null when it has no members here
    byte @Nullable [] details(String local);
}
