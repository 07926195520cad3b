package io.sluice.edge.filter;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the filters of one kind; the seam for further ones. Outside jars bring theirs by [java.util.ServiceLoader].
public interface FilterFactory {

    /// The key under a rule's `filters`, and the metric label. Lower case, digits and hyphens.
    String id();

    /// What keeps these settings from being used, or null. Opens nothing; `sluice check` asks too.
    default @Nullable String problem(Map<String, String> settings) {
        return null;
    }

    /// The filter of one rule. Called off the loops for each configuration anew.
    ///
    /// @param settings the keys and values below the id
    /// @throws RuntimeException when the settings cannot be used; the configuration is refused then
    Filter create(Map<String, String> settings, FilterContext context);
}
