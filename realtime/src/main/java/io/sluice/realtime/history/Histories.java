package io.sluice.realtime.history;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which channels keep their messages: the setting `realtime.history`, a map from a channel name, or a beginning of
/// names followed by `*`, to what is kept. The longest pattern that fits decides. Immutable.
public final class Histories {
    /// Chat rooms keep, everything else does not.
    public static final Histories STANDARD = of(Map.of(), HistoryConfig.STANDARD.maxBytes());

    public static final Histories NONE = new Histories(Map.of());

    private record Rule(String name, boolean beginning, HistoryConfig limits) {
        boolean fits(String channel) {
            return beginning ? channel.startsWith(name) : channel.equals(name);
        }
    }

    private final List<Rule> rules;

    public Histories(Map<String, HistoryConfig> patterns) {
        rules =
                patterns.entrySet().stream()
                        .map(entry -> rule(entry.getKey(), entry.getValue()))
                        .sorted(
                                Comparator.comparing(Rule::beginning)
                                        .thenComparingInt(rule -> -rule.name().length()))
                        .toList();
    }

    /// The setting as bound; without an entry chat rooms keep.
    ///
    /// @param mostBytes of a channel, however much the setting grants it
    public static Histories of(Map<String, HistoryConfig> patterns, long mostBytes) {
        Map<String, HistoryConfig> granted = new HashMap<>();
        (patterns.isEmpty() ? Map.of("chat:*", HistoryConfig.STANDARD) : patterns)
                .forEach((pattern, limits) -> granted.put(pattern, limits.within(mostBytes)));
        return new Histories(granted);
    }

    private static Rule rule(String pattern, HistoryConfig limits) {
        return pattern.endsWith("*")
                ? new Rule(pattern.substring(0, pattern.length() - 1), true, limits)
                : new Rule(pattern, false, limits);
    }

    /// Null when the channel keeps nothing.
    public @Nullable HistoryConfig of(String channel) {
        for (Rule rule : rules) {
            if (rule.fits(channel)) {
                return rule.limits().keepsNothing() ? null : rule.limits();
            }
        }
        return null;
    }
}
