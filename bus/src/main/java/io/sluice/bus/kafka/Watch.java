package io.sluice.bus.kafka;

import io.sluice.bus.BusHealth;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the brokers again and again who they are, and so knows whether they are in reach. One virtual thread.
final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final String PART = "kafka";
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Settings settings;
    private final BusHealth health;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean up;
    private volatile boolean gone;

    /// Looks that found them out of reach.
    private final AtomicInteger absences = new AtomicInteger();

    Watch(Settings settings, BusHealth health) {
        this.settings = settings;
        this.health = health;
        this.thread = Thread.ofVirtual().name("bus-kafka-watch").unstarted(this::run);
    }

    void start() {
        health.gone(PART, "not connected yet");
        thread.start();
    }

    /// Whether the brokers answered last time.
    boolean isUp() {
        return up;
    }

    /// Whether the brokers did not answer last time; not before they were asked.
    boolean isGone() {
        return gone;
    }

    /// How often they did not answer so far: whoever waited meanwhile did not wait for what it wanted.
    int absences() {
        return absences.get();
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (Admin admin = Admin.create(settings.admin())) {
                while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                    look(admin);
                }
                admin.close(CLOSING);
            } catch (InterruptedException _) {
                return;
            } catch (KafkaException e) {
                // The address of no broker can be resolved, or a setting is wrong.
                down(e);
                pause();
            }
        }
    }

    private void look(Admin admin) throws InterruptedException {
        try {
            admin.describeCluster().nodes().get(Settings.LOOK.toMillis(), TimeUnit.MILLISECONDS);
            if (!up) {
                LOG.atInfo().log("Kafka is in reach");
            }
            up = true;
            gone = false;
            health.up(PART);
        } catch (ExecutionException | TimeoutException e) {
            down(e);
        }
    }

    private void down(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String why = cause.getClass().getSimpleName();
        if (up) {
            LOG.atWarn().addKeyValue("why", why).log("Kafka is out of reach; records wait");
        }
        up = false;
        gone = true;
        absences.incrementAndGet();
        health.gone(PART, why);
    }

    private void pause() {
        try {
            closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        closed.countDown();
        thread.interrupt();
    }
}
