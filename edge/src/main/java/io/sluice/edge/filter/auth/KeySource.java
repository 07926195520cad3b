package io.sluice.edge.filter.auth;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Where keys come from. Any thread, never blocks.
interface KeySource extends AutoCloseable {

    /// The keys in force; starts fetching behind the caller's back when they are due.
    KeyRing current();

    /// A ring that may hold keys [#current()] lacks. The stage ends within seconds and never exceptionally; the
    /// ring is the old one when nothing new came.
    ///
    /// @return null when asking again now is pointless or too soon
    @Nullable CompletionStage<KeyRing> more();

    @Override
    default void close() {}

    /// Keys that never change.
    static KeySource fixed(KeyRing ring) {
        return new KeySource() {
            @Override
            public KeyRing current() {
                return ring;
            }

            @Override
            public @Nullable CompletionStage<KeyRing> more() {
                return null;
            }
        };
    }
}
