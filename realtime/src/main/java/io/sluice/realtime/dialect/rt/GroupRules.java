package io.sluice.realtime.dialect.rt;

import io.sluice.core.identity.Principal;
import io.sluice.realtime.session.Scopes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may be in which group, and say something there, by patterns: `{user}` stands for the subject of a client's
/// credential and fits nobody without one, `*` at the end for any rest. Who may be in all groups may watch all, and say
/// something to everybody; so may whoever has the scope [Scopes#ALL_CHANNELS]. Immutable.
final class GroupRules {
    private static final String USER = "{user}";
    private static final String REST = "*";

    private final List<String> patterns;
    private final boolean open;

    GroupRules(List<String> patterns) {
        this.patterns = patterns;
        this.open = patterns.contains(REST);
    }

    static boolean wellFormed(String pattern) {
        int star = pattern.indexOf(REST);
        return !pattern.isEmpty() && (star < 0 || star == pattern.length() - 1);
    }

    /// @param local name of the group's channel in this face
    boolean mayJoin(@Nullable Principal who, String local) {
        if (mayAll(who)) {
            return true;
        }
        for (String pattern : patterns) {
            if (fits(pattern, who, local)) {
                return true;
            }
        }
        return false;
    }

    /// Whether what concerns all groups is open to him.
    boolean mayAll(@Nullable Principal who) {
        return open || (who != null && who.scopes().contains(Scopes.ALL_CHANNELS));
    }

    private static boolean fits(String pattern, @Nullable Principal who, String local) {
        boolean beginning = pattern.endsWith(REST);
        String name = beginning ? pattern.substring(0, pattern.length() - 1) : pattern;
        if (name.contains(USER)) {
            if (who == null) {
                return false;
            }
            name = name.replace(USER, who.subject());
        }
        return beginning ? local.startsWith(name) : local.equals(name);
    }
}
