package io.sluice.bus.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.bus.BusMetrics;
import io.sluice.bus.KafkaConfig;
import io.sluice.bus.Unavailable;
import io.sluice.core.time.Pause;
import io.sluice.core.time.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records on their way to Kafka, bounded. The producer may block for seconds when it looks for a broker, so one
/// virtual thread does that, and records wait for it; a record is given up when it has waited as long as a delivery may
/// take.
final class Appender {
    private static final Logger LOG = LoggerFactory.getLogger(Appender.class);
    private static final Duration CLOSING = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofMillis(500);

    /// @param deadline by [Ticker#nanos()]
    private record Waiting(
            ProducerRecord<byte @Nullable [], byte[]> record,
            CompletableFuture<String> id,
            long deadline) {}

    private final Settings settings;
    private final KafkaConfig.Producer limits;
    private final Watch watch;
    private final Ticker ticker;
    private final BusMetrics metrics;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closing;

    Appender(
            Settings settings,
            KafkaConfig.Producer limits,
            Watch watch,
            Ticker ticker,
            BusMetrics metrics) {
        this.settings = settings;
        this.limits = limits;
        this.watch = watch;
        this.ticker = ticker;
        this.metrics = metrics;
        this.thread = Thread.ofVirtual().name("bus-kafka-append").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Any thread, returns at once.
    CompletionStage<String> append(String topic, String key, byte[] value) {
        if (closing || pending.incrementAndGet() > limits.bufferRecords()) {
            pending.decrementAndGet();
            metrics.dropped("records");
            return CompletableFuture.failedFuture(Unavailable.because("log"));
        }
        byte[] keyBytes = key.isEmpty() ? null : key.getBytes(UTF_8);
        long deadline = ticker.nanos() + limits.deliveryTimeout().toNanos();
        Waiting waiting =
                new Waiting(
                        new ProducerRecord<>(topic, keyBytes, value),
                        new CompletableFuture<>(),
                        deadline);
        queue.add(waiting);
        return waiting.id;
    }

    private void run() {
        KafkaProducer<byte @Nullable [], byte[]> producer = null;
        try {
            Waiting next = queue.take();
            producer = create();
            while (true) {
                send(producer, next);
                next = queue.take();
            }
        } catch (InterruptedException _) {
            // Closed.
        } finally {
            end(producer);
        }
    }

    private KafkaProducer<byte @Nullable [], byte[]> create() throws InterruptedException {
        while (true) {
            try {
                return new KafkaProducer<>(settings.producer());
            } catch (KafkaException e) {
                LOG.atWarn()
                        .addKeyValue("why", String.valueOf(e.getCause()))
                        .log("Kafka cannot be written to for now");
                Pause.of(RETRY);
            }
        }
    }

    /// Hands one record to the producer, as often as it takes.
    private void send(KafkaProducer<byte @Nullable [], byte[]> producer, Waiting waiting)
            throws InterruptedException {
        int timeouts = 0;
        while (true) {
            int absences = watch.absences();
            Exception refusal = offer(producer, waiting);
            if (refusal == null) {
                return;
            }
            // Not by a broker that was away for part of the wait and is back by now; that it was
            // may be known late.
            boolean there = watch.isUp() && watch.absences() == absences;
            if (!there) {
                timeouts = 0;
            } else if (refusal instanceof TimeoutException) {
                timeouts++;
            }
            boolean refused = there && timeouts != 1;
            boolean hopeless =
                    refusal instanceof ApiException && !(refusal instanceof RetriableException);
            if (refused || hopeless || ticker.nanos() - waiting.deadline > 0) {
                answered(waiting, null, refusal);
                return;
            }
            Pause.of(RETRY);
        }
    }

    /// @return why the producer did not take the record, which it says to the callback at once, or by throwing; null
    ///     when it did, and its answer comes on a thread of its own
    private @Nullable Exception offer(
            KafkaProducer<byte @Nullable [], byte[]> producer, Waiting waiting)
            throws InterruptedException {
        AtomicReference<@Nullable Exception> refusal = new AtomicReference<>();
        try {
            producer.send(
                    waiting.record,
                    (place, failure) -> {
                        if (failure != null && Thread.currentThread().equals(thread)) {
                            refusal.set(failure);
                        } else {
                            answered(waiting, place, failure);
                        }
                    });
            return refusal.get();
        } catch (InterruptException _) {
            Thread.interrupted();
            queue.add(waiting);
            throw new InterruptedException();
        } catch (KafkaException e) {
            return e;
        }
    }

    /// On a thread of the producer.
    private void answered(
            Waiting waiting, @Nullable RecordMetadata place, @Nullable Exception failure) {
        pending.decrementAndGet();
        if (failure == null && place != null) {
            metrics.appended();
            waiting.id.complete(place.partition() + "-" + place.offset());
            return;
        }
        metrics.dropped("records");
        LOG.atDebug()
                .addKeyValue("topic", waiting.record.topic())
                .addKeyValue("why", String.valueOf(failure))
                .log("A record could not be appended");
        waiting.id.completeExceptionally(Unavailable.because("log"));
    }

    private void end(@Nullable KafkaProducer<byte @Nullable [], byte[]> producer) {
        if (producer != null) {
            if (watch.isUp()) {
                for (Waiting left = queue.poll(); left != null; left = queue.poll()) {
                    Waiting waiting = left;
                    producer.send(
                            waiting.record, (place, failure) -> answered(waiting, place, failure));
                }
            }
            producer.close(CLOSING);
        }
        for (Waiting left = queue.poll(); left != null; left = queue.poll()) {
            answered(left, null, new IllegalStateException("closed"));
        }
    }

    /// Sends what waits for at most a second. Blocks.
    void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join(CLOSING.multipliedBy(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
