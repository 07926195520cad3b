package io.sluice.testkit;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// Collects every leak Netty finds. Installed by the service loader before the first test class is loaded,
/// because buffer classes choose their detector once, when they are initialised.
public final class LeakRecorder implements LauncherSessionListener {
    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new RecordingFactory());
    }

    static boolean installed() {
        return ResourceLeakDetectorFactory.instance() instanceof RecordingFactory;
    }

    /// Takes what was found since the last call.
    static List<String> take() {
        List<String> taken = new ArrayList<>();
        String leak = LEAKS.poll();
        while (leak != null) {
            taken.add(leak);
            leak = LEAKS.poll();
        }
        return taken;
    }

    private static final class RecordingFactory extends ResourceLeakDetectorFactory {
        /// Netty declares this one abstract and deprecated; the other is what it calls.
        @Override
        @Deprecated
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                Class<T> resource, int samplingInterval, long maxActive) {
            return new RecordingDetector<>(resource, samplingInterval);
        }

        @Override
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                Class<T> resource, int samplingInterval) {
            return new RecordingDetector<>(resource, samplingInterval);
        }
    }

    private static final class RecordingDetector<T> extends ResourceLeakDetector<T> {
        RecordingDetector(Class<T> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            LEAKS.add(resourceType + " was not released before it was collected." + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            LEAKS.add(resourceType + " was not released before it was collected.");
        }
    }
}
