package io.sluice.realtime.dialect.chat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Members of a room: all of them, or some of a large one.
///
/// @param members in no order
/// @param size how many the room has
record Roster(List<String> members, int size) {
    Roster {
        members = List.copyOf(members);
    }

    /// All members, but at most so many of them.
    static Roster of(Collection<String> all, int most) {
        List<String> members = List.copyOf(all);
        return new Roster(members.subList(0, Math.min(most, members.size())), members.size());
    }

    /// Whether the members are all.
    private boolean isWhole() {
        return members.size() >= size;
    }

    /// The same with a user who is a member, in case it is not listed among all.
    Roster with(String user) {
        if (!isWhole() || members.contains(user)) {
            return this;
        }
        List<String> more = new ArrayList<>(members);
        more.add(user);
        return new Roster(more, more.size());
    }

    /// What a change tells of the members: all, or null in a large room.
    @Nullable List<String> whole() {
        return isWhole() ? members : null;
    }

    /// How many they are where that is told, in a large room; else 0.
    int toldSize() {
        return isWhole() ? 0 : size;
    }
}
