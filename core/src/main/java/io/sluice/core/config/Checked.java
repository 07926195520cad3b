package io.sluice.core.config;

import java.util.function.BiConsumer;

/// A configuration record that has rules of its own beyond types. Called after binding, also when other
/// records failed, so that all problems are reported together.
public interface Checked {

    /// Reports each broken rule as (key of this record, message).
    void check(BiConsumer<String, String> problem);
}
