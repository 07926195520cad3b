package io.sluice.edge.filter.auth;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The key sources in use, one for each set of settings however many configurations use it. A reload opens its
/// authenticators before it closes the old ones, so fetched keys and what is known of their endpoint go on while the
/// settings stay the same. Any thread.
final class SharedSources {
    private final Map<Settings, Shared> open = new HashMap<>();

    /// What makes two sources the same.
    ///
    /// @param pem text of the key file, since that may change while its name does not
    record Settings(JwtKeysConfig config, @Nullable String pem) {}

    private static final class Shared {
        private final KeySource source;
        private int users;

        Shared(KeySource source) {
            this.source = source;
        }
    }

    /// The source of these settings; closing it lets go of one use, and the last one ends it.
    synchronized KeySource use(Settings settings, Supplier<KeySource> make) {
        Shared shared = open.computeIfAbsent(settings, _ -> new Shared(make.get()));
        shared.users++;
        return new Use(settings, shared);
    }

    private synchronized void release(Settings settings, Shared shared) {
        if (--shared.users == 0) {
            open.remove(settings);
            shared.source.close();
        }
    }

    private final class Use implements KeySource {
        private final Settings settings;
        private final Shared shared;
        private final KeySource source;
        private final AtomicBoolean over = new AtomicBoolean();

        Use(Settings settings, Shared shared) {
            this.settings = settings;
            this.shared = shared;
            this.source = shared.source;
        }

        @Override
        public KeyRing current() {
            return source.current();
        }

        @Override
        public @Nullable CompletionStage<KeyRing> more() {
            return source.more();
        }

        @Override
        public void close() {
            if (over.compareAndSet(false, true)) {
                release(settings, shared);
            }
        }
    }
}
