package io.sluice.realtime.dialect;

import java.util.Map;

/// Brings a dialect. Ours are listed by hand; those of other jars are found by `ServiceLoader` and switched on by a
/// section with their id under `realtime.dialects`.
public interface DialectFactory {

    /// See [Dialect#id].
    String id();

    /// Makes the face; once, while the gateway starts.
    ///
    /// @param settings the section of this dialect, as text
    /// @throws IllegalArgumentException when a setting cannot be used, with a sentence for the user
    Face create(FaceContext context, Map<String, String> settings);
}
