package io.sluice.edge.filter.limit;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Doc;
import io.sluice.edge.filter.Filter;
import org.jspecify.annotations.Nullable;

/// The part of a rule in `router.rules` that bounds the bodies it takes.
public record BodyLimitRule(
        @Doc(
                        "Largest request body of this rule in bytes; that of the listener when left out, 0 for no limit.")
                @Bytes
                @Nullable Long maxRequestSize) {

    /// What holds a request body to the limit, or null when nothing does.
    ///
    /// @param listeners takes the place of a limit that the rule leaves out
    public @Nullable Filter or(@Nullable Filter listeners) {
        if (maxRequestSize == null) {
            return listeners;
        }
        return maxRequestSize > 0 ? new BodyLimitFilter(maxRequestSize) : null;
    }
}
