package io.sluice.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// How long a test waits for what must come: long enough for a machine that is slow and busy, as a test that passes
/// never waits that long. Installed by the service loader as the limit of every `await()` that sets none of its own.
public final class Patience implements LauncherSessionListener {
    static final Duration LIMIT = Duration.ofSeconds(30);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(LIMIT);
    }
}
