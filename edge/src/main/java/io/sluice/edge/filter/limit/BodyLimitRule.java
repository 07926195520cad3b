package io.sluice.edge.filter.limit;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Doc;
import org.jspecify.annotations.Nullable;

/// The part of a rule in `router.rules` that bounds the bodies it takes.
public record BodyLimitRule(
        @Doc(
                        "Largest request body of this rule in bytes; that of frontend.http when left out, 0 for no limit.")
                @Bytes
                @Nullable Long maxRequestSize) {

    /// The limit in force, 0 for none.
    public long or(long common) {
        return maxRequestSize == null ? common : maxRequestSize;
    }
}
