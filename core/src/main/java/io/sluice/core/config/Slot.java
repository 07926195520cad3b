package io.sluice.core.config;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One component of a configuration record.
///
/// @param names the key first, then its aliases
/// @param standard the text of [Default], or null
/// @param doc the text of [Doc], or empty
record Slot(
        List<String> names, Form form, Set<Trait> traits, @Nullable String standard, String doc) {

    enum Trait {
        NULLABLE,
        INLINE,
        VERBATIM
    }

    String key() {
        return names.getFirst();
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }
}
